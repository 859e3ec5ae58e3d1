// RowIndex: exact search by dot product at a quarter of the bytes.
//
// Every row of a table is kept a second time as int8 codes. A search scans the codes, which is what has to come from
// memory, and gets of every row a score and how far the exact score can be from it. Only the rows that can still be
// among the best are scored once more, in floats. So the answer is not nearly the same as that of scoring all rows in
// floats: it is the same, and `Search` says by what.
//
// The bound. Row x = s·c + r with codes c, scale s and remainder r; query q = t·d + e. Then
//     q·x − t·s·(d·c) = q·r + e·(s·c),    and so    |q·x − t·s·(d·c)| ≤ |q|·|r| + |e|·|s·c|        (Cauchy–Schwarz)
// |r| and |s·c| are measured for every row when the index is built, |e| for every query. What rounding adds, here and
// in the float score itself (dot_error_bound), is bounded by rounding · |q| · (|r| + |s·c|) and added to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/scan.h"

namespace lab {

/// What a search did beside its hits.
struct Search {
    std::size_t found;     // hits written: min(R, out.size())
    std::size_t rescored;  // rows that were scored in floats
    float least;           // lower bound of the last hit's score after the scan; a row not rescored cannot reach it
};

class RowIndex {
  public:
    /// Codes of rows[R,C]: R · (C, rounded up to a multiple of 16, + 24) bytes. The rows themselves stay the caller's,
    /// and are handed to each search. Errors: "bad-shape" (no rows or columns, more than 130,000 columns), "not-finite"
    /// (which row).
    static Result<RowIndex> of(MatrixView rows);

    /// The out.size() rows with the largest dot(row, query), best first, ties to the lower index: the very hits that
    /// matvec and top_k give. rows[R,C] as the index was built of; query[C] of finite floats.
    Search search(MatrixView rows, std::span<const float> query, std::span<Hit> out);

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    /// Bytes that an index of rows[R,C] holds.
    [[nodiscard]] static std::size_t bytes_for(std::size_t rows, std::size_t columns);
    [[nodiscard]] std::size_t bytes() const { return bytes_for(rows(), columns()); }

  private:
    RowIndex(std::size_t rows, std::size_t columns);

    class Bar;
    /// The rows that can be among the best, as candidates_[…]; how many.
    std::size_t scan(Reach reach, Bar& bar);

    std::size_t rows_, columns_;
    std::vector<std::int8_t> table_;  // [R] codes with their tails, as scan.h has them
    // Work of a search, kept so that it allocates nothing.
    std::vector<std::int16_t> query_;
    std::vector<std::uint32_t> candidates_;  // rows
    std::vector<float> values_;              // their upper bounds, then their scores
};

}  // namespace lab
