#include "engine/models/words/word_vectors.h"

#include <limits>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

WordVectors compass() {
    return WordVectors::from_rows({"north", "east", "south", "Northeast"}, {0, 2, 1, 0, 0, -3, 5, 5}, 2).value();
}

}  // namespace

TEST_CASE("raw vectors, lengths and directions stand side by side") {
    const WordVectors vectors = compass();
    CHECK(vectors.size() == 4);
    CHECK(vectors.dimensions() == 2);
    CHECK(vectors.length(2) == 3);
    CHECK(vectors.vector(2)[1] == -3);
    CHECK(vectors.unit(2)[1] == -1);
    CHECK_FALSE(vectors.quantized());
    CHECK(vectors.index("east") == 1u);
    CHECK_FALSE(vectors.index("East").has_value());
}

TEST_CASE("codes are read as code × scale") {
    const auto vectors = WordVectors::from_codes({"a", "b"}, {127, -64, 0, 5}, {0.01f, 2.0f}, 2).value();
    CHECK(vectors.quantized());
    CHECK(vectors.vector(0)[0] == 127 * 0.01f);
    CHECK(vectors.vector(1)[1] == 10);
    CHECK(vectors.codes(0)[1] == -64);
    CHECK(vectors.scale(1) == 2);
}

TEST_CASE("a word is found as people type it, or others are proposed") {
    const WordVectors vectors = compass();
    CHECK(vectors.find("east").value() == 1);
    CHECK(vectors.find("  EAST\n").value() == 1);
    CHECK(vectors.find("Northeast").value() == 3);
    const Error slip = vectors.find("noth").error();
    CHECK(slip.code == "unknown-word");
    CHECK(slip.detail == "north,south");
    CHECK(has(slip.message, "Did you mean: north, south?"));
    CHECK(vectors.find("northeast").error().detail == "Northeast,north");
    CHECK(vectors.find("zebra").error().detail.empty());
    CHECK(vectors.find("").error().code == "unknown-word");
    CHECK(vectors.find(std::string(1000, 'x')).error().message.size() < 300);
    CHECK(vectors.find("\xFF\xFE").error().code == "unknown-word");
}

TEST_CASE("nearest: the largest cosines, best first, the word itself left out") {
    const WordVectors vectors = compass();
    const auto near = vectors.nearest("north", 10).value();
    REQUIRE(near.size() == 3);
    CHECK(near[0].word == "Northeast");
    CHECK(std::abs(near[0].score - std::sqrt(0.5f)) < 1e-6f);
    CHECK(near[0].rank == 1);
    CHECK(near[1].word == "east");
    CHECK(near[2].score == -1);
    CHECK(near[2].rank == 3);
    const auto of_vector = vectors.nearest(std::vector<float>{0, 7}, 1).value();
    CHECK(of_vector[0].word == "north");
    CHECK(of_vector[0].score == 1);
    const std::uint32_t all[] = {0, 1, 2, 3};
    CHECK(vectors.nearest(std::vector<float>{0, 7}, 1, all).value().empty());
}

TEST_CASE("nearest agrees with plain double arithmetic, and its scores with the dot product to the last bit") {
    for (const bool quantized : {false, true}) {
        const WordVectors vectors = small_vectors(31, 500, 37, quantized);
        for (std::uint32_t w = 0; w < 500; w += 50) {
            const auto near = vectors.nearest(vectors.words()[w], 499).value();
            REQUIRE(near.size() == 499);
            for (std::size_t k = 0; k < near.size(); ++k) {
                const double exact = reference::cosine(vectors.vector(w), vectors.vector(near[k].index));
                if (std::abs(near[k].score - exact) > 1e-6) FAIL(near[k].word);
                if (near[k].score != dot(vectors.unit(w), vectors.unit(near[k].index))) FAIL(near[k].word);
                if (k > 0 && near[k].score > near[k - 1].score) FAIL("out of order");
            }
        }
    }
}

TEST_CASE("what has no answer is refused in words") {
    const WordVectors vectors = compass();
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK(vectors.nearest("north", 0).error().code == "bad-count");
    CHECK(vectors.nearest("nort", 3).error().code == "unknown-word");
    CHECK(vectors.nearest(std::vector<float>{1, 2, 3}, 3).error().code == "length-mismatch");
    CHECK(vectors.nearest(std::vector<float>{}, 3).error().code == "length-mismatch");
    CHECK(vectors.nearest(std::vector<float>{0, 0}, 3).error().code == "zero-vector");
    CHECK(vectors.nearest(std::vector<float>{0, std::nanf("")}, 3).error().code == "not-finite");
    CHECK(vectors.nearest(std::vector<float>{0, infinity}, 3).error().code == "not-finite");
    CHECK(vectors.nearest(std::vector<float>{1e30f, 1e30f}, 3).error().code == "zero-vector");
}

TEST_CASE("a table that cannot be used is refused in words") {
    const auto code = [](const Result<WordVectors>& made) {
        REQUIRE_FALSE(made.ok());
        CHECK_FALSE(made.error().message.empty());
        return made.error().code;
    };
    const float nan = std::nanf("");
    CHECK(code(WordVectors::from_rows({}, {}, 2)) == "empty-input");
    CHECK(code(WordVectors::from_rows({"a"}, {}, 0)) == "empty-input");
    CHECK(code(WordVectors::from_rows({"a", "b"}, {1, 2, 3}, 2)) == "length-mismatch");
    CHECK(code(WordVectors::from_rows({"a", "a"}, {1, 2, 3, 4}, 2)) == "duplicate-word");
    CHECK(code(WordVectors::from_rows({"a", ""}, {1, 2, 3, 4}, 2)) == "bad-word");
    CHECK(code(WordVectors::from_rows({"a"}, {1, nan}, 2)) == "not-finite");
    CHECK(code(WordVectors::from_rows({"a"}, {0, 0}, 2)) == "zero-vector");
    CHECK(code(WordVectors::from_rows({"a"}, {1e-20f, 0}, 2)) == "zero-vector");
    CHECK(code(WordVectors::from_rows({"a"}, {1e20f, 0}, 2)) == "zero-vector");
    CHECK(code(WordVectors::from_codes({"a"}, {1, 2}, {}, 2)) == "length-mismatch");
    CHECK(code(WordVectors::from_codes({"a"}, {1, 2, 3}, {1}, 2)) == "length-mismatch");
    CHECK(code(WordVectors::from_codes({"a"}, {1, 2}, {1}, 0)) == "length-mismatch");
    CHECK(code(WordVectors::from_codes({"a"}, {1, -128}, {1}, 2)) == "bad-code");
    CHECK(code(WordVectors::from_codes({"a"}, {1, 2}, {nan}, 2)) == "not-finite");
    CHECK(code(WordVectors::from_codes({}, {}, {}, 2)) == "empty-input");
}

TEST_CASE("moving keeps the index alive") {
    WordVectors first = compass();
    const WordVectors second = std::move(first);
    CHECK(second.find("east").value() == 1);
    CHECK(second.nearest("north", 1).value()[0].word == "Northeast");
}
