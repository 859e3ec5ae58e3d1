// What the machine itself allows from within WebAssembly: multiplies and adds without any memory, reads without any
// arithmetic to speak of. No kernel of ours is in here; scripts/bench.mjs compiles it, once as simd128, once as
// relaxed.
#include <wasm_simd128.h>

#include <cstddef>
#include <cstdint>

namespace {

/// a · b + c as the binary at hand does it best: fused where relaxed SIMD allows that.
inline v128_t step(v128_t a, v128_t b, v128_t c) {
#if defined(__wasm_relaxed_simd__)
    return wasm_f32x4_relaxed_madd(a, b, c);
#else
    return wasm_f32x4_add(wasm_f32x4_mul(a, b), c);
#endif
}

/// Four sums of 16 bytes each: one cache line a step, added as whole numbers, which costs less than fetching them.
struct Stream {
    v128_t a, b, c, d;
    void take(const std::uint8_t* at) {
        a = wasm_i32x4_add(a, wasm_v128_load(at));
        b = wasm_i32x4_add(b, wasm_v128_load(at + 16));
        c = wasm_i32x4_add(c, wasm_v128_load(at + 32));
        d = wasm_i32x4_add(d, wasm_v128_load(at + 48));
    }
    v128_t sum() const { return wasm_i32x4_add(wasm_i32x4_add(a, b), wasm_i32x4_add(c, d)); }
};

constexpr Stream none{};

/// Reads `bytes` (a multiple of 64 · Streams), as so many streams side by side.
template <std::size_t Streams>
std::int32_t read(const std::uint8_t* from, std::size_t bytes) {
    Stream streams[Streams];
    for (Stream& stream : streams) stream = none;
    const std::size_t part = bytes / Streams;
    for (std::size_t i = 0; i < part; i += 64) {
        for (std::size_t s = 0; s < Streams; ++s) streams[s].take(from + s * part + i);
    }
    v128_t sum = streams[0].sum();
    for (std::size_t s = 1; s < Streams; ++s) sum = wasm_i32x4_add(sum, streams[s].sum());
    return wasm_i32x4_extract_lane(sum, 0);
}

}  // namespace

extern "C" {

/// Multiplies and adds in one round of `multiply_add`: 12 vectors of 4 lanes, 2 operations each, 8 times.
constexpr unsigned operations_per_round = 12 * 4 * 2 * 8;
unsigned round_operations() { return operations_per_round; }

/// Twelve sums that do not wait for each other (a product of matrices keeps as many), each x ← x · a + b, which tends
/// to b / (1 − a) and so never overflows nor gets denormal.
float multiply_add(unsigned rounds, float a, float b) {
    const v128_t factor = wasm_f32x4_splat(a);
    const v128_t term = wasm_f32x4_splat(b);
    v128_t x0 = term, x1 = term, x2 = term, x3 = term, x4 = term, x5 = term;
    v128_t y0 = factor, y1 = factor, y2 = factor, y3 = factor, y4 = factor, y5 = factor;
    for (unsigned i = 0; i < rounds; ++i) {
#pragma clang loop unroll(full)
        for (int j = 0; j < 8; ++j) {
            x0 = step(x0, factor, term), x1 = step(x1, factor, term), x2 = step(x2, factor, term);
            x3 = step(x3, factor, term), x4 = step(x4, factor, term), x5 = step(x5, factor, term);
            y0 = step(y0, factor, term), y1 = step(y1, factor, term), y2 = step(y2, factor, term);
            y3 = step(y3, factor, term), y4 = step(y4, factor, term), y5 = step(y5, factor, term);
        }
    }
    const v128_t x =
        wasm_f32x4_add(wasm_f32x4_add(wasm_f32x4_add(x0, x1), wasm_f32x4_add(x2, x3)), wasm_f32x4_add(x4, x5));
    const v128_t y =
        wasm_f32x4_add(wasm_f32x4_add(wasm_f32x4_add(y0, y1), wasm_f32x4_add(y2, y3)), wasm_f32x4_add(y4, y5));
    return wasm_f32x4_extract_lane(wasm_f32x4_add(x, y), 0);
}

/// Reads `bytes` at an address so many times, in 1, 2 or 4 streams; bytes is a multiple of 256.
std::int32_t read_bytes(const std::uint8_t* from, std::size_t bytes, unsigned streams, unsigned times) {
    std::int32_t sum = 0;
    for (unsigned i = 0; i < times; ++i) {
        sum += streams == 4 ? read<4>(from, bytes) : streams == 2 ? read<2>(from, bytes) : read<1>(from, bytes);
    }
    return sum;
}

}  // extern "C"
