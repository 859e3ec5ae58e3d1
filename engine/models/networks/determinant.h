// The determinant of a square matrix: by how much it multiplies areas, and whether it turns the space over.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/models/explanations/rounding.h"

namespace lab {

/// Up to this many rows a determinant is computed, and unfolds, by cofactors (Laplace), else by elimination.
inline constexpr std::size_t most_cofactor_rows = 4;

/// The determinant of the last columns.size() rows of m, of these columns alone: the first of those rows · its
/// cofactors, in f32. At least one column.
float minor(MatrixView m, std::span<const std::size_t> columns);

/// cofactors[j] = (−1)ʲ · the minor of the rows below without columns[j]. At least two columns.
std::vector<float> cofactors(MatrixView m, std::span<const std::size_t> columns);

/// What stands in the first of those rows in these columns.
std::vector<float> minor_row(MatrixView m, std::span<const std::size_t> columns);

/// columns without the one at index j.
std::vector<std::size_t> without(std::span<const std::size_t> columns, std::size_t j);

/// How far minor() may be from the exact one.
rounding::Bounded bounded_minor(MatrixView m, std::span<const std::size_t> columns);

namespace reference {

/// The same by elimination with pivots, in double.
double minor(MatrixView m, std::span<const std::size_t> columns);

}  // namespace reference

}  // namespace lab
