#include "engine/tools/support/evaluation.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <optional>
#include <sstream>

#include "engine/kernels/kernels.h"

namespace lab {
namespace {

std::string lowered(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Rank of each value from 0, equal values sharing their average rank.
std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> rank(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
        for (std::size_t i = from; i < to; ++i) rank[order[i]] = static_cast<double>(from + to - 1) / 2;
        from = to;
    }
    return rank;
}

}  // namespace

Result<std::vector<QuestionSection>> read_questions(const std::string& path) {
    std::ifstream in(path);
    if (!in) return Error{"no-file", "Cannot open " + path + ".", path};
    std::vector<QuestionSection> sections;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        if (line.starts_with(':')) {
            sections.push_back({line.substr(std::min<std::size_t>(2, line.size())), {}});
            continue;
        }
        std::istringstream words(line);
        std::array<std::string, 4> question;
        std::string more;
        if (sections.empty() || !(words >> question[0] >> question[1] >> question[2] >> question[3]) || (words >> more))
            return Error{
                "bad-file",
                path + ", line " + std::to_string(number) + ": expected four words below a \": section\" line.", path};
        for (auto& word : question) word = lowered(word);
        sections.back().questions.push_back(question);
    }
    return sections;
}

std::vector<SectionScore> score_analogies(const WordVectors& vectors, const std::vector<QuestionSection>& sections,
                                          Method method) {
    std::vector<SectionScore> scores;
    for (const auto& section : sections) {
        SectionScore score{section.name, !section.name.starts_with("gram"), 0, 0, section.questions.size()};
        std::vector<Question> questions;
        std::vector<std::uint32_t> expected;
        for (const auto& words : section.questions) {
            std::array<std::optional<std::uint32_t>, 4> index;
            for (std::size_t i = 0; i < 4; ++i) index[i] = vectors.index(words[i]);
            if (!index[0] || !index[1] || !index[2] || !index[3]) continue;
            questions.push_back({*index[0], *index[1], *index[2]});
            expected.push_back(*index[3]);
        }
        std::vector<std::uint32_t> answers(questions.size());
        vectors.answer(questions, method, false, answers);
        score.seen = questions.size();
        for (std::size_t i = 0; i < answers.size(); ++i) score.correct += answers[i] == expected[i] ? 1 : 0;
        scores.push_back(score);
    }
    return scores;
}

Result<PairScore> score_pairs(const WordVectors& vectors, const std::string& path) {
    std::ifstream in(path);
    if (!in) return Error{"no-file", "Cannot open " + path + ".", path};
    PairScore score;
    std::vector<double> human;
    std::vector<double> ours;
    std::string line;
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        std::string first;
        std::string second;
        double rating = 0;
        if (!(fields >> first >> second >> rating)) continue;
        ++score.asked;
        const auto a = vectors.index(lowered(first));
        const auto b = vectors.index(lowered(second));
        if (!a || !b) continue;
        human.push_back(rating);
        ours.push_back(static_cast<double>(dot(vectors.unit(*a), vectors.unit(*b))));
    }
    score.seen = human.size();
    score.spearman = spearman(human, ours);
    return score;
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
    const auto x = ranks(a);
    const auto y = ranks(b);
    const double mean = (static_cast<double>(x.size()) - 1) / 2;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

}  // namespace lab
