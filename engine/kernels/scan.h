// Scanning a table of int8 codes with one query: the kernel under the certified search (engine/models/search).
//
// It differs from matvec_int8 in what it gives up and what it gains. The query is coded as the target likes it best, so
// that a row costs one instruction per sixteen products; scores are whole numbers, to be scaled by the caller; and what
// the query's coding loses is returned, so that the caller can bound every score's error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lab {

/// Rows of codes are kept this many bytes apart, filled up with zeros: columns, rounded up to a multiple of 16.
std::size_t scan_stride(std::size_t columns);

/// What a query's codes stand for: query[i] = scale · code[i] + error, |error vector| ≤ residual.
struct ScanQuery {
    float scale;
    double residual;
};

/// A query as the target's scan wants it: with relaxed SIMD codes in [−63, 63], moved up by 64 and one byte each;
/// elsewhere two bytes each, with as many levels as keep a row's sum below 2³¹. query[C] of finite floats; codes of at
/// least scan_stride(C) elements. C ≤ 130,000.
ScanQuery encode_query(std::span<const float> query, std::span<std::int16_t> codes);

/// out[r] = Σ_c table[r,c] · code[c], exact in 32 bits. table[R, stride], sums[R] = Σ_c table[r,c] (the query's shift
/// is taken off by them), codes[stride] by encode_query, out[R]; stride = scan_stride(C).
void scan_int8(std::span<const std::int8_t> table, std::span<const std::int32_t> sums,
               std::span<const std::int16_t> codes, std::span<std::int32_t> out);

/// middle = scores[r] · (scales[r] · scale) and reach = a · remainders[r] + b · lengths[r]; lower[r] = middle − reach,
/// upper[r] = middle + reach. All [R].
struct Reach {
    float scale, a, b;
};
void score_bounds(std::span<const std::int32_t> scores, std::span<const float> scales,
                  std::span<const float> remainders, std::span<const float> lengths, Reach reach,
                  std::span<float> lower, std::span<float> upper);

/// The places of all values that are not below the bar (NaN is not), in order. values[R], out of at least R; returns
/// how many.
std::size_t not_below(std::span<const float> values, float bar, std::span<std::uint32_t> out);

namespace reference {
/// The codes of encode_query as plain numbers, the shift taken off. out[stride].
void query_codes(std::span<const std::int16_t> codes, std::span<int> out);
}  // namespace reference

}  // namespace lab
