// Singular values: what a matrix does to the space it acts on. It turns (right[i] into left[i]) and stretches (by
// values[i]), and nothing else. Source: one-sided Jacobi rotations, Hestenes 1958, "Inversion of Matrices by
// Biorthogonalization and Related Results"; Golub & Van Loan 2013, §8.6.3. Rotations are found in double by operations
// that IEEE 754 fixes (√ is the only function), so that they are the same on every machine.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/models/explanations/explain.h"

namespace lab {

/// matrix[R, C] = Σᵢ values[i] · left[i] ⊗ right[i], with K = min(R, C).
struct Singular {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;         // [K] ≥ 0, falling; values[i] = left[i] · image[i]
    std::vector<float> left;           // [K, R] unit vectors at right angles to each other
    std::vector<float> right;          // [K, C] the same; the entry of largest size is positive
    std::vector<float> image;          // [K, R] matrix · right[i], which is values[i] · left[i] but for rounding
    std::optional<float> determinant;  // of a square matrix, where a float can hold it

    [[nodiscard]] std::size_t count() const { return values.size(); }
};

/// The singular values and vectors of m[R, C]. Where a value is 0 its left vector is any that stands at right angles to
/// the others. Errors: "empty-input" (no rows or no columns), "not-finite", "out-of-range" (the matrix stretches beyond
/// the range of 32-bit floats).
Result<Singular> singular(MatrixView m);

/// Explains a number of m's singular values; i counts the values, r the rows, c the columns. Addresses:
///   singular/value[i]      left[i] · image[i]
///   singular/image[i][r]   row r of the matrix · right[i]
///   singular/matrix[r][c]  singular/left[i][r]  singular/right[i][c]   leaves: the given weights, and what was found
///   by
///                          rotations
///   singular/determinant   of a square matrix of at most 4 × 4: the first row · its cofactors, with
///   singular/cofactor[c0,c1,…][j]  ± the minor of the last rows without column cj
///   singular/minor[c0,c1,…]        of as many last rows as columns are named: row · cofactors
///   singular/part[c0,c1,…][j]      what the first of those rows has in column cj
/// Errors: those of singular(), and "unknown-address".
Result<Explanation> explain_singular(MatrixView m, std::string_view address);

}  // namespace lab
