// Principal components: the few directions that show most of how a set of vectors spreads.
// Source: Pearson 1901, "On Lines and Planes of Closest Fit to Systems of Points in Space"; eigenvectors by Jacobi
// 1846.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"

namespace lab {

struct PrincipalComponents {
    std::size_t count = 0;
    std::size_t dimensions = 0;
    std::vector<float> mean;       // [D]
    std::vector<float> axes;       // [count, D] unit vectors at right angles, by falling variance
    std::vector<float> variance;   // [count] mean square of the rows' coordinate along each axis, about the mean
    std::vector<float> explained;  // [count] variance / total variance; zeros if all rows are one point
};

/// The directions of greatest variance of rows[N, D]. The sign is fixed: the entry of largest size is positive. Where
/// fewer than count directions have any variance, the others are zero vectors. Time about min(N, D)³ + N·D·min(N, D).
/// Errors: "empty-input" (no rows, no columns), "bad-count" (count is 0 or above D), "not-finite".
Result<PrincipalComponents> principal_components(MatrixView rows, std::size_t count);

/// points[N, count]: the coordinates of rows[N, D] along the axes, about the mean. Each is one dot product.
/// Error "length-mismatch" if the rows have another number of columns.
Result<std::vector<float>> project(const PrincipalComponents& components, MatrixView rows);

}  // namespace lab
