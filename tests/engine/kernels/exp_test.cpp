#include "engine/kernels/exp.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

float exp_of(float x) { return simd::lane(simd::exp(simd::splat(x)), 0); }

}  // namespace

TEST_CASE("exp is within two units in the last place over its whole range") {
    double worst = 0;
    for (int i = -87 * 4096; i <= 88 * 4096; ++i) {
        const float x = static_cast<float>(i) / 4096;
        const double exact = std::exp(static_cast<double>(x));
        const double unit = std::ldexp(1.0, std::ilogb(exact) - 23);
        worst = std::max(worst, std::abs(static_cast<double>(exp_of(x)) - exact) / unit);
    }
    CAPTURE(worst);
    CHECK(worst <= 2);
}

TEST_CASE("exp at its edges") {
    CHECK(exp_of(0) == 1);
    CHECK(exp_of(-0.0f) == 1);
    CHECK(exp_of(-87) >= smallest_normal);
    CHECK(exp_of(std::nextafter(-87.0f, -100.0f)) == 0);
    CHECK(exp_of(-1e30f) == 0);
    CHECK(exp_of(-infinity) == 0);
    CHECK(std::isnan(exp_of(not_a_number)));
    CHECK(std::isfinite(exp_of(88)));
}

TEST_CASE("exp treats each lane by itself") {
    const simd::Float4 result = simd::exp(simd::Float4{0, -infinity, not_a_number, 1});
    CHECK(simd::lane(result, 0) == 1);
    CHECK(simd::lane(result, 1) == 0);
    CHECK(std::isnan(simd::lane(result, 2)));
    CHECK(std::abs(simd::lane(result, 3) - 2.7182818f) < 1e-6f);
}
