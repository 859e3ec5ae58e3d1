// Drawings as pictures of 28 × 28 pixels, as MNIST has them.
#pragma once

#include <span>
#include <vector>

#include "engine/base/result.h"

namespace lab {

inline constexpr std::size_t picture_side = 28;
inline constexpr std::size_t picture_pixels = picture_side * picture_side;

/// A line of the pen: x0, y0, x1, y1 …, y downwards. One point alone is a dot.
using Stroke = std::vector<float>;

/// [784] from 0 (paper) to 1 (ink). The drawing is scaled into 20 × 20 pixels with its proportions kept, and its centre
/// of mass put in the middle of the picture (LeCun et al. 1998, §III.A). thickness: of the pen, in the drawing's units;
/// it is scaled along, but to no less than 1.6 and no more than 4 pixels, so that a small drawing does not become a
/// blot. Computed by operations that are the same on every machine. Errors: "empty-vector" (no point),
/// "length-mismatch" (a point without y), "not-finite", "out-of-range" (thickness not above 0).
Result<std::vector<float>> rasterize(std::span<const Stroke> strokes, float thickness);

}  // namespace lab
