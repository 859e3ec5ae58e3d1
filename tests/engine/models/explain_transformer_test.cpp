#include "engine/models/explain_transformer.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/kernels/kernels.h"
#include "tests/engine/support/transformer_reference.h"

using namespace lab;
using namespace lab::testing;

namespace {

constexpr double u = 0x1p-24;

/// A pass with all that explaining it wants.
struct Case {
    TransformerShape shape;
    std::vector<float> all;
    Interventions interventions;
    std::vector<std::string> names;
    TransformerWeights weights = view_weights(shape, std::span<const float>(all));
    TransformerPass pass;

    [[nodiscard]] TransformerContext context() const { return {shape, weights, pass, interventions, names}; }
    [[nodiscard]] Result<Explanation> explain(std::string_view address) const {
        return explain_transformer(context(), address);
    }
    [[nodiscard]] Explanation at(std::string_view address) const {
        INFO(address);
        const auto explained = explain(address);
        REQUIRE(explained.ok());
        return explained.value();
    }
};

Case make_case(const TransformerShape& shape, std::size_t rows, std::uint64_t seed, Interventions interventions = {}) {
    Case made{.shape = shape,
              .all = trained_like(shape, seed),
              .interventions = std::move(interventions),
              .names = {},
              .pass = {}};
    made.pass = forward(shape, made.all, random_tokens(shape, rows, seed), made.interventions);
    for (std::size_t v = 0; v < shape.vocabulary; ++v) made.names.push_back("t" + std::to_string(v));
    return made;
}

constexpr TransformerShape causal{
    .vocabulary = 7, .context = 6, .width = 6, .heads = 2, .layers = 2, .hidden = 5, .causal = true};
constexpr TransformerShape bidirectional{
    .vocabulary = 6, .context = 5, .width = 9, .heads = 3, .layers = 2, .hidden = 4, .causal = false};
constexpr TransformerShape attention_only{
    .vocabulary = 5, .context = 5, .width = 8, .heads = 2, .layers = 3, .hidden = 0, .causal = true};
constexpr TransformerShape smallest{
    .vocabulary = 1, .context = 1, .width = 1, .heads = 1, .layers = 1, .hidden = 1, .causal = true};

/// What a family's places count: t rows, v tokens, p positions, i of D, e of d, q of 3D, j of F.
struct Asked {
    const char *prefix, *name, *places;
};
constexpr Asked families[] = {
    {"", "tokens", "vi"},        {"", "positions", "pi"},      {"", "x", "ti"},
    {"", "squares", "t"},        {"", "mean_square", "t"},     {"", "rms", "t"},
    {"", "scaled", "ti"},        {"", "norm", "ti"},           {"", "gain", "i"},
    {"", "logit", "tv"},         {"", "largest", "t"},         {"", "gap", "tv"},
    {"", "exp", "tv"},           {"", "exp_sum", "t"},         {"", "probability", "tv"},
    {"L", "squares1", "t"},      {"L", "mean_square1", "t"},   {"L", "rms1", "t"},
    {"L", "scaled1", "ti"},      {"L", "norm1", "ti"},         {"L", "gain1", "i"},
    {"L", "qkv", "iq"},          {"L", "qkv_column", "qi"},    {"L", "mixed", "ti"},
    {"L", "output", "ii"},       {"L", "output_column", "ii"}, {"L", "attended", "ti"},
    {"L", "middle", "ti"},       {"L", "out", "ti"},           {"H", "query_weights", "ie"},
    {"H", "key_weights", "ie"},  {"H", "value_weights", "ie"}, {"H", "query_weights_column", "ei"},
    {"H", "query", "te"},        {"H", "key", "te"},           {"H", "value", "te"},
    {"H", "value_column", "et"}, {"H", "dot", "tt"},           {"H", "score", "tt"},
    {"H", "largest", "t"},       {"H", "exp", "tt"},           {"H", "exp_sum", "t"},
    {"H", "weight", "tt"},       {"H", "mix", "te"},           {"H", "part", "ti"},
    {"H", "output_column", "ie"}};
constexpr Asked second_half[] = {{"L", "squares2", "t"}, {"L", "mean_square2", "t"}, {"L", "rms2", "t"},
                                 {"L", "scaled2", "ti"}, {"L", "norm2", "ti"},       {"L", "gain2", "i"},
                                 {"L", "up", "ij"},      {"L", "up_column", "ji"},   {"L", "hidden", "tj"},
                                 {"L", "active", "tj"},  {"L", "down", "ji"},        {"L", "down_column", "ij"},
                                 {"L", "fed", "ti"}};

std::vector<Asked> families_of(const TransformerShape& shape) {
    std::vector<Asked> asked(std::begin(families), std::end(families));
    if (shape.hidden > 0) asked.insert(asked.end(), std::begin(second_half), std::end(second_half));
    return asked;
}

std::size_t count_of(const Case& of, char letter) {
    const std::map<char, std::size_t> counts{
        {'t', of.pass.rows()},     {'v', of.shape.vocabulary},   {'p', of.shape.context}, {'i', of.shape.width},
        {'q', 3 * of.shape.width}, {'e', of.shape.head_width()}, {'j', of.shape.hidden}};
    return counts.at(letter);
}

/// An address of the family, its places in one pair of brackets or in a pair each.
std::string random_address(const Case& of, const Asked& family, Random& random) {
    std::string text = "transformer/";
    const std::string_view prefix = family.prefix;
    if (!prefix.empty()) text += "L" + std::to_string(1 + random.below(of.shape.layers)) + "/";
    if (prefix == "H") text += "H" + std::to_string(1 + random.below(of.shape.heads)) + "/";
    text += family.name;
    const bool apart = random.below(2) == 0;
    for (std::size_t g = 0; family.places[g] != 0; ++g) {
        text += g == 0 ? "[" : apart ? "][" : ",";
        text += std::to_string(random.below(count_of(of, family.places[g])));
    }
    return text + "]";
}

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
            made = 0.5 * z * (1 + std::tanh(t));
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
    explicit Follower(const Case& of) : of_(of) {}

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

    const Case& of_;
    std::map<std::string, float> values_;  // NaN: being followed
};

void follow(const Case& of, std::uint64_t seed) {
    Random random(seed);
    Follower follower(of);
    const auto asked = families_of(of.shape);
    for (const Asked& family : asked) follower.value(random_address(of, family, random));
    for (int round = 0; round < 200; ++round)
        follower.value(random_address(of, asked[random.below(asked.size())], random));
    CHECK(follower.visited() > 20);
}

/// The number at [t, i] of each address is that of the matrix.
void same(const Case& of, const std::string& family, std::span<const float> matrix, std::size_t columns) {
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

TEST_CASE("what is explained is the very number of the pass") {
    for (const auto& shape : {causal, bidirectional}) {
        const Case of = make_case(shape, 4, 7);
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
        Case of = make_case(causal, 5, 3);
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

TEST_CASE("numbers are called as people call them") {
    Case of = make_case(causal, 4, 6);
    of.names = {"a", " the", " bank", " of", "d", "e", "f"};
    of.pass = forward(of.shape, of.all, {1, 2, 3, 1});
    const auto score = of.at("transformer/L2/H1/score[1][0]");
    CHECK(score.address == "transformer/L2/H1/score[1,0]");
    CHECK(score.label == "score of “ bank” looking at “ the” in layer 2, head 1");
    CHECK(score.kind == Kind::normalize);
    CHECK(score.terms.at(0).address == "transformer/L2/H1/dot[1,0]");
    CHECK(score.terms.at(1).label == "√3");
    const auto product = of.at(score.terms[0].address);
    CHECK(product.operands.at(0).address == "transformer/L2/H1/query[1]");
    CHECK(product.operands.at(1).address == "transformer/L2/H1/key[0]");
    CHECK(of.at("transformer/L2/H1/query[1][2]").address == "transformer/L2/H1/query[1,2]");
    CHECK(of.at("transformer/L2/H1/query[1,2][0]").address == "transformer/L2/H1/query[1,2]");
    CHECK(of.at("transformer/logit[2,4]").label == "logit of “d” at “ of”");
    CHECK(of.at("transformer/positions[5,2]").label == "row of position 6, place 3");
    CHECK(of.at("transformer/L1/mixed[2,4]").address == "transformer/L1/H2/mix[2,1]");
    CHECK(of.at("transformer/L1/qkv[2,10]").address == "transformer/L1/H2/key_weights[2,1]");
    CHECK(of.at("transformer/L1/qkv[2,10]").result == of.weights.layers[0].qkv.at(2, 10));
    of.names = {};
    CHECK(of.at("transformer/tokens[6,1]").label == "row of token 6, place 2");
}

TEST_CASE("a masked place, a head switched off and a replaced state say so") {
    const std::vector<float> state{1, 2, 3, 4, 5, 6};
    const Case of = make_case(causal, 5, 8, {.ablated = {{1, 0}}, .patches = {{1, 2, state}, {0, 3, state}}});
    const auto masked = of.at("transformer/L1/H1/weight[1,2]");
    CHECK(masked.kind == Kind::input);
    CHECK(masked.result == 0);
    CHECK(masked.label.find("may not look") != std::string::npos);
    CHECK(of.at("transformer/L1/H1/score[1,2]").label.find("hidden by the mask") != std::string::npos);
    CHECK(of.at("transformer/L1/H1/mix[1,2]").products.size() == 2);
    const auto off = of.at("transformer/L2/H1/mix[4,1]");
    CHECK(off.kind == Kind::input);
    CHECK(off.result == 0);
    CHECK(off.label.find("switched off") != std::string::npos);
    CHECK(of.at("transformer/L2/H1/part[4,1]").result == 0);
    CHECK(of.at("transformer/L1/H1/mix[4,1]").kind == Kind::dot);
    CHECK(of.at("transformer/L2/H2/mix[4,1]").kind == Kind::dot);
    for (const char* address : {"transformer/L1/out[2,4]", "transformer/x[3,4]"}) {
        const auto replaced = of.at(address);
        CHECK(replaced.kind == Kind::input);
        CHECK(replaced.result == 5);
        CHECK(replaced.label.find("replaced") != std::string::npos);
    }
    CHECK(of.at("transformer/L1/out[3,4]").kind == Kind::sum);
    CHECK(of.at("transformer/x[2,4]").kind == Kind::sum);
}

TEST_CASE("the heads' parts add up to what attention adds") {
    const Case of = make_case(bidirectional, 4, 9);
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

TEST_CASE("addresses that lead nowhere are refused in words, with one that leads somewhere") {
    const Case ordinary = make_case(causal, 3, 10);
    Case unasked = make_case(attention_only, 3, 10);
    unasked.pass.asked = {2};
    unasked.pass.logits.resize(unasked.shape.vocabulary);
    const auto refused = [](const Case& of, std::string_view address) {
        INFO(address);
        const auto answer = of.explain(address);
        REQUIRE_FALSE(answer.ok());
        CHECK(answer.error().code == "unknown-address");
        INFO(answer.error().message);
        CHECK(of.explain(answer.error().detail).ok());
    };
    for (const char* address : {"",
                                "transformer",
                                "transformer/",
                                "transformer/nothing",
                                "transformer/x",
                                "transformer/x[0]",
                                "transformer/x[0,6]",
                                "transformer/x[3,0]",
                                "transformer/x[0,0,1]",
                                "transformer/x[0,0",
                                "transformer/x0,0]",
                                "transformer/x[0,0]]",
                                "transformer/x[,]",
                                "transformer/x[0,]",
                                "transformer/x[-1,0]",
                                "transformer/x[00,0]",
                                "transformer/x[0, 0]",
                                "transformer/x[99999999999999999999,0]",
                                "transformer/score[0,0]",
                                "transformer/L1/score[0,0]",
                                "transformer/H1/score[0,0]",
                                "transformer/L0/out[0,0]",
                                "transformer/L3/out[0,0]",
                                "transformer/L01/out[0,0]",
                                "transformer/L1/H3/score[0,0]",
                                "transformer/L1/H0/score[0,0]",
                                "transformer/L/out[0,0]",
                                "transformer/L1out[0,0]",
                                "transformer/L1",
                                "transformer/L1/",
                                "transformer/L1/H1/",
                                "transformer/L1/H1/score",
                                "transformer/L1/H1/norm1[0,0]",
                                "transformer/L1/x[0,0]",
                                "transformer/tokens[7,0]",
                                "transformer/positions[6,0]",
                                "transformer/logit[0,7]",
                                "transformer/L1/H1/gap[0,1]",
                                "transformer/L1/H1/query[0,3]",
                                "transformer/L1/qkv[0,18]",
                                "transformer/L18446744073709551617/out[0,0]",
                                "network/logit[0][0]"})
        refused(ordinary, address);
    for (const char* address : {"transformer/L1/hidden[0,0]", "transformer/L1/norm2[0,0]", "transformer/L1/fed[0,0]",
                                "transformer/logit[0,0]", "transformer/probability[1,0]", "transformer/largest[9]"})
        refused(unasked, address);
    CHECK(unasked.explain("transformer/probability[2,1]").ok());
}

TEST_CASE("any text is answered: explained, or refused with an address that leads somewhere") {
    Random random(21);
    for (const auto& shape : {causal, attention_only}) {
        const Case of = make_case(shape, 3, 11);
        const auto asked = families_of(shape);
        constexpr std::string_view letters = "transformer/LH123[],0score-_ x\xE2\x80";
        std::size_t explained = 0;
        for (int round = 0; round < 4000; ++round) {
            std::string text = random_address(of, asked[random.below(asked.size())], random);
            if (round % 4 == 0) text = text.substr(0, 12 * random.below(2));
            const std::size_t changes = 1 + random.below(round % 4 == 0 ? 20 : 3);
            for (std::size_t change = 0; change < changes; ++change) {
                const std::size_t at = random.below(text.size() + 1);
                const char letter = letters[random.below(letters.size())];
                if (random.below(3) == 0)
                    text.insert(at, 1, letter);
                else if (at < text.size() && random.below(2) == 0)
                    text.erase(at, 1);
                else if (at < text.size())
                    text[at] = letter;
            }
            INFO(text);
            const auto answer = of.explain(text);
            if (answer.ok()) {
                ++explained;
                if (of.explain(answer.value().address).value().result != answer.value().result) FAIL("not canonical");
            } else {
                if (answer.error().code != "unknown-address") FAIL(answer.error().code);
                if (!of.explain(answer.error().detail).ok())
                    FAIL("the example leads nowhere: " << answer.error().detail);
            }
        }
        CHECK(explained > 20);
        CHECK(explained < 3000);
    }
}
