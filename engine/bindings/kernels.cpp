// The kernels by address: plain C functions over floats that already lie in the engine's memory. They cost a few
// nanoseconds a call, where a marshalled one costs hundreds. Lengths and contents are checked by the caller
// (web/engine/kernels.ts), who also owns the memory: every address here came from lab_allocate.
#include "engine/kernels/kernels.h"

#include <emscripten/emscripten.h>

#include <cstdint>
#include <span>

#include "engine/base/random.h"

using lab::MatrixView;
using In = std::span<const float>;
using Out = std::span<float>;

extern "C" {

EMSCRIPTEN_KEEPALIVE float lab_dot(const float* a, const float* b, std::size_t n) {
    return lab::dot(In(a, n), In(b, n));
}
EMSCRIPTEN_KEEPALIVE float lab_norm(const float* a, std::size_t n) { return lab::norm(In(a, n)); }
EMSCRIPTEN_KEEPALIVE float lab_cosine(const float* a, const float* b, std::size_t n) {
    return lab::cosine(In(a, n), In(b, n));
}

/// Returns |a|; out[n].
EMSCRIPTEN_KEEPALIVE float lab_normalize(const float* a, std::size_t n, float* out) {
    return lab::normalize(In(a, n), Out(out, n));
}

/// out[R] = matrix[R,C] · x[C].
EMSCRIPTEN_KEEPALIVE void lab_matvec(const float* matrix, std::size_t rows, std::size_t columns, const float* x,
                                     float* out) {
    lab::matvec(MatrixView{In(matrix, rows * columns), rows, columns}, In(x, columns), Out(out, rows));
}

EMSCRIPTEN_KEEPALIVE std::size_t lab_matmul_workspace(std::size_t m, std::size_t k, std::size_t n) {
    return lab::matmul_workspace(m, k, n);
}

/// out[M,N] = a[M,K] · b[K,N]; workspace of lab_matmul_workspace(M, K, N) floats.
EMSCRIPTEN_KEEPALIVE void lab_matmul(const float* a, const float* b, std::size_t m, std::size_t k, std::size_t n,
                                     float* workspace, float* out) {
    lab::matmul(MatrixView{In(a, m * k), m, k}, MatrixView{In(b, k * n), k, n},
                Out(workspace, lab::matmul_workspace(m, k, n)), lab::MutableMatrixView{Out(out, m * n), m, n});
}

/// out[n]; it may be x.
EMSCRIPTEN_KEEPALIVE void lab_softmax(const float* x, std::size_t n, float temperature, float* out) {
    lab::softmax(In(x, n), temperature, Out(out, n));
}

/// hits[k], eight bytes each: index, then score. Returns how many were written.
EMSCRIPTEN_KEEPALIVE std::size_t lab_top_k(const float* scores, std::size_t n, lab::Hit* hits, std::size_t k) {
    return lab::top_k(In(scores, n), std::span(hits, k));
}

/// out[n] standard normal numbers; the seed is a whole number below 2⁵³.
EMSCRIPTEN_KEEPALIVE void lab_fill_normal(double seed, float* out, std::size_t n) {
    lab::Random(static_cast<std::uint64_t>(seed)).fill_normal(Out(out, n));
}

}  // extern "C"
