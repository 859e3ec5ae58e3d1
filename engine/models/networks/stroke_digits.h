// Digits drawn by a seeded pen: lines as people write them, varied in shape, slant, proportion and thickness.
#pragma once

#include <cstdint>

#include "engine/models/networks/examples.h"
#include "engine/models/networks/raster.h"

namespace lab {

/// `count` digits of 28 × 28 pixels, classes "0" to "9", ten different ones in every ten rows, in random order. Row i
/// depends on the seed and on i alone. variation: how far the hand strays; 0 (as in a copybook) to 2, 1 is a class of
/// students. Errors: "out-of-range" (count 1 to 60,000; variation 0 to 2).
Result<Examples> stroke_digits(std::size_t count, std::uint64_t seed, float variation = 1);

/// The lines of one digit, before they become pixels. x and y from about 0 to 1, y downwards.
std::vector<Stroke> digit_strokes(std::size_t digit, std::uint64_t seed, float variation);

}  // namespace lab
