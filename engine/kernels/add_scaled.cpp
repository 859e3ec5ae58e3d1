// y += scale · x: the step of every gradient descent and of king − man + woman.
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

template <class Arithmetic>
void add_scaled_of(std::span<const float> x, float scale, std::span<float> y) {
    assert(x.size() == y.size());
    const std::size_t n = x.size();
    const Float4 factor = splat(scale);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) store(&y[i], Arithmetic::step(load(&x[i]), factor, load(&y[i])));
    // The last one to three go through the same instruction, so that a value does not depend on where it stands.
    if (i < n) store_first(&y[i], Arithmetic::step(load_first(&x[i], n - i), factor, load_first(&y[i], n - i)), n - i);
}

}  // namespace

void add_scaled(std::span<const float> x, float scale, std::span<float> y) { add_scaled_of<Fastest>(x, scale, y); }

namespace plain {
void add_scaled(std::span<const float> x, float scale, std::span<float> y) { add_scaled_of<Plain>(x, scale, y); }
}  // namespace plain

namespace reference {

void add_scaled(std::span<const float> x, float scale, std::span<float> y) {
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double sum = static_cast<double>(y[i]) + static_cast<double>(scale) * static_cast<double>(x[i]);
        y[i] = static_cast<float>(sum);
    }
}

}  // namespace reference
}  // namespace lab
