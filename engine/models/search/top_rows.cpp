#include "engine/models/search/top_rows.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace lab {

namespace {

constexpr std::size_t block_rows = 1024;  // with 16 queries their scores are 64 KB, at home in the second cache

/// The sum of squares says so at the kernel's speed; where it overflows, each number is looked at.
bool all_finite(std::span<const float> x) {
    return std::isfinite(sum_of_squares(x)) ||
           std::all_of(x.begin(), x.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace

std::size_t top_rows_workspace(std::size_t rows, std::size_t columns, std::size_t queries) {
    const std::size_t block = std::min(rows, block_rows);
    return columns * queries + block * queries + rows * queries + matmul_workspace(block, columns, queries);
}

bool top_rows(MatrixView table, MatrixView queries, std::span<float> workspace, std::size_t k, std::span<Hit> out) {
    const std::size_t R = table.rows;
    const std::size_t C = table.columns;
    const std::size_t Q = queries.rows;
    assert(queries.columns == C && k <= R && out.size() == Q * k);
    assert(workspace.size() >= top_rows_workspace(R, C, Q));
    const auto take = [&](std::size_t count) {
        const auto part = workspace.first(count);
        workspace = workspace.subspan(count);
        return part;
    };
    const auto transposed = take(C * Q);
    for (std::size_t q = 0; q < Q; ++q)
        for (std::size_t c = 0; c < C; ++c) transposed[c * Q + q] = queries.at(q, c);
    const auto block = take(std::min(R, block_rows) * Q);
    const auto scores = take(Q * R);  // [Q, R]: each query's in one line, as top_k wants them

    for (std::size_t r0 = 0; r0 < R; r0 += block_rows) {
        const std::size_t rows = std::min(block_rows, R - r0);
        matmul({table.data.subspan(r0 * C, rows * C), rows, C}, {transposed, C, Q}, workspace, {block, rows, Q});
        for (std::size_t q = 0; q < Q; ++q)
            for (std::size_t r = 0; r < rows; ++r) scores[q * R + r0 + r] = block[r * Q + q];
    }
    bool finite = true;
    for (std::size_t q = 0; q < Q; ++q) {
        const auto row = scores.subspan(q * R, R);
        finite = finite && all_finite(row);
        top_k(row, out.subspan(q * k, k));
    }
    return finite;
}

}  // namespace lab
