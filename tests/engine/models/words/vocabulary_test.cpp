#include "engine/models/words/vocabulary.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

using lab::NegativeSampler;
using lab::Random;
using lab::Vocabulary;

TEST_CASE("words are counted, the rare ones dropped, the rest ordered by count and then by letter") {
    const auto vocabulary = Vocabulary::count("b a b c\n a  b d\td\n", 2);
    REQUIRE(vocabulary.ok());
    CHECK(vocabulary.value().words() == std::vector<std::string>{"b", "a", "d"});
    CHECK(vocabulary.value().counts() == std::vector<std::uint64_t>{3, 2, 2});
    CHECK(vocabulary.value().total() == 7);
}

TEST_CASE("a text is encoded paragraph by paragraph") {
    const auto vocabulary = Vocabulary::count("b a b c\n a  b d\td\n", 2);
    constexpr auto end = Vocabulary::boundary;
    CHECK(vocabulary.value().encode("b a b c\n\n a  b d\td") ==
          std::vector<std::uint32_t>{0, 1, 0, end, 1, 0, 2, 2, end});
    CHECK(vocabulary.value().encode("unknown words only").empty());
    CHECK(vocabulary.value().encode("").empty());
}

TEST_CASE("a text with no word frequent enough is refused with words that help") {
    const auto none = Vocabulary::count("each word once", 2);
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().code == "empty-vocabulary");
    CHECK(none.error().message.find("2 times") != std::string::npos);
}

TEST_CASE("frequent words are thinned by word2vec's rule, rare ones kept") {
    std::string text;
    for (int i = 0; i < 900; ++i) text += "the ";
    for (int i = 0; i < 100; ++i) text += "cat ";
    const auto vocabulary = Vocabulary::count(text, 1);
    const auto keep = vocabulary.value().keep_probabilities(0.01);
    CHECK(std::abs(keep[0] - (std::sqrt(0.01 / 0.9) + 0.01 / 0.9)) < 1e-6);
    CHECK(std::abs(keep[1] - (std::sqrt(0.1) + 0.1)) < 1e-6);
    CHECK(vocabulary.value().keep_probabilities(1)[0] == 1.0f);
    CHECK(vocabulary.value().keep_probabilities(0)[0] == 1.0f);
}

TEST_CASE("negatives are drawn in proportion to count^power") {
    const std::vector<std::uint64_t> counts = {1000, 300, 30, 30, 1};
    const NegativeSampler sampler(counts, 0.75);
    std::vector<double> expected;
    double total = 0;
    for (const auto count : counts) {
        expected.push_back(std::pow(static_cast<double>(count), 0.75));
        total += expected.back();
    }
    Random random(42);
    std::vector<double> seen(counts.size(), 0);
    constexpr int draws = 200'000;
    for (int i = 0; i < draws; ++i) ++seen[sampler.draw(random)];
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double p = expected[i] / total;
        const double deviation = std::sqrt(p * (1 - p) / draws);
        INFO("word " << i);
        CHECK(std::abs(seen[i] / draws - p) < 5 * deviation);
    }
    const NegativeSampler alone({7}, 0.75);
    CHECK(alone.draw(random) == 0);
}
