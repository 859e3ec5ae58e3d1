// What is measured of states and of a probe's directions among them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/models/probes/probe.h"

namespace lab {

/// How much of the variance of states lies along a probe's directions: the span of its class vectors' differences,
/// of at most C − 1 dimensions, made of vectors at right angles by Gram & Schmidt.
struct ProbeShare {
    double share = 0;            // 0 to 1; 0 where the states are one point
    std::size_t directions = 0;  // dimensions of that span
};
/// rows[N, D], N ≥ 1, variance about their own mean.
ProbeShare variance_along(const Probe& probe, MatrixView rows);

/// Mean cosines of states by their labels, over all pairs of rows: of one class, and of two classes. A row of zeros
/// has cosine 0 with every other.
struct Drift {
    double within = 0;  // of states measured from their mean
    double between = 0;
    double raw_within = 0;  // of states as they are
    double raw_between = 0;
};
/// rows[N, D], labels[N] (no_class: passed over), each < classes. Errors: "too-few" (a class with fewer than two rows;
/// detail: its number), "out-of-range" (a label).
Result<Drift> drift(MatrixView rows, std::span<const std::uint32_t> labels, std::size_t classes);

/// States in two dimensions: along a direction, and along the direction of most variance at right angles to it.
struct ProbePlane {
    std::vector<float> points;    // [N, 2] measured from the mean of the rows
    std::vector<float> axes;      // [2, D] of length 1
    float explained[2] = {0, 0};  // share of the rows' variance along each
};
/// rows[N, D], direction[D]. Errors: "too-few" (fewer than two rows), "zero-vector" (the direction), "not-finite".
Result<ProbePlane> probe_plane(MatrixView rows, std::span<const float> direction);

/// How likely k or more of n answers are right if each is right by luck with probability p: the upper tail of the
/// binomial distribution. 0 ≤ k ≤ n, 0 ≤ p ≤ 1.
double luck(std::size_t n, std::size_t k, double p);

}  // namespace lab
