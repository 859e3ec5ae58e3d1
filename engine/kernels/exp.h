// eˣ in four lanes, for softmax and whatever else squashes or weighs.
#pragma once

#include <initializer_list>

#include "engine/kernels/simd.h"

namespace lab::simd {

/// eˣ in each lane, x ≤ 88, within two units in the last place. 0 below −87, before results would become denormal; NaN
/// stays NaN. Every product is rounded before it is added: the same bits everywhere.
///
/// eˣ = 2ⁿ · eʳ with n the whole number nearest to x / ln 2, so that |r| ≤ ln 2 / 2 = 0.347: there the power series,
/// ended after r⁷/7!, is off by less than r⁸/8! = 5·10⁻⁹, a tenth of float's rounding.
inline Float4 exp(Float4 x) {
    constexpr float magic = 0x1.8p23f;  // 1.5 · 2²³: adding it leaves no room for a fraction, and rounds it away
    constexpr float ln2_high = 0x1.62e4p-1f;  // the first 14 bits of ln 2: n · ln2_high is exact
    constexpr float ln2_low = 0x1.7f7d1cp-20f;
    const Float4 lowest = splat(-87.0f);
    const Int4 vanishes = less(x, lowest);
    x = select(vanishes, lowest, x);

    const Float4 shifted = add(mul(x, splat(0x1.715476p0f)), splat(magic));  // x / ln 2, rounded to a whole number
    const Float4 n = sub(shifted, splat(magic));
    const Float4 r = multiply_then_add(n, splat(-ln2_low), multiply_then_add(n, splat(-ln2_high), x));

    Float4 series = splat(1.0f / 5040);
    for (const float coefficient : {1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 1.0f / 2, 1.0f, 1.0f})
        series = multiply_then_add(series, r, splat(coefficient));
    return select(vanishes, splat(0), mul(series, power_of_two(shifted)));
}

}  // namespace lab::simd
