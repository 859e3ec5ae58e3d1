// One dot product per row of a matrix with the same x: a search over a table, a linear layer.
//
// Three rows are taken at once, so that each vector of x is loaded once for three multiply-adds. In the cache they are
// neighbours; of a matrix that must come from memory they lie a third of it apart, so that the processor fetches ahead
// along three straight lines (nearly twice the speed of one line, or of three neighbours, on a Xeon). Either way a row
// keeps the four running sums of dot.cpp and ends them in the same order: out[r] is dot(row r, x) to the last bit.
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

/// out[r · apart] = (row r · apart) · x[columns] for r < Rows; rows[…, columns], row after row in memory.
template <class Arithmetic, std::size_t Rows>
void dot_rows(const float* rows, std::size_t columns, std::size_t apart, const float* x, float* out) {
    const std::size_t stride = apart * columns;
    Float4 sum[Rows][4] = {};
    std::size_t c = 0;
    for (; c + 16 <= columns; c += 16) {
        for (std::size_t k = 0; k < 4; ++k) {
            const Float4 shared = load(x + c + 4 * k);
            for (std::size_t r = 0; r < Rows; ++r)
                sum[r][k] = Arithmetic::step(load(rows + r * stride + c + 4 * k), shared, sum[r][k]);
        }
    }
    // Up to fifteen are left; the last vector may be one to three floats and zeros.
    for (std::size_t k = 0; k < 4; ++k, c += lanes) {
        if (c >= columns) break;
        const std::size_t left = columns - c;
        const Float4 shared = load_first(x + c, left);
        for (std::size_t r = 0; r < Rows; ++r)
            sum[r][k] = Arithmetic::step(load_first(rows + r * stride + c, left), shared, sum[r][k]);
    }
    for (std::size_t r = 0; r < Rows; ++r)
        out[r * apart] = sum_lanes(add(add(sum[r][0], sum[r][1]), add(sum[r][2], sum[r][3])));
}

constexpr std::size_t cached_floats = 1 << 18;  // a megabyte: what a second-level cache holds

template <class Arithmetic>
void matvec_of(MatrixView matrix, std::span<const float> x, std::span<float> out) {
    assert(matrix.columns == x.size() && matrix.rows == out.size());
    assert(matrix.data.size() >= matrix.rows * matrix.columns);
    constexpr std::size_t tile = 3;
    const float* rows = matrix.data.data();
    const bool cached = matrix.rows * matrix.columns <= cached_floats;
    const std::size_t apart = cached ? 1 : matrix.rows / tile;
    const std::size_t step = cached ? tile : 1;
    const std::size_t tiles = matrix.rows / tile;
    const auto take = [&]<std::size_t Rows>(std::size_t r) {
        dot_rows<Arithmetic, Rows>(rows + r * matrix.columns, matrix.columns, apart, x.data(), out.data() + r);
    };
    for (std::size_t i = 0; i < tiles; ++i) take.template operator()<tile>(i * step);
    for (std::size_t r = tiles * tile; r < matrix.rows; ++r) take.template operator()<1>(r);
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
