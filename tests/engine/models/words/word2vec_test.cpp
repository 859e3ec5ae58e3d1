#include "engine/models/words/word2vec.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/two_topics.h"

using namespace lab;
using lab::testing::two_topics;

namespace {

SkipGram trained(const Vocabulary& vocabulary, const std::vector<std::uint32_t>& tokens,
                 const SkipGramOptions& options) {
    SkipGram model(vocabulary, options);
    for (std::uint64_t epoch = 0; epoch < 10; ++epoch) {
        Random random(epoch);
        static_cast<void>(model.train(tokens, model.learning_rate(static_cast<double>(epoch) / 10), random));
    }
    return model;
}

}  // namespace

TEST_CASE("words that keep the same company end up close, others far apart") {
    const std::string text = two_topics(600);
    const auto vocabulary = Vocabulary::count(text, 1);
    const auto tokens = vocabulary.value().encode(text);
    SkipGramOptions options;
    options.dimensions = 10;
    options.window = 3;
    options.sample = 0;
    const SkipGram model = trained(vocabulary.value(), tokens, options);
    const auto& words = vocabulary.value().words();
    const auto vector = [&](const char* word) {
        return model.inputs().row(static_cast<std::size_t>(std::ranges::find(words, word) - words.begin()));
    };
    CHECK(cosine(vector("cat"), vector("dog")) > 0.8f);
    CHECK(cosine(vector("red"), vector("blue")) > 0.8f);
    CHECK(cosine(vector("cat"), vector("blue")) < 0.3f);
}

TEST_CASE("the loss falls from log 2 per target") {
    const std::string text = two_topics(600);
    const auto vocabulary = Vocabulary::count(text, 1);
    const auto tokens = vocabulary.value().encode(text);
    SkipGramOptions options;
    options.dimensions = 10;
    options.sample = 0;
    SkipGram model(vocabulary.value(), options);
    Random random(1);
    const std::span all(tokens);
    const double first = model.train(all.first(13), 0.05f, random).mean_loss();
    CHECK(std::abs(first - 6 * std::log(2.0)) < 0.01);  // outputs start at zero: every score is 0
    for (int i = 0; i < 10; ++i) static_cast<void>(model.train(all, 0.05f, random));
    const auto later = model.train(all, 0.05f, random);
    CHECK(later.mean_loss() < 0.75 * first);
    CHECK(later.tokens == 600 * 12);
    CHECK(later.pairs > 600 * 12 * 4);
}

TEST_CASE("the same seed gives the same vectors, another seed others") {
    const std::string text = two_topics(600);
    const auto vocabulary = Vocabulary::count(text, 1);
    const auto tokens = vocabulary.value().encode(text);
    SkipGramOptions options;
    options.dimensions = 7;
    options.sample = 0.05;
    const SkipGram one = trained(vocabulary.value(), tokens, options);
    const SkipGram same = trained(vocabulary.value(), tokens, options);
    CHECK(std::ranges::equal(one.inputs().data, same.inputs().data));
    options.seed = 2;
    const SkipGram other = trained(vocabulary.value(), tokens, options);
    CHECK_FALSE(std::ranges::equal(one.inputs().data, other.inputs().data));
}

TEST_CASE("a window does not reach across a paragraph's end") {
    const auto vocabulary = Vocabulary::count("a\nb\na\nb\n", 1);
    SkipGramOptions options;
    options.dimensions = 4;
    options.sample = 0;
    SkipGram model(vocabulary.value(), options);
    Random random(1);
    CHECK(model.train(vocabulary.value().encode("a\nb\na\nb\n"), 0.05f, random).pairs == 0);
    CHECK(model.train(vocabulary.value().encode("a b\n"), 0.05f, random).pairs == 2);
    CHECK(model.train({}, 0.05f, random).tokens == 0);
}

TEST_CASE("the learning rate falls in a straight line and stays at its end") {
    const auto vocabulary = Vocabulary::count("a b", 1);
    const SkipGram model(vocabulary.value(), {});
    CHECK(model.learning_rate(0) == 0.05f);
    CHECK(std::abs(model.learning_rate(0.5) - 0.025f) < 1e-5f);
    CHECK(model.learning_rate(1) == 1e-5f);
    CHECK(model.learning_rate(2) == 1e-5f);
}

TEST_CASE("negatives that are shared by a centre word's pairs teach the same") {
    const std::string text = two_topics(600);
    const auto vocabulary = Vocabulary::count(text, 1);
    const auto tokens = vocabulary.value().encode(text);
    const auto loss = [&](bool share) {
        SkipGramOptions options;
        options.dimensions = 10;
        options.window = 3;
        options.sample = 0;
        options.share_negatives = share;
        SkipGram model(vocabulary.value(), options);
        Random random(1);
        for (int i = 0; i < 10; ++i) static_cast<void>(model.train(tokens, 0.025f, random));
        return model.train(tokens, 0.025f, random).mean_loss();
    };
    const double own = loss(false);
    const double shared = loss(true);
    CHECK(shared != own);
    CHECK(std::abs(shared - own) < 0.03 * own);
}
