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

/// out[r · apart] = (row r · apart) · codes[stride] for r < Rows.
template <std::size_t Rows>
void scan_rows(const std::int8_t* table, std::size_t stride, std::size_t apart, const std::int16_t* codes,
               std::int32_t* out) {
    Int4 sum[Rows] = {};
    for (std::size_t c = 0; c < stride; c += codes_per_step) {
        const ScanCodes query = load_scan_codes(codes, c);
        for (std::size_t r = 0; r < Rows; ++r)
            sum[r] = multiply_add(load(table + r * apart * stride + c), query, sum[r]);
    }
    for (std::size_t r = 0; r < Rows; ++r) out[r * apart] = sum_lanes(sum[r]);
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

void scan_int8(std::span<const std::int8_t> table, std::span<const std::int32_t> sums,
               std::span<const std::int16_t> codes, std::span<std::int32_t> out) {
    const std::size_t rows = out.size();
    const std::size_t stride = codes.size();
    assert(table.size() == rows * stride && sums.size() == rows && stride % codes_per_step == 0);
    constexpr std::size_t tile = 4;
    const std::size_t apart = rows / tile;  // four rows a quarter of the table apart: memory is read along four lines
    for (std::size_t r = 0; r < apart; ++r)
        scan_rows<tile>(table.data() + r * stride, stride, apart, codes.data(), &out[r]);
    for (std::size_t r = apart * tile; r < rows; ++r)
        scan_rows<1>(table.data() + r * stride, stride, 1, codes.data(), &out[r]);
    if constexpr (scan_shift != 0)
        for (std::size_t i = 0; i < rows; ++i) out[i] -= scan_shift * sums[i];
}

void score_bounds(std::span<const std::int32_t> scores, std::span<const float> scales,
                  std::span<const float> remainders, std::span<const float> lengths, Reach reach,
                  std::span<float> lower, std::span<float> upper) {
    const std::size_t rows = scores.size();
    assert(scales.size() == rows && remainders.size() == rows && lengths.size() == rows);
    assert(lower.size() == rows && upper.size() == rows);
    for (std::size_t r = 0; r < rows; ++r) {
        const float middle = static_cast<float>(scores[r]) * (scales[r] * reach.scale);
        const float to_each_side = reach.a * remainders[r] + reach.b * lengths[r];
        lower[r] = middle - to_each_side;
        upper[r] = middle + to_each_side;
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
