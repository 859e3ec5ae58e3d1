// Rows brought to one size before a layer reads them: RMS norm and its derivative, and layer norm.
//
// Every product is rounded before it is added and means are taken in double, so that training, which goes through here,
// gives the same bits in every binary. A row is short beside the matrices that multiply it: plain loops do.
#include <cassert>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/transformer_kernels.h"

namespace lab {

using namespace simd;

namespace {

/// The mean of term(0) … term(n − 1), four running sums in double: sum l takes the terms i with i mod 4 = l.
template <class Term>
double mean_of(std::size_t n, Term term) {
    double sums[lanes] = {};
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (std::size_t l = 0; l < lanes; ++l) sums[l] += term(i + l);
    for (; i < n; ++i) sums[i % lanes] += term(i);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) / static_cast<double>(n);
}

/// √(sum of squares / n + norm_epsilon), rounded to f32 at the end.
float root_of_mean(float sum_of_squares, std::size_t n) {
    const double mean = static_cast<double>(sum_of_squares) / static_cast<double>(n);
    return static_cast<float>(std::sqrt(mean + static_cast<double>(norm_epsilon)));
}

}  // namespace

float rms_norm(std::span<const float> x, std::span<const float> gain, std::span<float> out) {
    assert(!x.empty() && x.size() == gain.size() && x.size() == out.size());
    const std::size_t n = x.size();
    const float r = root_of_mean(plain::dot(x, x), n);
    const Float4 divisor = splat(r);
    for (std::size_t i = 0; i < n; i += lanes) {
        const Float4 ratio = div(load_first(&x[i], n - i), divisor);
        store_first(&out[i], mul(ratio, load_first(&gain[i], n - i)), n - i);
    }
    return r;
}

// y = x / r, so ∂y[j]/∂x[i] = ([i = j] − y[i] y[j] / n) / r. With g = gain · dout this sums up to
// ∂loss/∂x[i] = (g[i] − y[i] · mean(g · y)) / r.
void rms_norm_backward(std::span<const float> x, std::span<const float> gain, float r, std::span<const float> dout,
                       std::span<float> dx, std::span<float> dgain) {
    assert(x.size() == gain.size() && x.size() == dout.size() && x.size() == dx.size() && x.size() == dgain.size());
    const std::size_t n = x.size();
    const double along = mean_of(n, [&](std::size_t i) {
        return static_cast<double>(gain[i]) * static_cast<double>(dout[i]) * static_cast<double>(x[i]);
    });
    const Float4 mean = splat(static_cast<float>(along / static_cast<double>(r)));
    const Float4 divisor = splat(r);
    for (std::size_t i = 0; i < n; i += lanes) {
        const std::size_t left = n - i;
        const Float4 above = load_first(&dout[i], left);
        const Float4 y = div(load_first(&x[i], left), divisor);
        const Float4 across = sub(mul(load_first(&gain[i], left), above), mul(y, mean));
        store_first(&dx[i], add(load_first(&dx[i], left), div(across, divisor)), left);
        store_first(&dgain[i], add(load_first(&dgain[i], left), mul(above, y)), left);
    }
}

MeanAndSpread layer_norm(std::span<const float> x, std::span<const float> gain, std::span<const float> bias,
                         std::span<float> out) {
    assert(!x.empty() && x.size() == gain.size() && x.size() == bias.size() && x.size() == out.size());
    const std::size_t n = x.size();
    const auto mean = static_cast<float>(mean_of(n, [&](std::size_t i) { return static_cast<double>(x[i]); }));
    for (std::size_t i = 0; i < n; i += lanes) store_first(&out[i], sub(load_first(&x[i], n - i), splat(mean)), n - i);
    const float spread = root_of_mean(plain::dot(out, out), n);
    for (std::size_t i = 0; i < n; i += lanes) {
        const Float4 ratio = div(load_first(&out[i], n - i), splat(spread));
        const Float4 scaled = multiply_then_add(ratio, load_first(&gain[i], n - i), load_first(&bias[i], n - i));
        store_first(&out[i], scaled, n - i);
    }
    return {mean, spread};
}

namespace reference {

double rms_norm(std::span<const float> x, std::span<const float> gain, std::span<double> out) {
    const double r = std::sqrt(sum_of_squares(x) / static_cast<double>(x.size()) + static_cast<double>(norm_epsilon));
    for (std::size_t i = 0; i < x.size(); ++i) out[i] = static_cast<double>(x[i]) / r * static_cast<double>(gain[i]);
    return r;
}

void rms_norm_backward(std::span<const float> x, std::span<const float> gain, std::span<const float> dout,
                       std::span<double> dx, std::span<double> dgain) {
    const auto n = static_cast<double>(x.size());
    const double r = std::sqrt(sum_of_squares(x) / n + static_cast<double>(norm_epsilon));
    double mean = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        mean += static_cast<double>(gain[i]) * static_cast<double>(dout[i]) * static_cast<double>(x[i]) / r / n;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double y = static_cast<double>(x[i]) / r;
        dx[i] += (static_cast<double>(gain[i]) * static_cast<double>(dout[i]) - y * mean) / r;
        dgain[i] += static_cast<double>(dout[i]) * y;
    }
}

void layer_norm(std::span<const float> x, std::span<const float> gain, std::span<const float> bias,
                std::span<double> out) {
    const auto n = static_cast<double>(x.size());
    double mean = 0;
    for (const float value : x) mean += static_cast<double>(value) / n;
    double variance = 0;
    for (const float value : x) variance += std::pow(static_cast<double>(value) - mean, 2) / n;
    const double spread = std::sqrt(variance + static_cast<double>(norm_epsilon));
    for (std::size_t i = 0; i < x.size(); ++i)
        out[i] =
            (static_cast<double>(x[i]) - mean) / spread * static_cast<double>(gain[i]) + static_cast<double>(bias[i]);
}

}  // namespace reference
}  // namespace lab
