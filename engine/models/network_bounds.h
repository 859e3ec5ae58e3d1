// One row's way through a network and back, in double, each number with how far the computation in f32 may land from
// it.
#pragma once

#include <vector>

#include "engine/models/explain_network.h"
#include "engine/models/rounding.h"

namespace lab {

struct LayerBounds {
    std::vector<rounding::Bounded> row, z, h, slope, dh, dz;  // [O]
};

struct RowBounds {
    std::vector<LayerBounds> layers;
    rounding::Bounded largest;
    std::vector<rounding::Bounded> gap, exp, probability;  // [C]
    rounding::Bounded exp_sum, log_sum, loss;
};

/// Row n of the context's pass, from its inputs on: nothing of the pass's own intermediates is used.
RowBounds bound_row(const NetworkContext& context, std::size_t n);

namespace rounding {

/// A function of x whose values lie at most `steepness` times as far apart as their arguments.
inline Bounded applied(double value, double steepness, Bounded x) { return rounded(value, steepness * x.error); }

/// Σ a·b, one product after the other. a[n], b[n].
inline Bounded sequential_dot(std::span<const Bounded> a, std::span<const Bounded> b) {
    Bounded sum;
    for (std::size_t i = 0; i < a.size(); ++i) sum = add(sum, multiply(a[i], b[i]));
    return sum;
}

}  // namespace rounding
}  // namespace lab
