#include "engine/kernels/scan.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

namespace {

/// Rows of codes with their tails, as scan_bounds reads them.
struct Table {
    Table(std::size_t rows, std::size_t width) : columns(width), bytes(rows * scan_row_bytes(width)), tails(rows) {}
    std::int8_t& code(std::size_t r, std::size_t c) { return bytes[r * scan_row_bytes(columns) + c]; }
    /// What is known of a row, once all its codes stand.
    void finish(std::size_t r, float scale, float length, float remainder) {
        std::int32_t sum = 0;
        for (std::size_t c = 0; c < columns; ++c) sum += code(r, c);
        tails[r] = {sum, scale, length, remainder};
        std::memcpy(&code(r, scan_stride(columns)), &tails[r], sizeof(ScanTail));
    }
    std::int64_t score(std::size_t r, const std::vector<int>& query) {
        std::int64_t sum = 0;
        for (std::size_t c = 0; c < columns; ++c) sum += std::int64_t{code(r, c)} * query[c];
        return sum;
    }

    std::size_t columns;
    std::vector<std::int8_t> bytes;
    std::vector<ScanTail> tails;
};

}  // namespace

TEST_CASE("a scan bounds each row around its exact sum, at every length around a step, wherever its lines begin") {
    Random random(7);
    for (const std::size_t columns : {1, 2, 15, 16, 17, 31, 32, 33, 100, 300}) {
        REQUIRE(scan_stride(columns) % 16 == 0);
        REQUIRE(scan_stride(columns) >= columns);
        constexpr std::size_t rows = 13;
        Table table(rows, columns);
        for (std::size_t r = 0; r < rows; ++r) {
            // The extremes in some rows: that is where a sum would overflow first.
            for (std::size_t c = 0; c < columns; ++c)
                table.code(r, c) = static_cast<std::int8_t>(r % 3 == 0 ? (c % 2 == 0 ? 127 : -127)
                                                                       : static_cast<int>(random.below(255)) - 127);
            const auto size = static_cast<float>(r + 1);
            table.finish(r, 0.5f / size, 3 * size, 2.0f);
        }
        std::vector<float> query(columns);
        random.fill_normal(query);
        std::vector<std::int16_t> codes(scan_stride(columns));
        encode_query(query, codes);
        std::vector<int> plain(columns);
        reference::query_codes(codes, plain);
        const auto expect = [&](std::size_t first, std::size_t count, std::size_t apart) {
            std::vector<float> lower(scan_lines * count);
            std::vector<float> upper(scan_lines * count);
            scan_bounds(table.bytes.data(), first, count, apart, codes, {0.25f, 8.0f, 16.0f}, lower, upper);
            for (std::size_t i = 0; i < count; ++i)
                for (std::size_t line = 0; line < scan_lines; ++line) {
                    const std::size_t r = first + i + line * apart;
                    const ScanTail& tail = table.tails[r];
                    const float middle = static_cast<float>(table.score(r, plain)) * (tail.scale * 0.25f);
                    const float reach = tail.remainder * 8.0f + tail.length * 16.0f;
                    INFO(columns << " columns, row " << r);
                    CHECK(lower[scan_lines * i + line] == middle - reach);
                    CHECK(upper[scan_lines * i + line] == middle + reach);
                }
        };
        expect(0, 3, 3);
        expect(1, 2, 3);
        expect(12, 1, 0);
        expect(0, 0, 3);
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
    Table table(1, n);
    for (std::size_t c = 0; c < n; ++c) table.code(0, c) = 127;
    table.finish(0, 1, 0, 0);
    std::vector<float> lower(scan_lines);
    std::vector<float> upper(scan_lines);
    scan_bounds(table.bytes.data(), 0, 1, 0, codes, {1, 0, 0}, lower, upper);
    CHECK(lower[0] == static_cast<float>(table.score(0, plain)));
    CHECK(plain[0] > 0);
}

TEST_CASE("what is not below a bar is found, NaN too, in and after the steps that are passed over together") {
    std::vector<float> values(39, -1.0f);
    for (const std::size_t i : {0, 17, 31, 36}) values[i] = 1;
    values[38] = std::numeric_limits<float>::quiet_NaN();
    std::vector<std::uint32_t> places(values.size());
    const std::size_t count = not_below(values, 1, places);
    CHECK(std::vector(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count)) ==
          std::vector<std::uint32_t>{0, 17, 31, 36, 38});
    CHECK(not_below(values, -1, places) == values.size());
}
