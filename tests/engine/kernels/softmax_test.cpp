#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

Floats softmax_of(const Floats& x, float temperature = 1, std::size_t shift = 0) {
    Floats out = output(x.view().size(), shift);
    softmax(x.view(), temperature, out.span());
    CHECK(out.guards_stand());
    return out;
}

double sum(const Floats& x) {
    double total = 0;
    for (const float value : x.view()) total += static_cast<double>(value);
    return total;
}

}  // namespace

TEST_CASE("softmax of known scores") {
    Floats x(2);
    x[0] = std::log(3.0f);
    x[1] = 0;
    const Floats out = softmax_of(x);
    CHECK(std::abs(out.view()[0] - 0.75f) < 1e-6f);
    CHECK(std::abs(out.view()[1] - 0.25f) < 1e-6f);
    Floats single(1);
    single[0] = -12345;
    CHECK(softmax_of(single).view()[0] == 1);
    softmax({}, 1, {});  // nothing to do, and nothing done
}

TEST_CASE("softmax agrees with its twin within its bound, and sums to one") {
    for (const std::uint64_t seed : seeds)
        for (const float temperature : {0.05f, 0.7f, 1.0f, 30.0f})
            for (const std::size_t n : edge_lengths)
                for (std::size_t shift = 0; shift < 4; ++shift) {
                    if (n == 0) continue;
                    CAPTURE(seed, temperature, n, shift);
                    const Floats x = normals(n, seed, shift);
                    const Floats out = softmax_of(x, temperature, 3 - shift);
                    std::vector<double> exact(n);
                    reference::softmax(x.view(), static_cast<double>(temperature), exact);
                    const float largest = *std::max_element(x.view().begin(), x.view().end());
                    for (std::size_t i = 0; i < n; ++i) {
                        const double t = static_cast<double>((largest - x.view()[i]) / temperature);
                        const double bound = (8 + 3 * t) * 0x1p-24 * exact[i] + static_cast<double>(smallest_normal);
                        CHECK(std::abs(static_cast<double>(out.view()[i]) - exact[i]) <= (t > 86.9 ? 2e-38 : bound));
                    }
                    CHECK(std::abs(sum(out) - 1) < 1e-6);
                }
    const Floats many = normals(100003, 1);  // and does not drift with n, since the sum is taken in double
    CHECK(std::abs(sum(softmax_of(many)) - 1) < 1e-6);
}

TEST_CASE("softmax does not see a shift of all scores, and works in place") {
    Floats x(33);
    Floats shifted(33);
    Random random(51);
    for (std::size_t i = 0; i < 33; ++i) {
        x[i] = static_cast<float>(random.below(4096)) / 256;  // sums with 100 are exact
        shifted[i] = x[i] + 100;
    }
    const Floats a = softmax_of(x);
    const Floats b = softmax_of(shifted);
    for (std::size_t i = 0; i < 33; ++i) CHECK(a.view()[i] == b.view()[i]);
    softmax(x.view(), 1, x.span());
    for (std::size_t i = 0; i < 33; ++i) CHECK(a.view()[i] == x[i]);
}

TEST_CASE("temperature sharpens and flattens") {
    const std::array<float, 3> x{1, 2, 4};
    std::array<float, 3> out{};
    softmax(x, 1e-3f, out);
    CHECK(out == std::array<float, 3>{0, 0, 1});
    softmax(x, smallest_denormal, out);
    CHECK(out == std::array<float, 3>{0, 0, 1});
    softmax(x, infinity, out);
    CHECK(out == std::array<float, 3>{1.0f / 3, 1.0f / 3, 1.0f / 3});
    softmax(x, 2, out);
    std::array<float, 3> halved{};
    softmax(std::array<float, 3>{0.5f, 1, 2}, 1, halved);
    CHECK(out == halved);
}

TEST_CASE("no weight of softmax is denormal") {
    for (const std::size_t n : {std::size_t{5}, std::size_t{4000}}) {
        Floats x(n);
        for (std::size_t i = 0; i < n; ++i)  // 0 in the first half, then from −75 down to −89
            x[i] = i < n / 2 ? 0.0f : -75 - 14 * static_cast<float>(i - n / 2) / static_cast<float>(n - 1 - n / 2);
        const Floats out = softmax_of(x);
        std::size_t zeros = 0;
        for (const float weight : out.view()) {
            CHECK((weight == 0 || weight >= smallest_normal));
            if (weight == 0) ++zeros;
        }
        CHECK(zeros > 0u);
        CHECK(out.view()[n / 2] > 0);
    }
}

TEST_CASE("softmax at the infinities and with NaN") {
    for (std::size_t at = 0; at < 9; ++at) {
        Floats x = normals(9, 52);
        x[at] = -infinity;
        CHECK(softmax_of(x).view()[at] == 0);
        CHECK(std::abs(sum(softmax_of(x)) - 1) < 1e-6);

        x[at] = infinity;
        x[(at + 4) % 9] = infinity;
        const Floats shared = softmax_of(x);
        for (std::size_t i = 0; i < 9; ++i) CHECK(shared.view()[i] == (i == at || i == (at + 4) % 9 ? 0.5f : 0.0f));

        x[(at + 1) % 9] = not_a_number;
        const Floats mixed = softmax_of(x);
        for (const float weight : mixed.view()) CHECK(std::isnan(weight));

        Floats one_nan = normals(9, 53);
        one_nan[at] = not_a_number;
        const Floats poisoned = softmax_of(one_nan);
        for (const float weight : poisoned.view()) CHECK(std::isnan(weight));
    }
    for (const float same : {-infinity, not_a_number}) {
        Floats x(6);
        for (float& value : x.span()) value = same;
        const Floats out = softmax_of(x);
        for (const float weight : out.view()) CHECK(std::isnan(weight));
    }
    Floats far(2);  // the widest gap there is
    far[0] = std::numeric_limits<float>::max();
    far[1] = -std::numeric_limits<float>::max();
    CHECK(softmax_of(far).view()[0] == 1);
    CHECK(softmax_of(far).view()[1] == 0);
}
