// Scores into weights that are positive and sum to one.
//
// The largest score is taken away first: the weights stay the same, and no exponential can overflow. Three passes:
// largest score, exponentials and their sum (in double: one add per four), division by it.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/kernels/exp.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// The largest of x[n], passing over NaN; −∞ if there is none.
float largest(std::span<const float> x) {
    Float4 best = splat(-infinity);
    std::size_t i = 0;
    for (; i + lanes <= x.size(); i += lanes) best = max(best, load(&x[i]));
    float result = std::max(std::max(best[0], best[1]), std::max(best[2], best[3]));
    for (; i < x.size(); ++i) result = std::max(result, x[i]);
    return result;
}

/// The limits that exp(x − max) cannot reach: an infinite score takes all, and without a finite one there is no answer.
template <class Number>
void softmax_of_infinite(std::span<const float> x, float maximum, std::span<Number> out) {
    const bool undefined =
        maximum < 0 || std::any_of(x.begin(), x.end(), [](float score) { return std::isnan(score); });
    const auto winners = static_cast<Number>(std::count(x.begin(), x.end(), infinity));
    for (std::size_t i = 0; i < x.size(); ++i)
        out[i] = undefined ? static_cast<Number>(not_a_number) : (x[i] == infinity ? 1 / winners : 0);
}

}  // namespace

void softmax(std::span<const float> x, float temperature, std::span<float> out) {
    assert(x.size() == out.size() && temperature > 0);
    const std::size_t n = x.size();
    const float maximum = largest(x);
    if (std::isinf(maximum)) return softmax_of_infinite(x, maximum, out);

    const auto weigh = [maximum = splat(maximum), temperature = splat(temperature)](Float4 scores) {
        return exp(div(sub(scores, maximum), temperature));
    };
    double total = 0;
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const Float4 weights = weigh(load(&x[i]));
        store(&out[i], weights);
        total += static_cast<double>(sum_lanes(weights));
    }
    if (i < n) store_first(&out[i], weigh(load_first(&x[i], n - i)), n - i);
    for (; i < n; ++i) total += static_cast<double>(out[i]);

    // A weight below the smallest normal float becomes 0: denormals would slow down everything that multiplies by it.
    const Float4 share = splat(static_cast<float>(1 / total));
    const Float4 smallest = splat(std::numeric_limits<float>::min());
    const auto divide = [&](Float4 weights) {
        const Float4 scaled = mul(weights, share);
        return select(less(scaled, smallest), splat(0), scaled);
    };
    for (i = 0; i + lanes <= n; i += lanes) store(&out[i], divide(load(&out[i])));
    if (i < n) store_first(&out[i], divide(load_first(&out[i], n - i)), n - i);
}

namespace reference {

void softmax(std::span<const float> x, double temperature, std::span<double> out) {
    const float maximum = largest(x);
    if (std::isinf(maximum)) return softmax_of_infinite(x, maximum, out);
    double total = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        out[i] = std::exp((static_cast<double>(x[i]) - static_cast<double>(maximum)) / temperature);
        total += out[i];
    }
    for (double& weight : out) weight /= total;
}

}  // namespace reference
}  // namespace lab
