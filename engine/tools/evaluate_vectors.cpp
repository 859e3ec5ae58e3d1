// Measures word vectors on the public evaluation sets and prints the result as Markdown tables.
// Give --checkpoint for the f32 vectors of a training run, --vectors for a packed file, or both to compare them.

#include <cstdio>
#include <cstdlib>
#include <span>

#include "engine/formats/word_vector_file.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/evaluation.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/or_stop.h"
#include "engine/tools/support/trained_words.h"

namespace {
using namespace lab;

struct Candidate {
    std::string name;
    WordVectors vectors;
};

double percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

SectionScore sum(const std::string& name, std::span<const SectionScore> scores, auto belongs) {
    SectionScore all{name, false, 0, 0, 0};
    for (const auto& score : scores)
        if (belongs(score)) {
            all.correct += score.correct;
            all.seen += score.seen;
            all.asked += score.asked;
        }
    return all;
}

void print_header(const char* first, std::span<const std::string> columns) {
    std::printf("| %s |", first);
    for (const auto& column : columns) std::printf(" %s |", column.c_str());
    std::printf("\n|---|");
    for (std::size_t i = 0; i < columns.size(); ++i) std::printf("---:|");
    std::printf("\n");
}

void print_analogies(std::span<const Candidate> candidates, const std::vector<QuestionSection>& sections) {
    std::vector<std::string> columns = {"asked", "seen"};
    std::vector<std::vector<SectionScore>> runs;
    for (const Method method : {Method::add, Method::mul})
        for (const auto& candidate : candidates) {
            columns.push_back(candidate.name + (method == Method::add ? ", 3CosAdd" : ", 3CosMul"));
            auto scores = score_analogies(candidate.vectors, sections, method);
            const auto all = sum("**total**", scores, [](const auto&) { return true; });
            const auto semantic = sum("semantic", scores, [](const auto& s) { return s.semantic; });
            const auto syntactic = sum("syntactic", scores, [](const auto& s) { return !s.semantic; });
            scores.insert(scores.end(), {semantic, syntactic, all});
            runs.push_back(std::move(scores));
        }
    print_header("section", columns);
    for (std::size_t row = 0; row < runs[0].size(); ++row) {
        const auto& first = runs[0][row];
        std::printf("| %s | %zu | %zu |", first.name.c_str(), first.asked, first.seen);
        for (const auto& run : runs) std::printf(" %.2f %% |", percent(run[row].correct, run[row].seen));
        std::printf("\n");
    }
}

void print_pairs(std::span<const Candidate> candidates, const std::string& folder) {
    const std::pair<const char*, const char*> sets[] = {{"WordSim-353", "EN-WS-353-ALL.txt"},
                                                        {"SimLex-999", "EN-SIMLEX-999.txt"},
                                                        {"MEN", "EN-MEN-TR-3k.txt"},
                                                        {"RG-65", "EN-RG-65.txt"}};
    std::vector<std::string> columns = {"pairs", "seen"};
    for (const auto& candidate : candidates) columns.push_back(candidate.name + ", Spearman");
    std::printf("\n");
    print_header("set", columns);
    for (const auto& [name, file] : sets) {
        std::vector<PairScore> scores;
        for (const auto& candidate : candidates)
            scores.push_back(value_or_stop(score_pairs(candidate.vectors, folder + "/" + file)));
        std::printf("| %s | %zu | %zu |", name, scores[0].asked, scores[0].seen);
        for (const auto& score : scores) std::printf(" %.3f |", score.spearman);
        std::printf("\n");
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(
        argc, argv,
        "evaluate_vectors --data FOLDER [--checkpoint FILE] [--vectors FILE] [--size 30000] [--context 0]\n"
        "FOLDER holds eval_google_analogy/ and eval_wordsim/.");
    std::vector<Candidate> candidates;
    if (const auto path = arguments.text("checkpoint", ""); !path.empty()) {
        const auto trained = value_or_stop(read_checkpoint(path));
        auto chosen = most_frequent(trained, arguments.whole<std::size_t>("size", 30'000),
                                    static_cast<float>(arguments.number("context", 0)));
        candidates.push_back({"f32", value_or_stop(WordVectors::from_rows(std::move(chosen.words),
                                                                          std::move(chosen.rows), chosen.dimensions))});
    }
    if (const auto path = arguments.text("vectors", ""); !path.empty()) {
        const auto text = value_or_stop(read_file(path));
        auto file =
            value_or_stop(read_word_vector_file({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
        candidates.push_back(
            {"int8", value_or_stop(WordVectors::from_codes(std::move(file.words), std::move(file.codes),
                                                           std::move(file.scales), file.dimensions))});
    }
    if (candidates.empty()) arguments.stop("Give --checkpoint, --vectors or both.");
    const std::string data = arguments.text("data");
    print_analogies(candidates, value_or_stop(read_questions(data + "/eval_google_analogy/questions-words.txt")));
    print_pairs(candidates, data + "/eval_wordsim");
    return 0;
}
