// DotTrace: one dot product, watched. Every addition that the kernel makes, and the two other ways to add the same
// products.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace lab {

struct DotTrace {
    std::vector<float> products;           // [n] a[i] · b[i], rounded to f32
    std::vector<float> running;            // [n] the products added one after the other in f32
    std::array<float, 16> accumulators{};  // the kernel's four vectors of four lanes; product i goes to number i mod 16
    std::array<float, 4> lanes{};          // their pairwise sum, lane by lane
    float result = 0;                      // (lane 0 + lane 1) + (lane 2 + lane 3): dot(a, b), to the last bit
    float sequential = 0;                  // running's last: what a plain f32 loop gives
    double exact = 0;                      // the same in double
};

/// a[n], b[n]; n = 0 gives zeros. Where relaxed SIMD fuses multiply and add, accumulators round once per step while
/// products and running round twice: the lanes still agree with dot() in every binary, since both are made by the same
/// operations.
DotTrace trace(std::span<const float> a, std::span<const float> b);

}  // namespace lab
