#include "engine/models/transformer/explain_transformer.h"

#include <cmath>

#include "engine/kernels/kernels.h"
#include "tests/engine/models/transformer/transformer_case.h"

using namespace lab;
using namespace lab::testing;

namespace {

constexpr double u = 0x1p-24;

/// |what the parts make in double − result| at most.
bool makes_up(const Explanation& e) {
    const double result = e.result;
    double made = 0;
    double bound = 0;
    if (e.kind == Kind::dot) {
        double magnitudes = 0;
        REQUIRE(e.operands.size() == 2);
        REQUIRE(e.operands[0].values.size() == e.operands[1].values.size());
        for (std::size_t i = 0; i < e.products.size(); ++i) {
            const double product =
                static_cast<double>(e.operands[0].values[i]) * static_cast<double>(e.operands[1].values[i]);
            if (e.products[i] != static_cast<float>(product)) return false;
            made += product;
            magnitudes += std::abs(product);
        }
        const std::size_t n = e.products.size();
        bound = std::max(matmul_error_bound(n, magnitudes), dot_error_bound(n, magnitudes));
    } else if (e.kind == Kind::sum) {
        // A gap is taken from the dot products before √d divides them: three roundings.
        double magnitudes = 0;
        for (const Term& term : e.terms) {
            made += term.coefficient * static_cast<double>(term.value);
            magnitudes += std::abs(term.coefficient * static_cast<double>(term.value));
        }
        bound = std::max(3.0, static_cast<double>(e.terms.size())) * u * magnitudes;
    } else if (e.kind == Kind::normalize) {
        made = e.terms.at(0).value;
        for (std::size_t i = 1; i < e.terms.size(); ++i) made /= static_cast<double>(e.terms[i].value);
        bound = 8 * u * std::abs(made) + 0x1p-126;
    } else if (e.kind == Kind::activation) {
        const double z = e.terms.at(0).value;
        if (e.formula == "√(mean square + 0.00001)") {
            made = std::sqrt(z + 1e-5);
            bound = 2 * u * made;
        } else if (e.formula == "exp(z − max z)") {
            made = std::exp(z);
            bound = 4 * u * made + 1.7e-38;
        } else {
            REQUIRE(e.formula == "gelu(z)");
            const double t = std::sqrt(2 / 3.14159265358979323846) * (z + 0.044715 * z * z * z);
            made = z / (1 + std::exp(-2 * t));
            bound = (8 + 10 * std::abs(t)) * u * std::abs(made) + 2e-37;
        }
    } else {
        return e.terms.empty() && e.operands.empty();
    }
    return std::abs(made - result) <= bound;
}

/// Follows every part of a number down to the ground, and remembers what held.
class Follower {
  public:
    explicit Follower(const TransformerCase& of) : of_(of) {}

    float value(const std::string& address, int depth = 0) {
        if (const auto known = values_.find(address); known != values_.end()) {
            if (std::isnan(known->second)) FAIL("a number is made of itself: " << address);
            return known->second;
        }
        INFO("at " << address);
        REQUIRE(depth < 200);
        const auto explained = of_.explain(address);
        if (!explained.ok()) FAIL(explained.error().message);
        const Explanation& e = explained.value();
        INFO(e.address << ": " << e.label << " = " << e.formula << " = " << e.result << ", check " << e.check.value
                       << ", difference " << e.check.difference << ", bound " << e.check.bound);
        if (e.address != address) return values_[address] = value(e.address, depth + 1);
        values_[address] = NAN;
        if (!(e.check.difference <= e.check.bound)) FAIL("rounding does not explain the difference");
        if (!makes_up(e)) FAIL("the parts do not make up the result");
        if (e.label.empty() || e.formula.empty()) FAIL("no words");
        const bool leaf = e.kind == Kind::input || e.kind == Kind::weight;
        if (leaf != (e.terms.empty() && e.operands.empty())) FAIL("neither leaf nor parts");
        for (const Operand& operand : e.operands) {
            for (std::size_t i = 0; i < operand.values.size(); ++i)
                visit(operand.address + "[" + std::to_string(i) + "]", operand.values[i], depth);
        }
        for (const Term& term : e.terms) {
            if (!term.address.empty()) visit(term.address, term.value, depth);
        }
        return values_[address] = e.result;
    }
    [[nodiscard]] std::size_t visited() const { return values_.size(); }

  private:
    void visit(const std::string& part, float shown, int depth) {
        const float made = value(part, depth + 1);
        if (made != shown) FAIL(part << " is " << made << ", shown as " << shown);
    }

    const TransformerCase& of_;
    std::map<std::string, float> values_;  // NaN: being followed
};

void follow(const TransformerCase& of, std::uint64_t seed) {
    Random random(seed);
    Follower follower(of);
    const auto asked = families_of(of.shape);
    for (const AskedFamily& family : asked) follower.value(random_address(of, family, random));
    for (int round = 0; round < 200; ++round)
        follower.value(random_address(of, asked[random.below(asked.size())], random));
    CHECK(follower.visited() > 20);
}

/// The number at [t, i] of each address is that of the matrix.
void same(const TransformerCase& of, const std::string& family, std::span<const float> matrix, std::size_t columns) {
    for (std::size_t n = 0; n < matrix.size(); ++n) {
        const std::string t = std::to_string(n / columns);
        const auto explained =
            of.explain(family + (columns == 1 ? "[" + t + "]" : "[" + t + "," + std::to_string(n % columns) + "]"));
        if (explained.value().result != matrix[n]) FAIL(family << ", " << n);
    }
}

}  // namespace

TEST_CASE("every number of a transformer leads down to tokens and weights, each within its bound") {
    const std::vector<float> state{0.5f, -1, 2, 0.25f, -0.125f, 1};
    follow(make_case(causal, 5, 1), 1);
    follow(make_case(bidirectional, 4, 2), 2);
    follow(make_case(attention_only, 4, 3), 3);
    follow(make_case(smallest, 1, 4), 4);
    follow(make_case(causal, 6, 5, {.ablated = {{0, 1}, {1, 0}}, .patches = {{1, 2, state}, {0, 0, state}}}), 5);
}

TEST_CASE("bounds hold where rows are long and there are many tokens") {
    // Longer than a block of matmul, and texts longer than one of its tiles; a number at a time, without its parts.
    const TransformerCase of = make_case(
        {.vocabulary = 1500, .context = 40, .width = 288, .heads = 3, .layers = 2, .hidden = 300, .causal = true}, 37,
        6);
    Random random(6);
    for (const AskedFamily& family : families_of(of.shape)) {
        for (int round = 0; round < 8; ++round) {
            const std::string address = random_address(of, family, random);
            const Explanation e = of.at(address);
            INFO(address << ": difference " << e.check.difference << ", bound " << e.check.bound);
            if (!(e.check.difference <= e.check.bound)) FAIL("rounding does not explain the difference");
            if (!makes_up(e)) FAIL("the parts do not make up the result");
        }
    }
    CHECK(of.at("transformer/exp_sum[36]").terms.size() == 1500);
    double total = 0;
    for (std::size_t v = 0; v < 1500; ++v)
        total += static_cast<double>(of.at("transformer/probability[36," + std::to_string(v) + "]").result);
    CHECK(std::abs(total - 1) < 1e-5);
}

TEST_CASE("bounds hold where weights vanish and hidden units are shut") {
    for (const float scale : {30.0f, 1000.0f}) {
        TransformerCase of = make_case(causal, 5, 12);
        for (const TensorPlace& place : tensor_places(of.shape)) {
            if (place.name.ends_with("qkv") || place.name.ends_with("up"))
                for (std::size_t i = 0; i < place.size(); ++i) of.all[place.offset + i] *= scale;
        }
        of.pass = forward(of.shape, of.all, of.pass.tokens);
        follow(of, 12);
    }
}

TEST_CASE("numbers that overflowed are answered, too") {
    TransformerCase of = make_case(causal, 4, 13);
    for (float& weight : of.all) weight *= 1e18f;
    of.pass = forward(of.shape, of.all, of.pass.tokens);
    Random random(13);
    for (const AskedFamily& family : families_of(of.shape))
        for (int round = 0; round < 5; ++round) CHECK_FALSE(of.at(random_address(of, family, random)).label.empty());
}

TEST_CASE("what is explained is the very number of the pass") {
    for (const auto& shape : {causal, bidirectional}) {
        const TransformerCase of = make_case(shape, 4, 7);
        const std::size_t D = shape.width;
        const std::size_t d = shape.head_width();
        const std::size_t T = 4;
        same(of, "transformer/x", of.pass.x, D);
        same(of, "transformer/rms", of.pass.rms, 1);
        same(of, "transformer/norm", of.pass.normed, D);
        same(of, "transformer/logit", of.pass.logits, shape.vocabulary);
        for (std::size_t l = 0; l < shape.layers; ++l) {
            const BlockPass& block = of.pass.layers[l];
            const std::string in = "transformer/L" + std::to_string(l + 1) + "/";
            same(of, in + "rms1", block.rms1, 1);
            same(of, in + "norm1", block.normed1, D);
            same(of, in + "mixed", block.mixed, D);
            same(of, in + "attended", block.attended, D);
            same(of, in + "middle", block.middle, D);
            same(of, in + "rms2", block.rms2, 1);
            same(of, in + "norm2", block.normed2, D);
            same(of, in + "hidden", block.hidden, shape.hidden);
            same(of, in + "active", block.active, shape.hidden);
            same(of, in + "fed", block.fed, D);
            same(of, in + "out", block.out, D);
            for (std::size_t h = 0; h < shape.heads; ++h) {
                const std::string head = in + "H" + std::to_string(h + 1) + "/";
                same(of, head + "dot", std::span(block.dots).subspan(h * T * T, T * T), T);
                same(of, head + "weight", std::span(block.weights).subspan(h * T * T, T * T), T);
                for (std::size_t t = 0; t < T; ++t) {
                    const auto place = "[" + std::to_string(t) + "," + std::to_string(d - 1) + "]";
                    const auto third = [&](std::size_t n) { return block.qkv[t * 3 * D + n * D + h * d + d - 1]; };
                    CHECK(of.at(head + "query" + place).result == third(0));
                    CHECK(of.at(head + "key" + place).result == third(1));
                    CHECK(of.at(head + "value" + place).result == third(2));
                }
            }
        }
        std::vector<float> probabilities(shape.vocabulary);
        softmax(std::span(of.pass.logits).first(shape.vocabulary), 1, probabilities);
        same(of, "transformer/probability", probabilities, shape.vocabulary);
    }
}

TEST_CASE("a number that is not what its step makes is found out") {
    // Each is moved by a thousandth of the largest of its kind: far less than a mistake, far more than rounding.
    const auto found = [](const char* address, auto pick) {
        TransformerCase of = make_case(causal, 5, 3);
        std::vector<float>& values = pick(of.pass);
        float largest = 0;
        for (const float value : values) largest = std::max(largest, std::abs(value));
        CHECK(of.at(address).check.difference <= of.at(address).check.bound);
        for (float& value : values) value += largest / 1000;
        INFO(address);
        CHECK(of.at(address).check.difference > of.at(address).check.bound);
    };
    const auto layer = [](auto member) {
        return [member](TransformerPass & p) -> auto& { return p.layers[1].*member; };
    };
    found(
        "transformer/x[1,2]", [](TransformerPass & p) -> auto& { return p.x; });
    found(
        "transformer/rms[1]", [](TransformerPass & p) -> auto& { return p.rms; });
    found(
        "transformer/norm[1,2]", [](TransformerPass & p) -> auto& { return p.normed; });
    found(
        "transformer/logit[1,2]", [](TransformerPass & p) -> auto& { return p.logits; });
    found("transformer/L2/rms1[1]", layer(&BlockPass::rms1));
    found("transformer/L2/norm1[1,2]", layer(&BlockPass::normed1));
    found("transformer/L2/H2/query[3,1]", layer(&BlockPass::qkv));
    found("transformer/L2/H1/value[3,1]", layer(&BlockPass::qkv));
    found("transformer/L2/H2/dot[3,1]", layer(&BlockPass::dots));
    found("transformer/L2/H2/score[3,1]", layer(&BlockPass::dots));
    found("transformer/L2/H1/weight[3,1]", layer(&BlockPass::weights));
    found("transformer/L2/H2/mix[3,1]", layer(&BlockPass::mixed));
    found("transformer/L2/attended[3,1]", layer(&BlockPass::attended));
    found("transformer/L2/middle[3,1]", layer(&BlockPass::middle));
    found("transformer/L2/rms2[3]", layer(&BlockPass::rms2));
    found("transformer/L2/norm2[3,1]", layer(&BlockPass::normed2));
    found("transformer/L2/hidden[3,1]", layer(&BlockPass::hidden));
    found("transformer/L2/active[3,1]", layer(&BlockPass::active));
    found("transformer/L2/fed[3,1]", layer(&BlockPass::fed));
    found("transformer/L2/out[3,1]", layer(&BlockPass::out));
}

TEST_CASE("the heads' parts add up to what attention adds") {
    const TransformerCase of = make_case(bidirectional, 4, 9);
    for (std::size_t i = 0; i < of.shape.width; ++i) {
        double sum = 0;
        double magnitudes = 0;
        for (std::size_t h = 1; h <= of.shape.heads; ++h) {
            const auto part = of.at("transformer/L2/H" + std::to_string(h) + "/part[1," + std::to_string(i) + "]");
            sum += static_cast<double>(part.result);
            for (const float product : part.products) magnitudes += std::abs(static_cast<double>(product));
        }
        const double whole = of.at("transformer/L2/attended[1," + std::to_string(i) + "]").result;
        CHECK(std::abs(sum - whole) <= 20 * u * magnitudes);
    }
}
