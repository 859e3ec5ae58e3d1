#include "engine/models/words/projection.h"

#include <limits>
#include <numeric>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

float along(const PrincipalComponents& p, std::size_t i, std::size_t j) {
    return dot(std::span(p.axes).subspan(i * p.dimensions, p.dimensions),
               std::span(p.axes).subspan(j * p.dimensions, p.dimensions));
}

}  // namespace

TEST_CASE("points on a line have one component, and its sign is fixed") {
    const std::vector<float> rows{0, 0, 3, -4, 6, -8};
    const auto p = principal_components({rows, 3, 2}, 2).value();
    CHECK(std::abs(p.axes[0] + 0.6f) < 1e-6f);
    CHECK(std::abs(p.axes[1] - 0.8f) < 1e-6f);  // the larger entry is positive
    CHECK(p.axes[2] == 0);
    CHECK(p.axes[3] == 0);
    CHECK(std::abs(p.explained[0] - 1) < 1e-6f);
    CHECK(p.explained[1] == 0);
    CHECK(std::abs(p.variance[0] - 50.0f / 3) < 1e-5f);
    const auto points = project(p, {rows, 3, 2}).value();
    CHECK(std::abs(points[0] - 5) < 1e-5f);
    CHECK(std::abs(points[2]) < 1e-5f);
    CHECK(std::abs(points[4] + 5) < 1e-5f);
}

TEST_CASE("axes are unit vectors at right angles; the variance is that of the projected points and falls") {
    Random random(23);
    for (const auto& [N, D] : {std::pair<std::size_t, std::size_t>{5, 40}, {40, 5}, {12, 12}, {2, 100}, {200, 30}}) {
        auto rows = random_vector(random, N * D);
        for (std::size_t i = 0; i < N; ++i) {
            for (std::size_t d = 0; d < D; ++d) rows[i * D + d] = rows[i * D + d] / static_cast<float>(1 + d) + 3;
        }
        const std::size_t rank = std::min(N - 1, D);
        const std::size_t count = std::min<std::size_t>(rank, 4);
        const auto p = principal_components({rows, N, D}, count).value();
        const auto points = project(p, {rows, N, D}).value();
        INFO(N << " × " << D);
        for (std::size_t k = 0; k < count; ++k) {
            CHECK(std::abs(along(p, k, k) - 1) < 1e-5f);
            for (std::size_t j = 0; j < k; ++j) CHECK(std::abs(along(p, k, j)) < 1e-5f);
            double square = 0;
            for (std::size_t i = 0; i < N; ++i)
                square += static_cast<double>(points[i * count + k]) * points[i * count + k] / static_cast<double>(N);
            CHECK(std::abs(square - p.variance[k]) < 1e-4 * p.variance[0]);
            if (k > 0) CHECK(p.variance[k] <= p.variance[k - 1]);
        }
        // No direction has more variance than the first.
        for (int trial = 0; trial < 20; ++trial) {
            auto axis = random_vector(random, D);
            normalize(axis, axis);
            double sum = 0;
            double square = 0;
            for (std::size_t i = 0; i < N; ++i) {
                const double x = dot(axis, std::span(rows).subspan(i * D, D));
                sum += x / static_cast<double>(N);
                square += x * x / static_cast<double>(N);
            }
            CHECK(square - sum * sum <= p.variance[0] * (1 + 1e-4));
        }
    }
}

TEST_CASE("all components together explain everything") {
    Random random(29);
    const auto rows = random_vector(random, 60 * 7);
    const auto p = principal_components({rows, 60, 7}, 7).value();
    CHECK(std::abs(std::accumulate(p.explained.begin(), p.explained.end(), 0.0f) - 1) < 1e-5f);
}

TEST_CASE("where nothing varies, axes are zero") {
    const std::vector<float> rows{0.1f, 0.7f, 0.3f, 0.1f, 0.7f, 0.3f, 0.1f, 0.7f, 0.3f};
    for (const std::size_t N : {1, 2, 3}) {
        const auto p = principal_components({std::span(rows).first(3 * N), N, 3}, 2).value();
        CHECK(p.axes == std::vector<float>(6, 0.0f));
        CHECK(p.explained == std::vector<float>{0, 0});
    }
}

TEST_CASE("what cannot be projected is refused in words") {
    std::vector<float> rows{1, 2, 3, 4};
    CHECK(principal_components({rows, 0, 2}, 1).error().code == "empty-input");
    CHECK(principal_components({rows, 2, 2}, 0).error().code == "bad-count");
    CHECK(principal_components({rows, 2, 2}, 3).error().code == "bad-count");
    const auto p = principal_components({rows, 2, 2}, 1).value();
    CHECK(project(p, {rows, 1, 4}).error().code == "length-mismatch");
    rows[2] = std::numeric_limits<float>::infinity();
    CHECK(principal_components({rows, 2, 2}, 1).error().code == "not-finite");
}
