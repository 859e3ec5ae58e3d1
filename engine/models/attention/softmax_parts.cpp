#include "engine/models/attention/softmax_parts.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/exp.h"

namespace lab {

using rounding::Bounded;

namespace {

/// Results of the kernel's exp below e⁻⁸⁷ are 0, and so are weights below the smallest normal float, 2⁻¹²⁶.
constexpr double vanishing_exp = 1.7e-38;
constexpr double vanishing_weight = 0x1p-126;

/// Four weights at a time are added in f32 before they go into the double: two roundings, of numbers that are not
/// negative.
constexpr double sum_rounding = 2.001 * rounding::unit;

}  // namespace

SoftmaxParts::SoftmaxParts(std::span<const float> x, double divisor)
    : x_(x),
      divisor_(divisor),
      temperature_(static_cast<float>(divisor)),
      largest_(static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin())) {}

float SoftmaxParts::gap(std::size_t i) const { return (x_[i] - x_[largest_]) / temperature_; }

float SoftmaxParts::exp(std::size_t i) const { return simd::lane(simd::exp(simd::splat(gap(i))), 0); }

float SoftmaxParts::exp_sum() const {
    double sum = 0;
    for (std::size_t i = 0; i < x_.size(); ++i) sum += static_cast<double>(exp(i));
    return static_cast<float>(sum);
}

Bounded SoftmaxParts::bounded_gap(std::size_t i) const {
    const Bounded difference = rounding::add({static_cast<double>(x_[i]), 0}, {-static_cast<double>(x_[largest_]), 0});
    return rounding::divide(difference, {divisor_, rounding::unit * divisor_});
}

Bounded SoftmaxParts::bounded_exp(std::size_t i) const {
    const Bounded gap = bounded_gap(i);
    const double value = std::exp(gap.value);
    const double most = std::exp(gap.value + gap.error);
    // The kernel's exp is within two units in the last place, each at most twice `unit`.
    return {value, most - value + 4 * rounding::unit * most + vanishing_exp};
}

Bounded SoftmaxParts::bounded_exp_sum() const {
    Bounded sum;
    for (std::size_t i = 0; i < x_.size(); ++i) {
        const Bounded one = bounded_exp(i);
        sum.value += one.value;
        sum.error += one.error;
    }
    return rounding::rounded(sum.value, sum.error + sum_rounding * (sum.value + sum.error));
}

std::vector<Bounded> SoftmaxParts::bounded_weights() const {
    std::vector<Bounded> weights;
    const Bounded sum = bounded_exp_sum();  // its rounding to f32 stands for that of the share 1 ÷ sum
    for (std::size_t i = 0; i < x_.size(); ++i) {
        weights.push_back(rounding::divide(bounded_exp(i), sum));
        weights.back().error += vanishing_weight;
    }
    return weights;
}

}  // namespace lab
