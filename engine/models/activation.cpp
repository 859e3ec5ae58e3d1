#include "engine/models/activation.h"

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
            return z > 0 ? z : 0;
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

// |tanh″| ≤ 4/(3√3) = 0.77, |gelu″| ≤ 1.13 or so near 0. relu's slope jumps: no factor bounds it but at a safe distance
// from 0.
double steepest_slope(Activation activation) { return activation == Activation::tanh ? 0.77 : 1.2; }

}  // namespace lab
