// One row's way through a network and back, in double, each number with how far the computation in f32 may land from
// it.
#pragma once

#include <vector>

#include "engine/models/explanations/rounding.h"
#include "engine/models/networks/explain_network.h"

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

}  // namespace lab
