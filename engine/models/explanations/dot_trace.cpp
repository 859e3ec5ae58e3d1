#include "engine/models/explanations/dot_trace.h"

#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

DotTrace trace(std::span<const float> a, std::span<const float> b) {
    assert(a.size() == b.size());
    using namespace simd;
    const std::size_t n = a.size();
    DotTrace made;
    made.products.resize(n);
    made.running.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        made.products[i] = a[i] * b[i];
        made.sequential += made.products[i];
        made.running[i] = made.sequential;
    }
    made.exact = reference::dot(a, b);

    dot_running_sums(a, b, made.accumulators);
    const auto vector = [&](std::size_t v) { return load(&made.accumulators[lanes * v]); };
    const Float4 total = add(add(vector(0), vector(1)), add(vector(2), vector(3)));
    store(made.lanes.data(), total);
    made.result = sum_lanes(total);
    return made;
}

}  // namespace lab
