#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/kernels/transformer_kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

constexpr double u = 0x1p-24;

double real(float x) { return static_cast<double>(x); }

/// Numbers that a step of 1/1024 leaves exact.
Floats coarse(std::size_t n, std::uint64_t seed) {
    Floats made(n);
    Random random(seed);
    for (float& x : made.span()) x = (static_cast<float>(random.below(1025)) - 512) / 256;
    return made;
}

}  // namespace

TEST_CASE("rms_norm agrees with its twin within its bound, and returns what it divided by") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                if (n == 0) continue;
                CAPTURE(seed, n, shift);
                const Floats x = normals(n, seed, shift);
                const Floats gain = normals(n, seed + 7, (shift + 1) % 4);
                Floats out = output(n, 3 - shift);
                const float r = rms_norm(x.view(), gain.view(), out.span());
                REQUIRE(out.guards_stand());
                std::vector<double> exact(n);
                const double exact_r = reference::rms_norm(x.view(), gain.view(), exact);
                const double rounding = (static_cast<double>(n) / 32 + 8) * u;
                CHECK(std::abs(real(r) - exact_r) <= rounding * exact_r);
                for (std::size_t i = 0; i < n; ++i) {
                    CHECK(out[i] == x.view()[i] / r * gain.view()[i]);
                    CHECK(std::abs(real(out[i]) - exact[i]) <= rounding * std::abs(exact[i]) + 0x1p-149);
                }
            }
}

TEST_CASE("a row has mean square one after rms_norm, and a row of zeros stays one") {
    Floats ones(64);
    for (float& x : ones.span()) x = 1;
    Floats x = normals(64, 3);
    rms_norm(x.view(), ones.view(), x.span());  // in place
    CHECK(std::abs(reference::sum_of_squares(x.view()) / 64 - 1) < 1e-4);
    Floats zeros(5);
    for (float& value : zeros.span()) value = 0;
    Floats out = output(5, 1);
    CHECK(rms_norm(zeros.view(), ones.view().first(5), out.span()) == std::sqrt(norm_epsilon));
    for (const float value : out.view()) CHECK(value == 0);
}

TEST_CASE("rms_norm where squares overflow, at infinity and with NaN") {
    for (std::size_t at = 0; at < 9; ++at) {
        Floats x = normals(9, 4);
        const Floats gain = normals(9, 5);
        Floats out = output(9);
        x[at] = 3e19f;
        CHECK(rms_norm(x.view(), gain.view(), out.span()) == infinity);
        for (const float value : out.view()) CHECK(value == 0);
        x[at] = -infinity;
        rms_norm(x.view(), gain.view(), out.span());
        for (std::size_t i = 0; i < 9; ++i) CHECK((i == at ? std::isnan(out[i]) : out[i] == 0));
        x[at] = not_a_number;
        rms_norm(x.view(), gain.view(), out.span());
        for (const float value : out.view()) CHECK(std::isnan(value));
    }
}

TEST_CASE("rms_norm_backward adds what its twin adds, within its bound") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                if (n == 0) continue;
                CAPTURE(seed, n, shift);
                const Floats x = normals(n, seed, shift);
                const Floats gain = normals(n, seed + 7, (shift + 1) % 4);
                const Floats dout = normals(n, seed + 8, (shift + 2) % 4);
                const Floats before = normals(n, seed + 9);
                Floats dx = output(n, 3 - shift);
                Floats dgain = output(n, shift);
                std::copy(before.view().begin(), before.view().end(), dx.span().begin());
                std::copy(before.view().begin(), before.view().end(), dgain.span().begin());
                Floats out(n);
                const float r = rms_norm(x.view(), gain.view(), out.span());
                rms_norm_backward(x.view(), gain.view(), r, dout.view(), dx.span(), dgain.span());
                REQUIRE((dx.guards_stand() && dgain.guards_stand()));

                std::vector<double> exact_dx(n), exact_dgain(n);
                reference::rms_norm_backward(x.view(), gain.view(), dout.view(), exact_dx, exact_dgain);
                double along = 0;
                for (std::size_t i = 0; i < n; ++i)
                    along += std::abs(real(gain.view()[i]) * real(dout.view()[i]) * real(x.view()[i])) / real(r);
                along /= static_cast<double>(n);
                for (std::size_t i = 0; i < n; ++i) {
                    const double y = std::abs(real(x.view()[i]) / real(r));
                    const double across = std::abs(real(gain.view()[i]) * real(dout.view()[i])) + y * along;
                    const double sum = real(before.view()[i]);
                    CHECK(std::abs(real(dx[i]) - (sum + exact_dx[i])) <=
                          (static_cast<double>(n) / 16 + 16) * u * across / real(r) + u * std::abs(real(dx[i])));
                    CHECK(std::abs(real(dgain[i]) - (sum + exact_dgain[i])) <=
                          (static_cast<double>(n) / 32 + 8) * u * std::abs(real(dout.view()[i]) * y) +
                              u * std::abs(real(dgain[i])));
                }
            }
}

TEST_CASE("the twin of rms_norm_backward is the slope of rms_norm's twin") {
    for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{16}}) {
        const Floats x = coarse(n, 61);
        const Floats gain = coarse(n, 62);
        const Floats dout = coarse(n, 63);
        const auto loss = [&](const Floats& row, const Floats& factors) {
            std::vector<double> out(n);
            reference::rms_norm(row.view(), factors.view(), out);
            double sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += out[i] * real(dout.view()[i]);
            return sum;
        };
        std::vector<double> dx(n), dgain(n);
        reference::rms_norm_backward(x.view(), gain.view(), dout.view(), dx, dgain);
        constexpr float step = 1.0f / 1024;
        const auto slope = [&](bool of_gain, std::size_t i) {
            Floats up = of_gain ? gain : x;
            Floats down = up;
            up[i] += step;
            down[i] -= step;
            const double rise = of_gain ? loss(x, up) - loss(x, down) : loss(up, gain) - loss(down, gain);
            return rise / real(2 * step);
        };
        for (std::size_t i = 0; i < n; ++i) {
            CAPTURE(n, i);
            CHECK(std::abs(slope(false, i) - dx[i]) < 1e-5 * (1 + std::abs(dx[i])));
            CHECK(std::abs(slope(true, i) - dgain[i]) < 1e-9);
        }
    }
}

TEST_CASE("layer_norm agrees with its twin within its bound, and works in place") {
    for (const std::uint64_t seed : seeds)
        for (const float offset : {0.0f, 40.0f})
            for (const std::size_t n : edge_lengths)
                for (std::size_t shift = 0; shift < 4; ++shift) {
                    if (n == 0) continue;
                    CAPTURE(seed, n, shift, offset);
                    Floats x = normals(n, seed, shift);
                    for (float& value : x.span()) value += offset;
                    const Floats gain = normals(n, seed + 7, (shift + 1) % 4);
                    const Floats bias = normals(n, seed + 8, (shift + 2) % 4);
                    Floats out = output(n, 3 - shift);
                    const auto [mean, spread] = layer_norm(x.view(), gain.view(), bias.view(), out.span());
                    REQUIRE(out.guards_stand());
                    std::vector<double> exact(n);
                    reference::layer_norm(x.view(), gain.view(), bias.view(), exact);
                    for (std::size_t i = 0; i < n; ++i) {
                        const double scaled = std::abs(exact[i] - real(bias.view()[i]));
                        const double shifted = std::abs(real(gain.view()[i]) * real(mean)) / real(spread);
                        CHECK(std::abs(real(out[i]) - exact[i]) <= (static_cast<double>(n) / 32 + 8) * u * scaled +
                                                                       2 * u * shifted + u * std::abs(exact[i]));
                    }
                    layer_norm(x.view(), gain.view(), bias.view(), x.span());
                    CHECK(std::equal(out.view().begin(), out.view().end(), x.view().begin()));
                }
}

TEST_CASE("layer_norm of known rows") {
    const std::array<float, 4> x{1, 3, 1, 3};
    const std::array<float, 4> gain{1, 1, 2, 0};
    const std::array<float, 4> bias{0, 0, 5, 7};
    std::array<float, 4> out{};
    const auto [mean, spread] = layer_norm(x, gain, bias, out);
    CHECK(mean == 2);
    CHECK(spread == std::sqrt(1 + norm_epsilon));
    CHECK(out == std::array<float, 4>{-1 / spread, 1 / spread, -1 / spread * 2 + 5, 7});
    std::array<float, 5> same{};
    same.fill(0.1f);  // a constant row has no direction: what is left is the bias
    const std::array<float, 5> ones{1, 1, 1, 1, 1};
    layer_norm(same, ones, ones, same);
    CHECK(same == ones);
}
