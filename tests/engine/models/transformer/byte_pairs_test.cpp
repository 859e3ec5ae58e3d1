#include "engine/models/transformer/byte_pairs.h"

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "engine/base/random.h"

using namespace lab;

namespace {

/// The definition, done plainly: count all pairs of all words, join the commonest, again.
std::vector<std::pair<Token, Token>> plain_merges(std::string_view text, std::size_t vocabulary) {
    std::vector<std::vector<Token>> words;
    each_word(text, [&](std::string_view word) {
        std::vector<Token> tokens;
        for (const char c : word) tokens.push_back(static_cast<unsigned char>(c));
        words.push_back(tokens);
    });
    std::vector<std::pair<Token, Token>> merges;
    while (256 + merges.size() < vocabulary) {
        std::map<std::pair<Token, Token>, int> counts;
        for (const auto& word : words) {
            for (std::size_t i = 0; i + 1 < word.size(); ++i) ++counts[{word[i], word[i + 1]}];
        }
        std::pair<Token, Token> best;
        int most = 1;
        for (const auto& [pair, count] : counts) {
            if (count > most) {
                most = count;
                best = pair;
            }
        }
        if (most == 1) break;
        const auto joined = static_cast<Token>(256 + merges.size());
        merges.push_back(best);
        for (auto& word : words) {
            for (std::size_t i = 0; i + 1 < word.size(); ++i) {
                if (word[i] != best.first || word[i + 1] != best.second) continue;
                word[i] = joined;
                word.erase(word.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            }
        }
    }
    return merges;
}

std::string random_text(Random& random, std::size_t length, std::size_t letters) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += random.below(6) == 0 ? ' ' : static_cast<char>('a' + random.below(letters));
    }
    return text;
}

}  // namespace

TEST_CASE("merges are those of the plain definition") {
    Random random(1);
    for (int round = 0; round < 30; ++round) {
        const auto text = random_text(random, 50 + random.below(400), 1 + random.below(5));
        const std::size_t vocabulary = 256 + random.below(40);
        const auto trained = BytePairs::train(text, vocabulary).value();
        const auto wanted = plain_merges(text, vocabulary);
        CHECK(std::vector(trained.merges().begin(), trained.merges().end()) == wanted);
    }
}

TEST_CASE("the words of a text carry the space before them, and put together they are the text") {
    std::vector<std::string> words;
    each_word("the  cat, didn't sit.\n\n \"Oh!\" 12a ", [&](std::string_view word) { words.emplace_back(word); });
    CHECK(words == std::vector<std::string>{"the", " ", " cat", ",", " didn", "'t", " sit", ".", "\n\n", " \"", "Oh",
                                            "!\"", " 12", "a", " "});
}

TEST_CASE("any bytes are encoded and come back") {
    const auto pairs = BytePairs::train("the cat sat on the mat and the rat sat on the cat", 300).value();
    Random random(2);
    for (int round = 0; round < 200; ++round) {
        std::string text(random.below(60), ' ');
        for (char& c : text) c = static_cast<char>(random.below(256));
        const auto tokens = pairs.encode(text);
        CHECK(pairs.decode(tokens) == text);
    }
    CHECK(pairs.encode("").empty());
    CHECK(pairs.decode(pairs.encode("Grüße, 世界")) == "Grüße, 世界");
    const auto tokens = pairs.encode(" on the cat");
    CHECK(tokens.size() == 3);
    CHECK(pairs.text(tokens[1]) == " the");
}

TEST_CASE("what was learned can be kept as merges and taken up again") {
    const auto pairs = BytePairs::train("low lower lowest new newer newest wide wider widest", 290).value();
    const auto again = BytePairs::from_merges({pairs.merges().begin(), pairs.merges().end()}).value();
    CHECK(again.size() == pairs.size());
    CHECK(again.encode("lowest newest") == pairs.encode("lowest newest"));
    CHECK(BytePairs::from_merges({{0, 256}}).error().code == "bad-file");
    CHECK(BytePairs::from_merges({{1, 2}, {1, 2}}).error().code == "bad-file");
    CHECK(BytePairs::train("", 300).error().code == "empty-input");
    CHECK(BytePairs::train("a", 255).error().code == "out-of-range");
    CHECK(BytePairs::train("a", 65537).error().code == "out-of-range");
    CHECK(BytePairs::train("abc", 300).value().size() == 256);
}
