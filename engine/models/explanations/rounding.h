// Bounded: a number computed in double together with how far a computation in f32 may land from it. Each operation
// below adds the errors of its operands and one rounding of its own, so that the bound shown beside a number holds by
// construction. Source: Higham 2002, "Accuracy and Stability of Numerical Algorithms", §2.2 and §3.1.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "engine/kernels/kernels.h"

namespace lab::rounding {

struct Bounded {
    double value = 0;
    double error = 0;  // ≥ |f32 result − value|
};

inline constexpr double unit = 0x1p-24;            // half the distance from 1 to the next float
inline constexpr double half_denormal = 0x1p-150;  // half the smallest float above 0

/// The result of one f32 operation that would be exact but for rounding to the nearest float.
inline Bounded rounded(double value, double error) {
    const double largest = std::abs(value) + error;
    if (!(largest < static_cast<double>(std::numeric_limits<float>::max()))) {
        return {value, std::numeric_limits<double>::infinity()};
    }
    return {value, error + unit * largest + half_denormal};
}

inline Bounded add(Bounded x, Bounded y) { return rounded(x.value + y.value, x.error + y.error); }

inline Bounded multiply(Bounded x, Bounded y) {
    return rounded(x.value * y.value, std::abs(x.value) * y.error + std::abs(y.value) * x.error + x.error * y.error);
}

inline Bounded divide(Bounded x, Bounded y) {
    const double smallest = std::abs(y.value) - y.error;
    if (!(smallest > 0)) return {x.value / y.value, std::numeric_limits<double>::infinity()};
    const double quotient = x.value / y.value;
    return rounded(quotient, (x.error + std::abs(quotient) * y.error) / smallest);
}

/// √x, x ≥ 0 apart from its error.
inline Bounded root(Bounded x) {
    const double value = std::sqrt(std::max(x.value, 0.0));
    const double above = std::sqrt(std::max(x.value, 0.0) + x.error) - value;
    const double below = value - std::sqrt(std::max(x.value - x.error, 0.0));
    return rounded(value, std::max(above, below));
}

/// Σ a[i]·b[i] in f32, of vectors that carry errors of their own. a[n], b[n]; error_bound(n, Σ|aᵢbᵢ|) is that of the
/// kernel that adds the products up.
inline Bounded products(std::span<const Bounded> a, std::span<const Bounded> b,
                        double (*error_bound)(std::size_t, double)) {
    double value = 0;
    double carried = 0;
    double magnitudes = 0;  // Σ|aᵢbᵢ| at most
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = std::abs(a[i].value);
        const double y = std::abs(b[i].value);
        value += a[i].value * b[i].value;
        carried += x * b[i].error + y * a[i].error + a[i].error * b[i].error;
        magnitudes += (x + a[i].error) * (y + b[i].error);
    }
    if (!(magnitudes < static_cast<double>(std::numeric_limits<float>::max()))) {
        return {value, std::numeric_limits<double>::infinity()};
    }
    return {value, carried + error_bound(a.size(), magnitudes)};
}

/// The kernel dot() over such vectors, and one output of matmul().
inline Bounded dot(std::span<const Bounded> a, std::span<const Bounded> b) { return products(a, b, dot_error_bound); }
inline Bounded matmul(std::span<const Bounded> a, std::span<const Bounded> b) {
    return products(a, b, matmul_error_bound);
}

/// Floats as they are: nothing was rounded yet.
inline std::vector<Bounded> exact(std::span<const float> values) {
    std::vector<Bounded> all(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) all[i] = {static_cast<double>(values[i]), 0};
    return all;
}

/// |a| as norm() computes it.
inline Bounded norm(std::span<const float> a) {
    const auto all = exact(a);
    return root(dot(all, all));
}

/// a / |a| as normalize() computes it, [n].
inline std::vector<Bounded> normalize(std::span<const float> a) {
    const Bounded length = norm(a);
    std::vector<Bounded> all = exact(a);
    for (Bounded& x : all) x = divide(x, length);
    return all;
}

}  // namespace lab::rounding
