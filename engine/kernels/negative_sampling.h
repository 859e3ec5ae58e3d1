// The inner step of skip-gram with negative sampling: the dot products, the sigmoids and the nudges of one (input,
// targets) group.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace lab {

/// σ(x) = 1 / (1 + e⁻ˣ) by linear interpolation in a table: within 4·10⁻⁶ of the exact value for |x| ≤ 16, and 0 or 1
/// beyond.
float sigmoid(float x);

/// The most targets (one true word and its negatives) that one step may have.
inline constexpr std::size_t max_targets = 32;

/// One gradient step on −log σ(input · targets[0]) − Σ_{k≥1} log σ(−input · targets[k]).
/// Source: Mikolov et al. 2013, "Distributed Representations of Words and Phrases and their Compositionality", eq. 4.
///
/// input[D]; targets[K] rows of D floats each, the first the true word, the others negatives; 1 ≤ K ≤ max_targets; rows
/// may repeat. D is any length. All dot products are taken before anything moves; then, with error_k = label_k −
/// σ(score_k),
///   targets[k] += rate · error_k · input   and   input += rate · Σ_k error_k · targets[k]   in one pass over the rows.
/// scores[K] receives the dot products as they were before the step.
void negative_sampling_step(std::span<float> input, std::span<float* const> targets, float rate,
                            std::span<float> scores);

namespace reference {
/// The same step in plain loops, double arithmetic inside.
void negative_sampling_step(std::span<float> input, std::span<float* const> targets, float rate,
                            std::span<double> scores);
}  // namespace reference

}  // namespace lab
