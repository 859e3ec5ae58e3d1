// Float4: four floats that one instruction handles together. The only file with #if about instruction sets.
//
// The types are the compilers' vector extension, which g++ and clang turn into SSE2 or NEON natively and into simd128
// in WebAssembly: one source, so that sanitizers, the debugger and the native trainers run the very lane code that the
// reader's browser runs. Only what the extension cannot say (relaxed SIMD, int8 dot products) is written per target, at
// the end.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace lab::simd {

inline constexpr std::size_t lanes = 4;

using Float4 = float __attribute__((vector_size(16)));
using Int4 =
    std::int32_t __attribute__((vector_size(16)));  // also a mask: all bits of a lane set where a comparison holds

inline Float4 load(const float* from) {  // any alignment
    Float4 x;
    std::memcpy(&x, from, sizeof x);
    return x;
}
inline void store(float* to, Float4 x) { std::memcpy(to, &x, sizeof x); }
inline Float4 splat(float x) { return Float4{x, x, x, x}; }

/// The end of an array: four floats, or the last count < 4 filled up with zeros; reads nothing beyond them.
inline Float4 load_first(const float* from, std::size_t count) {
    if (count >= lanes) return load(from);
    return Float4{count > 0 ? from[0] : 0.0f, count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, 0.0f};
}
/// Writes four lanes, or the first count < 4, and nothing beyond them.
inline void store_first(float* to, Float4 x, std::size_t count) {
    if (count >= lanes) return store(to, x);
    if (count > 0) to[0] = x[0];
    if (count > 1) to[1] = x[1];
    if (count > 2) to[2] = x[2];
}

inline Float4 add(Float4 a, Float4 b) { return a + b; }
inline Float4 sub(Float4 a, Float4 b) { return a - b; }
inline Float4 mul(Float4 a, Float4 b) { return a * b; }
inline Float4 div(Float4 a, Float4 b) { return a / b; }

inline Int4 less(Float4 a, Float4 b) { return a < b; }  // false where either is NaN
inline Float4 select(Int4 mask, Float4 where_set, Float4 elsewhere) { return mask ? where_set : elsewhere; }
/// a < b ? b : a in each lane: a NaN in b is passed over, one in a stays.
inline Float4 max(Float4 a, Float4 b) { return select(less(a, b), b, a); }

/// x where the mask is not set, 0 where it is.
inline Float4 zero_where(Int4 mask, Float4 x) { return std::bit_cast<Float4>(std::bit_cast<Int4>(x) & ~mask); }

/// The largest lane in all four; a NaN is passed over as max does.
inline Float4 largest_lane(Float4 x) {
    x = max(x, __builtin_shufflevector(x, x, 2, 3, 0, 1));
    return max(x, __builtin_shufflevector(x, x, 1, 0, 3, 2));
}

/// Turns a square of four rows on its side.
template <class Vector>
void transpose(Vector (&x)[4]) {
    const Vector low01 = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5);
    const Vector high01 = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7);
    const Vector low23 = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5);
    const Vector high23 = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
    x[0] = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
    x[1] = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
    x[2] = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
    x[3] = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}

inline Float4 to_float(Int4 x) { return __builtin_convertvector(x, Float4); }

inline float lane(Float4 x, int i) { return x[i]; }
/// The horizontal add: (lane 0 + lane 1) + (lane 2 + lane 3).
inline float sum_lanes(Float4 x) { return (x[0] + x[1]) + (x[2] + x[3]); }
inline std::int32_t sum_lanes(Int4 x) { return (x[0] + x[1]) + (x[2] + x[3]); }

/// 2ⁿ for whole n in [−126, 127], given as 1.5·2²³ + n: the low bits of that float are n itself, and shifted up they
/// are the exponent.
inline Float4 power_of_two(Float4 n_plus_magic) {
    using UInt4 = std::uint32_t __attribute__((vector_size(16)));
    return std::bit_cast<Float4>((std::bit_cast<UInt4>(n_plus_magic) << 23) + (127u << 23));
}

// ---- Sixteen int8 codes ----

using Code16 = std::int8_t __attribute__((vector_size(16)));

inline Code16 load(const std::int8_t* from) {
    Code16 x;
    std::memcpy(&x, from, sizeof x);
    return x;
}
/// All bits set where a code is negative.
inline Code16 negative(Code16 x) { return x < 0; }
/// −x where mask is set, x elsewhere.
inline Code16 negate_where(Code16 mask, Code16 x) { return (x ^ mask) - mask; }

// ---- What differs between targets ----

/// True if any lane of a mask is set.
inline bool any(Int4 mask) {
#if defined(__wasm_simd128__)
    return wasm_v128_any_true(std::bit_cast<v128_t>(mask));
#else
    return (mask[0] | mask[1] | mask[2] | mask[3]) != 0;
#endif
}

/// a · b + c in each lane. Relaxed SIMD may round once (fused) where simd128 rounds twice.
inline Float4 multiply_add(Float4 a, Float4 b, Float4 c) {
#if defined(__wasm_relaxed_simd__)
    return std::bit_cast<Float4>(
        wasm_f32x4_relaxed_madd(std::bit_cast<v128_t>(a), std::bit_cast<v128_t>(b), std::bit_cast<v128_t>(c)));
#else
    return a * b + c;
#endif
}

/// a · b + c in each lane, rounded twice on every machine: where the same figures are wanted bit for bit everywhere.
inline Float4 multiply_then_add(Float4 a, Float4 b, Float4 c) { return a * b + c; }

/// The two as something to hand to a kernel that is written once for both.
struct Fastest {
    static Float4 step(Float4 a, Float4 b, Float4 c) { return multiply_add(a, b, c); }
};
struct Plain {
    static Float4 step(Float4 a, Float4 b, Float4 c) { return multiply_then_add(a, b, c); }
};

/// sum[i] + Σ a·b over a quarter of the sixteen codes, in 32-bit integers. a in [−127, 127], b in [0, 127]: relaxed
/// SIMD demands the second, and within it every machine gives the same, exact sum. Which codes meet in which lane is
/// not said.
inline Int4 multiply_add(Code16 a, Code16 b, Int4 sum) {
#if defined(__wasm_simd128__)
    const v128_t x = std::bit_cast<v128_t>(a);
    const v128_t y = std::bit_cast<v128_t>(b);
#if defined(__wasm_relaxed_simd__)
    // Pairs first, then fours. The instruction that also adds to the sum, i32x4.relaxed_dot_i8x16_i7x16_add_s, is not
    // used: the baseline compiler of V8 11.3 (and so of Node 20) gives twice the products when the sum's register is
    // the result's.
    const v128_t products = wasm_i32x4_extadd_pairwise_i16x8(wasm_i16x8_relaxed_dot_i8x16_i7x16(x, y));
#else
    const v128_t low = wasm_i32x4_dot_i16x8(wasm_i16x8_extend_low_i8x16(x), wasm_i16x8_extend_low_i8x16(y));
    const v128_t high = wasm_i32x4_dot_i16x8(wasm_i16x8_extend_high_i8x16(x), wasm_i16x8_extend_high_i8x16(y));
    const v128_t products = wasm_i32x4_add(low, high);
#endif
    return sum + std::bit_cast<Int4>(products);
#else
    for (int i = 0; i < 16; ++i) sum[i / 4] += a[i] * b[i];
    return sum;
#endif
}

// ---- A query's codes, as scan.h wants them: sixteen at once against sixteen codes of a row, added to the sum ----

#if defined(__wasm_relaxed_simd__)
inline constexpr int scan_levels = 63;  // one byte each, moved up to 1 … 127, for the relaxed dot product
inline constexpr int scan_shift = 64;
using ScanCodes = Code16;
inline ScanCodes load_scan_codes(const std::int16_t* codes, std::size_t i) {
    return load(reinterpret_cast<const std::int8_t*>(codes) + i);
}
inline Int4 multiply_add(const std::int8_t* row, const ScanCodes& query, Int4 sum) {
    return multiply_add(load(row), query, sum);
}
inline void store_scan_code(std::int16_t* codes, std::size_t i, int code) {
    reinterpret_cast<std::int8_t*>(codes)[i] = static_cast<std::int8_t>(code + scan_shift);
}
inline int scan_code(const std::int16_t* codes, std::size_t i) {
    return reinterpret_cast<const std::int8_t*>(codes)[i] - scan_shift;
}
#else
inline constexpr int scan_levels = 32767;  // two bytes each: a row's codes are widened anyway, so they cost nothing
inline constexpr int scan_shift = 0;
using Short8 = std::int16_t __attribute__((vector_size(16)));
struct ScanCodes {
    Short8 low, high;
};
inline ScanCodes load_scan_codes(const std::int16_t* codes, std::size_t i) {
    ScanCodes x;
    std::memcpy(&x, codes + i, sizeof x);
    return x;
}
inline void store_scan_code(std::int16_t* codes, std::size_t i, int code) {
    codes[i] = static_cast<std::int16_t>(code);
}
inline int scan_code(const std::int16_t* codes, std::size_t i) { return codes[i]; }
inline Int4 multiply_add(const std::int8_t* row, const ScanCodes& query, Int4 sum) {
#if defined(__wasm_simd128__)
    // Widened while loaded: eight codes twice cost less than sixteen taken apart.
    const v128_t low = wasm_i32x4_dot_i16x8(wasm_i16x8_load8x8(row), std::bit_cast<v128_t>(query.low));
    const v128_t high = wasm_i32x4_dot_i16x8(wasm_i16x8_load8x8(row + 8), std::bit_cast<v128_t>(query.high));
    return sum + (std::bit_cast<Int4>(low) + std::bit_cast<Int4>(high));
#else
    for (int i = 0; i < 8; ++i) sum[i / 2] += row[i] * query.low[i] + row[8 + i] * query.high[i];
    return sum;
#endif
}
#endif

/// Rows of out that matmul holds in registers at once, two Float4 wide. Of the sixteen registers of SSE, AVX and V8's
/// code (which keeps one for itself), 6 × 2 hold sums, 2 hold b and 1 holds a; apart, multiply and add need room for
/// the product too.
#if defined(__wasm_relaxed_simd__)
inline constexpr std::size_t matmul_rows = 6;
#else
inline constexpr std::size_t matmul_rows = 4;
#endif
/// The same where the two stay apart in every binary.
inline constexpr std::size_t plain_matmul_rows = 4;

}  // namespace lab::simd
