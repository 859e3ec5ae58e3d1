#include "engine/models/networks/singular.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/insertion_sort.h"
#include "engine/kernels/kernels.h"
#include "engine/models/networks/determinant.h"

namespace lab {

namespace {

using Columns = std::vector<std::vector<double>>;

double inner(const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Turns columns p and q by the same angle: x cos − y sin, x sin + y cos.
void turn(std::vector<double>& p, std::vector<double>& q, double c, double s) {
    for (std::size_t k = 0; k < p.size(); ++k) {
        const double x = p[k];
        const double y = q[k];
        p[k] = c * x - s * y;
        q[k] = s * x + c * y;
    }
}

/// Turns the columns of a[M, N], M ≥ N, in pairs until all stand at right angles to each other. Returns what they were
/// turned by: v[N, N], whose column j makes a's column j out of the columns that came in.
Columns make_orthogonal(Columns& a) {
    const std::size_t n = a.size();
    Columns v(n, std::vector<double>(n, 0.0));
    double total = 0;
    for (std::size_t j = 0; j < n; ++j) {
        v[j][j] = 1;
        total += inner(a[j], a[j]);
    }
    const double nothing = 1e-30 * total;  // a square: a column this short is no more than rounding

    constexpr int most_sweeps = 60;  // about six do
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        bool turned = false;
        for (std::size_t p = 0; p + 1 < n; ++p) {
            for (std::size_t q = p + 1; q < n; ++q) {
                const double pp = inner(a[p], a[p]);
                const double qq = inner(a[q], a[q]);
                const double pq = inner(a[p], a[q]);
                if (pp <= nothing || qq <= nothing || std::abs(pq) <= 1e-15 * std::sqrt(pp) * std::sqrt(qq)) continue;
                turned = true;
                // The smaller of the two angles that make the product of the two columns vanish.
                const double ratio = (qq - pp) / (2 * pq);
                const double tangent = (ratio >= 0 ? 1 : -1) / (std::abs(ratio) + std::sqrt(1 + ratio * ratio));
                const double c = 1 / std::sqrt(1 + tangent * tangent);
                turn(a[p], a[q], c, tangent * c);
                turn(v[p], v[q], c, tangent * c);
            }
        }
        if (!turned) break;
    }
    return v;
}

/// A unit vector at right angles to all of `others`: what is left of the axis of which most is left.
std::vector<double> orthogonal_to(const Columns& others, std::size_t size) {
    std::vector<double> best;
    double most = -1;
    for (std::size_t axis = 0; axis < size; ++axis) {
        std::vector<double> rest(size, 0.0);
        rest[axis] = 1;
        for (int again = 0; again < 2; ++again) {  // twice is enough (Parlett 1998, §6.9)
            for (const auto& other : others) {
                const double share = inner(rest, other);
                for (std::size_t k = 0; k < size; ++k) rest[k] -= share * other[k];
            }
        }
        const double length = std::sqrt(inner(rest, rest));
        if (length <= most) continue;
        most = length;
        for (double& x : rest) x /= length;
        best = std::move(rest);
    }
    return best;
}

/// What was found, in double: value, the vector on the matrix's long side, the one on its short side.
struct Triple {
    double value = 0;
    std::vector<double> long_side;
    std::vector<double> short_side;
};

/// columns[short] of the long side each, by falling value.
std::vector<Triple> decompose(Columns columns) {
    Columns turned = make_orthogonal(columns);
    std::vector<Triple> found(columns.size());
    for (std::size_t j = 0; j < columns.size(); ++j) {
        found[j] = {std::sqrt(inner(columns[j], columns[j])), std::move(columns[j]), std::move(turned[j])};
    }
    insertion_sort(found, [](const auto& x, const auto& y) { return x.value > y.value; });
    Columns units;
    for (Triple& one : found) {
        if (one.value > 1e-14 * found[0].value) {
            for (double& x : one.long_side) x /= one.value;
        } else {
            one.long_side = orthogonal_to(units, one.long_side.size());
        }
        units.push_back(one.long_side);
    }
    return found;
}

void negate(std::span<float> values) {
    for (float& x : values) x = -x;
}

/// The entry of largest size, negative or not.
float largest(std::span<const float> values) {
    return *std::max_element(values.begin(), values.end(), [](float x, float y) { return std::abs(x) < std::abs(y); });
}

std::vector<float> as_floats(const std::vector<double>& values) {
    std::vector<float> made(values.size());
    std::transform(values.begin(), values.end(), made.begin(), [](double x) { return static_cast<float>(x); });
    return made;
}

std::optional<float> determinant(MatrixView m) {
    if (m.rows != m.columns) return std::nullopt;
    std::vector<std::size_t> all(m.columns);
    std::iota(all.begin(), all.end(), std::size_t{0});
    const float value = m.rows <= most_cofactor_rows ? minor(m, all) : static_cast<float>(reference::minor(m, all));
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace

Result<Singular> singular(MatrixView m) {
    if (m.rows == 0 || m.columns == 0) {
        return Error{"empty-input", "Singular values need a matrix with at least one row and one column.", ""};
    }
    for (std::size_t r = 0; r < m.rows; ++r) {
        for (std::size_t c = 0; c < m.columns; ++c) {
            if (std::isfinite(m.at(r, c))) continue;
            return Error{"not-finite",
                         "Row " + std::to_string(r) + ", column " + std::to_string(c) +
                             " of the matrix is NaN or infinite: give finite numbers only.",
                         ""};
        }
    }

    const bool tall = m.rows >= m.columns;
    Columns columns(tall ? m.columns : m.rows, std::vector<double>(tall ? m.rows : m.columns));
    for (std::size_t r = 0; r < m.rows; ++r) {
        for (std::size_t c = 0; c < m.columns; ++c) (tall ? columns[c][r] : columns[r][c]) = m.at(r, c);
    }

    struct Row {
        float value;
        std::vector<float> left, right, image;
    };
    std::vector<Row> rows;
    for (const Triple& one : decompose(std::move(columns))) {
        Row row{0, as_floats(tall ? one.long_side : one.short_side), as_floats(tall ? one.short_side : one.long_side),
                std::vector<float>(m.rows)};
        if (largest(row.right) < 0) {
            negate(row.right);
            negate(row.left);
        }
        matvec(m, row.right, row.image);
        row.value = dot(row.left, row.image);
        if (!std::isfinite(row.value)) {
            return Error{"out-of-range",
                         "The matrix stretches beyond the range of 32-bit floats (about 3·10³⁸): give smaller numbers.",
                         ""};
        }
        if (row.value < 0) {  // a value of 0, but for rounding
            row.value = -row.value;
            negate(row.left);
        }
        rows.push_back(std::move(row));
    }
    insertion_sort(rows, [](const Row& x, const Row& y) { return x.value > y.value; });

    Singular made;
    made.rows = m.rows;
    made.columns = m.columns;
    for (const Row& row : rows) {
        made.values.push_back(row.value);
        made.left.insert(made.left.end(), row.left.begin(), row.left.end());
        made.right.insert(made.right.end(), row.right.begin(), row.right.end());
        made.image.insert(made.image.end(), row.image.begin(), row.image.end());
    }
    made.determinant = determinant(m);
    return made;
}

}  // namespace lab
