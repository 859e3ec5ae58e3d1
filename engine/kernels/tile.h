// The innermost step of every product of matrices: a tile of the result that stays in registers.
//
// Up to six (or four) rows × eight columns are summed while k runs: each step loads eight floats of b and one float of
// each row of a, and does a multiply-add for every pair. So that b comes in one straight line from the cache, it is
// first copied into panels: eight columns wide, k after k, filled up at the right edge.
//
//   panel:  b[0, n … n+7]  b[1, n … n+7]  b[2, n … n+7] …
#pragma once

#include <algorithm>
#include <cstddef>

#include "engine/kernels/simd.h"

namespace lab::simd {

inline constexpr std::size_t panel_width = 2 * lanes;

/// k that is summed at a time, before the sums are added to what was there: six rows of this depth are 6 KB, at home in
/// the first cache. Whoever keeps to it gets matmul's sums to the last bit.
inline constexpr std::size_t tile_depth = 256;

/// Columns of all the panels of that many columns: the next multiple of 8.
inline std::size_t padded(std::size_t columns) { return (columns + panel_width - 1) / panel_width * panel_width; }

/// Copies b[depth, columns], rows stride apart, into panels; the last one is filled up with zeros.
inline void pack(const float* b, std::size_t stride, std::size_t depth, std::size_t columns, float* to) {
    for (std::size_t n = 0; n < columns; n += panel_width) {
        const std::size_t left = columns - n;
        for (std::size_t k = 0; k < depth; ++k, to += panel_width) {
            const float* from = b + k * stride + n;
            store(to, load_first(from, left));
            store(to + lanes, left > lanes ? load_first(from + lanes, left - lanes) : splat(0));
        }
    }
}

/// The same for scale · b, b given as its transpose, transposed[columns, depth], by squares of four. The last panel is
/// filled up with the last column over and over: what comes of it must not be used.
inline void pack_transposed(const float* transposed, std::size_t stride, std::size_t columns, std::size_t depth,
                            float scale, float* to) {
    const Float4 factor = splat(scale);
    for (std::size_t n = 0; n < padded(columns); n += lanes) {
        float* panel = to + n / panel_width * panel_width * depth + n % panel_width;
        const float* row[lanes];
        for (std::size_t j = 0; j < lanes; ++j) row[j] = transposed + std::min(n + j, columns - 1) * stride;
        for (std::size_t k = 0; k < depth; k += lanes) {
            const std::size_t left = std::min(lanes, depth - k);
            Float4 x[lanes];
            for (std::size_t j = 0; j < lanes; ++j) x[j] = mul(load_first(row[j] + k, left), factor);
            transpose(x);
            for (std::size_t l = 0; l < left; ++l, panel += panel_width) store(panel, x[l]);
        }
    }
}

/// out[Rows, width] = (fresh ? 0 : out) + a[Rows, depth] · panel[depth, 8]; width ≤ 8.
template <std::size_t Rows, class Arithmetic = Fastest>
void multiply_tile(const float* a, std::size_t a_stride, const float* panel, std::size_t depth, float* out,
                   std::size_t out_stride, std::size_t width, bool fresh) {
    Float4 left[Rows] = {};
    Float4 right[Rows] = {};
    for (std::size_t k = 0; k < depth; ++k, panel += panel_width) {
        const Float4 b_left = load(panel);
        const Float4 b_right = load(panel + lanes);
        for (std::size_t r = 0; r < Rows; ++r) {
            const Float4 factor = splat(a[r * a_stride + k]);
            left[r] = Arithmetic::step(factor, b_left, left[r]);
            right[r] = Arithmetic::step(factor, b_right, right[r]);
        }
    }
    for (std::size_t r = 0; r < Rows; ++r, out += out_stride) {
        if (width == panel_width) {
            store(out, fresh ? left[r] : add(load(out), left[r]));
            store(out + lanes, fresh ? right[r] : add(load(out + lanes), right[r]));
        } else {
            float sums[panel_width];
            store(sums, left[r]);
            store(sums + lanes, right[r]);
            for (std::size_t n = 0; n < width; ++n) out[n] = fresh ? sums[n] : out[n] + sums[n];
        }
    }
}

/// The same for 1 … Rows rows, known only when running.
template <std::size_t Rows, class Arithmetic = Fastest, class... Rest>
void multiply_tile_of(std::size_t rows, Rest... rest) {
    if (rows == Rows) return multiply_tile<Rows, Arithmetic>(rest...);
    if constexpr (Rows > 1) multiply_tile_of<Rows - 1, Arithmetic>(rows, rest...);
}

}  // namespace lab::simd
