// Functions that the C libraries round differently in the last bit, from operations alone that IEEE 754 fixes: the same
// result on every machine, in WASM and natively.
#pragma once

namespace lab {

/// ln x for normal x > 0, within a few units in the last place of double.
double portable_log(double x);

/// eˣ within a few units in the last place of double; 0 below −708, ∞ above 709; NaN stays NaN.
double portable_exp(double x);

/// tanh x, off by less than 10⁻¹³ of itself.
double portable_tanh(double x);

}  // namespace lab
