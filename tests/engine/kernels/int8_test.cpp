#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("dot_int8 gives the exact integer") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(seed, n, shift);
                const Codes a = random_codes(n, seed, 127, shift);
                const Codes b = random_codes(n, seed + 1, 127, (shift + 1) % 4);
                CHECK(dot_int8(a.view(), b.view()) == reference::dot_int8(a.view(), b.view()));
                CHECK(dot_int8(b.view(), a.view()) == dot_int8(a.view(), b.view()));
            }
}

TEST_CASE("dot_int8 is exact at the extremes, where 16-bit sums would saturate, up to the documented length") {
    for (const std::size_t n : {std::size_t{16}, std::size_t{1000}, std::size_t{133000}})
        for (const int sign : {1, -1}) {
            const std::vector<std::int8_t> a(n, 127);
            const std::vector<std::int8_t> b(n, static_cast<std::int8_t>(127 * sign));
            CHECK(dot_int8(a, b) == static_cast<std::int64_t>(n) * 127 * 127 * sign);
            CHECK(dot_int8(b, a) == static_cast<std::int64_t>(n) * 127 * 127 * sign);
            CHECK(dot_int8(b, b) == static_cast<std::int64_t>(n) * 127 * 127);
        }
    for (int x = -127; x <= 127; ++x)
        for (int y = -127; y <= 127; ++y) {
            const std::vector<std::int8_t> a(17, static_cast<std::int8_t>(x));
            const std::vector<std::int8_t> b(17, static_cast<std::int8_t>(y));
            if (dot_int8(a, b) != 17 * x * y) FAIL("17 · " << x << " · " << y << " gave " << dot_int8(a, b));
        }
}

TEST_CASE("quantize rounds to the nearest code of max|a| / levels") {
    const std::array<float, 5> a{1, -0.5f, 0.25f, 0, -1};
    std::array<std::int8_t, 5> codes{};
    CHECK(quantize(a, 100, codes) == 0.01f);
    CHECK(codes == std::array<std::int8_t, 5>{100, -50, 25, 0, -100});
    CHECK(quantize(std::array<float, 5>{4, 2.5f, -2.5f, 0.49f, -0.5f}, 4, codes) == 1);  // halves go away from zero
    CHECK(codes == std::array<std::int8_t, 5>{4, 3, -3, 0, -1});

    for (const int levels : {1, 63, 127})
        for (const std::uint64_t seed : seeds)
            for (const std::size_t n : edge_lengths) {
                if (n == 0) continue;
                const Floats x = normals(n, seed, n % 4);
                Codes out(n, 1, 8);
                const float scale = quantize(x.view(), levels, out.span());
                REQUIRE(out.guards_stand());
                float largest = 0;
                for (std::size_t i = 0; i < n; ++i) {
                    largest = std::max(largest, std::abs(x.view()[i]));
                    CHECK(std::abs(int{out[i]}) <= levels);
                    const double stands_for = static_cast<double>(scale) * out[i];
                    CHECK(std::abs(stands_for - static_cast<double>(x.view()[i])) <=
                          static_cast<double>(scale) * 0.50001);
                }
                CHECK(scale == largest / static_cast<float>(levels));
            }
}

TEST_CASE("quantize of zeros, of what is not finite, and of denormals") {
    Codes out(3, 0, 8);
    for (const float x : {0.0f, -0.0f, not_a_number, infinity, -infinity})
        for (std::size_t at = 0; at < 3; ++at) {
            Floats a(3);
            for (float& value : a.span()) value = x == 0 ? 0.0f : 1.0f;
            a[at] = x;
            for (std::int8_t& code : out.span()) code = 5;
            CHECK(quantize(a.view(), 127, out.span()) == 0);
            for (const std::int8_t code : out.view()) CHECK(code == 0);
        }
    CHECK(quantize({}, 127, {}) == 0);
    for (int units = 1; units < 1000; ++units) {  // a scale that is itself rounded coarsely: codes stay in their range
        const std::array<float, 3> a{static_cast<float>(units) * smallest_denormal,
                                     -static_cast<float>(units) * smallest_denormal, 0};
        quantize(a, 100, out.span());
        CHECK(std::abs(int{out[0]}) <= 100);
        CHECK(out[1] == -out[0]);
    }
    CHECK(out.guards_stand());
}

TEST_CASE("matvec_int8 is the exact integer times both scales") {
    for (const std::size_t rows :
         {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{4}, std::size_t{5}, std::size_t{9}})
        for (const std::size_t columns : edge_lengths) {
            CAPTURE(rows, columns);
            const Codes codes = random_codes(rows * columns, 71, 127, 1);
            const Codes query = random_codes(columns, 72);
            const Floats scales = normals(rows, 73);
            const float query_scale = 0.013f;
            Floats out = output(rows, 1);
            std::vector<double> exact(rows);
            matvec_int8(codes.view(), scales.view(), query.view(), query_scale, out.span());
            reference::matvec_int8(codes.view(), scales.view(), query.view(), query_scale, exact);
            REQUIRE(out.guards_stand());
            for (std::size_t r = 0; r < rows; ++r) {
                CHECK(std::abs(static_cast<double>(out[r]) - exact[r]) <= 3.001 * 0x1p-24 * std::abs(exact[r]));
                const auto sum = dot_int8(codes.view().subspan(r * columns, columns), query.view());
                CHECK(out[r] == static_cast<float>(sum) * scales.view()[r] * query_scale);
            }
        }
}

TEST_CASE("quantized dot products stay within what the quantization explains") {
    const std::size_t n = 300;
    for (const std::uint64_t seed : seeds) {
        const Floats a = normals(n, seed, 0, 0);
        const Floats b = normals(n, seed + 1, 0, 0);
        std::vector<std::int8_t> a_codes(n);
        std::vector<std::int8_t> b_codes(n);
        const double a_scale = static_cast<double>(quantize(a.view(), 127, a_codes));
        const double b_scale = static_cast<double>(quantize(b.view(), 127, b_codes));
        const double approximate = dot_int8(a_codes, b_codes) * a_scale * b_scale;
        double bound = 0;  // Σ |a|·½b_scale + |b|·½a_scale + ¼a_scale·b_scale
        for (std::size_t i = 0; i < n; ++i)
            bound += static_cast<double>(std::abs(a.view()[i])) * b_scale / 2 +
                     static_cast<double>(std::abs(b.view()[i])) * a_scale / 2 + a_scale * b_scale / 4;
        CHECK(std::abs(approximate - reference::dot(a.view(), b.view())) <= bound * 1.0001);
    }
}
