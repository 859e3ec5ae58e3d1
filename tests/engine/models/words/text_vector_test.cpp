#include "engine/models/words/text_vector.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/models/explanations/explain.h"
#include "engine/models/words/word_vectors.h"

namespace {

lab::WordVectors small() {
    auto made = lab::WordVectors::from_rows({"rain", "sun", "two"}, {1, 0, 0.5f, -0.25f, 1, 0, 3, 4, 1}, 3);
    REQUIRE(made.ok());
    return std::move(made).value();
}

}  // namespace

TEST_CASE("a text is the direction of the sum of its words' unit vectors, as the words explain it") {
    const auto vectors = small();
    const auto text = lab::text_vector(vectors, "Rain, then SUN; rain again. 2!");
    CHECK(text.used == std::vector<std::string>{"rain", "sun", "rain", "two"});
    CHECK(text.unknown == std::vector<std::string>{"then", "again"});
    REQUIRE(text.unit.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto told = lab::explain_words(vectors, "words/target[rain+sun+rain+two][" + std::to_string(i) + "]");
        REQUIRE(told.ok());
        CHECK(told.value().result == text.unit[i]);
    }
}

TEST_CASE("a text without a known word is all zeros, and says which words it did not know") {
    const auto vectors = small();
    for (const auto* text : {"", "  ", "…", "unheard of"}) {
        const auto made = lab::text_vector(vectors, text);
        CHECK(made.unit == std::vector<float>{0, 0, 0});
        CHECK(made.used.empty());
    }
    CHECK(lab::text_vector(vectors, "unheard of").unknown == std::vector<std::string>{"unheard", "of"});
}

TEST_CASE("words that cancel leave zeros") {
    auto made = lab::WordVectors::from_rows({"up", "down"}, {1, 2, -1, -2}, 2);
    REQUIRE(made.ok());
    CHECK(lab::text_vector(made.value(), "up down").unit == std::vector<float>{0, 0});
}
