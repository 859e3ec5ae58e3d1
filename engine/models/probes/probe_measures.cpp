#include "engine/models/probes/probe_measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/base/portable_math.h"
#include "engine/models/words/projection.h"

namespace lab {

namespace {

using Doubles = std::vector<double>;

double product(const Doubles& a, const Doubles& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

Doubles doubles(std::span<const float> values) { return {values.begin(), values.end()}; }

Doubles mean_of(MatrixView rows) {
    Doubles mean(rows.columns);
    for (std::size_t n = 0; n < rows.rows; ++n) {
        for (std::size_t i = 0; i < rows.columns; ++i) mean[i] += static_cast<double>(rows.at(n, i));
    }
    for (double& x : mean) x /= static_cast<double>(rows.rows);
    return mean;
}

Doubles centred(std::span<const float> row, const Doubles& mean) {
    Doubles made = doubles(row);
    for (std::size_t i = 0; i < made.size(); ++i) made[i] -= mean[i];
    return made;
}

/// y -= scale · x
void take_away(Doubles& y, const Doubles& x, double scale) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] -= scale * x[i];
}

/// Unit vectors at right angles that span the differences of the class vectors.
std::vector<Doubles> directions_of(const Layer& layer) {
    const Doubles mean = mean_of(layer.view());
    std::vector<Doubles> found;
    for (std::size_t k = 0; k < layer.outputs; ++k) {
        Doubles one = centred(layer.row(k), mean);
        const double before = std::sqrt(product(one, one));
        for (int time = 0; time < 2; ++time) {  // twice is enough (Giraud, Langou & Rozložník 2005)
            for (const Doubles& other : found) take_away(one, other, product(one, other));
        }
        const double length = std::sqrt(product(one, one));
        if (!(length > 1e-5 * before)) continue;  // made of the others; the last always is, of C − 1
        for (double& x : one) x /= length;
        found.push_back(std::move(one));
    }
    return found;
}

/// Sums of the unit vectors of each class, and what mean cosines follow from them: the cosines of all pairs of two sets
/// add up to the dot product of their sums.
struct UnitSums {
    std::vector<Doubles> sums;   // [C] of [D]
    std::vector<double> own;     // [C] the cosines of rows with themselves: 1 each, 0 for a row of zeros
    std::vector<double> counts;  // [C]

    UnitSums(std::size_t classes, std::size_t width) : sums(classes, Doubles(width)), own(classes), counts(classes) {}

    void add(std::size_t k, Doubles row) {
        counts[k] += 1;
        const double length = std::sqrt(product(row, row));
        if (!(length > 0)) return;
        own[k] += 1;
        take_away(sums[k], row, -1 / length);
    }
    [[nodiscard]] double within() const {
        double cosines = 0;
        double pairs = 0;
        for (std::size_t k = 0; k < sums.size(); ++k) {
            cosines += product(sums[k], sums[k]) - own[k];
            pairs += counts[k] * (counts[k] - 1);
        }
        return cosines / pairs;
    }
    [[nodiscard]] double between() const {
        double cosines = 0;
        double pairs = 0;
        for (std::size_t k = 0; k < sums.size(); ++k) {
            for (std::size_t other = 0; other < k; ++other) {
                cosines += product(sums[k], sums[other]);
                pairs += counts[k] * counts[other];
            }
        }
        return cosines / pairs;
    }
};

}  // namespace

ProbeShare variance_along(const Probe& probe, MatrixView rows) {
    const auto directions = directions_of(probe.layer);
    const Doubles mean = mean_of(rows);
    double along = 0;
    double total = 0;
    for (std::size_t n = 0; n < rows.rows; ++n) {
        const Doubles row = centred(rows.row(n), mean);
        total += product(row, row);
        for (const Doubles& direction : directions) along += product(row, direction) * product(row, direction);
    }
    return {total > 0 ? std::min(along / total, 1.0) : 0, directions.size()};
}

Result<Drift> drift(MatrixView rows, std::span<const std::uint32_t> labels, std::size_t classes) {
    std::vector<std::size_t> counts(classes);
    std::vector<float> chosen;
    for (std::size_t n = 0; n < rows.rows; ++n) {
        if (labels[n] == no_class) continue;
        if (labels[n] >= classes)
            return Error{"out-of-range", "Word " + std::to_string(n) + " is of a class that there is not.", ""};
        ++counts[labels[n]];
        const auto row = rows.row(n);
        chosen.insert(chosen.end(), row.begin(), row.end());
    }
    for (std::size_t k = 0; k < classes; ++k) {
        if (counts[k] >= 2) continue;
        return Error{"too-few",
                     "Class " + std::to_string(k) + " has fewer than two words: there is no pair to compare.",
                     std::to_string(k)};
    }
    const Doubles mean = mean_of({chosen, chosen.size() / rows.columns, rows.columns});
    UnitSums about_mean(classes, rows.columns);
    UnitSums raw(classes, rows.columns);
    for (std::size_t n = 0; n < rows.rows; ++n) {
        if (labels[n] == no_class) continue;
        about_mean.add(labels[n], centred(rows.row(n), mean));
        raw.add(labels[n], doubles(rows.row(n)));
    }
    return Drift{about_mean.within(), about_mean.between(), raw.within(), raw.between()};
}

Result<ProbePlane> probe_plane(MatrixView rows, std::span<const float> direction) {
    if (rows.rows < 2) return Error{"too-few", "A plane wants at least two words of the task.", ""};
    Doubles x_axis = doubles(direction);
    const double length = std::sqrt(product(x_axis, x_axis));
    if (!std::isfinite(length)) return Error{"not-finite", "The probe's direction is not finite.", ""};
    if (!(length > 0))
        return Error{"zero-vector", "The probe's two class vectors are the same: it has no direction.", ""};
    for (double& x : x_axis) x /= length;

    const Doubles mean = mean_of(rows);
    ProbePlane plane;
    std::vector<float> rest;  // [N, D] what is left beside the direction
    double total = 0;
    double along = 0;
    for (std::size_t n = 0; n < rows.rows; ++n) {
        Doubles row = centred(rows.row(n), mean);
        const double x = product(row, x_axis);
        total += product(row, row);
        along += x * x;
        take_away(row, x_axis, x);
        rest.insert(rest.end(), row.begin(), row.end());
        plane.points.insert(plane.points.end(), {static_cast<float>(x), 0.0f});
    }
    const auto components = principal_components({rest, rows.rows, rows.columns}, 1);
    if (!components.ok()) return components.error();
    const std::vector<float>& y_axis = components.value().axes;
    const auto heights = project(components.value(), {rest, rows.rows, rows.columns});
    if (!heights.ok()) return heights.error();
    for (std::size_t n = 0; n < rows.rows; ++n) plane.points[2 * n + 1] = heights.value()[n];
    plane.axes.assign(x_axis.begin(), x_axis.end());
    plane.axes.insert(plane.axes.end(), y_axis.begin(), y_axis.end());
    if (total > 0) {
        plane.explained[0] = static_cast<float>(along / total);
        const double share = static_cast<double>(components.value().explained[0]);
        plane.explained[1] = static_cast<float>(share * (total - along) / total);
    }
    return plane;
}

double luck(std::size_t n, std::size_t k, double p) {
    if (k == 0 || p >= 1) return 1;
    if (!(p > 0)) return 0;
    const double odds = portable_log(p) - portable_log(1 - p);
    double log_term = static_cast<double>(n) * portable_log(1 - p);  // of j = 0
    double tail = 0;
    for (std::size_t j = 0; j <= n; ++j) {
        if (j >= k) tail += portable_exp(log_term);
        if (j == n) break;
        log_term += portable_log(static_cast<double>(n - j) / static_cast<double>(j + 1)) + odds;
    }
    return std::min(tail, 1.0);
}

}  // namespace lab
