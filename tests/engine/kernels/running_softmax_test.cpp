#include "engine/kernels/running_softmax.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::simd;
using namespace lab::testing;

TEST_CASE("a running weight is a power of two within 4u, and 0 where it vanishes") {
    for (float largest : {0.0f, 1000.0f})
        for (float below = 0; below <= 80; below += 1.0f / 256) {
            const Float4 weight = weight_of(splat(largest - below), splat(largest));
            const double exact = below <= 72 ? std::exp2(-static_cast<double>(below)) : 0;
            CHECK(std::abs(static_cast<double>(lane(weight, 2)) - exact) <= 4 * 0x1p-24 * exact);
        }
    const Float4 limits = weight_of(Float4{0, -infinity, not_a_number, 7}, Float4{infinity, 0, 0, 7});
    CHECK(limits[0] == 0);
    CHECK(limits[1] == 0);
    CHECK(std::isnan(limits[2]));
    CHECK(limits[3] == 1);
}

TEST_CASE("weights of pieces, each scaled to the last largest score, are the softmax of the whole") {
    constexpr std::size_t n = 64;
    const std::array<std::size_t, 5> ends{4, 8, 24, 28, 64};
    for (const std::uint64_t seed : seeds) {
        const Floats x = normals(n, seed);
        Floats scores(n);
        for (std::size_t i = 0; i < n; ++i) scores[i] = x.view()[i] * log2_e;
        std::array<float, 4> mixed{};  // of values (1, i, 0, 0)
        RunningSoftmax run{mixed.data(), 4};
        std::size_t begin = 0;
        for (const std::size_t end : ends) {
            update_largest(&scores[begin], end - begin, run);
            weigh(&scores[begin], end - begin, run);
            for (; begin < end; ++begin) {
                mixed[0] += scores[begin];
                mixed[1] += scores[begin] * static_cast<float>(begin);
            }
        }
        std::vector<double> weights(n);
        reference::softmax(x.view(), 1, weights);
        double place = 0;
        for (std::size_t i = 0; i < n; ++i) place += weights[i] * static_cast<double>(i);
        CHECK(std::abs(mixed[0] / run.total() - 1) < 1e-5f);
        CHECK(std::abs(static_cast<double>(mixed[1] / run.total()) - place) < 1e-5 * place);
        CHECK((mixed[2] == 0 && mixed[3] == 0));
    }
}
