// Vectors at a quarter of the bytes: codes in [−127, 127] and one scale per vector, multiplied and summed in exact
// integers.
//
// The instruction for sixteen products at once wants one operand in 0 … 127 (simd.h), so the sign of b moves to a:
// a · b = (a · sign b) · |b|. In matvec_int8 b is the query, whose signs are split off once for four rows.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"

namespace lab {

using namespace simd;

namespace {

/// out[Rows] = rows[Rows, columns] · x[columns], codes row after row.
template <std::size_t Rows>
void dot_rows(const std::int8_t* rows, std::size_t columns, const std::int8_t* x, std::int32_t* out) {
    Int4 sum[Rows] = {};
    std::size_t c = 0;
    for (; c + 16 <= columns; c += 16) {
        const Code16 query = load(x + c);
        const Code16 sign = negative(query);
        const Code16 magnitude = negate_where(sign, query);
        for (std::size_t r = 0; r < Rows; ++r)
            sum[r] = multiply_add(negate_where(sign, load(rows + r * columns + c)), magnitude, sum[r]);
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        out[r] = sum_lanes(sum[r]);
        for (std::size_t i = c; i < columns; ++i) out[r] += rows[r * columns + i] * x[i];
    }
}

}  // namespace

float quantize(std::span<const float> a, int levels, std::span<std::int8_t> codes) {
    assert(a.size() == codes.size() && 1 <= levels && levels <= 127);
    const bool finite = std::all_of(a.begin(), a.end(), [](float x) { return std::isfinite(x); });
    float largest = 0;
    for (const float x : a) largest = std::max(largest, std::abs(x));
    const float top = static_cast<float>(levels);
    const float scale = finite ? largest / top : 0.0f;
    if (scale == 0) {
        std::fill(codes.begin(), codes.end(), std::int8_t{0});
        return 0;
    }
    // The clamp acts only where scale itself is denormal, and so rounded coarsely.
    for (std::size_t i = 0; i < a.size(); ++i)
        codes[i] = static_cast<std::int8_t>(std::clamp(std::round(a[i] / scale), -top, top));
    return scale;
}

std::int32_t dot_int8(std::span<const std::int8_t> a, std::span<const std::int8_t> b) {
    assert(a.size() == b.size());
    std::int32_t result = 0;
    dot_rows<1>(a.data(), a.size(), b.data(), &result);
    return result;
}

void matvec_int8(std::span<const std::int8_t> codes, std::span<const float> scales, std::span<const std::int8_t> query,
                 float query_scale, std::span<float> out) {
    const std::size_t rows = out.size();
    const std::size_t columns = query.size();
    assert(codes.size() == rows * columns && scales.size() == rows);
    constexpr std::size_t tile = 4;
    std::int32_t sums[tile];
    const auto finish = [&](std::size_t first, std::size_t count) {
        for (std::size_t r = 0; r < count; ++r)
            out[first + r] = static_cast<float>(sums[r]) * scales[first + r] * query_scale;
    };
    std::size_t r = 0;
    for (; r + tile <= rows; r += tile) {
        dot_rows<tile>(codes.data() + r * columns, columns, query.data(), sums);
        finish(r, tile);
    }
    for (; r < rows; ++r) {
        dot_rows<1>(codes.data() + r * columns, columns, query.data(), sums);
        finish(r, 1);
    }
}

namespace reference {

std::int64_t dot_int8(std::span<const std::int8_t> a, std::span<const std::int8_t> b) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::int64_t{a[i]} * std::int64_t{b[i]};
    return sum;
}

void matvec_int8(std::span<const std::int8_t> codes, std::span<const float> scales, std::span<const std::int8_t> query,
                 float query_scale, std::span<double> out) {
    for (std::size_t r = 0; r < out.size(); ++r) {
        const auto sum = static_cast<double>(dot_int8(codes.subspan(r * query.size(), query.size()), query));
        out[r] = sum * static_cast<double>(scales[r]) * static_cast<double>(query_scale);
    }
}

}  // namespace reference
}  // namespace lab
