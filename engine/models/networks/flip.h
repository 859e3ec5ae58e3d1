// The smallest change of an input that makes the answer of a linear classifier another one.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/models/networks/network.h"

namespace lab {

/// Between classes a and b lies the border (w_a − w_b) · x + (bias_a − bias_b) = 0; the shortest way to it goes along
/// the difference of the class vectors (Moosavi-Dezfooli, Fawzi & Frossard 2016, §2.1).
struct Flip {
    std::size_t from = 0;          // the answer before
    std::size_t to = 0;            // the class that it comes to
    std::vector<float> changed;    // [inputs] x + scale · (w_to − w_from), a hair beyond the border
    float scale = 0;               // margin / |w_to − w_from|², and a hair
    float distance = 0;            // |changed − x|
    std::vector<float> distances;  // [C] to the border of each class; 0 for `from`, ∞ where the class vectors agree
};

/// x[inputs], finite. to: the class to reach; without it the nearest. Errors: "bad-option" (a network with hidden
/// layers), "length-mismatch", "out-of-range" (no such class, or the answer already), "zero-vector" (the two class
/// vectors are the same: no change of the input leads there).
Result<Flip> flip(const Network& network, std::span<const float> x, std::optional<std::size_t> to);

/// The hair: the border is overstepped by this share of the way, and so reached in spite of rounding.
inline constexpr float overstep = 1.0001f;

}  // namespace lab
