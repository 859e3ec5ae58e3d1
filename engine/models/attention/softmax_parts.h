// The steps of one row of softmax, as the kernel takes them, each with its bound. Used by explanations.
#pragma once

#include <span>
#include <vector>

#include "engine/models/explanations/rounding.h"

namespace lab {

/// Softmax of x ÷ divisor, as the kernel softmax(x, (float)divisor) computes it: largest, gap to it, exp, sum,
/// quotient. x[n], n ≥ 1, finite; borrowed. Floats are the kernel's own but for the sum, which it keeps in double. The
/// bounded twins begin with x as it stands.
class SoftmaxParts {
  public:
    SoftmaxParts(std::span<const float> x, double divisor);

    /// Where the largest x stands; of equal ones the first.
    [[nodiscard]] std::size_t largest() const { return largest_; }
    /// (x[i] − largest) ÷ divisor.
    [[nodiscard]] float gap(std::size_t i) const;
    [[nodiscard]] float exp(std::size_t i) const;
    [[nodiscard]] float exp_sum() const;

    [[nodiscard]] rounding::Bounded bounded_gap(std::size_t i) const;
    [[nodiscard]] rounding::Bounded bounded_exp(std::size_t i) const;
    [[nodiscard]] rounding::Bounded bounded_exp_sum() const;
    /// exp ÷ exp_sum as the kernel gives it, [n].
    [[nodiscard]] std::vector<rounding::Bounded> bounded_weights() const;

  private:
    std::span<const float> x_;
    double divisor_;
    float temperature_;
    std::size_t largest_;
};

}  // namespace lab
