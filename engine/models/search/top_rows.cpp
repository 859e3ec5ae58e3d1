#include "engine/models/search/top_rows.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "engine/kernels/tile.h"

namespace lab {

namespace {

/// The sum of squares says so at the kernel's speed; where it overflows, each number is looked at.
bool all_finite(std::span<const float> x) {
    return std::isfinite(sum_of_squares(x)) ||
           std::all_of(x.begin(), x.end(), [](float v) { return std::isfinite(v); });
}

/// Scores of the table's rows first, first + apart, … (Rows of them) for all queries, into scores[Q, R]. Panels are the
/// queries', as deep as the table is wide.
template <std::size_t Rows>
void score_rows(MatrixView table, std::size_t first, std::size_t apart, const float* panels, std::size_t queries,
                float* scores) {
    using namespace simd;
    const std::size_t C = table.columns;
    std::array<float, Rows * panel_width> tile;
    for (std::size_t q0 = 0; q0 < queries; q0 += panel_width, panels += panel_width * C) {
        for (std::size_t k = 0; k < C; k += tile_depth)
            multiply_tile<Rows>(&table.at(first, k), apart * C, panels + k * panel_width, std::min(tile_depth, C - k),
                                tile.data(), panel_width, panel_width, k == 0);
        const std::size_t width = std::min(panel_width, queries - q0);
        for (std::size_t r = 0; r < Rows; ++r)
            for (std::size_t q = 0; q < width; ++q)
                scores[(q0 + q) * table.rows + first + r * apart] = tile[r * panel_width + q];
    }
}

}  // namespace

std::size_t top_rows_workspace(std::size_t rows, std::size_t columns, std::size_t queries) {
    return columns * simd::padded(queries) + rows * queries;
}

bool top_rows(MatrixView table, MatrixView queries, std::span<float> workspace, std::size_t k, std::span<Hit> out) {
    const std::size_t R = table.rows;
    const std::size_t C = table.columns;
    const std::size_t Q = queries.rows;
    assert(queries.columns == C && k <= R && out.size() == Q * k);
    assert(workspace.size() >= top_rows_workspace(R, C, Q));
    const auto panels = workspace.first(C * simd::padded(Q));
    const auto scores = workspace.subspan(panels.size(), Q * R);  // [Q, R]: each query's in one line, for top_k
    simd::pack_transposed(queries.data.data(), C, Q, C, 1, panels.data());

    // The rows of a tile lie far apart, so that memory is read along four straight lines (as in matvec); along six, for
    // which there are registers, it is slower.
    constexpr std::size_t lines = 4;
    const std::size_t apart = R / lines;
    for (std::size_t i = 0; i < apart; ++i) score_rows<lines>(table, i, apart, panels.data(), Q, scores.data());
    for (std::size_t r = lines * apart; r < R; ++r) score_rows<1>(table, r, 1, panels.data(), Q, scores.data());

    bool finite = true;
    for (std::size_t q = 0; q < Q; ++q) {
        const auto row = scores.subspan(q * R, R);
        finite = finite && all_finite(row);
        top_k(row, out.subspan(q * k, k));
    }
    return finite;
}

}  // namespace lab
