// Softmax on the run: weights of scores that arrive in pieces, and the sum of what they weigh, for attention.
//
// Of everything seen so far, three things are kept: the largest score, the sum of the weights e^(score − largest), and
// the sum of the values so weighted. A piece that brings a larger score scales the two sums down before it adds to
// them; at the end one is divided by the other (Milakov & Gimelshein 2018, "Online normalizer calculation for
// softmax").
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <limits>

#include "engine/kernels/simd.h"

namespace lab::simd {

/// Scores here are exponents of 2: whoever makes them multiplies by this.
inline constexpr float log2_e = 0x1.715476p0f;

/// A weight below 2⁻⁷² = 2·10⁻²² of the largest one is 0: it could not change any sum, and its product with a value
/// might be denormal, which is slow.
inline constexpr float vanishing_exponent = -72;

struct RunningSoftmax {
    float* mixed;  // [width, a multiple of 4] Σ weight · value; the caller adds the values
    std::size_t width;
    float largest = -std::numeric_limits<float>::infinity();  // score
    float total = 0;                                          // Σ weight
};

/// 2^(score − largest) within 2 units in the last place, for scores up to largest; NaN stays NaN. As in exp.h, but in
/// base 2 the fraction is left over exactly, and the series, ended after the sixth power, is off by 1.2·10⁻⁷ at most.
inline Float4 weight_of(Float4 score, Float4 largest) {
    constexpr float magic = 0x1.8p23f;  // 1.5 · 2²³: adding it leaves no room for a fraction, and rounds it away
    const Float4 exponent = sub(score, largest);
    const Float4 x = max(exponent, splat(vanishing_exponent));
    const Float4 shifted = add(x, splat(magic));
    const Float4 fraction = sub(x, sub(shifted, splat(magic)));
    Float4 series = splat(0x1.430912p-13f);  // (ln 2)⁶ / 6!
    for (const float coefficient :
         {0x1.5d87fep-10f, 0x1.3b2ab6p-7f, 0x1.c6b08ep-5f, 0x1.ebfbep-3f, 0x1.62e43p-1f, 1.0f})
        series = multiply_add(series, fraction, splat(coefficient));
    const Float4 power = mul(series, power_of_two(shifted));
    return select(less(exponent, splat(vanishing_exponent)), splat(0), power);
}

/// Turns scores[count], a multiple of 4, into weights, having scaled down what was summed before. A score of −∞ weighs
/// 0; one of NaN or +∞ makes total NaN for good.
inline void weigh(float* scores, std::size_t count, RunningSoftmax& run) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    Float4 best = splat(run.largest);
    for (std::size_t s = 0; s < count; s += lanes) best = max(best, load(scores + s));  // passes over NaN
    const float largest = std::max(std::max(best[0], best[1]), std::max(best[2], best[3]));
    if (largest > run.largest && run.total != 0) {
        const Float4 shrink = weight_of(splat(run.largest), splat(largest));
        run.total *= shrink[0];
        for (std::size_t i = 0; i < run.width; i += lanes) store(run.mixed + i, mul(load(run.mixed + i), shrink));
    }
    run.largest = largest;
    const Float4 shift = splat(largest == -infinity ? 0 : largest);  // −∞ − −∞ would be NaN
    Float4 sum = splat(0);
    for (std::size_t s = 0; s < count; s += lanes) {
        const Float4 weights = weight_of(load(scores + s), shift);
        store(scores + s, weights);
        sum = add(sum, weights);
    }
    run.total += sum_lanes(sum);
}

}  // namespace lab::simd
