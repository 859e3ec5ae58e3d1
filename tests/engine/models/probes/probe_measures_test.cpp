#include "engine/models/probes/probe_measures.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "tests/engine/models/probes/probe_case.h"

using namespace lab;
using namespace lab::testing;

namespace {

Probe probe_of(std::vector<std::vector<float>> rows) {
    Probe probe{zero_layer(rows[0].size(), rows.size()), {}};
    for (std::size_t k = 0; k < rows.size(); ++k) {
        std::ranges::copy(rows[k], probe.layer.weights.begin() + static_cast<std::ptrdiff_t>(k * rows[0].size()));
        probe.classes.push_back(std::to_string(k));
    }
    return probe;
}

double near(double a, double b) { return std::abs(a - b); }

std::vector<float> normal_rows(std::size_t count, std::uint64_t seed) {
    std::vector<float> rows(count);
    Random random(seed);
    random.fill_normal(rows);
    return rows;
}

}  // namespace

TEST_CASE("variance along a probe's directions is the share of the axes that they span") {
    // Standard normal numbers in 8 dimensions, the first three times as wide: variances 9, 1, 1 …
    const std::size_t N = 4000;
    auto rows = normal_rows(N * 8, 1);
    for (std::size_t n = 0; n < N; ++n) rows[n * 8] = 3 * rows[n * 8] + 100;  // wherever they lie
    const MatrixView view{rows, N, 8};
    const auto first = variance_along(probe_of({{-1, 0, 0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0, 0, 0}}), view);
    CHECK(first.directions == 1);
    CHECK(near(first.share, 9.0 / 16) < 0.02);
    const auto other = variance_along(probe_of({{0, 0, 2, 0, 0, 0, 0, 0}, {0, 0, 5, 0, 0, 0, 0, 0}}), view);
    CHECK(near(other.share, 1.0 / 16) < 0.01);
    // Three classes span two directions; a common part of all class vectors is none.
    const auto two = variance_along(
        probe_of({{7, 1, 0, 0, 0, 0, 0, 0}, {7, 0, 1, 0, 0, 0, 0, 0}, {7, -1, -1, 0, 0, 0, 0, 0}}), view);
    CHECK(two.directions == 2);
    CHECK(near(two.share, 2.0 / 16) < 0.01);
    // As many classes as there are dimensions and one: everything.
    std::vector<std::vector<float>> all;
    for (std::uint64_t k = 0; k < 9; ++k) all.push_back(normal_rows(8, 100 + k));
    const auto whole = variance_along(probe_of(all), view);
    CHECK(whole.directions == 8);
    CHECK(near(whole.share, 1) < 1e-9);
    CHECK(variance_along(probe_of({{1, 2}, {1, 2}}), {std::span(rows).first(20), 10, 2}).directions == 0);
    const std::vector<float> one_point(20, 4.0f);
    CHECK(variance_along(probe_of({{0, 0}, {1, 0}}), {one_point, 10, 2}).share == 0);
}

TEST_CASE("drift is the mean over all pairs, as a loop over the pairs has it") {
    const std::size_t N = 23;
    const std::size_t D = 5;
    auto rows = normal_rows(N * D, 4);
    std::vector<std::uint32_t> labels;
    for (std::size_t n = 0; n < N; ++n) {
        labels.push_back(n % 6 == 5 ? no_class : static_cast<std::uint32_t>(n % 3));
        rows[n * D] += labels[n] == 1 ? 6.0f : 3.0f;
    }
    const Drift found = drift({rows, N, D}, labels, 3).value();

    std::vector<double> mean(D);
    double words = 0;
    for (std::size_t n = 0; n < N; ++n) {
        if (labels[n] == no_class) continue;
        words += 1;
        for (std::size_t i = 0; i < D; ++i) mean[i] += static_cast<double>(rows[n * D + i]);
    }
    const auto by_pairs = [&](bool about_mean, bool same) {
        double sum = 0;
        double pairs = 0;
        for (std::size_t a = 0; a < N; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                if (labels[a] == no_class || labels[b] == no_class || (labels[a] == labels[b]) != same) continue;
                double ab = 0;
                double aa = 0;
                double bb = 0;
                for (std::size_t i = 0; i < D; ++i) {
                    const double m = about_mean ? mean[i] / words : 0;
                    const double x = static_cast<double>(rows[a * D + i]) - m;
                    const double y = static_cast<double>(rows[b * D + i]) - m;
                    ab += x * y;
                    aa += x * x;
                    bb += y * y;
                }
                sum += ab / std::sqrt(aa * bb);
                pairs += 1;
            }
        }
        return sum / pairs;
    };
    CHECK(near(found.within, by_pairs(true, true)) < 1e-9);
    CHECK(near(found.between, by_pairs(true, false)) < 1e-9);
    CHECK(near(found.raw_within, by_pairs(false, true)) < 1e-9);
    CHECK(near(found.raw_between, by_pairs(false, false)) < 1e-9);
    CHECK(found.within > found.between);
}

TEST_CASE("drift refuses a class of one word, and takes a state of zeros") {
    const auto rows = normal_rows(12, 2);
    const std::vector<std::uint32_t> lone{0, 0, 0, 1};
    CHECK(drift({rows, 4, 3}, lone, 2).error().code == "too-few");
    CHECK(drift({rows, 4, 3}, lone, 2).error().detail == "1");
    const std::vector<std::uint32_t> beyond{0, 0, 2, 2};
    CHECK(drift({rows, 4, 3}, beyond, 2).error().code == "out-of-range");
    const std::vector<float> zeros(12, 0.0f);
    const std::vector<std::uint32_t> pairs{0, 0, 1, 1};
    const Drift none = drift({zeros, 4, 3}, pairs, 2).value();
    CHECK(none.within == 0);
    CHECK(none.raw_between == 0);
}

TEST_CASE("a plane has the probe's direction across, and the widest of the rest upward") {
    const std::size_t N = 300;
    auto rows = normal_rows(N * 6, 9);
    for (std::size_t n = 0; n < N; ++n) {
        rows[n * 6 + 2] *= 5;  // the widest of the rest
        rows[n * 6 + 4] *= 2;  // the direction
    }
    const std::vector<float> direction{0, 0, 0, 0, -3, 0};
    const MatrixView view{rows, N, 6};
    const ProbePlane plane = probe_plane(view, direction).value();
    REQUIRE(plane.points.size() == 2 * N);
    CHECK(plane.axes[4] == -1.0f);
    CHECK(std::abs(plane.axes[6 + 2]) > 0.99f);
    CHECK(std::abs(dot(std::span(plane.axes).first(6), std::span(plane.axes).subspan(6))) < 1e-5f);
    CHECK(near(static_cast<double>(plane.explained[0]), 4.0 / 33) < 0.03);
    CHECK(near(static_cast<double>(plane.explained[1]), 25.0 / 33) < 0.06);
    double mean_x = 0;
    for (std::size_t n = 0; n < N; ++n) mean_x += static_cast<double>(rows[n * 6 + 4]) / static_cast<double>(N);
    for (std::size_t n = 0; n < N; n += 37)
        CHECK(near(static_cast<double>(plane.points[2 * n]), mean_x - static_cast<double>(rows[n * 6 + 4])) < 1e-4);
    const std::vector<float> zero(6, 0.0f);
    CHECK(probe_plane(view, zero).error().code == "zero-vector");
    CHECK(probe_plane({rows, 1, 6}, direction).error().code == "too-few");
    std::vector<float> bad = direction;
    bad[0] = std::numeric_limits<float>::infinity();
    CHECK(probe_plane(view, bad).error().code == "not-finite");
}

TEST_CASE("luck is the upper tail of the binomial distribution") {
    CHECK(near(luck(2, 2, 0.5), 0.25) < 1e-12);
    CHECK(near(luck(10, 8, 0.5), 56.0 / 1024) < 1e-12);
    CHECK(luck(10, 0, 0.3) == 1);
    CHECK(luck(10, 3, 0) == 0);
    CHECK(luck(10, 3, 1) == 1);
    CHECK(near(luck(200, 100, 0.5), 0.5281742) < 1e-6);
    CHECK(luck(200, 199, 0.99) < 0.41);  // the term of 0 right underflows a double by itself
    CHECK(luck(200, 199, 0.99) > 0.40);
}
