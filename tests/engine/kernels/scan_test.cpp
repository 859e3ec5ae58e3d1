#include "engine/kernels/scan.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

TEST_CASE(
    "a scan gives each row's exact sum, at every length around a step and for every number of rows around a tile") {
    Random random(7);
    for (const std::size_t columns : {1, 2, 15, 16, 17, 31, 32, 33, 100, 300}) {
        for (const std::size_t rows : {0, 1, 3, 4, 5, 8, 9}) {
            const std::size_t stride = scan_stride(columns);
            REQUIRE(stride % 16 == 0);
            REQUIRE(stride >= columns);
            std::vector<std::int8_t> table(rows * stride);
            std::vector<std::int32_t> sums(rows);
            for (std::size_t r = 0; r < rows; ++r) {
                for (std::size_t c = 0; c < columns; ++c) {
                    // The extremes in some rows: that is where a sum would overflow first.
                    const int code = r % 3 == 0 ? (c % 2 == 0 ? 127 : -127) : static_cast<int>(random.below(255)) - 127;
                    table[r * stride + c] = static_cast<std::int8_t>(code);
                    sums[r] += code;
                }
            }
            std::vector<float> query(columns);
            random.fill_normal(query);
            std::vector<std::int16_t> codes(stride);
            encode_query(query, codes);
            std::vector<int> plain(columns);
            reference::query_codes(codes, plain);
            std::vector<std::int32_t> out(rows);
            scan_int8(table, sums, codes, out);
            for (std::size_t r = 0; r < rows; ++r) {
                std::int64_t expected = 0;
                for (std::size_t c = 0; c < columns; ++c) expected += std::int64_t{table[r * stride + c]} * plain[c];
                INFO(columns << " columns, row " << r << " of " << rows);
                CHECK(out[r] == expected);
            }
        }
    }
}

TEST_CASE("a query is its scale times its codes, and what that loses is no more than is said") {
    Random random(8);
    for (const std::size_t n : {1, 5, 16, 40, 300, 4096}) {
        std::vector<float> query(n);
        random.fill_normal(query);
        std::vector<std::int16_t> codes(scan_stride(n));
        const ScanQuery coded = encode_query(query, codes);
        std::vector<int> plain(n);
        reference::query_codes(codes, plain);
        double squares = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double lost = static_cast<double>(query[i]) - static_cast<double>(coded.scale) * plain[i];
            CHECK(std::abs(lost) <= 0.5001 * static_cast<double>(coded.scale));
            squares += lost * lost;
        }
        CHECK(std::abs(std::sqrt(squares) - coded.residual) <= 1e-12 * (1 + coded.residual));
    }
    std::vector<std::int16_t> codes(16);
    CHECK(encode_query(std::vector<float>(9, 0.0f), codes).scale == 0.0f);
}

TEST_CASE("the longest row of the largest codes does not overflow") {
    constexpr std::size_t n = 130'000;
    const std::vector<float> query(n, 1.0f);
    std::vector<std::int16_t> codes(scan_stride(n));
    encode_query(query, codes);
    std::vector<int> plain(n);
    reference::query_codes(codes, plain);
    std::vector<std::int8_t> table(scan_stride(n));
    std::fill_n(table.begin(), n, std::int8_t{127});
    const std::vector<std::int32_t> sums{127 * static_cast<std::int32_t>(n)};
    std::vector<std::int32_t> out(1);
    scan_int8(table, sums, codes, out);
    CHECK(out[0] == std::int64_t{127} * plain[0] * static_cast<std::int64_t>(n));
    CHECK(plain[0] > 0);
}
