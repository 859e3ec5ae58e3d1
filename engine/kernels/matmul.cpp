// out[M,N] = a[M,K] · b[K,N]: M·N dot products that share their operands.
//
// A tile of out stays in registers while k runs (tile.h). So that b comes in one straight line from the cache, a block
// of it is first copied into panels: eight columns wide, k after k, filled up with zeros at the right edge.
#include <algorithm>
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/tile.h"

namespace lab {

using namespace simd;

namespace {

/// n at a time: with tile_depth half a megabyte of panels, at home in the second cache.
constexpr std::size_t block_columns = 512;

template <std::size_t Rows, class Arithmetic>
void multiply(MatrixView a, MatrixView b, std::span<float> workspace, MutableMatrixView out) {
    assert(a.columns == b.rows && out.rows == a.rows && out.columns == b.columns);
    assert(workspace.size() >= matmul_workspace(a.rows, a.columns, b.columns));
    const std::size_t M = a.rows;
    const std::size_t K = a.columns;
    const std::size_t N = b.columns;
    if (K == 0) std::fill_n(out.data.begin(), M * N, 0.0f);

    for (std::size_t n0 = 0; n0 < N; n0 += block_columns) {
        const std::size_t columns = std::min(block_columns, N - n0);
        for (std::size_t k0 = 0; k0 < K; k0 += tile_depth) {
            const std::size_t depth = std::min(tile_depth, K - k0);
            pack(&b.at(k0, n0), N, depth, columns, workspace.data());
            for (std::size_t m = 0; m < M; m += Rows) {
                const std::size_t rows = std::min(Rows, M - m);
                for (std::size_t n = 0; n < columns; n += panel_width) {
                    multiply_tile_of<Rows, Arithmetic>(rows, &a.at(m, k0), K, workspace.data() + n * depth, depth,
                                                       &out.at(m, n0 + n), N, std::min(panel_width, columns - n),
                                                       k0 == 0);
                }
            }
        }
    }
}

}  // namespace

std::size_t matmul_workspace(std::size_t, std::size_t k, std::size_t n) {
    return std::min(k, tile_depth) * padded(std::min(n, block_columns));
}

void matmul(MatrixView a, MatrixView b, std::span<float> workspace, MutableMatrixView out) {
    multiply<matmul_rows, Fastest>(a, b, workspace, out);
}

namespace plain {
void matmul(MatrixView a, MatrixView b, std::span<float> workspace, MutableMatrixView out) {
    multiply<plain_matmul_rows, Plain>(a, b, workspace, out);
}
}  // namespace plain

double matmul_error_bound(std::size_t k, double magnitudes) {
    constexpr double u = 0x1p-24;               // half the distance from 1 to the next float
    constexpr double half_denormal = 0x1p-150;  // what a product below the normal floats can lose
    const std::size_t blocks = k / tile_depth + 1;
    return static_cast<double>(std::min(k, tile_depth) + blocks) * u * magnitudes +
           static_cast<double>(k) * half_denormal;
}

namespace reference {

void matmul(MatrixView a, MatrixView b, std::span<double> out) {
    for (std::size_t m = 0; m < a.rows; ++m) {
        for (std::size_t n = 0; n < b.columns; ++n) {
            double sum = 0;
            for (std::size_t k = 0; k < a.columns; ++k)
                sum += static_cast<double>(a.at(m, k)) * static_cast<double>(b.at(k, n));
            out[m * b.columns + n] = sum;
        }
    }
}

}  // namespace reference
}  // namespace lab
