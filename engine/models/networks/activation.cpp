#include "engine/models/networks/activation.h"

#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.h"

namespace lab {

namespace {

constexpr double root_2_over_pi = 0.79788456080286536;
constexpr double cubic = 0.044715;

/// The argument of tanh in gelu, and its derivative.
double inner(double z) { return root_2_over_pi * (z + cubic * z * z * z); }
double inner_slope(double z) { return root_2_over_pi * (1 + 3 * cubic * z * z); }

}  // namespace

std::string_view name(Activation activation) {
    switch (activation) {
        case Activation::relu:
            return "relu";
        case Activation::tanh:
            return "tanh";
        case Activation::gelu:
            return "gelu";
    }
    return "";
}

std::optional<Activation> activation_named(std::string_view text) {
    for (const auto activation : {Activation::relu, Activation::tanh, Activation::gelu}) {
        if (name(activation) == text) return activation;
    }
    return std::nullopt;
}

double activate(Activation activation, double z) {
    switch (activation) {
        case Activation::relu:
            return z <= 0 ? 0 : z;
        case Activation::tanh:
            return portable_tanh(z);
        case Activation::gelu:
            return 0.5 * z * (1 + portable_tanh(inner(z)));
    }
    return 0;
}

double slope(Activation activation, double z) {
    switch (activation) {
        case Activation::relu:
            return z > 0 ? 1 : 0;
        case Activation::tanh: {
            const double t = portable_tanh(z);
            return 1 - t * t;
        }
        case Activation::gelu: {
            const double t = portable_tanh(inner(z));
            return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * inner_slope(z);
        }
    }
    return 0;
}

double steepest(Activation activation) { return activation == Activation::gelu ? 1.13 : 1; }

// |tanh″| ≤ 4/(3√3) = 0.770; |gelu″| is largest at 0, 2 √(2/π)/2 = 0.798. relu's slope jumps: no factor bounds it but
// at a safe distance from 0.
double steepest_slope(Activation activation) { return activation == Activation::tanh ? 0.77 : 0.8; }

// portable_tanh is off by 10⁻¹³ at most; slope multiplies that by z · inner_slope(z) while tanh is not yet ±1 to the
// last bit, up to z = 6: by less than 30.
double activate_error(Activation activation, double z) {
    return activation == Activation::relu ? 0 : 1e-13 * std::abs(z);
}
double slope_error(Activation activation) { return activation == Activation::relu ? 0 : 1e-11; }

namespace reference {

double activate(Activation activation, double z) {
    switch (activation) {
        case Activation::relu:
            return std::max(z, 0.0);
        case Activation::tanh:
            return std::tanh(z);
        case Activation::gelu:
            return z / (1 + std::exp(-2 * inner(z)));
    }
    return 0;
}

double slope(Activation activation, double z) {
    switch (activation) {
        case Activation::relu:
            return z > 0 ? 1 : 0;
        case Activation::tanh: {
            const double cosh = std::cosh(z);
            return 1 / (cosh * cosh);
        }
        case Activation::gelu: {
            const double share = 1 / (1 + std::exp(-2 * inner(z)));
            const double rest = 1 / (1 + std::exp(2 * inner(z)));
            return share + z * share * rest * 2 * inner_slope(z);
        }
    }
    return 0;
}

}  // namespace reference

}  // namespace lab
