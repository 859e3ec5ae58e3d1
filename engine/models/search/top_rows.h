// The best rows of a table for several queries at once: one product of matrices, which reads the table once for all of
// them, and a choice for each.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/matrix_view.h"
#include "engine/kernels/kernels.h"

namespace lab {

/// Floats that top_rows needs as workspace for table[R,C] and Q queries.
std::size_t top_rows_workspace(std::size_t rows, std::size_t columns, std::size_t queries);

/// Of each query the k rows with the largest dot products, best first, ties to the lower row: out[Q, k], k ≤ R.
/// table[R,C], queries[Q,C]. Scores are matmul's: within matmul_error_bound of dot's, and not always the same to the
/// last bit. Returns whether all R · Q scores are finite: a NaN or an infinity of the table or a query reaches them.
bool top_rows(MatrixView table, MatrixView queries, std::span<float> workspace, std::size_t k, std::span<Hit> out);

}  // namespace lab
