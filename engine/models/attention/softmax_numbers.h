// The numbers of one row of softmax, each as an Explanation: those of a row that was given, and of a row of attention.
// Used by explain_softmax and attention_numbers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/models/attention/softmax_row.h"
#include "engine/models/explanations/explain_parts.h"

namespace lab {

/// The row in double, each number with how far f32 may land from it; [n], those that take no part left at 0.
struct SoftmaxBounds {
    rounding::Bounded largest, exp_sum;
    std::vector<rounding::Bounded> gap, exp, weight;
};

/// scores[n] as f32 may have them; seen[n] or empty, at least one is seen.
SoftmaxBounds bound_softmax(std::span<const rounding::Bounded> scores, std::span<const unsigned char> seen);

/// What the numbers of a row are called, and where they stand.
struct SoftmaxNames {
    std::string prefix;  // of addresses: "softmax/", "attention/H1/"
    std::string places;  // what stands in the brackets before the place: "", or "2," for row 2
    std::string score_family;
    std::string whose;                               // after a label: "", " for query 3"
    std::function<std::string(std::size_t)> called;  // "key 3"

    [[nodiscard]] std::string address(std::string_view family, std::size_t i) const;
    /// Of a number that the row has once.
    [[nodiscard]] std::string address(std::string_view family) const;
};

class SoftmaxNumbers {
  public:
    /// scores[n] and weights[n] as they were computed; at least one is seen. All of it is borrowed.
    SoftmaxNumbers(const SoftmaxNames& names, std::span<const float> scores, std::span<const unsigned char> seen,
                   std::span<const float> weights, const RowTotals& totals, const SoftmaxBounds& bounds)
        : names_(names), scores_(scores), seen_(seen), weights_(weights), totals_(totals), bounds_(bounds) {}

    [[nodiscard]] Explanation largest() const;
    [[nodiscard]] Explanation gap(std::size_t i) const;
    [[nodiscard]] Explanation exp(std::size_t i) const;
    [[nodiscard]] Explanation exp_sum() const;
    [[nodiscard]] Explanation weight(std::size_t i) const;
    [[nodiscard]] Explanation rest(std::size_t i) const;
    [[nodiscard]] Explanation slope(std::size_t i) const;

  private:
    const SoftmaxNames& names_;
    std::span<const float> scores_;
    std::span<const unsigned char> seen_;
    std::span<const float> weights_;
    const RowTotals& totals_;
    const SoftmaxBounds& bounds_;

    [[nodiscard]] float exp_value(std::size_t i) const { return softmax_exp(softmax_gap(scores_[i], totals_.largest)); }
    [[nodiscard]] Term score_term(std::size_t i) const;
    [[nodiscard]] Term exp_term(std::size_t i) const;
    [[nodiscard]] Term weight_term(std::size_t i, double coefficient) const;
};

/// 1 − p and p (1 − p) of a weight: also where the mask hides it, and so apart from the row.
Explanation explain_rest(const SoftmaxNames& names, std::size_t i, float weight, rounding::Bounded bounded);
Explanation explain_slope(const SoftmaxNames& names, std::size_t i, float weight, rounding::Bounded bounded);

}  // namespace lab
