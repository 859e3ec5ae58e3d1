// The k largest of n scores.
//
// A heap keeps the k best so far with the worst of them on top. Once it is full, nearly every score falls short of that
// worst one, so sixteen at a time are compared with it and passed over together.
#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

/// The order of the answer: higher score, then lower index; NaN after everything.
bool ranks_before(const Hit& a, const Hit& b) {
    if (std::isnan(a.score) != std::isnan(b.score)) return std::isnan(b.score);
    if (a.score != b.score && !std::isnan(a.score)) return a.score > b.score;
    return a.index < b.index;
}

Hit hit(std::span<const float> scores, std::size_t i) { return {static_cast<std::uint32_t>(i), scores[i]}; }

/// True if any of the sixteen floats exceeds the threshold.
bool any_above(const float* scores, float threshold) {
    const Float4 bar = splat(threshold);
    return any((less(bar, load(scores)) | less(bar, load(scores + 4))) |
               (less(bar, load(scores + 8)) | less(bar, load(scores + 12))));
}

}  // namespace

std::size_t top_k(std::span<const float> scores, std::span<Hit> out) {
    const std::size_t k = std::min(out.size(), scores.size());
    if (k == 0) return 0;
    const auto best = out.first(k);
    for (std::size_t i = 0; i < k; ++i) best[i] = hit(scores, i);
    std::make_heap(best.begin(), best.end(), ranks_before);  // the "largest" in this order is the worst hit

    const auto offer = [&](std::size_t i) {
        const Hit candidate = hit(scores, i);
        if (!ranks_before(candidate, best.front())) return;
        std::pop_heap(best.begin(), best.end(), ranks_before);
        best.back() = candidate;
        std::push_heap(best.begin(), best.end(), ranks_before);
    };
    std::size_t i = k;
    for (; i + 16 <= scores.size(); i += 16) {
        // Nothing is "above" NaN: while one is among the k, each score is offered.
        if (!std::isnan(best.front().score) && !any_above(&scores[i], best.front().score)) continue;
        for (std::size_t j = i; j < i + 16; ++j) offer(j);
    }
    for (; i < scores.size(); ++i) offer(i);
    std::sort_heap(best.begin(), best.end(), ranks_before);
    return k;
}

namespace reference {

std::size_t top_k(std::span<const float> scores, std::span<Hit> out) {
    const std::size_t k = std::min(out.size(), scores.size());
    for (std::size_t rank = 0; rank < k; ++rank) {
        // The best of those that come after the previous rank's.
        bool found = false;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const Hit candidate = hit(scores, i);
            if (rank > 0 && !ranks_before(out[rank - 1], candidate)) continue;
            if (found && !ranks_before(candidate, out[rank])) continue;
            out[rank] = candidate;
            found = true;
        }
    }
    return k;
}

}  // namespace reference
}  // namespace lab
