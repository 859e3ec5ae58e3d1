#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/kernels/transformer_kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

constexpr double u = 0x1p-24;

double real(float x) { return static_cast<double>(x); }

/// t of the contract, its derivative, and the share 1 / (1 + e^−2t).
struct Inner {
    double t, slope, share, other_share;
};
Inner inner(double z) {
    const double root = std::sqrt(2 / std::numbers::pi);
    const double t = root * (z + 0.044715 * z * z * z);
    return {t, root * (1 + 3 * 0.044715 * z * z), 1 / (1 + std::exp(-2 * t)), 1 / (1 + std::exp(2 * t))};
}

float gelu_of(float z) {
    float out = not_a_number;
    gelu({&z, 1}, {&out, 1});
    return out;
}

float slope_of(float z, float dout = 1) {
    float dz = not_a_number;
    gelu_backward({&z, 1}, {&dout, 1}, {&dz, 1});
    return dz;
}

/// n values in [−14, 14], densest around 0.
Floats spread_values(std::size_t n, std::uint64_t seed, std::size_t shift = 0) {
    Floats z = normals(n, seed, shift);
    for (float& value : z.span()) value = std::clamp(3 * value, -14.0f, 14.0f);
    return z;
}

}  // namespace

TEST_CASE("gelu agrees with its twin within its bound, wherever a value stands") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(seed, n, shift);
                Floats z = spread_values(n, seed, shift);
                Floats out = output(n, 3 - shift);
                gelu(z.view(), out.span());
                REQUIRE(out.guards_stand());
                std::vector<double> exact(n);
                reference::gelu(z.view(), exact);
                for (std::size_t i = 0; i < n; ++i) {
                    const double t = inner(real(z[i])).t;
                    const double bound = z[i] < 0 ? (8 - 10 * t) * u * std::abs(exact[i]) + 2e-37 : 8 * u * exact[i];
                    CHECK(std::abs(real(out[i]) - exact[i]) <= bound);
                    CHECK(out[i] == gelu_of(z[i]));
                }
                gelu(z.view(), z.span());
                CHECK(std::equal(out.view().begin(), out.view().end(), z.view().begin()));
            }
}

TEST_CASE("gelu_backward agrees with its twin within its bound, wherever a value stands") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(seed, n, shift);
                const Floats z = spread_values(n, seed, shift);
                Floats dout = normals(n, seed + 1, (shift + 1) % 4);
                Floats dz = output(n, 3 - shift);
                gelu_backward(z.view(), dout.view(), dz.span());
                REQUIRE(dz.guards_stand());
                std::vector<double> exact(n);
                reference::gelu_backward(z.view(), dout.view(), exact);
                for (std::size_t i = 0; i < n; ++i) {
                    const auto [t, slope, share, other] = inner(real(z.view()[i]));
                    const double parts = share + std::abs(real(z.view()[i]) * share * other * 2 * slope);
                    CHECK(std::abs(real(dz[i]) - exact[i]) <=
                          std::abs(real(dout[i])) * ((16 + 10 * std::abs(t)) * u * parts + 4e-36));
                    CHECK(dz[i] == slope_of(z.view()[i], dout[i]));
                }
                gelu_backward(z.view(), dout.view(), dout.span());
                CHECK(std::equal(dz.view().begin(), dz.view().end(), dout.view().begin()));
            }
}

TEST_CASE("gelu's twin is what the contract says") {
    for (float z = -6; z <= 6; z += 0.125f) {
        double out = 0;
        reference::gelu({&z, 1}, {&out, 1});
        CHECK(std::abs(out - real(z) * inner(real(z)).share) <= 1e-15 * std::abs(out));
    }
}

TEST_CASE("gelu is close to z times the normal distribution's share below z") {
    for (float z = -6; z <= 6; z += 0.125f) {
        const double exact = real(z) * std::erfc(-real(z) / std::numbers::sqrt2) / 2;
        CHECK(std::abs(real(gelu_of(z)) - exact) < 5e-4);
    }
    CHECK(gelu_of(0) == 0);
    CHECK(slope_of(0) == 0.5f);
}

TEST_CASE("the twin of gelu_backward is the slope of gelu's twin") {
    for (float z = -8; z <= 8; z += 0.0625f) {
        constexpr float step = 1.0f / 1024;
        const std::array<float, 3> around{z - step, z, z + step};
        std::array<double, 3> value{};
        reference::gelu(around, value);
        std::array<double, 3> slope{};
        reference::gelu_backward(around, std::array<float, 3>{1, 1, 1}, slope);
        CHECK(std::abs((value[2] - value[0]) / real(2 * step) - slope[1]) < 1e-6);
    }
}

TEST_CASE("gelu far out: no denormal, no NaN but from NaN") {
    std::size_t vanished = 0;
    for (float z = -14; z < -7; z += 1.0f / 512) {
        const float out = gelu_of(z);
        CHECK((out == 0 || out <= -smallest_normal));
        if (out == 0) ++vanished;
        const float slope = slope_of(z);
        CHECK((slope == 0 || slope <= -smallest_normal));
    }
    CHECK(vanished > 1000u);
    CHECK(gelu_of(-9.5f) < 0);
    for (const float z : {15.0f, 1e13f, 1e30f, std::numeric_limits<float>::max(), infinity}) {
        CHECK(gelu_of(z) == z);
        CHECK(gelu_of(-z) == 0);
        CHECK(slope_of(z) == 1);
        CHECK(slope_of(-z) == 0);
    }
    CHECK(std::isnan(gelu_of(not_a_number)));
    CHECK(std::isnan(slope_of(not_a_number)));
    CHECK(gelu_of(smallest_normal) == smallest_normal / 2);
}
