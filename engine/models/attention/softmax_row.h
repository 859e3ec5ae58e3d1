// Softmax of one row of scores with every intermediate: the largest, the exponentials, their sum, the shares. Computed
// so that each number unfolds: unlike the kernel `softmax`, which multiplies with the sum's reciprocal, each weight is
// the quotient that a reader sees, exponential ÷ sum, and every machine gives the same from the same scores.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/portable_math.h"
#include "engine/base/result.h"

namespace lab {

/// What softmax takes from a whole row.
struct RowTotals {
    std::size_t seen = 0;  // places that take part; 0 leaves the rest at 0
    std::size_t top = 0;   // the first place of the largest score
    float largest = 0;
    float exp_sum = 0;  // Σ exp(score − largest), added in double and rounded once
};

/// score − largest, never above 0, and its exponential.
inline float softmax_gap(float score, float largest) { return score - largest; }
inline float softmax_exp(float gap) { return static_cast<float>(portable_exp(static_cast<double>(gap))); }

/// weights[i] = exp(scores[i] − largest) ÷ their sum, over the places that are seen; 0 elsewhere, and everywhere where
/// none is. scores[n], weights[n]; seen[n]: nonzero where a place takes part, or empty: all do. Scores are finite.
RowTotals share_out(std::span<const float> scores, std::span<const unsigned char> seen, std::span<float> weights);

/// p (1 − p): how fast a weight follows its own score.
inline float softmax_slope(float weight) { return weight * (1 - weight); }

struct SoftmaxRow {
    float scale = 1;
    std::vector<float> scores, scaled, weights, slopes;  // [n]; scaled = scale · score
    RowTotals totals;
};

/// Softmax of scale · score. scores[n]. Errors: "empty-input"; "not-finite" for a score, the scale, or their product.
Result<SoftmaxRow> softmax_row(std::span<const float> scores, float scale);

}  // namespace lab
