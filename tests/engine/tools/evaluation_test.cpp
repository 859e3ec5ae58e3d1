#include "engine/tools/support/evaluation.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace lab;

namespace {

struct TemporaryFile {
    std::string path = (std::filesystem::temp_directory_path() / "dot_by_dot_evaluation_test").string();
    explicit TemporaryFile(const std::string& text) { std::ofstream(path, std::ios::binary) << text; }
    ~TemporaryFile() { std::filesystem::remove(path); }
};

/// Four words on a parallelogram, and one apart.
WordVectors parallelogram() {
    return WordVectors::from_rows({"man", "woman", "king", "queen", "bicycle"},
                                  {1, 0, 1, 1, 0, 1, 1, 3, 1, 1, 3, 1, -1, -1, -5}, 3)
        .value();
}

}  // namespace

TEST_CASE("questions are read by section, in lower case") {
    const TemporaryFile file(": family\nMan King woman queen\n\n: gram1\na b c d\ne f g h\n");
    const auto sections = read_questions(file.path);
    REQUIRE(sections.ok());
    REQUIRE(sections.value().size() == 2);
    CHECK(sections.value()[0].name == "family");
    CHECK(sections.value()[0].questions[0] == std::array<std::string, 4>{"man", "king", "woman", "queen"});
    CHECK(sections.value()[1].questions.size() == 2);
}

TEST_CASE("a line that is no question is named") {
    for (const std::string text : {"a b c d\n", ": s\na b c\n", ": s\na b c d e\n"}) {
        const TemporaryFile file(text);
        const auto sections = read_questions(file.path);
        REQUIRE_FALSE(sections.ok());
        CHECK(sections.error().message.find(text.starts_with(':') ? "line 2" : "line 1") != std::string::npos);
    }
    CHECK(read_questions("/no/such/file").error().code == "no-file");
}

TEST_CASE("analogies are scored; a question with an unknown word is asked and not seen") {
    const std::vector<QuestionSection> sections = {
        {"family",
         {{"man", "king", "woman", "queen"}, {"man", "woman", "king", "bicycle"}, {"man", "king", "woman", "empress"}}},
        {"gram1", {{"king", "man", "queen", "woman"}}}};
    const auto scores = score_analogies(parallelogram(), sections, Method::add);
    REQUIRE(scores.size() == 2);
    CHECK(scores[0].semantic);
    CHECK(scores[0].asked == 3);
    CHECK(scores[0].seen == 2);
    CHECK(scores[0].correct == 1);
    CHECK_FALSE(scores[1].semantic);
    CHECK(scores[1].correct == 1);
}

TEST_CASE("Spearman's correlation is that of the ranks, ties sharing theirs") {
    CHECK(std::abs(spearman({1, 2, 3, 4}, {10, 100, 1000, 10000}) - 1) < 1e-12);
    CHECK(std::abs(spearman({1, 2, 3, 4}, {4, 3, 2, 1}) + 1) < 1e-12);
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: covariance 4.5, variances 4.5 and 5.
    CHECK(std::abs(spearman({1, 2, 2, 3}, {1, 2, 3, 4}) - 4.5 / std::sqrt(4.5 * 5)) < 1e-12);
    CHECK(spearman({1, 1, 1}, {1, 2, 3}) == 0);
    CHECK(spearman({}, {}) == 0);
}

TEST_CASE("word pairs are scored over the words that are known") {
    const TemporaryFile file("man woman 8\nking queen 9\nman bicycle 0.5\nman empress 7\nno score here\n");
    const auto score = score_pairs(parallelogram(), file.path);
    REQUIRE(score.ok());
    CHECK(score.value().asked == 4);
    CHECK(score.value().seen == 3);
    CHECK(score.value().spearman > 0.9);
}

TEST_CASE("the public sets are read whole") {
    const char* folder = std::getenv("DOT_DATA");
    const std::string data = folder != nullptr ? folder : "../shared/data";
    if (!std::filesystem::exists(data + "/eval_google_analogy/questions-words.txt"))
        SKIP("no evaluation sets at " << data << ": set DOT_DATA to their folder");
    const auto sections = read_questions(data + "/eval_google_analogy/questions-words.txt");
    REQUIRE(sections.ok());
    std::size_t questions = 0;
    for (const auto& section : sections.value()) questions += section.questions.size();
    CHECK(sections.value().size() == 14);
    CHECK(questions == 19'544);
    CHECK(score_pairs(parallelogram(), data + "/eval_wordsim/EN-WS-353-ALL.txt").value().asked == 353);
}
