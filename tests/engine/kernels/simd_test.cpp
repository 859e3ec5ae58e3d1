#include "engine/kernels/simd.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "tests/engine/support/arrays.h"

using namespace lab::simd;
using lab::testing::infinity;
using lab::testing::not_a_number;

namespace {

std::array<float, 4> values(Float4 x) {
    std::array<float, 4> out{};
    store(out.data(), x);
    return out;
}

}  // namespace

TEST_CASE("load_first fills up with zeros, and store_first leaves the rest alone") {
    for (std::size_t count = 0; count <= 5; ++count) {
        const std::vector<float> from(count, 3.0f);  // of exactly this length, so that a read beyond it is seen
        std::array<float, 5> to{9, 9, 9, 9, 9};
        const Float4 x = load_first(from.data(), count);
        store_first(to.data(), Float4{1, 2, 3, 4}, count);
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK(values(x)[i] == (i < count ? 3.0f : 0.0f));
            CHECK(to[i] == (i < count ? static_cast<float>(i + 1) : 9.0f));
        }
        CHECK(to[4] == 9);
    }
}

TEST_CASE("max passes over NaN in its second operand and keeps NaN in its first") {
    CHECK(values(max(Float4{1, 2, -infinity, 0}, Float4{2, 1, not_a_number, not_a_number})) ==
          std::array<float, 4>{2, 2, -infinity, 0});
    CHECK(std::isnan(lane(max(splat(not_a_number), splat(1)), 3)));
}

TEST_CASE("comparisons, masks and any see each lane, and are false for NaN") {
    const Float4 one = splat(1);
    CHECK_FALSE(any(less(one, Float4{1, 0, not_a_number, -infinity})));
    for (int i = 0; i < 4; ++i) {
        Float4 x = one;
        x[i] = 2;
        CHECK(any(less(one, x)));
        CHECK(lane(select(less(one, x), splat(5), splat(6)), i) == 5);
        CHECK(sum_lanes(select(less(one, x), splat(5), splat(6))) == 23);
    }
}

TEST_CASE("sum_lanes adds in pairs") {
    // 2²⁴ swallows a single 1: only (2²⁴ + 1) + (1 + 1) gives this.
    CHECK(sum_lanes(Float4{0x1p24f, 1, 1, 1}) == 0x1p24f + 2);
    CHECK(sum_lanes(Float4{1, 1, 1, 0x1p24f}) == 0x1p24f + 2);
}

TEST_CASE("power_of_two is exact over its range") {
    for (int n = -126; n <= 127; ++n) {
        const Float4 power = power_of_two(splat(0x1.8p23f + static_cast<float>(n)));
        CHECK(lane(power, 0) == std::ldexp(1.0f, n));
    }
}

TEST_CASE("sixteen codes: signs move, and products are exact") {
    std::array<std::int8_t, 16> a{};
    std::array<std::int8_t, 16> b{};
    for (int i = 0; i < 16; ++i) {
        const auto at = static_cast<std::size_t>(i);
        a[at] = static_cast<std::int8_t>(i % 2 == 0 ? 127 - i : i - 127);
        b[at] = static_cast<std::int8_t>(i % 3 == 0 ? -127 : 100 + i);
    }
    int expected = 10;
    for (std::size_t i = 0; i < 16; ++i) expected += a[i] * b[i];
    const Code16 sign = negative(load(b.data()));
    const Int4 sum =
        multiply_add(negate_where(sign, load(a.data())), negate_where(sign, load(b.data())), Int4{1, 2, 3, 4});
    CHECK(sum_lanes(sum) == expected);
}

TEST_CASE("a square is turned on its side, lanes are chosen, and the largest lane fills all four") {
    Float4 rows[] = {{0, 1, 2, 3}, {10, 11, 12, 13}, {20, 21, 22, 23}, {30, 31, 32, 33}};
    transpose(rows);
    for (int r = 0; r < 4; ++r)
        for (int c = 0; c < 4; ++c) CHECK(lane(rows[r], c) == static_cast<float>(10 * c + r));
    CHECK(values(zero_where(less(Float4{1, 2, 3, not_a_number}, splat(2)), Float4{5, 6, 7, 8})) ==
          std::array<float, 4>{0, 6, 7, 8});
    for (int at = 0; at < 4; ++at) {
        Float4 x{-3, -3, -3, -3};
        x[at] = -1;
        CHECK(values(largest_lane(x)) == std::array<float, 4>{-1, -1, -1, -1});
    }
    CHECK(values(to_float(Int4{-1, 0, 7, 1 << 30})) == std::array<float, 4>{-1, 0, 7, 0x1p30f});
}
