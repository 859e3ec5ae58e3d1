#include "engine/models/search/top_rows.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

TEST_CASE("each query gets the rows that a search of its own gives, around the edges of tiles and blocks") {
    for (const std::size_t columns : {1, 7, 64, 300})
        for (const std::size_t rows : {1, 5, 1023, 1024, 1025, 2500})
            for (const std::size_t queries : {1, 3, 16, 17}) {
                std::vector<float> table(rows * columns);
                std::vector<float> asked(queries * columns);
                Random random(rows + 31 * queries);
                random.fill_normal(table);
                random.fill_normal(asked);
                const MatrixView m{table, rows, columns};
                const MatrixView x{asked, queries, columns};
                const std::size_t k = std::min<std::size_t>(rows, 10);
                std::vector<float> workspace(top_rows_workspace(rows, columns, queries));
                std::vector<Hit> hits(queries * k);
                REQUIRE(top_rows(m, x, workspace, k, hits));
                for (std::size_t q = 0; q < queries; ++q) {
                    std::vector<double> scores(rows);
                    reference::matvec(m, x.row(q), scores);
                    INFO(rows << " × " << columns << ", query " << q << " of " << queries);
                    std::vector<bool> seen(rows);
                    double worst = 0;
                    for (std::size_t i = 0; i < k; ++i) {
                        const Hit& hit = hits[q * k + i];
                        REQUIRE(hit.index < rows);
                        const double bound =
                            matmul_error_bound(columns, reference::sum_of_magnitudes(m.row(hit.index), x.row(q)));
                        CHECK(std::abs(static_cast<double>(hit.score) - scores[hit.index]) <= bound);
                        if (i > 0) CHECK(hits[q * k + i - 1].score >= hit.score);
                        CHECK(!seen[hit.index]);
                        seen[hit.index] = true;
                        worst = static_cast<double>(hit.score);
                    }
                    for (std::size_t r = 0; r < rows; ++r) {
                        const double bound =
                            2 * matmul_error_bound(columns, reference::sum_of_magnitudes(m.row(r), x.row(q)));
                        if (!seen[r]) CHECK(scores[r] <= worst + bound);
                    }
                }
            }
}

TEST_CASE("equal scores go to the lower row") {
    const std::vector<float> table{1, 2, 2, 1, 2};
    const std::vector<float> asked{1, -1};
    std::vector<float> workspace(top_rows_workspace(5, 1, 2));
    std::vector<Hit> hits(6);
    REQUIRE(top_rows({table, 5, 1}, {asked, 2, 1}, workspace, 3, hits));
    const std::vector<std::uint32_t> right{1, 2, 4, 0, 3, 1};
    for (std::size_t i = 0; i < 6; ++i) CHECK(hits[i].index == right[i]);
}

TEST_CASE("scores that are not finite are noticed, and finite ones whose squares overflow are not taken for such") {
    const float infinity = std::numeric_limits<float>::infinity();
    std::vector<float> workspace(top_rows_workspace(2, 1, 1));
    std::vector<Hit> hits(1);
    const std::vector<float> one{1};
    const auto search = [&](float a, float b) {
        const std::vector<float> table{a, b};
        return top_rows({table, 2, 1}, {one, 1, 1}, workspace, 1, hits);
    };
    CHECK(!search(infinity, 1));
    CHECK(!search(1, std::numeric_limits<float>::quiet_NaN()));
    CHECK(search(3e30f, -3e30f));
}
