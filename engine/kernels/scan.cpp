#include "engine/kernels/scan.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

constexpr std::size_t codes_per_step = 16;

/// Levels to each side of zero: what the target's codes hold, and what keeps 127 · levels · n below 2³¹.
int query_levels(std::size_t n) {
    const std::size_t most = ((std::size_t{1} << 31) - 1) / (127 * std::max<std::size_t>(n, 1));
    return static_cast<int>(std::min<std::size_t>(scan_levels, most));
}

}  // namespace

std::size_t scan_stride(std::size_t columns) {
    return (columns + codes_per_step - 1) / codes_per_step * codes_per_step;
}

ScanQuery encode_query(std::span<const float> query, std::span<std::int16_t> codes) {
    assert(codes.size() >= scan_stride(query.size()));
    const int levels = query_levels(query.size());
    float largest = 0;
    for (const float x : query) largest = std::max(largest, std::abs(x));
    const float scale = largest / static_cast<float>(levels);
    double squares = 0;
    std::fill(codes.begin(), codes.end(), std::int16_t{0});
    for (std::size_t i = 0; i < query.size(); ++i) {
        const auto top = static_cast<float>(levels);
        const float code = scale > 0 ? std::clamp(std::round(query[i] / scale), -top, top) : 0.0f;
        const double lost = static_cast<double>(query[i]) - static_cast<double>(scale) * static_cast<double>(code);
        squares += lost * lost;
        store_scan_code(codes.data(), i, static_cast<int>(code));
    }
    return {scale, std::sqrt(squares)};
}

void scan_bounds(const std::int8_t* table, std::size_t first, std::size_t count, std::size_t apart,
                 std::span<const std::int16_t> codes, Reach reach, std::span<float> lower, std::span<float> upper) {
    assert(lower.size() == scan_lines * count && upper.size() == lower.size());
    const std::size_t stride = codes.size();
    const std::size_t bytes = stride + sizeof(ScanTail);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int8_t* row[scan_lines];
        for (std::size_t line = 0; line < scan_lines; ++line) row[line] = table + (first + i + line * apart) * bytes;
        Int4 sum[scan_lines] = {};
        for (std::size_t c = 0; c < stride; c += codes_per_step) {
            const ScanCodes query = load_scan_codes(codes.data(), c);
            for (std::size_t line = 0; line < scan_lines; ++line)
                sum[line] = multiply_add(row[line] + c, query, sum[line]);
        }
        // From here on a lane is a row: its sum, and the four numbers of its tail.
        transpose(sum);
        Int4 score = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        Float4 tail[scan_lines];
        for (std::size_t line = 0; line < scan_lines; ++line)
            std::memcpy(&tail[line], row[line] + stride, sizeof(ScanTail));
        transpose(tail);
        if constexpr (scan_shift != 0) score -= scan_shift * std::bit_cast<Int4>(tail[0]);
        const Float4 middle = mul(to_float(score), mul(tail[1], splat(reach.scale)));
        const Float4 to_each_side = add(mul(tail[3], splat(reach.a)), mul(tail[2], splat(reach.b)));
        store(&lower[scan_lines * i], sub(middle, to_each_side));
        store(&upper[scan_lines * i], add(middle, to_each_side));
    }
}

std::size_t not_below(std::span<const float> values, float bar, std::span<std::uint32_t> out) {
    assert(out.size() >= values.size());
    std::size_t count = 0;
    const auto offer = [&](std::size_t i) {
        if (!(values[i] < bar)) out[count++] = static_cast<std::uint32_t>(i);
    };
    const Float4 bars = splat(bar);
    std::size_t i = 0;
    for (; i + codes_per_step <= values.size(); i += codes_per_step) {
        const float* x = &values[i];  // nearly all are below: sixteen at a time are passed over together
        const Int4 below =
            (less(load(x), bars) & less(load(x + 4), bars)) & (less(load(x + 8), bars) & less(load(x + 12), bars));
        if (any(~below))
            for (std::size_t j = i; j < i + codes_per_step; ++j) offer(j);
    }
    for (; i < values.size(); ++i) offer(i);
    return count;
}

namespace reference {

void query_codes(std::span<const std::int16_t> codes, std::span<int> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = scan_code(codes.data(), i);
}

}  // namespace reference
}  // namespace lab
