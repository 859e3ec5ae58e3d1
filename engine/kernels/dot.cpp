// The dot product and its two next of kin, sum of squares and length.
//
// Four running sums of four lanes each: a multiply-add takes about four cycles to finish, and two may start in every
// cycle, so one running sum would leave the processor waiting for itself. Element i goes to running sum ⌊i/4⌋ mod 4,
// lane i mod 4; at the end the four are added pairwise, and then the lanes.
#include <cassert>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

struct RunningSums {
    Float4 sum0, sum1, sum2, sum3;
};

template <class Arithmetic>
RunningSums multiply_and_sum(const float* a, const float* b, std::size_t n) {
    Float4 sum0 = splat(0);
    Float4 sum1 = splat(0);
    Float4 sum2 = splat(0);
    Float4 sum3 = splat(0);
    std::size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        sum0 = Arithmetic::step(load(a + i), load(b + i), sum0);
        sum1 = Arithmetic::step(load(a + i + 4), load(b + i + 4), sum1);
        sum2 = Arithmetic::step(load(a + i + 8), load(b + i + 8), sum2);
        sum3 = Arithmetic::step(load(a + i + 12), load(b + i + 12), sum3);
    }
    // Up to fifteen are left; the last vector may be one to three floats and zeros.
    const auto step = [&](Float4 sum) {
        sum = Arithmetic::step(load_first(a + i, n - i), load_first(b + i, n - i), sum);
        i += lanes;
        return sum;
    };
    if (i < n) sum0 = step(sum0);
    if (i < n) sum1 = step(sum1);
    if (i < n) sum2 = step(sum2);
    if (i < n) sum3 = step(sum3);
    return {sum0, sum1, sum2, sum3};
}

template <class Arithmetic>
float dot_of(std::span<const float> a, std::span<const float> b) {
    assert(a.size() == b.size());
    const auto [sum0, sum1, sum2, sum3] = multiply_and_sum<Arithmetic>(a.data(), b.data(), a.size());
    return sum_lanes(add(add(sum0, sum1), add(sum2, sum3)));
}

}  // namespace

float dot(std::span<const float> a, std::span<const float> b) { return dot_of<Fastest>(a, b); }

namespace plain {
float dot(std::span<const float> a, std::span<const float> b) { return dot_of<Plain>(a, b); }
}  // namespace plain

void dot_running_sums(std::span<const float> a, std::span<const float> b, std::span<float> sums) {
    assert(a.size() == b.size() && sums.size() == 16);
    const auto [sum0, sum1, sum2, sum3] = multiply_and_sum<Fastest>(a.data(), b.data(), a.size());
    store(&sums[0], sum0);
    store(&sums[4], sum1);
    store(&sums[8], sum2);
    store(&sums[12], sum3);
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
