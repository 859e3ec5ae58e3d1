// Direction without length: normalize, and cosine, the dot product of two directions.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

bool has_direction(double length) { return length > 0 && std::isfinite(length); }

}  // namespace

float normalize(std::span<const float> a, std::span<float> out) {
    assert(a.size() == out.size());
    const std::size_t n = a.size();
    const float length = norm(a);
    if (!has_direction(length)) {
        std::fill(out.begin(), out.end(), 0.0f);
        return length;
    }
    // Divided, not multiplied by 1/length: each quotient is then the nearest float to a[i] / length.
    const Float4 divisor = splat(length);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) store(&out[i], div(load(&a[i]), divisor));
    if (i < n) store_first(&out[i], div(load_first(&a[i], n - i), divisor), n - i);
    return length;
}

float cosine(std::span<const float> a, std::span<const float> b) {
    // The product of two lengths can leave the range of float where each of them fits: hence double, once per call.
    const double length_a = std::sqrt(static_cast<double>(sum_of_squares(a)));
    const double length_b = std::sqrt(static_cast<double>(sum_of_squares(b)));
    if (!has_direction(length_a) || !has_direction(length_b)) return std::numeric_limits<float>::quiet_NaN();
    const double ratio = static_cast<double>(dot(a, b)) / (length_a * length_b);
    return static_cast<float>(std::clamp(ratio, -1.0, 1.0));
}

namespace reference {

double normalize(std::span<const float> a, std::span<double> out) {
    const double length = norm(a);
    for (std::size_t i = 0; i < a.size(); ++i)
        out[i] = has_direction(length) ? static_cast<double>(a[i]) / length : 0.0;
    return length;
}

double cosine(std::span<const float> a, std::span<const float> b) {
    const double length_a = norm(a);
    const double length_b = norm(b);
    if (!has_direction(length_a) || !has_direction(length_b)) return std::numeric_limits<double>::quiet_NaN();
    return std::clamp(dot(a, b) / (length_a * length_b), -1.0, 1.0);
}

}  // namespace reference
}  // namespace lab
