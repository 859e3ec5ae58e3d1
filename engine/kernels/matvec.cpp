// One dot product per row of a matrix with the same x: a search over a table, a linear layer.
//
// Three rows are taken at once, so that each vector of x is loaded once for three multiply-adds; a matrix that must
// come from memory is taken row by row instead, because processors fetch ahead best along one straight line (twice the
// speed on an AMD EPYC). Either way a row keeps the four running sums of dot.cpp and ends them in the same order:
// out[r] is dot(row r, x) to the last bit.
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

/// out[Rows] = rows[Rows, columns] · x[columns], row after row in memory.
template <class Arithmetic, std::size_t Rows>
void dot_rows(const float* rows, std::size_t columns, const float* x, float* out) {
    Float4 sum[Rows][4] = {};
    std::size_t c = 0;
    for (; c + 16 <= columns; c += 16) {
        for (std::size_t k = 0; k < 4; ++k) {
            const Float4 shared = load(x + c + 4 * k);
            for (std::size_t r = 0; r < Rows; ++r)
                sum[r][k] = Arithmetic::step(load(rows + r * columns + c + 4 * k), shared, sum[r][k]);
        }
    }
    // Up to fifteen are left; the last vector may be one to three floats and zeros.
    for (std::size_t k = 0; k < 4; ++k, c += lanes) {
        if (c >= columns) break;
        const std::size_t left = columns - c;
        const Float4 shared = load_first(x + c, left);
        for (std::size_t r = 0; r < Rows; ++r)
            sum[r][k] = Arithmetic::step(load_first(rows + r * columns + c, left), shared, sum[r][k]);
    }
    for (std::size_t r = 0; r < Rows; ++r)
        out[r] = sum_lanes(add(add(sum[r][0], sum[r][1]), add(sum[r][2], sum[r][3])));
}

constexpr std::size_t cached_floats = 1 << 18;  // a megabyte: what a second-level cache holds

template <class Arithmetic>
void matvec_of(MatrixView matrix, std::span<const float> x, std::span<float> out) {
    assert(matrix.columns == x.size() && matrix.rows == out.size());
    assert(matrix.data.size() >= matrix.rows * matrix.columns);
    constexpr std::size_t tile = 3;
    const float* rows = matrix.data.data();
    std::size_t r = 0;
    const std::size_t tiled = matrix.rows * matrix.columns <= cached_floats ? matrix.rows : 0;
    for (; r + tile <= tiled; r += tile)
        dot_rows<Arithmetic, tile>(rows + r * matrix.columns, matrix.columns, x.data(), out.data() + r);
    for (; r < matrix.rows; ++r)
        dot_rows<Arithmetic, 1>(rows + r * matrix.columns, matrix.columns, x.data(), out.data() + r);
}

}  // namespace

void matvec(MatrixView matrix, std::span<const float> x, std::span<float> out) { matvec_of<Fastest>(matrix, x, out); }

namespace plain {
void matvec(MatrixView matrix, std::span<const float> x, std::span<float> out) { matvec_of<Plain>(matrix, x, out); }
}  // namespace plain

namespace reference {

void matvec(MatrixView matrix, std::span<const float> x, std::span<double> out) {
    for (std::size_t r = 0; r < matrix.rows; ++r) out[r] = dot(matrix.row(r), x);
}

}  // namespace reference
}  // namespace lab
