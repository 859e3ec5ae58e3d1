// What the explainers of every family share: putting an Explanation together. Used by explain_*.cpp only.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/models/explanations/address.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/explanations/rounding.h"

namespace lab {

/// |result − value| beside the bound. Where f32 overflowed, both are ∞.
Check make_check(float result, double value, double bound);

/// What an Explanation is called.
struct Heading {
    std::string address;
    std::string label;
    std::string formula;
};

/// A leaf.
Explanation make_leaf(Heading&& heading, Kind kind, float result);

/// The dot product of two operands of equal length, computed by the kernel. value: the same by another path in double.
Explanation make_dot(Heading&& heading, Operand a, Operand b, double value, double bound);

/// The same where the sum was taken otherwise: result is what came of it.
Explanation make_dot(Heading&& heading, Operand a, Operand b, float result, double value, double bound);

/// Σ coefficient · value, added in f32 in the terms' order (a coefficient of 1 or −1 costs no rounding).
Explanation make_sum(Heading&& heading, std::vector<Term> terms, double value, double bound);

/// terms[0] ÷ the product of the others, in f32.
Explanation make_quotient(Heading&& heading, std::initializer_list<Term> terms, double value, double bound);

/// f(term) = result, f named by the formula.
Explanation make_activation(Heading&& heading, Term term, float result, double value, double bound);

/// values as an operand.
Operand make_operand(std::string name, std::string address, std::span<const float> values);

/// How a reader counts the component of index i: from 1. "a, place 3" in a label, "a₃" in a formula. Addresses count
/// from 0.
std::string placed(std::string_view name, std::size_t i);
std::string subscripted(std::string_view name, std::size_t i);

/// A minus sign as it is set in print, U+2212.
inline constexpr std::string_view minus_sign = "−";

}  // namespace lab
