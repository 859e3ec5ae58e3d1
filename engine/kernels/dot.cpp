// The dot product and its two next of kin, sum of squares and length.
//
// Four running sums of four lanes each: a multiply-add takes about four cycles to finish, and two may start in every cycle, so
// one running sum would leave the processor waiting for itself. The four are added pairwise at the end.
#include <cassert>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

float dot(std::span<const float> a, std::span<const float> b) {
    assert(a.size() == b.size());
    const std::size_t n = a.size();
    const float* x = a.data();
    const float* y = b.data();
    Float4 sum0 = splat(0);
    Float4 sum1 = splat(0);
    Float4 sum2 = splat(0);
    Float4 sum3 = splat(0);

    std::size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        sum0 = multiply_add(load(x + i), load(y + i), sum0);
        sum1 = multiply_add(load(x + i + 4), load(y + i + 4), sum1);
        sum2 = multiply_add(load(x + i + 8), load(y + i + 8), sum2);
        sum3 = multiply_add(load(x + i + 12), load(y + i + 12), sum3);
    }
    // Up to fifteen are left: up to three whole vectors, one for each of the first sums, then up to three floats for the last.
    if (i + 4 <= n) sum0 = multiply_add(load(x + i), load(y + i), sum0), i += 4;
    if (i + 4 <= n) sum1 = multiply_add(load(x + i), load(y + i), sum1), i += 4;
    if (i + 4 <= n) sum2 = multiply_add(load(x + i), load(y + i), sum2), i += 4;
    if (i < n) sum3 = multiply_add(load_first(x + i, n - i), load_first(y + i, n - i), sum3);

    return sum_lanes(add(add(sum0, sum1), add(sum2, sum3)));
}

float sum_of_squares(std::span<const float> a) { return dot(a, a); }

float norm(std::span<const float> a) { return std::sqrt(sum_of_squares(a)); }

double dot_error_bound(std::size_t n, double magnitudes) {
    constexpr double u = 0x1p-24;               // half the distance from 1 to the next float
    constexpr double half_denormal = 0x1p-150;  // what a product below the normal floats can lose
    const auto count = static_cast<double>(n);
    return (count / 16 + 8) * u * magnitudes + count * half_denormal;
}

namespace reference {

double dot(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

double sum_of_magnitudes(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(static_cast<double>(a[i]) * static_cast<double>(b[i]));
    return sum;
}

double sum_of_squares(std::span<const float> a) { return dot(a, a); }

double norm(std::span<const float> a) { return std::sqrt(sum_of_squares(a)); }

}  // namespace reference
}  // namespace lab
