#include "engine/models/networks/activation.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace lab;

namespace {

constexpr Activation all[] = {Activation::relu, Activation::tanh, Activation::gelu};

/// From far below 0 to far above, close together where something happens, with small and tiny numbers.
std::vector<double> places() {
    std::vector<double> made{0, 1e-30, -1e-30, 1e-3, -1e-3, 0.00099, 100, -100, 1e6, -1e6, 3e38, -3e38};
    for (double z = -12; z <= 12; z += 0x1p-7) made.push_back(z);
    return made;
}

}  // namespace

TEST_CASE("activations and their slopes agree with the C library's, within the error that they state") {
    for (const auto activation : all) {
        for (const double z : places()) {
            INFO(name(activation) << " at " << z);
            const double value = reference::activate(activation, z);
            CHECK(std::abs(activate(activation, z) - value) <= activate_error(activation, z) + 1e-15 * std::abs(value));
            const double slope_value = reference::slope(activation, z);
            CHECK(std::abs(slope(activation, z) - slope_value) <=
                  slope_error(activation) + 1e-15 * std::abs(slope_value));
        }
    }
}

TEST_CASE("a slope is what the function does, and neither is steeper than stated") {
    constexpr double h = 1e-5;
    for (const auto activation : all) {
        for (const double z : places()) {
            if (std::abs(z) > 20 || (activation == Activation::relu && std::abs(z) < 2 * h)) continue;
            INFO(name(activation) << " at " << z);
            const double rise =
                (reference::activate(activation, z + h) - reference::activate(activation, z - h)) / (2 * h);
            CHECK(slope(activation, z) == Catch::Approx(rise).margin(1e-8));
            CHECK(std::abs(rise) <= steepest(activation) + 1e-8);
            const double bend = (reference::slope(activation, z + h) - reference::slope(activation, z - h)) / (2 * h);
            CHECK(std::abs(bend) <= steepest_slope(activation) + 1e-8);
        }
    }
}

TEST_CASE("what is known by heart") {
    CHECK(activate(Activation::relu, -2) == 0);
    CHECK_FALSE(std::signbit(activate(Activation::relu, -0.0)));
    CHECK(activate(Activation::relu, 2) == 2);
    CHECK(slope(Activation::relu, 0) == 0);
    CHECK(slope(Activation::tanh, 0) == 1);
    CHECK(slope(Activation::gelu, 0) == 0.5);
    CHECK(activate(Activation::gelu, 1) == Catch::Approx(0.8411919906082768).epsilon(1e-14));
    for (const auto activation : all) {
        CHECK(activate(activation, 0) == 0);
        CHECK(std::isnan(activate(activation, std::numeric_limits<double>::quiet_NaN())));
        CHECK(activation_named(name(activation)) == activation);
    }
    CHECK_FALSE(activation_named("sigmoid").has_value());
}
