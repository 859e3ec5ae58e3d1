#include "engine/models/attention/explain_attention.h"

#include <algorithm>
#include <cmath>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// Random inputs: rows and matrices, of which attention alone uses the products.
struct Case {
    std::size_t T, S, D, H, d, e, P;
    std::vector<float> x, wq, wk, wv, wo, q, k, v;
    std::vector<unsigned char> allowed;

    [[nodiscard]] MatrixView rows() const { return {x, T, D}; }
    [[nodiscard]] SelfAttentionWeights weights(bool output) const {
        SelfAttentionWeights all{{wq, D, H * d}, {wk, D, H * d}, {wv, D, H * e}, {}};
        if (output) all.output = MatrixView{wo, H * e, P};
        return all;
    }
    [[nodiscard]] Attention attention(const AttentionOptions& options) const {
        return attend({q, T, H * d}, {k, S, H * d}, {v, S, H * e}, options).value();
    }
};

Case random_case(Random& random, bool square) {
    Case c{};
    c.T = 1 + random.below(5);
    c.S = square ? c.T : 1 + random.below(6);
    c.D = 1 + random.below(7);
    c.H = 1 + random.below(3);
    c.d = 1 + random.below(6);
    c.e = 1 + random.below(4);
    c.P = 1 + random.below(4);
    c.x = random_vector(random, c.T * c.D);
    c.wq = random_vector(random, c.D * c.H * c.d);
    c.wk = random_vector(random, c.D * c.H * c.d);
    c.wv = random_vector(random, c.D * c.H * c.e);
    c.wo = random_vector(random, c.H * c.e * c.P);
    c.q = random_vector(random, c.T * c.H * c.d);
    c.k = random_vector(random, c.S * c.H * c.d);
    c.v = random_vector(random, c.S * c.H * c.e);
    c.allowed.resize(c.T * c.S);
    for (auto& entry : c.allowed) entry = random.below(3) > 0 ? 1 : 0;
    return c;
}

bool makes_up(const Explanation& e) {
    if (e.kind != Kind::activation) return recombines(e);
    const double value = std::exp(static_cast<double>(e.terms.at(0).value));
    return std::abs(value - static_cast<double>(e.result)) <= 0x1p-24 * value + 0x1p-149;
}

/// "family[t,s]" with random places below the sizes, now and then spelt [t][s].
std::string with_places(const std::string& family, std::initializer_list<std::size_t> sizes, Random& random) {
    std::string text = "attention/" + family + "[";
    const bool apart = random.below(4) == 0;
    bool first = true;
    for (const std::size_t size : sizes) {
        if (!first) text += apart ? "][" : ",";
        text += std::to_string(random.below(size));
        first = false;
    }
    return text + "]";
}

/// A random address of any number there may be.
std::string random_address(const Case& c, bool self, bool output, Random& random) {
    const std::size_t S = self ? c.T : c.S;
    const std::string head = "H" + std::to_string(1 + random.below(c.H)) + "/";
    const std::string of_softmax[] = {"dot", "score", "gap", "exp", "weight", "rest", "slope"};
    switch (random.below(self ? 13 : 9)) {
        case 0:
        case 1:
        case 2:
            return with_places(head + of_softmax[random.below(7)], {c.T, S}, random);
        case 3:
            return with_places(head + (random.below(2) == 0 ? "largest" : "exp_sum"), {c.T}, random);
        case 4:
            return with_places(head + "output", {c.T, c.e}, random);
        case 5:
            return with_places("output", {c.T, c.H * c.e}, random);
        case 6:
            return with_places("query", {c.T, c.H * c.d}, random);
        case 7:
            return random.below(2) == 0 ? with_places("key", {S, c.H * c.d}, random)
                                        : with_places("value", {S, c.H * c.e}, random);
        case 8:
            return random.below(2) == 0 ? with_places(head + "query", {c.T, c.d}, random)
                                        : with_places(head + "value_column", {c.e, S}, random);
        case 9:
            return with_places("x", {c.T, c.D}, random);
        case 10:
            return with_places("projected", {c.T, output ? c.P : c.H * c.e}, random);
        case 11:
            return with_places(random.below(2) == 0 ? "query_weights" : "key_weights", {c.D, c.H * c.d}, random);
        default:
            return output ? with_places("output_weights_column", {c.P, c.H * c.e}, random)
                          : with_places("value_weights_column", {c.H * c.e, c.D}, random);
    }
}

/// Whether a mask takes the number away: then it is refused, in words that say so.
bool hidden(const Explain& explain, const std::string& address) {
    const auto asked = explain(address);
    if (asked.ok()) return false;
    INFO(asked.error().message);
    CHECK(asked.error().code == "unknown-address");
    CHECK((asked.error().message.find("takes no part") != std::string::npos ||
           asked.error().message.find("may look at no key") != std::string::npos));
    return true;
}

}  // namespace

TEST_CASE("two hundred random numbers of attention lead down to queries, keys and values") {
    Random random(21);
    int refused = 0;
    for (int round = 0; round < 40; ++round) {
        const Case c = random_case(random, round % 3 == 0);
        AttentionOptions options{.heads = c.H};
        if (round % 4 == 1) options.mask = AttentionMask::causal;
        if (round % 4 >= 2) options.allowed = c.allowed;
        if (round % 5 == 4) options.scale = random.normal();
        if (round % 10 == 7) options.scale = 0;
        const Attention made = c.attention(options);
        const Explain explain = [&](const std::string& address) { return explain_attention(made, address); };
        for (int n = 0; n < 8; ++n) {
            const std::string address = random_address(c, false, false, random);
            const bool skip = round % 4 > 0 && hidden(explain, address);
            refused += skip ? 1 : 0;
            if (!skip) verify_to_the_ground(explain, address, random, makes_up);
        }
    }
    CHECK(refused < 120);
}

TEST_CASE("two hundred random numbers of self-attention lead down to rows and matrices") {
    Random random(22);
    for (int round = 0; round < 40; ++round) {
        const Case c = random_case(random, true);
        AttentionOptions options{.heads = c.H};
        if (round % 2 == 1) options.mask = AttentionMask::causal;
        const bool output = round % 3 > 0;
        const SelfAttentionWeights weights = c.weights(output);
        const SelfAttention made = self_attend(c.rows(), weights, options).value();
        const Explain explain = [&](const std::string& address) {
            return explain_self_attention(c.rows(), weights, made, address);
        };
        for (int n = 0; n < 8; ++n) {
            const std::string address = random_address(c, true, output, random);
            if (round % 2 == 0 || !hidden(explain, address)) verify_to_the_ground(explain, address, random, makes_up);
        }
    }
}

TEST_CASE("what is explained is what was answered") {
    Random random(23);
    const Case c = random_case(random, true);
    const SelfAttentionWeights weights = c.weights(true);
    const SelfAttention made = self_attend(c.rows(), weights, {.heads = c.H, .mask = AttentionMask::causal}).value();
    const auto result = [&](const std::string& address) {
        return explain_self_attention(c.rows(), weights, made, address).value().result;
    };
    const auto two = [](std::size_t i, std::size_t j) {
        return "[" + std::to_string(i) + "," + std::to_string(j) + "]";
    };
    const Attention& a = made.attention;
    for (std::size_t t = 0; t < c.T; ++t) {
        for (std::size_t h = 0; h < c.H; ++h) {
            const std::string head = "attention/H" + std::to_string(h + 1) + "/";
            for (std::size_t s = 0; s < c.T; ++s) {
                CHECK(result(head + "dot" + two(t, s)) == a.row(a.dots, h, t)[s]);
                CHECK(result(head + "score" + two(t, s)) == a.row(a.scores, h, t)[s]);
                CHECK(result(head + "weight" + two(t, s)) == a.row(a.weights, h, t)[s]);
            }
            for (std::size_t i = 0; i < c.e; ++i) {
                const float output = a.output[t * c.H * c.e + h * c.e + i];
                CHECK(result(head + "output" + two(t, i)) == output);
                CHECK(result("attention/output" + two(t, h * c.e + i)) == output);
            }
        }
        for (std::size_t j = 0; j < c.P; ++j)
            CHECK(result("attention/projected" + two(t, j)) == made.projected[t * c.P + j]);
        for (std::size_t j = 0; j < c.H * c.d; ++j)
            CHECK(result("attention/query" + two(t, j)) == a.query[t * c.H * c.d + j]);
    }
}

TEST_CASE("the words: places count from 1, masked ones say why") {
    const std::vector<float> q{1, 0, 0, 2};
    const std::vector<float> k{2, 1, 1, 3};
    const std::vector<float> v{5, 7};
    const auto explained = [&](const AttentionOptions& options, const std::string& address) {
        const Attention made = attend({q, 2, 2}, {k, 2, 2}, {v, 2, 1}, options).value();
        return explain_attention(made, address).value();
    };
    const Explanation dot = explained({}, "attention/H1/dot[1,0]");
    CHECK(dot.label == "query 2 · key 1");
    CHECK(dot.products == std::vector<float>{0, 2});
    CHECK(dot.operands[0].address == "attention/query[1]");
    const Explanation score = explained({}, "attention/H1/score[1][0]");
    CHECK(score.address == "attention/H1/score[1,0]");
    CHECK(score.formula == "(q · k) ÷ √2");
    CHECK(explained({.scale = 1}, "attention/H1/score[1,0]").formula == "scale × (q · k)");
    const AttentionOptions causal{.mask = AttentionMask::causal};
    const Explanation masked = explained(causal, "attention/H1/weight[0,1]");
    CHECK(masked.result == 0);
    CHECK(masked.label == "weight of key 2 for query 1");
    CHECK(masked.formula == "0, for key 2 comes after query 1");
    CHECK(explained(causal, "attention/H1/slope[0,1]").result == 0);
    const std::vector<unsigned char> allowed{1, 0, 0, 0};
    CHECK(explained({.allowed = allowed}, "attention/H1/weight[0,1]").formula ==
          "0, for the mask hides key 2 from query 1");
    CHECK(explained({.allowed = allowed}, "attention/H1/output[1,0]").result == 0);
    CHECK(explained({}, "attention/key[1,1]").kind == Kind::input);
    CHECK(explained({}, "attention/output[1,0]").address == "attention/H1/output[1,0]");
    CHECK(explained({}, "attention/output[1]").label == "output 2, place 1");  // its rows have one place
}

TEST_CASE("addresses of attention that lead nowhere are refused in words") {
    Random random(24);
    Case c = random_case(random, true);
    while (c.T < 2 || c.H < 2 || c.e < 2) c = random_case(random, true);
    const Attention alone = c.attention({.heads = c.H, .mask = AttentionMask::causal});
    const SelfAttentionWeights weights = c.weights(false);
    const SelfAttention self = self_attend(c.rows(), weights, {.heads = c.H}).value();
    for (const auto* address : {"",
                                "attention",
                                "attention/",
                                "attention/dot[0,0]",
                                "attention/H0/dot[0,0]",
                                "attention/H9/dot[0,0]",
                                "attention/H01/dot[0,0]",
                                "attention/H/dot[0,0]",
                                "attention/H1/dot[0]",
                                "attention/H1/dot[0,9]",
                                "attention/H1/dot[9,0]",
                                "attention/H1/dot[0,0,0,0]",
                                "attention/H1/dot[0,0",
                                "attention/H1/output[0]",
                                "attention/H1/largest",
                                "attention/H1/largest[0,1]",
                                "attention/H1/nothing[0]",
                                "attention/query[0,99]",
                                "attention/H1/x[0,0]",
                                "attention/H1/gap[0,1]",
                                "attention/H1/exp[0,1]",
                                "attention/H1/dot[-1,0]",
                                "pair/dot"}) {
        INFO(address);
        const auto refused = explain_attention(alone, address);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == "unknown-address");
        CHECK(refused.error().message.find("“" + std::string(address) + "”") != std::string::npos);
    }
    CHECK_FALSE(explain_attention(alone, "attention/x[0,0]").ok());
    CHECK_FALSE(explain_attention(alone, "attention/projected[0,0]").ok());
    CHECK_FALSE(explain_self_attention(c.rows(), weights, self, "attention/output_weights[0,0]").ok());
    CHECK_FALSE(explain_self_attention(c.rows(), weights, self, "attention/x[0,99]").ok());
    const std::string headless = explain_attention(alone, "attention/dot[0,0]").error().message;
    CHECK(headless.find("in which head") != std::string::npos);
    Attention large = alone;
    for (auto* kept : {&large.dots, &large.scores, &large.weights}) kept->clear();
    CHECK(explain_attention(large, "attention/output[0,0]").error().code == "out-of-range");
}

TEST_CASE("bounds hold at huge and at tiny numbers") {
    Random random(25);
    for (const float size : {1e-20f, 1e-3f, 30.0f, 1e9f, 1e17f}) {
        Case c = random_case(random, false);
        for (float& x : c.q) x *= size;
        for (float& x : c.k) x *= size;
        for (float& x : c.v) x *= size;
        const Attention made = c.attention({.heads = c.H});
        const Explain explain = [&](const std::string& address) { return explain_attention(made, address); };
        for (int n = 0; n < 20; ++n)
            verify_to_the_ground(explain, random_address(c, false, false, random), random, makes_up);
    }
}

TEST_CASE("whatever text is asked for is answered or refused") {
    Random random(26);
    const Case c = random_case(random, true);
    const SelfAttentionWeights weights = c.weights(false);
    const SelfAttention made =
        self_attend(c.rows(), weights, {.heads = c.H, .mask = AttentionMask::causal, .allowed = c.allowed}).value();
    const std::string pieces[] = {"attention/", "H1/",     "H",      "/",      "dot",      "weight", "query",
                                  "_weights",   "_column", "output", "x",      "[",        "]",      ",",
                                  "0",          "1",       "[0,0]",  "[0][0]", "gap",      "-",      "%",
                                  "slope",      "largest", "exp",    "value",  "projected"};
    int answered = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = random.below(4) == 0 ? "" : "attention/";
        for (std::size_t n = random.below(6); n > 0; --n) text += pieces[random.below(std::size(pieces))];
        const auto alone = explain_attention(made.attention, text);
        const auto self = explain_self_attention(c.rows(), weights, made, text);
        for (const auto* one : {&alone, &self}) {
            if (!one->ok()) CHECK(one->error().code == "unknown-address");
            answered += one->ok() ? 1 : 0;
        }
    }
    CHECK(answered > 20);  // some of them are addresses
}
