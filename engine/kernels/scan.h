// Scanning a table of int8 codes with one query: the kernel under the certified search (engine/models/search).
//
// It differs from matvec_int8 in what it gives up and what it gains. The query is coded as the target likes it best, so
// that a row costs one instruction per sixteen products; and of each row there come two bounds that its exact score
// lies between, for what the codes lose is known: of the query it is returned, of each row it stands behind its codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lab {

/// Rows of codes are filled up with zeros to a multiple of 16.
std::size_t scan_stride(std::size_t columns);

/// What stands in memory behind a row's codes, so that it comes with them: Σ codes, and what the caller knows of them.
struct ScanTail {
    std::int32_t sum;
    float scale;      // the row is scale · codes + remainder
    float length;     // of scale · codes, or more
    float remainder;  // its length, or more
};

/// Bytes of a row, its tail included: a multiple of 16.
inline std::size_t scan_row_bytes(std::size_t columns) { return scan_stride(columns) + sizeof(ScanTail); }

/// What a query's codes stand for: query[i] = scale · code[i] + error, |error vector| ≤ residual.
struct ScanQuery {
    float scale;
    double residual;
};

/// A query as the target's scan wants it: with relaxed SIMD codes in [−63, 63], moved up by 64 and one byte each;
/// elsewhere two bytes each, with as many levels as keep a row's sum below 2³¹. query[C] of finite floats; codes of at
/// least scan_stride(C) elements. C ≤ 130,000.
ScanQuery encode_query(std::span<const float> query, std::span<std::int16_t> codes);

/// A row's score is within  a · remainder + b · length  of  scale · row's scale · Σ codes · query's codes.
struct Reach {
    float scale, a, b;
};

/// Rows that are scanned together, each along a line of its own through memory.
inline constexpr std::size_t scan_lines = 4;

/// Bounds of the rows first + i + line · apart, i < count: lower[4 · i + line] and upper[4 · i + line], the sum itself
/// exact in 32 bits. table holds rows of scan_row_bytes(C) bytes, codes[scan_stride(C)] by encode_query; lower and
/// upper [4 · count]. apart may be 0: then all four are the same row.
void scan_bounds(const std::int8_t* table, std::size_t first, std::size_t count, std::size_t apart,
                 std::span<const std::int16_t> codes, Reach reach, std::span<float> lower, std::span<float> upper);

/// The places of all values that are not below the bar (NaN is not), in order. values[R], out of at least R; returns
/// how many.
std::size_t not_below(std::span<const float> values, float bar, std::span<std::uint32_t> out);

namespace reference {
/// The codes of encode_query as plain numbers, the shift taken off. out[stride].
void query_codes(std::span<const std::int16_t> codes, std::span<int> out);
}  // namespace reference

}  // namespace lab
