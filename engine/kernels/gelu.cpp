// GELU: a bend that lets large numbers through and holds negative ones back, without a corner.
//
// z · Φ(z), with Φ(z) ≈ (1 + tanh t) / 2 = 1 / (1 + e^−2t), t = √(2/π) (z + 0.044715 z³). The exponential is always
// taken of −2|t|, which cannot overflow: with e = e^−2|t| that share is 1 / (1 + e) for z ≥ 0 and e / (1 + e) below.
#include <cassert>
#include <cmath>

#include "engine/kernels/exp.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/transformer_kernels.h"

namespace lab {

using namespace simd;

namespace {

constexpr double root_two_over_pi = 0.79788456080286535588;
constexpr double cubic = 0.044715;

// 2t = z · (linear + cube · z²), and its derivative is linear + 3 · cube · z².
constexpr auto linear = static_cast<float>(2 * root_two_over_pi);
constexpr auto cube = static_cast<float>(2 * root_two_over_pi * cubic);

/// Beyond ±20 (and well before) e^−2|t| is 0; held there, an infinite z cannot meet it as ∞ · 0. NaN stays NaN.
constexpr float far = 20;
Float4 at_least_minus_far(Float4 z) { return max(z, splat(-far)); }
Float4 at_most_far(Float4 z) { return select(less(splat(far), z), splat(far), z); }

/// e^−2|t|
Float4 tail(Float4 z, Float4 square) {
    const Float4 twice_t = mul(z, multiply_then_add(square, splat(cube), splat(linear)));
    return exp(select(less(twice_t, splat(0)), twice_t, sub(splat(0), twice_t)));
}

Float4 gelu(Float4 z) {
    const Float4 lower = at_least_minus_far(z);
    const Float4 e = tail(lower, mul(lower, lower));
    return div(select(less(z, splat(0)), mul(lower, e), z), add(splat(1), e));
}

/// s + z · s (1 − s) · 2t′, with the share s = 1 / (1 + e^−2t) and so s (1 − s) = e / (1 + e)².
Float4 gelu_slope(Float4 z) {
    z = at_most_far(at_least_minus_far(z));
    const Float4 square = mul(z, z);
    const Float4 e = tail(z, square);
    const Float4 whole = add(splat(1), e);
    const Float4 share = div(select(less(z, splat(0)), e, splat(1)), whole);
    const Float4 steepness = div(e, mul(whole, whole));
    const Float4 twice_t_slope = multiply_then_add(square, splat(3 * cube), splat(linear));
    return multiply_then_add(mul(z, steepness), twice_t_slope, share);
}

}  // namespace

void gelu(std::span<const float> z, std::span<float> out) {
    assert(z.size() == out.size());
    const std::size_t n = z.size();
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) store(&out[i], gelu(load(&z[i])));
    if (i < n) store_first(&out[i], gelu(load_first(&z[i], n - i)), n - i);
}

void gelu_backward(std::span<const float> z, std::span<const float> dout, std::span<float> dz) {
    assert(z.size() == dout.size() && z.size() == dz.size());
    const std::size_t n = z.size();
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) store(&dz[i], mul(load(&dout[i]), gelu_slope(load(&z[i]))));
    if (i < n) store_first(&dz[i], mul(load_first(&dout[i], n - i), gelu_slope(load_first(&z[i], n - i))), n - i);
}

namespace reference {

void gelu(std::span<const float> z, std::span<double> out) {
    for (std::size_t i = 0; i < z.size(); ++i) {
        const auto x = static_cast<double>(z[i]);
        const double t = root_two_over_pi * (x + cubic * x * x * x);
        out[i] = std::isinf(x) && x < 0 ? 0.0 : x / (1 + std::exp(-2 * t));
    }
}

void gelu_backward(std::span<const float> z, std::span<const float> dout, std::span<double> dz) {
    for (std::size_t i = 0; i < z.size(); ++i) {
        const auto x = std::fmin(std::fmax(static_cast<double>(z[i]), -far), far);
        const double t = root_two_over_pi * (x + cubic * x * x * x);
        const double slope_of_t = root_two_over_pi * (1 + 3 * cubic * x * x);
        const double share = 1 / (1 + std::exp(-2 * t));
        const double slope = share + x * share / (1 + std::exp(2 * t)) * 2 * slope_of_t;
        dz[i] = std::isnan(z[i]) ? std::nan("") : static_cast<double>(dout[i]) * slope;
    }
}

}  // namespace reference
}  // namespace lab
