#include "engine/models/transformer/head_scores.h"

#include <cassert>
#include <numeric>

#include "engine/base/random.h"
#include "engine/models/transformer/language_model.h"

namespace lab {

namespace {

std::vector<std::size_t>& of(std::array<std::vector<std::size_t>, head_kinds>& targets, HeadKind kind) {
    return targets[static_cast<std::size_t>(kind)];
}

/// Where place t of the tokens would look, one list for each kind; t > 0, places from `seen` on are hidden.
void find_targets(std::array<std::vector<std::size_t>, head_kinds>& targets, std::size_t t, std::size_t seen,
                  std::span<const Token> tokens) {
    for (auto& list : targets) list.clear();
    if (t > 1) of(targets, HeadKind::previous).push_back(t - 1);
    if (t + 1 < seen) of(targets, HeadKind::next).push_back(t + 1);
    of(targets, HeadKind::first).push_back(0);
    of(targets, HeadKind::itself).push_back(t);
    for (std::size_t s = 1; s < seen; ++s) {
        if (s == t || tokens[s] != tokens[t]) continue;
        of(targets, HeadKind::same).push_back(s);
        if (s + 1 < t) of(targets, HeadKind::induction).push_back(s + 1);
    }
}

/// Σ (z − mean of the others)² of n values: z less the mean of the n − 1 others is (z − mean of all) · n / (n − 1).
double left_over(double sum, double squares, std::size_t count) {
    if (count < 2) return squares;
    const auto n = static_cast<double>(count);
    const double others = n / (n - 1);
    return (squares - sum * sum / n) * others * others;
}

double mean(double sum, std::size_t count) { return count == 0 ? 0.0 : sum / static_cast<double>(count); }

}  // namespace

HeadMeter::HeadMeter(const TransformerShape& shape)
    : shape_(shape), pairs_(2 * shape.context - 1, 0), heads_(shape.layers * shape.heads) {
    for (Sums& sums : heads_) sums.distances.resize(pairs_.size());
}

void HeadMeter::add(const TransformerPass& pass) {
    for (std::size_t s = 0; s + 1 < pass.starts.size(); ++s) {
        const std::size_t T = pass.starts[s + 1] - pass.starts[s];
        const auto tokens = std::span(pass.tokens).subspan(pass.starts[s], T);
        const std::size_t begin = pass.square(s, shape_.heads);
        for (std::size_t t = 1; t < T; ++t) {
            const std::size_t seen = shape_.causal ? t + 1 : T;
            add_place(t, seen, tokens);
            for (std::size_t head = 0; head < heads_.size(); ++head) {
                const auto& weights = pass.layers[head / shape_.heads].weights;
                assert(!weights.empty());
                add_row(heads_[head], t, std::span(weights).subspan(begin + ((head % shape_.heads) * T + t) * T, seen));
            }
        }
    }
}

/// What is the same for all heads.
void HeadMeter::add_place(std::size_t t, std::size_t seen, std::span<const Token> tokens) {
    find_targets(targets_, t, seen, tokens);
    ++places_;
    for (std::size_t kind = 0; kind < head_kinds; ++kind) {
        if (targets_[kind].empty()) continue;
        uniform_[kind].uniform += mean(static_cast<double>(targets_[kind].size()), seen);
        ++uniform_[kind].places;
    }
    for (std::size_t s = 0; s < seen; ++s) ++pairs_[shape_.context - 1 + t - s];
}

/// weights[seen] of one head at place t.
void HeadMeter::add_row(Sums& sums, std::size_t t, std::span<const float> weights) const {
    for (std::size_t kind = 0; kind < head_kinds; ++kind)
        for (const std::size_t s : targets_[kind]) sums.weights[kind] += static_cast<double>(weights[s]);
    const double equal = mean(1.0, weights.size());
    for (std::size_t s = 0; s < weights.size(); ++s) {
        const auto weight = static_cast<double>(weights[s]);
        AtDistance& at = sums.distances[shape_.context - 1 + t - s];
        at.sum += weight - equal;
        at.squares += (weight - equal) * (weight - equal);
        at.weights += weight;
    }
}

std::vector<HeadScores> HeadMeter::scores() const {
    std::vector<HeadScores> all;
    all.reserve(heads_.size());
    for (const Sums& sums : heads_) {
        HeadScores scores;
        for (std::size_t kind = 0; kind < head_kinds; ++kind) {
            const std::size_t places = uniform_[kind].places;
            scores.tendencies[kind] = {mean(sums.weights[kind], places), mean(uniform_[kind].uniform, places), places};
        }
        double left = 0;
        double whole = 0;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            const AtDistance& at = sums.distances[i];
            const auto n = static_cast<double>(pairs_[i]);
            whole += at.squares;
            left += left_over(at.sum, at.squares, pairs_[i]);
            if (2 * pairs_[i] < places_ || pairs_[i] == 0 || at.weights / n <= scores.distance.weight) continue;
            scores.distance.weight = at.weights / n;
            scores.distance.distance = static_cast<int>(i) - static_cast<int>(shape_.context - 1);
        }
        const double noise = 1e-12 * static_cast<double>(places_);  // of floats that should be equal
        scores.distance.share = whole > noise ? 1 - left / whole : 0;
        all.push_back(scores);
    }
    return all;
}

std::vector<Token> repeated_tokens(std::size_t vocabulary, std::size_t count, std::uint64_t seed) {
    constexpr Token first = blank_token + 1;
    assert(first + count <= vocabulary);
    std::vector<Token> pool(vocabulary - first);
    std::iota(pool.begin(), pool.end(), first);
    Random random(seed);
    std::vector<Token> tokens(1 + 2 * count, border_token);
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(pool[i], pool[i + static_cast<std::size_t>(random.below(pool.size() - i))]);
        tokens[1 + i] = tokens[1 + count + i] = pool[i];
    }
    return tokens;
}

}  // namespace lab
