#include "engine/models/words/projection.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/insertion_sort.h"
#include "engine/kernels/kernels.h"

namespace lab {

namespace {

/// A symmetric matrix's eigenvalues and eigenvectors, in no order.
struct Eigen {
    std::vector<double> values;   // [n]
    std::vector<double> vectors;  // [n, n], row k belongs to values[k]
};

/// Cyclic Jacobi: turns the plane of each pair of axes until nothing is left off the diagonal. matrix[n, n], symmetric.
Eigen jacobi(std::vector<double> matrix, std::size_t n) {
    Eigen eigen;
    eigen.vectors.resize(n * n);
    for (std::size_t k = 0; k < n; ++k) eigen.vectors[k * n + k] = 1;
    const auto at = [&](std::size_t i, std::size_t j) -> double& { return matrix[i * n + j]; };

    constexpr int most_sweeps = 60;  // about ten do
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        bool turned = false;
        for (std::size_t p = 0; p + 1 < n; ++p) {
            for (std::size_t q = p + 1; q < n; ++q) {
                const double off = at(p, q);
                if (std::abs(off) <= 1e-15 * std::sqrt(std::abs(at(p, p) * at(q, q)))) continue;
                turned = true;
                // The smaller of the two angles that make entry (p, q) vanish (Golub & Van Loan 2013, §8.5.2).
                const double ratio = (at(q, q) - at(p, p)) / (2 * off);
                const double tangent = (ratio >= 0 ? 1 : -1) / (std::abs(ratio) + std::sqrt(1 + ratio * ratio));
                const double c = 1 / std::sqrt(1 + tangent * tangent);
                const double s = tangent * c;
                for (std::size_t k = 0; k < n; ++k) {
                    const double x = at(k, p);
                    const double y = at(k, q);
                    at(k, p) = c * x - s * y;
                    at(k, q) = s * x + c * y;
                }
                for (std::size_t k = 0; k < n; ++k) {
                    const double x = at(p, k);
                    const double y = at(q, k);
                    at(p, k) = c * x - s * y;
                    at(q, k) = s * x + c * y;
                    const double u = eigen.vectors[p * n + k];
                    const double v = eigen.vectors[q * n + k];
                    eigen.vectors[p * n + k] = c * u - s * v;
                    eigen.vectors[q * n + k] = s * u + c * v;
                }
                at(p, q) = 0;
                at(q, p) = 0;
            }
        }
        if (!turned) break;
    }
    for (std::size_t k = 0; k < n; ++k) eigen.values.push_back(at(k, k));
    return eigen;
}

/// Makes the entry of largest size positive, so that the same rows give the same picture everywhere.
void fix_sign(std::span<double> axis) {
    const auto largest =
        std::max_element(axis.begin(), axis.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
    if (largest != axis.end() && *largest < 0) {
        for (double& x : axis) x = -x;
    }
}

}  // namespace

Result<PrincipalComponents> principal_components(MatrixView rows, std::size_t count) {
    const std::size_t N = rows.rows;
    const std::size_t D = rows.columns;
    if (N == 0 || D == 0) return Error{"empty-input", "Principal components need at least one row and one column.", ""};
    if (count == 0 || count > D) {
        return Error{"bad-count",
                     "Asked for " + std::to_string(count) + " components of vectors with " + std::to_string(D) +
                         " numbers: ask for 1 to " + std::to_string(D) + ".",
                     ""};
    }
    if (!std::all_of(rows.data.begin(), rows.data.begin() + static_cast<std::ptrdiff_t>(N * D),
                     [](float x) { return std::isfinite(x); })) {
        return Error{"not-finite", "The rows hold NaN or infinity: give finite numbers only.", ""};
    }

    std::vector<double> mean(D);
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t d = 0; d < D; ++d) mean[d] += rows.at(i, d) / static_cast<double>(N);
    }
    std::vector<double> centred(N * D);
    double total = 0;
    double size = 0;  // mean square of the rows as they are, about 0
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t d = 0; d < D; ++d) {
            const double x = rows.at(i, d) - mean[d];
            centred[i * D + d] = x;
            total += x * x / static_cast<double>(N);
            size += static_cast<double>(rows.at(i, d)) * static_cast<double>(rows.at(i, d)) / static_cast<double>(N);
        }
    }

    // The smaller of the two products holds all: X·Xᵀ[N,N] and Xᵀ·X[D,D] have the same eigenvalues, and an eigenvector
    // e of the first gives Xᵀ·e of the second.
    const bool by_rows = N < D;
    const std::size_t n = by_rows ? N : D;
    std::vector<double> products(n * n);
    if (by_rows) {
        for (std::size_t i = 0; i < N; ++i) {
            for (std::size_t j = 0; j <= i; ++j) {
                const double sum = std::inner_product(&centred[i * D], &centred[i * D] + D, &centred[j * D], 0.0);
                products[i * n + j] = products[j * n + i] = sum / static_cast<double>(N);
            }
        }
    } else {
        for (std::size_t i = 0; i < N; ++i) {
            const double* x = &centred[i * D];
            for (std::size_t p = 0; p < D; ++p) {
                for (std::size_t q = 0; q < D; ++q) products[p * n + q] += x[p] * x[q] / static_cast<double>(N);
            }
        }
    }
    const Eigen eigen = jacobi(std::move(products), n);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    insertion_sort(order, [&](auto i, auto j) { return eigen.values[i] > eigen.values[j]; });

    PrincipalComponents made;
    made.count = count;
    made.dimensions = D;
    made.mean.assign(mean.begin(), mean.end());
    made.axes.resize(count * D);
    made.variance.resize(count);
    made.explained.resize(count);
    for (std::size_t k = 0; k < std::min(count, n); ++k) {
        const double variance = eigen.values[order[k]];
        if (!(variance > 1e-12 * total && variance > 1e-24 * size)) break;  // no more than rounding
        const double* found = &eigen.vectors[order[k] * n];
        std::vector<double> axis(D);
        if (by_rows) {
            for (std::size_t i = 0; i < N; ++i) {
                for (std::size_t d = 0; d < D; ++d) axis[d] += found[i] * centred[i * D + d];
            }
            const double length = std::sqrt(std::inner_product(axis.begin(), axis.end(), axis.begin(), 0.0));
            for (double& x : axis) x /= length;
        } else {
            std::copy_n(found, D, axis.begin());
        }
        fix_sign(axis);
        std::copy(axis.begin(), axis.end(), made.axes.begin() + static_cast<std::ptrdiff_t>(k * D));
        made.variance[k] = static_cast<float>(variance);
        made.explained[k] = static_cast<float>(variance / total);
    }
    return made;
}

Result<std::vector<float>> project(const PrincipalComponents& components, MatrixView rows) {
    if (rows.columns != components.dimensions) {
        return Error{"length-mismatch",
                     "The rows have " + std::to_string(rows.columns) + " columns, the axes " +
                         std::to_string(components.dimensions) + ": project rows of the same width.",
                     ""};
    }
    const MatrixView axes{components.axes, components.count, components.dimensions};
    std::vector<float> points(rows.rows * components.count);
    std::vector<float> centred(rows.columns);
    for (std::size_t i = 0; i < rows.rows; ++i) {
        std::ranges::copy(rows.row(i), centred.begin());
        add_scaled(components.mean, -1.0f, centred);
        matvec(axes, centred, std::span(points).subspan(i * components.count, components.count));
    }
    return points;
}

}  // namespace lab
