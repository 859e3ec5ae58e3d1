#include "engine/models/words/text_training.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>

#include "tests/engine/support/two_topics.h"

using namespace lab;
using lab::testing::two_topics;

namespace {

const SkipGramOptions small{.dimensions = 10, .window = 3, .negatives = 5, .sample = 0, .seed = 3};

Result<TextTraining> begin(std::string_view text, std::uint64_t minimum_count, const SkipGramOptions& options = small) {
    auto vocabulary = Vocabulary::count(text, minimum_count);
    if (!vocabulary.ok()) return vocabulary.error();
    return TextTraining::begin(std::move(vocabulary).value(), text, options);
}

TextTraining begun(const std::string& text, const SkipGramOptions& options = small) {
    auto training = begin(text, 1, options);
    REQUIRE(training.ok());
    return std::move(training).value();
}

std::vector<float> vectors(const TextTraining& training) {
    const auto all = training.model().inputs().data;
    return {all.begin(), all.end()};
}

}  // namespace

TEST_CASE("a stretch passes just so many words, and the text begins anew after its end") {
    TextTraining training = begun("a b c\nd e a\n\nb");
    CHECK(training.advance(2, 0.01f).tokens == 2);
    CHECK(training.advance(1, 0.01f).tokens == 1);
    CHECK(training.advance(7, 0.01f).tokens == 7);
    CHECK(training.advance(71, 0.01f).tokens == 71);
}

TEST_CASE("a whole pass is the model's own training over the text") {
    const std::string text = two_topics(300);
    TextTraining training = begun(text);
    const SkipGramProgress done = training.advance(300 * 12, 0.05f);

    const auto vocabulary = Vocabulary::count(text, 1);
    SkipGram model(vocabulary.value(), small);
    Random random(small.seed + 1);
    // The last line's end is left for the next stretch.
    const auto tokens = vocabulary.value().encode(text);
    const auto right = model.train(std::span(tokens).first(tokens.size() - 1), 0.05f, random);
    CHECK(done.pairs == right.pairs);
    CHECK(done.loss == right.loss);
    CHECK(std::ranges::equal(training.model().inputs().data, model.inputs().data));
}

TEST_CASE("neighbours are those of the same topic, the word itself left out, in order") {
    TextTraining training = begun(two_topics(300));
    static_cast<void>(training.advance(40'000, 0.05f));
    const auto& words = training.vocabulary().words();
    const auto cat = static_cast<std::uint32_t>(std::ranges::find(words, "cat") - words.begin());
    std::vector<Hit> hits(20);
    REQUIRE(training.nearest(cat, hits) == 9);
    for (std::size_t i = 0; i < 9; ++i) {
        const std::string& word = words[hits[i].index];
        const auto inputs = training.model().inputs();
        CHECK(word != "cat");
        CHECK(std::abs(hits[i].score - cosine(inputs.row(cat), inputs.row(hits[i].index))) < 1e-5f);
        if (i > 0) CHECK(hits[i].score <= hits[i - 1].score);
        CHECK((word == "dog" || word == "fish" || word == "bird" || word == "mouse") == (i < 4));
    }
    CHECK(training.nearest(cat, std::span(hits).first(3)) == 3);
}

TEST_CASE("one seed, one course; another seed, another") {
    const std::string text = two_topics(300);
    TextTraining a = begun(text);
    TextTraining b = begun(text);
    SkipGramOptions other = small;
    other.seed = 4;
    TextTraining c = begun(text, other);
    for (TextTraining* one : {&a, &b, &c}) static_cast<void>(one->advance(1000, 0.05f));
    CHECK(vectors(a) == vectors(b));
    CHECK(vectors(a) != vectors(c));
}

TEST_CASE("a text of no use is refused in words") {
    const auto code = [](std::string_view text, std::uint64_t minimum_count) {
        const auto training = begin(text, minimum_count);
        return training.ok() ? "" : training.error().code;
    };
    CHECK(code("", 1) == "empty-vocabulary");
    CHECK(code(" \n\t ", 1) == "empty-vocabulary");
    CHECK(code("one one one", 1) == "empty-vocabulary");
    CHECK(code("one one two", 2) == "empty-vocabulary");
    CHECK(code("one one two", 1).empty());
    CHECK(begin("one one one", 1).error().message.find("“one”") != std::string::npos);
}

TEST_CASE("a text of too many different words is refused while it is counted") {
    CHECK(Vocabulary::count("one two three", 1, 2).error().code == "out-of-range");
    CHECK(Vocabulary::count("one two two", 1, 2).ok());
}

TEST_CASE("what a training takes is told before it begins") {
    CHECK(TextTraining::bytes_for_model(3, small) >= 3 * 2 * 10 * sizeof(float));
    CHECK(TextTraining::bytes_for_text("a b c", 2) >= 3 * sizeof(std::uint32_t));
}
