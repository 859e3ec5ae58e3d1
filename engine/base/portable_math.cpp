#include "engine/base/portable_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace lab {

/// x = m · 2ᵉ with m near 1, and ln m = 2 artanh((m − 1)/(m + 1)) = 2 (s + s³/3 + s⁵/5 + …); |s| < 0.172, so that
/// eleven terms reach the rounding of double.
double portable_log(double x) {
    int exponent = 0;
    double m = std::frexp(x, &exponent);
    if (m < 0.70710678118654752) {
        m *= 2;
        --exponent;
    }
    const double s = (m - 1) / (m + 1);
    double series = 0;
    for (int power = 21; power >= 1; power -= 2) series = series * (s * s) + 1.0 / power;
    return 0.69314718055994531 * exponent + 2 * s * series;
}

/// eˣ = 2ⁿ · eʳ, n the whole number nearest to x / ln 2, |r| ≤ 0.347: the power series up to r¹³/13! is off by less
/// than 10⁻¹⁷.
double portable_exp(double x) {
    if (std::isnan(x)) return x;
    if (x < -708) return 0;
    if (x > 709) return std::numeric_limits<double>::infinity();
    const double n = std::floor(x * 1.4426950408889634 + 0.5);
    const double r =
        (x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33;  // ln 2 in two parts: n times the first is exact
    double series = 1;
    for (int k = 13; k >= 1; --k) series = 1 + series * r / k;
    const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023);
    return series * std::bit_cast<double>(exponent << 52);
}

/// (1 − e)/(1 + e) with e = exp(−2|x|); near 0, where 1 − e would cancel, the series x − x³/3 + 2x⁵/15.
double portable_tanh(double x) {
    const double size = std::abs(x);
    if (size < 1e-3) return x - x * x * x / 3 + 2 * x * x * x * x * x / 15;
    const double e = portable_exp(-2 * size);
    const double value = (1 - e) / (1 + e);
    return x < 0 ? -value : value;
}

}  // namespace lab
