// The ways in which people write each digit, as points that the pen goes through.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lab {

/// x to the right, y down, in a box of 1 × 1.
struct PenPoint {
    float x, y;
    bool operator==(const PenPoint&) const = default;
};

/// A smooth line through points. Where it begins at the very end of the one before, the pen stays on the paper and
/// turns a corner.
using PenCurve = std::vector<PenPoint>;

struct DigitStyle {
    unsigned weight = 1;  // how common it is among the ways of writing this digit
    std::vector<PenCurve> curves;
};

/// The first is the copybook's. digit < 10.
std::span<const DigitStyle> digit_styles(std::size_t digit);

}  // namespace lab
