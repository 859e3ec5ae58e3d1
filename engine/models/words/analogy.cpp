// One analogy with everything between question and answer.
#include "engine/models/words/analogy.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/words/word_vectors.h"

namespace lab {

namespace {

/// Below this length per term, a sum of unit vectors is what rounding left of words that cancel.
constexpr float cancelled = 1e-4f;

/// How many scores come before that of word i: higher, or equal with a lower index. That is its rank less one.
std::uint32_t better_than(std::span<const float> scores, std::uint32_t i) {
    std::uint32_t count = 0;
    for (std::uint32_t j = 0; j < scores.size(); ++j)
        count += scores[j] > scores[i] || (scores[j] == scores[i] && j < i);
    return count;
}

}  // namespace

std::string expression(std::span<const SignedWord> terms) {
    std::string text;
    for (const SignedWord& term : terms) {
        if (term.sign < 0) text += '-';
        if (term.sign > 0 && !text.empty()) text += '+';
        text += encode_word(term.word);
    }
    return text;
}

float cosmul(std::span<const SignedWord> terms, std::span<const float> cosines) {
    float plus = 1;
    float minus = 1;
    for (std::size_t t = 0; t < terms.size(); ++t) {
        (terms[t].sign > 0 ? plus : minus) *= 0.5f + 0.5f * cosines[t];
    }
    return plus / (minus + cosmul_epsilon);
}

Result<WordVectors::Target> WordVectors::combine(std::span<const SignedWord> terms) const {
    if (terms.empty()) return Error{"empty-input", "No words were given: name at least one.", ""};
    Target target;
    target.sum.resize(dimensions_);
    target.unit.resize(dimensions_);
    for (const SignedWord& term : terms) add_scaled(unit(term.index), static_cast<float>(term.sign), target.sum);
    target.length = normalize(target.sum, target.unit);
    if (!(target.length > cancelled * static_cast<float>(terms.size()))) {
        return Error{"zero-vector",
                     "In " + expression(terms) +
                         " the words cancel: nothing is left that could point anywhere. Change one of them.",
                     ""};
    }
    return target;
}

Result<AnalogySolution> WordVectors::solve(const AnalogyQuery& query) const {
    if (query.count < 1) return Error{"bad-count", "Asked for 0 words: count must be at least 1.", ""};
    AnalogySolution solution;
    // By turns, so that king − man + woman reads as one says it.
    for (std::size_t i = 0; i < std::max(query.plus.size(), query.minus.size()); ++i) {
        for (const auto& [words, sign] : {std::pair{&query.plus, 1}, std::pair{&query.minus, -1}}) {
            if (i >= words->size()) continue;
            const auto found = find((*words)[i]);
            if (!found) return found.error();
            solution.terms.push_back({words_[found.value()], found.value(), sign});
        }
    }
    const auto& terms = solution.terms;
    auto target = combine(terms);
    if (!target) return target.error();
    solution.expression = expression(terms);
    solution.target = std::move(target.value().sum);
    solution.length = target.value().length;
    solution.unit_target = std::move(target.value().unit);

    std::vector<float> scores(size());
    if (query.method == Method::add) {
        matvec(units(), solution.unit_target, scores);  // scores[V] = unit[V,D] · unit_target[D]
    } else {
        std::vector<float> cosines(terms.size() * size());  // [T, V], one matvec per term
        for (std::size_t t = 0; t < terms.size(); ++t) {
            matvec(units(), unit(terms[t].index), std::span(cosines).subspan(t * size(), size()));
        }
        std::vector<float> of_word(terms.size());
        for (std::size_t i = 0; i < size(); ++i) {
            for (std::size_t t = 0; t < terms.size(); ++t) of_word[t] = cosines[t * size() + i];
            scores[i] = cosmul(terms, of_word);
        }
    }

    const auto neighbor = [&](std::uint32_t i, std::uint32_t rank) {
        Neighbor made{i, words_[i], scores[i], rank, {}};
        for (const SignedWord& term : terms) made.partials.push_back(dot(unit(term.index), unit(i)));
        return made;
    };
    if (!query.keep_question) {
        for (const SignedWord& term : terms) {
            const bool met = std::any_of(solution.excluded.begin(), solution.excluded.end(),
                                         [&](const Neighbor& n) { return n.index == term.index; });
            if (!met) solution.excluded.push_back(neighbor(term.index, better_than(scores, term.index) + 1));
        }
        for (const Neighbor& word : solution.excluded) scores[word.index] = std::numeric_limits<float>::quiet_NaN();
    }
    std::vector<Hit> hits(std::min(query.count, size()));
    hits.resize(top_k(scores, hits));  // NaN, the question's words, come last
    for (const Hit& hit : hits) {
        if (std::isnan(hit.score)) break;
        solution.neighbors.push_back(neighbor(hit.index, static_cast<std::uint32_t>(solution.neighbors.size() + 1)));
    }
    return solution;
}

}  // namespace lab
