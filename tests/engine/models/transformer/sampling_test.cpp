#include "engine/models/transformer/sampling.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/tiny_transformer.h"

using namespace lab;
using namespace lab::testing;

namespace {

const std::vector<float> scores{0.5f, 2.0f, -1.0f, 2.0f, 1.5f, -30.0f};

/// How often each token is drawn.
std::vector<int> counts(const SamplingOptions& options, int draws, std::uint64_t seed) {
    Random random(seed);
    std::vector<int> all(scores.size());
    for (int i = 0; i < draws; ++i) ++all[draw(scores, options, random)];
    return all;
}

/// Whether counts could be those of draws with these probabilities: within five standard deviations.
bool plausible(const std::vector<int>& counts, const std::vector<double>& probabilities, int draws) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double spread = std::sqrt(draws * probabilities[i] * (1 - probabilities[i]));
        if (std::abs(counts[i] - draws * probabilities[i]) > 5 * spread + 1e-9) return false;
    }
    return true;
}

/// softmax of the scores, those outside `among` left out.
std::vector<double> expected(double temperature, const std::vector<std::size_t>& among) {
    std::vector<double> all(scores.size(), 0.0);
    double sum = 0;
    for (const std::size_t i : among) sum += all[i] = std::exp(static_cast<double>(scores[i]) / temperature);
    for (double& one : all) one /= sum;
    return all;
}

std::vector<Token> grown(const LanguageModel& model, std::vector<Token> tokens, std::size_t count) {
    KernelMultiplier multiplier;
    for (std::size_t i = 0; i < count && tokens.size() < model.shape().context; ++i) {
        const auto pass = model.run(tokens, {}, multiplier).value();
        const auto last = std::span(pass.logits).last(model.shape().vocabulary);
        const Token next = likeliest(last, 1, 1).front().token;
        if (next == border_token) break;
        tokens.push_back(next);
    }
    return tokens;
}

}  // namespace

TEST_CASE("tokens are drawn as often as softmax says") {
    constexpr int draws = 20'000;
    const std::vector<std::size_t> all{0, 1, 2, 3, 4, 5};
    CHECK(plausible(counts({}, draws, 1), expected(1, all), draws));
    CHECK(plausible(counts({.temperature = 0.5f}, draws, 2), expected(0.5, all), draws));
    CHECK(plausible(counts({.temperature = 3}, draws, 3), expected(3, all), draws));
    CHECK(plausible(counts({.temperature = 1, .top_k = 3}, draws, 4), expected(1, {1, 3, 4}), draws));
    CHECK_FALSE(plausible(counts({.temperature = 0.5f}, draws, 5), expected(1, all), draws));
    CHECK(counts({.temperature = 1, .top_k = 100}, draws, 6) != counts({.temperature = 1, .top_k = 2}, draws, 6));
}

TEST_CASE("without temperature the likeliest is taken, of equals the lower, and no random number is used") {
    Random random(7);
    const auto before = random.state().words[0];
    CHECK(draw(scores, {.temperature = 0}, random) == 1);
    CHECK(draw(scores, {.temperature = 2, .top_k = 1}, random) == 1);
    CHECK(random.state().words[0] == before);
    CHECK(draw(scores, {.temperature = 1e-3f}, random) % 2 == 1);
    CHECK(random.state().words[0] != before);
}

TEST_CASE("scores that are not finite give the largest") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    Random random(8);
    CHECK(draw(std::vector<float>{1, infinity, 2}, {}, random) == 1);
    CHECK(draw(std::vector<float>{1, std::numeric_limits<float>::quiet_NaN(), 2}, {}, random) == 2);
    CHECK(draw(std::vector<float>{-infinity, 3, -infinity}, {}, random) == 1);
}

TEST_CASE("the same seed draws the same tokens") {
    std::vector<Token> first;
    Random random(9);
    for (int i = 0; i < 12; ++i) first.push_back(draw(scores, {}, random));
    CHECK(first == std::vector<Token>{3, 2, 1, 4, 0, 1, 1, 1, 4, 3, 4, 3});
}

TEST_CASE("guesses are the likeliest with their shares of all") {
    const auto guesses = likeliest(scores, 3, 2);
    CHECK(guesses.size() == 3);
    CHECK(guesses[0].token == 1);
    CHECK(guesses[1].token == 3);
    CHECK(guesses[2].token == 4);
    const auto shares = expected(2, {0, 1, 2, 3, 4, 5});
    for (const Guess& guess : guesses) {
        CHECK(guess.logit == scores[guess.token]);
        CHECK(std::abs(static_cast<double>(guess.probability) - shares[guess.token]) < 1e-6);
    }
    CHECK(likeliest(scores, 100, 1).size() == scores.size());
}

TEST_CASE("surprise is what a probability costs in bits") {
    const std::vector<float> even(8, 3.0f);
    CHECK(std::abs(surprise(even, 5) - 3) < 1e-12);
    CHECK(std::abs(surprise(scores, 4) + std::log2(expected(1, {0, 1, 2, 3, 4, 5})[4])) < 1e-12);
    CHECK(std::abs(surprise(std::vector<float>{1000, 0}, 1) - 1000 / std::log(2.0)) < 1e-9);
}

TEST_CASE("a text grown row by row is the one that whole passes give") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto model = tiny_model(true, seed);
        const auto start = model->tokens(seed % 2 ? "The dog" : "");
        auto generation = Generation::begin(model, start, {.temperature = 0}, 1).value();
        for (int i = 0; i < 12 && generation.next(); ++i) {
        }
        CHECK(std::ranges::equal(generation.tokens(), grown(*model, start, 12)));
    }
}

TEST_CASE("it stops at the end of the context, and where the model ends the text") {
    const auto model = tiny_model();
    std::size_t longest = 0;
    bool ended = false;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        auto generation = Generation::begin(model, model->tokens("The"), {.temperature = 1}, seed).value();
        std::size_t added = 0;
        while (generation.next()) ++added;
        CHECK_FALSE(generation.next());
        const auto all = generation.tokens();
        CHECK(all.size() == model->tokens("The").size() + added);
        CHECK(all.size() <= model->shape().context);
        CHECK(std::ranges::count(all, border_token) == 1);
        longest = std::max(longest, all.size());
        ended = ended || all.size() < model->shape().context;
        if (longest == model->shape().context && ended) break;
    }
    CHECK(longest == model->shape().context);
    CHECK(ended);
}

TEST_CASE("what cannot be continued is refused") {
    const auto code = [](const Result<Generation>& begun) { return begun.ok() ? "" : begun.error().code; };
    CHECK(code(Generation::begin(tiny_model(false), {0}, {}, 1)) == "not-causal");
    CHECK(code(Generation::begin(tiny_model(), {0, 9999}, {}, 1)) == "out-of-range");
    CHECK(code(Generation::begin(tiny_model(), std::vector<Token>(25, 'a'), {}, 1)) == "too-long");
    CHECK(code(Generation::begin(tiny_model(), std::vector<Token>(24, 'a'), {}, 1)).empty());
    CHECK(Generation::begin(tiny_model(), {}, {}, 1).value().tokens().size() == 1);
}
