#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("normalize divides by the length, returns it, and writes nothing else") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(seed, n, shift);
                const Floats a = normals(n, seed, shift);
                Floats out = output(n, 3 - shift);
                const float length = normalize(a.view(), out.span());
                REQUIRE(out.guards_stand());
                CHECK(length == norm(a.view()));
                std::vector<double> exact(n);
                reference::normalize(a.view(), exact);
                for (std::size_t i = 0; i < n; ++i) {
                    CHECK(out[i] == a.view()[i] / length);
                    CHECK(std::abs(static_cast<double>(out[i]) - exact[i]) <=
                          (static_cast<double>(n) / 32 + 8) * 0x1p-24 * std::abs(exact[i]));
                }
                if (n > 0) CHECK(std::abs(norm(out.view()) - 1) < 1e-6f);
            }
}

TEST_CASE("normalize works in place, and a unit vector stays what it is") {
    Floats a = normals(33, 8, 1);
    Floats out = output(33);
    normalize(a.view(), out.span());
    normalize(a.view(), a.span());
    for (std::size_t i = 0; i < 33; ++i) CHECK(a[i] == out[i]);
    std::array<float, 3> unit{0, -1, 0};
    CHECK(normalize(unit, unit) == 1);
    CHECK(unit == std::array<float, 3>{0, -1, 0});
}

TEST_CASE("a vector without a direction normalizes to zeros") {
    for (const float x : {0.0f, -0.0f, not_a_number, infinity, 3e19f, 1e-24f}) {
        CAPTURE(x);
        Floats a(6);
        for (float& value : a.span()) value = x;
        Floats out = output(6, 1);
        const float length = normalize(a.view(), out.span());
        CHECK(out.guards_stand());
        CHECK_FALSE((length > 0 && std::isfinite(length)));
        for (const float value : out.view()) CHECK(value == 0);
    }
}

TEST_CASE("cosine of known angles") {
    const std::array<float, 2> east{2, 0};
    CHECK(cosine(east, std::array<float, 2>{5, 0}) == 1);
    CHECK(cosine(east, std::array<float, 2>{-0.5f, 0}) == -1);
    CHECK(cosine(east, std::array<float, 2>{0, 9}) == 0);
    CHECK(cosine(east, std::array<float, 2>{3, 3}) == std::sqrt(0.5f));
    CHECK(cosine(std::array<float, 4>{1, 2, 3, 4}, std::array<float, 4>{1, 2, 3, 4}) == 1);
}

TEST_CASE("cosine agrees with its twin, with the dot product of unit vectors, and is blind to length") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths) {
            if (n == 0) continue;
            const Floats a = normals(n, seed);
            const Floats b = normals(n, seed + 1, 2);
            const float value = cosine(a.view(), b.view());
            CHECK(value >= -1);
            CHECK(value <= 1);
            CHECK(value == cosine(b.view(), a.view()));
            const double tolerance = (static_cast<double>(n) / 8 + 24) * 0x1p-24;
            CHECK(std::abs(static_cast<double>(value) - reference::cosine(a.view(), b.view())) <= tolerance);
            Floats unit_a = output(n);
            Floats unit_b = output(n);
            normalize(a.view(), unit_a.span());
            normalize(b.view(), unit_b.span());
            CHECK(std::abs(static_cast<double>(value - dot(unit_a.view(), unit_b.view()))) <= tolerance);
            Floats longer(n);
            for (std::size_t i = 0; i < n; ++i) longer[i] = 1024 * a.view()[i];
            CHECK(cosine(longer.view(), b.view()) == value);
        }
}

TEST_CASE("cosine is clamped, and stands when the product of the lengths leaves the range of float") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {  // rounding alone would put some of these above 1
        const Floats a = normals(5, seed);
        CHECK(cosine(a.view(), a.view()) <= 1);
        CHECK(cosine(a.view(), a.view()) > 0.999999f);
    }
    const std::array<float, 2> large{1e19f, 0};
    const std::array<float, 2> small{1e-19f, 1e-19f};
    CHECK(std::abs(cosine(large, std::array<float, 2>{1e18f, 1e18f}) - std::sqrt(0.5f)) < 1e-6f);
    CHECK(std::abs(cosine(small, std::array<float, 2>{1e-19f, 0}) - std::sqrt(0.5f)) < 1e-6f);
}

TEST_CASE("cosine with a vector that has no direction is NaN") {
    const std::array<float, 2> one{1, 0};
    for (const float x : {0.0f, not_a_number, infinity, -infinity, 3e19f}) {
        CHECK(std::isnan(cosine(one, std::array<float, 2>{x, 0})));
        CHECK(std::isnan(cosine(std::array<float, 2>{0, x}, one)));
    }
    CHECK(std::isnan(cosine({}, {})));
    CHECK(std::isnan(reference::cosine(one, std::array<float, 2>{0, 0})));
}
