// One dot product per row of a matrix with the same x: a search over a table, a linear layer.
//
// What takes the time is fetching the matrix, so it is read along four straight lines, a quarter of the rows
// apart: the processor fetches ahead along each (a Xeon is then as fast as it can read at all; along one line, or four
// neighbouring rows, it is not). Two of the four rows are in registers at a time, for a piece of 64 columns, and share
// each load of x; more would not fit the sixteen registers. A row keeps the four running sums of dot.cpp and ends them
// in the same order: out[r] is dot(row r, x) to the last bit.
#include <algorithm>
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

constexpr std::size_t lines = 4;
constexpr std::size_t columns_per_step = 16;  // what the running sums of a row take in at once
constexpr std::size_t piece = 64;             // a multiple of it

struct RunningSums {
    Float4 of[4] = {};
};

/// sums[r] += rows[r][n] · x[n] for Rows rows; n is a multiple of 16.
template <class Arithmetic, std::size_t Rows>
void advance(const float* const* rows, const float* x, std::size_t n, RunningSums* sums) {
    RunningSums sum[Rows];
    for (std::size_t r = 0; r < Rows; ++r) sum[r] = sums[r];
    for (std::size_t c = 0; c < n; c += columns_per_step) {
        for (std::size_t k = 0; k < 4; ++k) {
            const Float4 shared = load(x + c + 4 * k);
            for (std::size_t r = 0; r < Rows; ++r)
                sum[r].of[k] = Arithmetic::step(load(rows[r] + c + 4 * k), shared, sum[r].of[k]);
        }
    }
    for (std::size_t r = 0; r < Rows; ++r) sums[r] = sum[r];
}

/// Takes in up to fifteen columns that are left, the last vector one to three floats and zeros; the whole sum.
template <class Arithmetic>
float finish(const float* row, const float* x, std::size_t left, RunningSums sums) {
    for (std::size_t k = 0; k < 4; ++k) {
        const std::size_t c = k * lanes;
        if (c >= left) break;
        sums.of[k] = Arithmetic::step(load_first(row + c, left - c), load_first(x + c, left - c), sums.of[k]);
    }
    return sum_lanes(add(add(sums.of[0], sums.of[1]), add(sums.of[2], sums.of[3])));
}

template <class Arithmetic>
void matvec_of(MatrixView matrix, std::span<const float> x, std::span<float> out) {
    assert(matrix.columns == x.size() && matrix.rows == out.size());
    assert(matrix.data.size() >= matrix.rows * matrix.columns);
    const std::size_t C = matrix.columns;
    const std::size_t whole = C / columns_per_step * columns_per_step;
    const std::size_t apart = matrix.rows / lines;
    const auto row = [&](std::size_t r) { return matrix.data.data() + r * C; };
    for (std::size_t i = 0; i < apart; ++i) {
        RunningSums sums[lines];
        for (std::size_t c = 0; c < whole; c += piece) {
            for (std::size_t line = 0; line < lines; line += 2) {
                const float* two[] = {row(i + line * apart) + c, row(i + (line + 1) * apart) + c};
                advance<Arithmetic, 2>(two, x.data() + c, std::min(piece, whole - c), sums + line);
            }
        }
        for (std::size_t line = 0; line < lines; ++line)
            out[i + line * apart] =
                finish<Arithmetic>(row(i + line * apart) + whole, x.data() + whole, C - whole, sums[line]);
    }
    for (std::size_t r = lines * apart; r < matrix.rows; ++r) {
        const float* one[] = {row(r)};
        RunningSums sums;
        advance<Arithmetic, 1>(one, x.data(), whole, &sums);
        out[r] = finish<Arithmetic>(row(r) + whole, x.data() + whole, C - whole, sums);
    }
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
