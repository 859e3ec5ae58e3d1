// Softmax on the run: weights of scores that arrive in pieces, and the sum of what they weigh, for attention.
//
// Of everything seen so far, three things are kept: the largest score, the sum of the weights e^(score − largest), and
// the sum of the values so weighted. A piece that brings a larger score scales the two sums down before it adds to
// them; at the end one is divided by the other (Milakov & Gimelshein 2018, "Online normalizer calculation for
// softmax").
#pragma once

#include <cstddef>
#include <initializer_list>
#include <limits>
#include <utility>

#include "engine/kernels/simd.h"

namespace lab::simd {

/// Scores here are exponents of 2: whoever makes them multiplies by this.
inline constexpr float log2_e = 0x1.715476p0f;

/// A weight below 2⁻⁷² = 2·10⁻²² of the largest one is 0: it could not change any sum, and its product with a value
/// might be denormal, which is slow.
inline constexpr float vanishing_exponent = -72;

struct RunningSoftmax {
    float* mixed;  // [width, a multiple of 4] Σ weight · value, which the caller adds; not read before a first weight
    std::size_t width;
    Float4 largest = splat(-std::numeric_limits<float>::infinity());  // score, in all lanes
    Float4 totals = splat(0);                                         // Σ weight, a quarter of it in each lane
    [[nodiscard]] float total() const { return sum_lanes(totals); }
};

/// 2^(score − largest) within 2 units in the last place, for scores up to largest; NaN stays NaN. As in exp.h, but in
/// base 2 the fraction is left over exactly, and the polynomial is not the power series: of all of the fifth power that
/// are 1 at 0 it has the smallest largest error on [−½, ½], 1.1·10⁻⁷ (found by Lawson's reweighting).
inline Float4 weight_of(Float4 score, Float4 largest) {
    constexpr float magic = 0x1.8p23f;  // 1.5 · 2²³: adding it leaves no room for a fraction, and rounds it away
    const Float4 exponent = sub(score, largest);
    const Float4 shifted = add(exponent, splat(magic));
    const Float4 fraction = sub(exponent, sub(shifted, splat(magic)));
    Float4 power = splat(0x1.5bba34p-10f);
    for (const float coefficient : {0x1.3cea88p-7f, 0x1.c6b752p-5f, 0x1.ebf9bcp-3f, 0x1.62e42ap-1f, 1.0f})
        power = multiply_add(power, fraction, splat(coefficient));
    // Far below, where n does not fit an exponent, the product is arbitrary; it is not used.
    return zero_where(less(exponent, splat(vanishing_exponent)), mul(power, power_of_two(shifted)));
}

/// Before scores[count], a multiple of 4, are weighed: where one is larger than all before, it becomes the largest, and
/// what was summed is scaled down.
inline void update_largest(const float* scores, std::size_t count, RunningSoftmax& run) {
    // Two maxima by turns, so that one need not wait for the other. Both pass over NaN.
    Float4 best[2] = {run.largest, run.largest};
    std::size_t s = 0;
    for (; s + 2 * lanes <= count; s += 2 * lanes) {
        best[0] = max(best[0], load(scores + s));
        best[1] = max(best[1], load(scores + s + lanes));
    }
    if (s < count) best[0] = max(best[0], load(scores + s));
    const Float4 largest = largest_lane(max(best[0], best[1]));
    if (!any(less(run.largest, largest))) return;
    const Float4 before = std::exchange(run.largest, largest);
    if (lane(before, 0) == -std::numeric_limits<float>::infinity()) return;  // all that was summed weighs nothing
    const Float4 shrink = weight_of(before, largest);
    run.totals = mul(run.totals, shrink);
    for (std::size_t i = 0; i < run.width; i += lanes) store(run.mixed + i, mul(load(run.mixed + i), shrink));
}

/// Turns scores[count] into weights, none of them above the largest (update_largest). A score of −∞ weighs 0; one of
/// NaN or +∞ makes the total NaN for good.
inline void weigh(float* scores, std::size_t count, RunningSoftmax& run) {
    const Float4 lowest = splat(std::numeric_limits<float>::lowest());  // −∞ − −∞ would be NaN
    const Float4 shift = max(lowest, run.largest);
    Float4 totals = run.totals;
    for (std::size_t s = 0; s < count; s += lanes) {
        const Float4 weights = weight_of(load(scores + s), shift);
        store(scores + s, weights);
        totals = add(totals, weights);
    }
    run.totals = totals;
}

}  // namespace lab::simd
