#include "engine/base/portable_math.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/base/random.h"

namespace {

/// |found − wanted| in shares of wanted.
double apart(double found, double wanted) { return wanted == found ? 0 : std::abs(found - wanted) / std::abs(wanted); }

}  // namespace

TEST_CASE("exp, log and tanh agree with the C library's to the rounding of double") {
    lab::Random random(1);
    for (int i = 0; i < 20'000; ++i) {
        const double x = 1400 * random.uniform() - 700;
        CHECK(apart(lab::portable_exp(x), std::exp(x)) < 1e-15);
        const double small = 2 * random.uniform() - 1;
        CHECK(apart(lab::portable_exp(small), std::exp(small)) < 1e-15);
        const double positive = std::exp(x);
        CHECK(std::abs(lab::portable_log(positive) - std::log(positive)) < 1e-15 * (1 + std::abs(x)));
        for (const double scale : {30.0, 1.0, 1e-2, 1e-3, 1e-6, 1e-30})
            CHECK(apart(lab::portable_tanh(scale * small), std::tanh(scale * small)) < 1e-13);
    }
}

TEST_CASE("the ends of the range") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(lab::portable_exp(0) == 1);
    CHECK(lab::portable_exp(-1000) == 0);
    CHECK(lab::portable_exp(1000) == infinity);
    CHECK(lab::portable_exp(-infinity) == 0);
    CHECK(std::isnan(lab::portable_exp(std::nan(""))));
    CHECK(lab::portable_tanh(0) == 0);
    CHECK(lab::portable_tanh(1000) == 1);
    CHECK(lab::portable_tanh(-infinity) == -1);
    CHECK(std::isnan(lab::portable_tanh(std::nan(""))));
    CHECK(lab::portable_log(1) == 0);
}
