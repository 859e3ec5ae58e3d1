#include "engine/models/words/text_training.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>

using namespace lab;

namespace {

/// Paragraphs of one topic each: words of one topic only ever stand beside each other.
std::string two_topics() {
    const std::vector<std::vector<std::string>> topics = {{"cat", "dog", "fish", "bird", "mouse"},
                                                          {"red", "blue", "green", "black", "white"}};
    Random random(11);
    std::string text;
    for (int paragraph = 0; paragraph < 300; ++paragraph) {
        const auto& topic = topics[random.below(2)];
        for (int i = 0; i < 12; ++i) text += topic[random.below(topic.size())] + " ";
        text += "\n";
    }
    return text;
}

const SkipGramOptions small{.dimensions = 10, .window = 3, .negatives = 5, .sample = 0, .seed = 3};

TextTraining begun(const std::string& text, const SkipGramOptions& options = small) {
    auto training = TextTraining::begin(text, 1, options);
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
    const std::string text = two_topics();
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
    TextTraining training = begun(two_topics());
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
    const std::string text = two_topics();
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
    const auto code = [](std::string_view text, std::uint64_t minimum_count, std::size_t most = 100) {
        const auto training = TextTraining::begin(text, minimum_count, small, most);
        return training.ok() ? "" : training.error().code;
    };
    CHECK(code("", 1) == "empty-vocabulary");
    CHECK(code(" \n\t ", 1) == "empty-vocabulary");
    CHECK(code("one one one", 1) == "empty-vocabulary");
    CHECK(code("one one two", 2) == "empty-vocabulary");
    CHECK(code("one one two", 1).empty());
    CHECK(code("one two three", 1, 2) == "out-of-range");
    CHECK(code("one two two", 1, 2).empty());
}

TEST_CASE("who finds the vectors too large is heard before they are made") {
    std::size_t asked = 0;
    const auto training = TextTraining::begin("a b c", 1, small, 100, [&](std::size_t words) {
        asked = words;
        return std::optional(Error{"out-of-memory", "no", ""});
    });
    CHECK(asked == 3);
    REQUIRE(!training.ok());
    CHECK(training.error().code == "out-of-memory");
    CHECK(TextTraining::bytes_for_model(3, small) >= 3 * 2 * 10 * sizeof(float));
    CHECK(TextTraining::bytes_for_text("a b c", 2) >= 3 * sizeof(std::uint32_t));
}
