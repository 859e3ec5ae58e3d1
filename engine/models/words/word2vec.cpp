#include "engine/models/words/word2vec.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kernels/negative_sampling.h"

namespace lab {
namespace {

/// −log σ(x), without overflow.
double softplus_of_minus(double x) { return x > 0 ? std::log1p(std::exp(-x)) : -x + std::log1p(std::exp(x)); }

// The loss costs logarithms, so only every 64th pair is measured.
constexpr std::uint64_t measure_every = 64;

}  // namespace

void SkipGramProgress::add(const SkipGramProgress& other) {
    tokens += other.tokens;
    pairs += other.pairs;
    loss += other.loss;
    measured += other.measured;
}

SkipGram::SkipGram(const Vocabulary& vocabulary, const SkipGramOptions& options)
    : options_(options),
      keep_(vocabulary.keep_probabilities(options.sample)),
      sampler_(vocabulary.counts(), options.negative_power),
      inputs_(vocabulary.size() * options.dimensions),
      outputs_(vocabulary.size() * options.dimensions, 0.0f) {
    Random random(options.seed);
    for (float& x : inputs_) x = static_cast<float>((random.uniform() - 0.5) / options.dimensions);
}

float SkipGram::learning_rate(double done) const {
    const double start = options_.learning_rate;
    const double end = options_.final_learning_rate;
    return static_cast<float>(start + (end - start) * std::clamp(done, 0.0, 1.0));
}

SkipGramProgress SkipGram::train(std::span<const std::uint32_t> tokens, float learning_rate, Random& random) {
    SkipGramProgress progress;
    std::vector<std::uint32_t> kept;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        const bool ends = i == tokens.size() || tokens[i] == Vocabulary::boundary;
        if (ends) {
            train_paragraph(kept, learning_rate, random, progress);
            kept.clear();
            continue;
        }
        ++progress.tokens;
        const float keep = keep_[tokens[i]];
        if (keep >= 1 || static_cast<float>(random.uniform()) < keep) kept.push_back(tokens[i]);
    }
    return progress;
}

void SkipGram::train_paragraph(std::span<const std::uint32_t> kept, float rate, Random& random,
                               SkipGramProgress& progress) {
    const std::size_t d = options_.dimensions;
    const std::size_t targets = std::min<std::size_t>(options_.negatives + 1, max_targets);
    std::array<float*, max_targets> rows{};
    std::array<float, max_targets> scores{};

    for (std::size_t center = 0; center < kept.size(); ++center) {
        const auto reach = static_cast<std::size_t>(1 + random.below(options_.window));
        const std::size_t from = center > reach ? center - reach : 0;
        const std::size_t to = std::min(kept.size(), center + reach + 1);
        rows[0] = &outputs_[kept[center] * d];
        bool first = true;
        for (std::size_t other = from; other < to; ++other) {
            if (other == center) continue;
            // A measured pair has negatives of its own, which no other pair has moved just before.
            const bool measure = progress.pairs++ % measure_every == 0;
            const bool draw = first || measure || !options_.share_negatives;
            first = false;
            for (std::size_t k = 1; k < targets && draw; ++k) {
                std::uint32_t negative = sampler_.draw(random);
                while (negative == kept[center] && words() > 1) negative = sampler_.draw(random);
                rows[k] = &outputs_[negative * d];
            }
            negative_sampling_step({&inputs_[kept[other] * d], d}, {rows.data(), targets}, rate, scores);
            if (measure) {
                progress.loss += softplus_of_minus(scores[0]);
                for (std::size_t k = 1; k < targets; ++k) progress.loss += softplus_of_minus(-scores[k]);
                ++progress.measured;
            }
        }
    }
}

}  // namespace lab
