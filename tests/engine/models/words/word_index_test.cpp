#include "engine/models/words/word_index.h"

#include <catch2/catch_test_macros.hpp>

using namespace lab;

TEST_CASE("every word is found in its place, and no other is") {
    // Far more words than slots that a hash keeps apart: most find a neighbour's slot taken on their way.
    std::vector<std::string> words;
    for (int i = 0; i < 1000; ++i) words.push_back("word" + std::to_string(i));
    WordIndex index(words.size());
    for (std::uint32_t i = 0; i < words.size(); ++i) {
        REQUIRE_FALSE(index.find(words[i], words));
        REQUIRE(index.add(i, words));
        REQUIRE(index.find(words[i], words) == i);
    }
    for (std::uint32_t i = 0; i < words.size(); ++i) CHECK(index.find(words[i], words) == i);
    CHECK_FALSE(index.find("word1000", words));
    CHECK_FALSE(index.find("word", words));
    CHECK_FALSE(index.find("", words));
}

TEST_CASE("an equal word is not added again, and the first keeps its place") {
    const std::vector<std::string> words{"king", "queen", "king"};
    WordIndex index(words.size());
    CHECK(index.add(0, words));
    CHECK(index.add(1, words));
    CHECK_FALSE(index.add(2, words));
    CHECK(index.find("king", words) == 0u);
}

TEST_CASE("an index without words finds nothing") {
    CHECK_FALSE(WordIndex().find("king", {}));
    CHECK_FALSE(WordIndex(0).find("king", {}));
}
