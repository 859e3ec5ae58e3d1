#include "engine/models/transformer/head_scores.h"

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <set>

#include "engine/models/transformer/language_model.h"
#include "tests/engine/support/transformer_reference.h"

using namespace lab;
using Catch::Approx;

namespace {

constexpr std::size_t C = 24;

TransformerShape one_head(bool causal) {
    return {.vocabulary = 50, .context = C, .width = 4, .heads = 1, .layers = 1, .hidden = 0, .causal = causal};
}

/// A pass of one head whose weight is as `weight` says; the HeadMeter reads no more than this of a pass.
TransformerPass made(const std::vector<Token>& tokens, const std::function<double(std::size_t, std::size_t)>& weight) {
    const std::size_t T = tokens.size();
    TransformerPass pass;
    pass.tokens = tokens;
    pass.starts = {0, T};
    pass.layers.resize(1);
    for (std::size_t t = 0; t < T; ++t)
        for (std::size_t s = 0; s < T; ++s) pass.layers[0].weights.push_back(static_cast<float>(weight(t, s)));
    return pass;
}

HeadScores scores_of(bool causal, const TransformerPass& pass) {
    HeadMeter meter(one_head(causal));
    meter.add(pass);
    return meter.scores().at(0);
}

/// Σ 1/n over what each place from `from` on sees, divided by how many these are.
double mean_share(std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t t = from; t < to; ++t) sum += 1.0 / static_cast<double>(t + 1);
    return sum / static_cast<double>(to - from);
}

const std::vector<Token> plain{0, 7, 8, 9, 10, 11, 12, 13};

}  // namespace

TEST_CASE("a head that looks at one kind of place scores 1 there, beside what equal attention would give") {
    const auto previous =
        scores_of(true, made(plain, [](auto t, auto s) { return s + 1 == t || t + s == 0 ? 1.0 : 0.0; }));
    CHECK(previous.of(HeadKind::previous).weight == Approx(1));
    CHECK(previous.of(HeadKind::previous).places == 6);  // place 1 has the beginning before it, which counts as first
    CHECK(previous.of(HeadKind::previous).uniform == Approx(mean_share(2, 8)));
    CHECK(previous.of(HeadKind::first).weight == Approx(1.0 / 7));  // place 1 alone
    CHECK(previous.of(HeadKind::itself).weight == 0);
    CHECK(previous.of(HeadKind::next).places == 0);
    CHECK(previous.of(HeadKind::same).places == 0);
    CHECK(previous.distance.distance == 1);
    CHECK(previous.distance.weight == Approx(1));
    CHECK(previous.distance.share > 0.9);

    const auto first = scores_of(true, made(plain, [](auto, auto s) { return s == 0 ? 1.0 : 0.0; }));
    CHECK(first.of(HeadKind::first).weight == Approx(1));
    CHECK(first.of(HeadKind::first).places == 7);
    CHECK(first.of(HeadKind::previous).weight == 0);
    CHECK(first.distance.share < 0.1);    // the distance to the beginning is another for each place
    CHECK(first.distance.distance == 4);  // 5, 6 and 7 are distances that fewer than half of the places have
    CHECK(first.distance.weight == Approx(1.0 / 4));

    const auto next =
        scores_of(false, made(plain, [](auto t, auto s) { return s == t + 1 || (t == 7 && s == 7) ? 1.0 : 0.0; }));
    CHECK(next.of(HeadKind::next).weight == Approx(1));
    CHECK(next.of(HeadKind::next).places == 6);
    CHECK(next.of(HeadKind::next).uniform == Approx(1.0 / 8));
    CHECK(next.distance.distance == -1);
}

TEST_CASE("equal attention scores what equal attention gives, and distance foretells nothing of it") {
    const std::vector<Token> tokens{0, 7, 8, 7, 9, 8, 7};
    for (const bool causal : {true, false}) {
        const auto equal = scores_of(
            causal, made(tokens, [&](auto t, auto) { return causal ? 1.0 / static_cast<double>(t + 1) : 1.0 / 7; }));
        for (const HeadTendency& one : equal.tendencies) CHECK(one.weight == Approx(one.uniform).epsilon(1e-6));
        CHECK(equal.distance.share == 0);
    }
}

TEST_CASE("the same token, and the place after an earlier one") {
    //                              0  1  2  3  4  5  6
    const std::vector<Token> tokens{0, 7, 8, 7, 9, 8, 7};
    // Place t puts 0.1 · (s + 1) on s: the sums say which places were counted.
    const auto weight = [](auto, auto s) { return 0.1 * static_cast<double>(s + 1); };
    const auto causal = scores_of(true, made(tokens, weight));
    // 3 sees 1; 5 sees 2; 6 sees 1 and 3
    CHECK(causal.of(HeadKind::same).weight == Approx((0.2 + 0.3 + 0.2 + 0.4) / 3));
    CHECK(causal.of(HeadKind::same).uniform == Approx((1 / 4.0 + 1 / 6.0 + 2 / 7.0) / 3));
    // after these: 2; 3; 2 and 4
    CHECK(causal.of(HeadKind::induction).weight == Approx((0.3 + 0.4 + 0.3 + 0.5) / 3));
    CHECK(causal.of(HeadKind::induction).places == 3);
    const auto both = scores_of(false, made(tokens, weight));
    // 1 sees 3 and 6, 2 sees 5, 3 sees 1 and 6, 5 sees 2, 6 sees 1 and 3
    CHECK(both.of(HeadKind::same).places == 5);
    CHECK(both.of(HeadKind::same).weight == Approx((0.4 + 0.7 + 0.6 + 0.2 + 0.7 + 0.3 + 0.2 + 0.4) / 5));
    CHECK(both.of(HeadKind::induction).places == 3);
    // Twice in a row: the place after the first is the second itself, which is nothing found again.
    CHECK(scores_of(true, made({0, 7, 7}, weight)).of(HeadKind::induction).places == 0);
}

TEST_CASE("on repeated random tokens an induction head scores 1, by the definition of Olsson et al.") {
    const auto tokens = repeated_tokens(50, 10, 4);
    const auto scores = scores_of(true, made(tokens, [](auto t, auto s) {
                                      if (t <= 10) return s == 0 ? 1.0 : 0.0;
                                      return s == t - 10 + 1 ? 1.0 : 0.0;
                                  }));
    CHECK(scores.of(HeadKind::induction).weight == Approx(1));
    CHECK(scores.of(HeadKind::induction).places == 10);
    CHECK(scores.of(HeadKind::induction).uniform == Approx(mean_share(11, 21)));
    CHECK(scores.of(HeadKind::same).weight == 0);
    CHECK(scores.of(HeadKind::first).weight == Approx(0.5));
}

TEST_CASE("repeated tokens are all different, then the same again, and follow from their seed") {
    for (const std::uint64_t seed : {1, 2, 42}) {
        const auto tokens = repeated_tokens(40, 38, seed);
        REQUIRE(tokens.size() == 77);
        CHECK(tokens[0] == border_token);
        CHECK(std::equal(tokens.begin() + 1, tokens.begin() + 39, tokens.begin() + 39));
        const std::set<Token> different(tokens.begin() + 1, tokens.end());
        CHECK(different.size() == 38);
        CHECK(*different.begin() == blank_token + 1);
        CHECK(*different.rbegin() == 39);
    }
    CHECK(repeated_tokens(400, 10, 1) == repeated_tokens(400, 10, 1));
    CHECK(repeated_tokens(400, 10, 1) != repeated_tokens(400, 10, 2));
}

TEST_CASE("of several texts through a real pass, each score is what its definition says") {
    for (const bool causal : {true, false}) {
        const TransformerShape shape{
            .vocabulary = 9, .context = C, .width = 12, .heads = 3, .layers = 2, .hidden = 8, .causal = causal};
        const auto all = testing::trained_like(shape, 5);
        HeadMeter meter(shape);
        std::vector<TransformerPass> passes;
        for (const std::size_t T : {5, 1, 14, 24}) {
            passes.push_back(testing::forward(shape, all, testing::random_tokens(shape, T, T)));
            meter.add(passes.back());
        }
        const auto scores = meter.scores();
        REQUIRE(scores.size() == 6);
        for (std::size_t head = 0; head < 6; ++head) {
            struct Pair {
                std::ptrdiff_t distance;
                double z;
            };
            std::vector<Pair> pairs;
            double previous = 0;
            std::size_t counted = 0;
            for (const auto& pass : passes) {
                const std::size_t T = pass.rows();
                for (std::size_t t = 1; t < T; ++t) {
                    const std::size_t seen = causal ? t + 1 : T;
                    const auto weight = [&](std::size_t s) {
                        return static_cast<double>(pass.layers[head / 3].weights[((head % 3) * T + t) * T + s]);
                    };
                    if (t > 1) previous += weight(t - 1);
                    counted += t > 1 ? 1 : 0;
                    for (std::size_t s = 0; s < seen; ++s)
                        pairs.push_back({static_cast<std::ptrdiff_t>(t) - static_cast<std::ptrdiff_t>(s),
                                         weight(s) - 1.0 / static_cast<double>(seen)});
                }
            }
            double left = 0;
            double whole = 0;
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                double sum = 0;
                double n = 0;
                for (std::size_t j = 0; j < pairs.size(); ++j) {
                    if (j == i || pairs[j].distance != pairs[i].distance) continue;
                    sum += pairs[j].z;
                    ++n;
                }
                const double rest = pairs[i].z - (n == 0 ? 0 : sum / n);
                left += rest * rest;
                whole += pairs[i].z * pairs[i].z;
            }
            CHECK(scores[head].distance.share == Approx(1 - left / whole).margin(1e-9));
            CHECK(scores[head].of(HeadKind::previous).weight == Approx(previous / static_cast<double>(counted)));
            CHECK(scores[head].of(HeadKind::previous).places == counted);
        }
    }
}

TEST_CASE("sequences of one pass count like passes of their own; nothing added scores nothing") {
    const TransformerShape shape{.vocabulary = 9, .context = C, .width = 8, .heads = 2, .layers = 1, .hidden = 0};
    const auto all = testing::trained_like(shape, 5);
    const auto one = testing::random_tokens(shape, 7, 1);
    const auto other = testing::random_tokens(shape, 11, 2);
    HeadMeter apart(shape);
    CHECK(apart.scores().at(1).of(HeadKind::first).places == 0);
    CHECK(apart.scores().at(1).distance.share == 0);
    apart.add(testing::forward(shape, all, one));
    apart.add(testing::forward(shape, all, other));
    TransformerPass both;
    both.keep = Keep::weights;
    both.tokens = one;
    both.tokens.insert(both.tokens.end(), other.begin(), other.end());
    both.starts = {0, 7, 18};
    KernelMultiplier multiplier;
    forward_into(shape, view_weights(shape, std::span<const float>(all)), {}, multiplier, both);
    HeadMeter together(shape);
    together.add(both);
    for (std::size_t head = 0; head < 2; ++head)
        for (std::size_t kind = 0; kind < head_kinds; ++kind) {
            const auto& [a, b] =
                std::pair(apart.scores()[head].tendencies[kind], together.scores()[head].tendencies[kind]);
            CHECK(a.places == b.places);
            CHECK(a.weight == Approx(b.weight).epsilon(1e-5));
        }
}
