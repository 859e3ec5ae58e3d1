#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

void check_dot(std::span<const float> a, std::span<const float> b) {
    const double bound = dot_error_bound(a.size(), reference::sum_of_magnitudes(a, b));
    CHECK(std::abs(static_cast<double>(dot(a, b)) - reference::dot(a, b)) <= bound);
}

}  // namespace

TEST_CASE("dot of small whole numbers is exact") {
    const std::array<float, 3> a{1, 2, 3};
    const std::array<float, 3> b{4, 5, 6};
    CHECK(dot(a, b) == 32);
    CHECK(dot({}, {}) == 0);
    CHECK_FALSE(std::signbit(dot({}, {})));
    for (const std::size_t n : edge_lengths) {  // Σ i² and every place counts
        std::vector<float> count(n);
        for (std::size_t i = 0; i < n; ++i) count[i] = static_cast<float>(i + 1);
        CHECK(static_cast<std::size_t>(dot(count, count)) == n * (n + 1) * (2 * n + 1) / 6);
    }
}

TEST_CASE("dot stays within its bound at every lane edge and alignment") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(seed, n, shift);
                check_dot(normals(n, seed, shift).view(), normals(n, seed + 7, (shift * 3) % 4).view());
            }
    for (const std::size_t n : {std::size_t{768}, std::size_t{12288}, std::size_t{1000000}})
        check_dot(normals(n, 1).view(), normals(n, 2).view());
}

TEST_CASE("dot keeps sixteen running sums") {
    // 2²⁴ + 1 is not a float and rounds down: the running sum that begins with 2²⁴ loses its nine ones, the fifteen
    // others keep their ten. A single sum would lose 159 of them, four would lose 39.
    std::vector<float> a(160, 1.0f);
    const std::vector<float> ones(160, 1.0f);
    a[0] = 0x1p24f;
    CHECK(dot(a, ones) == 0x1p24f + 150);
}

TEST_CASE("dot_running_sums shows where every product went") {
    for (const std::size_t n : edge_lengths) {
        const Floats a = normals(n, 3);
        const Floats b = normals(n, 4);
        Floats sums = output(16);
        dot_running_sums(a.view(), b.view(), sums.span());
        REQUIRE(sums.guards_stand());
        std::array<double, 16> expected{};
        for (std::size_t i = 0; i < n; ++i)
            expected[i % 16] += static_cast<double>(a.view()[i]) * static_cast<double>(b.view()[i]);
        std::array<float, 4> lanes{};
        for (std::size_t i = 0; i < 16; ++i)
            CHECK(std::abs(static_cast<double>(sums[i]) - expected[i]) <= 1e-5 * (1 + std::abs(expected[i])));
        for (std::size_t l = 0; l < 4; ++l) lanes[l] = (sums[l] + sums[4 + l]) + (sums[8 + l] + sums[12 + l]);
        CHECK((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) == dot(a.view(), b.view()));
    }
}

TEST_CASE("dot is symmetric to the last bit") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths) {
            const Floats a = normals(n, seed);
            const Floats b = normals(n, seed + 1);
            CHECK(dot(a.view(), b.view()) == dot(b.view(), a.view()));
        }
}

TEST_CASE("dot is linear in each operand within rounding, and exactly so for powers of two") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths) {
            const Floats a = normals(n, seed);
            const Floats b = normals(n, seed + 1);
            const Floats c = normals(n, seed + 2);
            Floats eight_a(n);
            Floats sum(n);
            for (std::size_t i = 0; i < n; ++i) {
                eight_a[i] = 8 * a.view()[i];
                sum[i] = b.view()[i] + c.view()[i];
            }
            CHECK(dot(eight_a.view(), b.view()) == 8 * dot(a.view(), b.view()));
            const double magnitudes =
                reference::sum_of_magnitudes(a.view(), b.view()) + reference::sum_of_magnitudes(a.view(), c.view());
            const double apart =
                static_cast<double>(dot(a.view(), b.view())) + static_cast<double>(dot(a.view(), c.view()));
            // 2⁻²⁴ more for the rounding of b + c itself.
            CHECK(std::abs(static_cast<double>(dot(a.view(), sum.view())) - apart) <=
                  2 * dot_error_bound(n, magnitudes) + 0x1p-24 * magnitudes);
        }
}

TEST_CASE("Cauchy–Schwarz and the triangle inequality hold within rounding") {
    constexpr double slack = 1 + 1e-5;
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths) {
            const Floats a = normals(n, seed);
            const Floats b = normals(n, seed + 1);
            Floats sum(n);
            for (std::size_t i = 0; i < n; ++i) sum[i] = a.view()[i] + b.view()[i];
            const double length_a = static_cast<double>(norm(a.view()));
            const double length_b = static_cast<double>(norm(b.view()));
            CHECK(std::abs(static_cast<double>(dot(a.view(), b.view()))) <= length_a * length_b * slack);
            CHECK(static_cast<double>(norm(sum.view())) <= (length_a + length_b) * slack);
        }
    const Floats a = normals(65, 9);  // and with equality where b = −3a
    Floats b(65);
    for (std::size_t i = 0; i < 65; ++i) b[i] = -3 * a.view()[i];
    CHECK(std::abs(static_cast<double>(dot(a.view(), b.view()) / (norm(a.view()) * norm(b.view()))) + 1) < 1e-6);
}

TEST_CASE("sum_of_squares and norm") {
    const std::array<float, 2> three_four{3, -4};
    CHECK(sum_of_squares(three_four) == 25);
    CHECK(norm(three_four) == 5);
    CHECK(norm({}) == 0);
    for (const std::size_t n : edge_lengths) {
        const Floats a = normals(n, 5, 1);
        const double exact = reference::norm(a.view());
        CHECK(sum_of_squares(a.view()) == dot(a.view(), a.view()));
        CHECK(std::abs(static_cast<double>(norm(a.view())) - exact) <=
              (static_cast<double>(n) / 32 + 6) * 0x1p-24 * exact);
    }
}

TEST_CASE("NaN and infinity follow IEEE 754 through dot, wherever they stand") {
    for (const std::size_t n : {std::size_t{1}, std::size_t{5}, std::size_t{16}, std::size_t{31}, std::size_t{33}})
        for (std::size_t at = 0; at < n; ++at) {
            Floats a(n);
            Floats b(n);
            for (std::size_t i = 0; i < n; ++i) a[i] = b[i] = 1;
            a[at] = not_a_number;
            CHECK(std::isnan(dot(a.view(), b.view())));
            a[at] = infinity;
            CHECK(dot(a.view(), b.view()) == infinity);
            b[at] = -1;
            CHECK(dot(a.view(), b.view()) == -infinity);
            b[at] = 0;
            CHECK(std::isnan(dot(a.view(), b.view())));  // ∞ · 0
            if (n > 1) {
                b[at] = 1;
                a[(at + 1) % n] = -infinity;
                CHECK(std::isnan(dot(a.view(), b.view())));  // ∞ − ∞
            }
        }
}

TEST_CASE("denormals are computed exactly, not flushed; overflow and underflow are as documented") {
    const std::array<float, 5> tiny{smallest_denormal, 3 * smallest_denormal, smallest_normal / 2, 0,
                                    smallest_denormal};
    const std::array<float, 5> ones{1, 1, 1, 1, 1};
    CHECK(dot(tiny, ones) == 5 * smallest_denormal + smallest_normal / 2);
    check_dot(tiny, std::array<float, 5>{0.3f, 0.7f, 0.9f, 1, -0.6f});
    CHECK(norm(std::array<float, 1>{2e19f}) == infinity);
    CHECK(norm(std::array<float, 1>{1e-23f}) == 0);
    CHECK(norm(std::array<float, 1>{1e-18f}) > 0);
}
