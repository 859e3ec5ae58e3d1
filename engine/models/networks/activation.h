// What stands between two layers: a function of each number, and its slope. In double, by operations that are the same
// on every machine; the caller rounds to float.
#pragma once

#include <optional>
#include <string_view>

namespace lab {

/// relu: max(0, z) (Nair & Hinton 2010). gelu: z · Φ(z) in the form with tanh (Hendrycks & Gimpel 2016).
enum class Activation { relu, tanh, gelu };

std::string_view name(Activation activation);
std::optional<Activation> activation_named(std::string_view name);

/// f(z). NaN stays NaN.
double activate(Activation activation, double z);

/// f′(z); that of relu at 0 is 0.
double slope(Activation activation, double z);

/// How many times farther apart two values of f (or of f′) may lie than their arguments: bounds for rounding.
double steepest(Activation activation);
double steepest_slope(Activation activation);

/// How far activate and slope may lie from their twins below, by portable_tanh's own error.
double activate_error(Activation activation, double z);
double slope_error(Activation activation);

/// The same by the functions of the C library, and gelu by the logistic function, z / (1 + e⁻²ᵘ): another path.
namespace reference {
double activate(Activation activation, double z);
double slope(Activation activation, double z);
}  // namespace reference

}  // namespace lab
