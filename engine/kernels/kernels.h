// Every kernel's contract, once. One .cpp per kernel beside this file; each also holds the kernel's reference:: twin in
// plain double arithmetic, which the tests, and the check beside every unfolded number, compare it with.
//
// All kernels: inputs are spans of finite or non-finite floats at any alignment; the output span comes last and does
// not overlap an input unless the contract says so; nothing allocates, throws or prints; lengths are the caller's duty
// (bindings check them) and are asserted in debug builds. NaN and ±∞ follow IEEE 754 through multiplies and adds;
// denormals are computed exactly, not flushed.
//
// Accuracy: u = 2⁻²⁴. A sum of n products taken in the kernels' order differs from the exact sum by at most
// (n/16 + 8) · u · Σ|aᵢbᵢ| (Higham 2002, "Accuracy and Stability of Numerical Algorithms", §3.1, sixteen running sums).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/matrix_view.h"

namespace lab {

/// Σᵢ a[i]·b[i]. a[n], b[n]; n = 0 gives 0. f32 accumulators: four vectors of four lanes, added pairwise at the end.
float dot(std::span<const float> a, std::span<const float> b);

/// The sixteen running sums of dot(a, b), as they stand before it adds them up: sums[4s + l] is lane l of vector s and
/// holds the products of the elements i with ⌊i/4⌋ mod 4 = s and i mod 4 = l, added in order. dot is then, lane by lane
/// and at last across, ((s0 + s1) + (s2 + s3)), (l0 + l1) + (l2 + l3). a[n], b[n], sums[16].
void dot_running_sums(std::span<const float> a, std::span<const float> b, std::span<float> sums);

/// Σᵢ a[i]². a[n]. The dot product of a with itself.
float sum_of_squares(std::span<const float> a);

/// √Σᵢ a[i]², the Euclidean length. Squares overflow to ∞ beyond |a[i]| ≈ 1.8·10¹⁹, lose digits below ≈ 10⁻¹⁹ and
/// vanish below ≈ 10⁻²³: documented, not rescued, so that the length is always the root of the sum of squares that
/// stands beside it.
float norm(std::span<const float> a);

/// y[i] += scale · x[i]. x[n], y[n].
void add_scaled(std::span<const float> x, float scale, std::span<float> y);

/// out[i] = a[i] / |a|; returns |a|. out may be a. A zero (or non-finite) length leaves out all zeros: a zero vector
/// has no direction.
float normalize(std::span<const float> a, std::span<float> out);

/// a·b / (|a| |b|), clamped to [−1, 1]. NaN if either length is zero or not finite: callers at the boundary refuse that
/// input with words.
float cosine(std::span<const float> a, std::span<const float> b);

/// out[r] = Σ_c matrix[r,c] · x[c]. matrix[R,C], x[C], out[R]: one dot product per row, the same to the last bit as dot
/// gives.
void matvec(MatrixView matrix, std::span<const float> x, std::span<float> out);

/// Floats that matmul needs as workspace for packing, for c[M,N] = a[M,K] · b[K,N].
std::size_t matmul_workspace(std::size_t m, std::size_t k, std::size_t n);

/// out[m,n] = Σ_k a[m,k] · b[k,n]. a[M,K], b[K,N], out[M,N]; workspace of at least matmul_workspace(M, K, N) floats.
/// Register-tiled, b packed in panels. Each output is one dot product over k, summed in f32 in order of k within blocks
/// of 256, block sums added in order.
void matmul(MatrixView a, MatrixView b, std::span<float> workspace, MutableMatrixView out);

/// out[i] = exp((x[i] − max x) / temperature) / Σⱼ exp((x[j] − max x) / temperature). temperature > 0; out may be x.
/// Arguments of exp below −87, and weights below the smallest normal float, give 0, so that no denormal slows what
/// follows. The sum is taken in double; a weight of argument t is within (8 + 3|t|) · 2⁻²⁴ of itself of the exact one.
/// +∞ shares all weight among the infinite entries; an all −∞ or NaN-holding input gives NaN. Empty input does nothing.
void softmax(std::span<const float> x, float temperature, std::span<float> out);

/// One hit of a search.
struct Hit {
    std::uint32_t index;
    float score;
};

/// The out.size() largest scores, best first; ties go to the lower index; NaN ranks below everything. Returns how many
/// were written: min(out.size(), scores.size()).
std::size_t top_k(std::span<const float> scores, std::span<Hit> out);

// ---- int8: code · scale stands for a float. Codes lie in [−127, 127]. ----

/// codes[i] = round(a[i] / scale), scale = max|a| / levels; returns scale (0 for a zero vector). 1 ≤ levels ≤ 127.
/// Half rounds away from zero; |a[i] − codes[i] · scale| ≤ scale/2, and a hair. Non-finite input gives scale 0 and zero
/// codes.
float quantize(std::span<const float> a, int levels, std::span<std::int8_t> codes);

/// Σᵢ a[i]·b[i] in 32-bit integers, exact. No overflow for n ≤ 133,000 (127² · n < 2³¹).
std::int32_t dot_int8(std::span<const std::int8_t> a, std::span<const std::int8_t> b);

/// out[r] = dot_int8(row r, query) · scales[r] · query_scale. codes[R,C] row after row, scales[R], query[C], out[R].
void matvec_int8(std::span<const std::int8_t> codes, std::span<const float> scales, std::span<const std::int8_t> query,
                 float query_scale, std::span<float> out);

// The same with every product rounded before it is added, on every machine: relaxed SIMD may or may not fuse the
// two, as the processor likes. Training is computed with these, so that a seed has one curve. Shapes, order of the sum
// and bounds are those of their namesakes.
namespace plain {
float dot(std::span<const float> a, std::span<const float> b);
void matvec(MatrixView matrix, std::span<const float> x, std::span<float> out);
void matmul(MatrixView a, MatrixView b, std::span<float> workspace, MutableMatrixView out);
void add_scaled(std::span<const float> x, float scale, std::span<float> y);
}  // namespace plain

// The reference twins: one loop each, double accumulators in order of index, nothing clever.
namespace reference {
double dot(std::span<const float> a, std::span<const float> b);
double sum_of_squares(std::span<const float> a);
double norm(std::span<const float> a);
void add_scaled(std::span<const float> x, float scale, std::span<float> y);
double normalize(std::span<const float> a, std::span<double> out);
double cosine(std::span<const float> a, std::span<const float> b);
void matvec(MatrixView matrix, std::span<const float> x, std::span<double> out);
void matmul(MatrixView a, MatrixView b, std::span<double> out);
void softmax(std::span<const float> x, double temperature, std::span<double> out);
std::size_t top_k(std::span<const float> scores, std::span<Hit> out);
std::int64_t dot_int8(std::span<const std::int8_t> a, std::span<const std::int8_t> b);
void matvec_int8(std::span<const std::int8_t> codes, std::span<const float> scales, std::span<const std::int8_t> query,
                 float query_scale, std::span<double> out);

/// Σᵢ |a[i]·b[i]|: what an error bound on a dot product is proportional to.
double sum_of_magnitudes(std::span<const float> a, std::span<const float> b);
}  // namespace reference

/// The largest difference that rounding alone can put between dot(a, b) and reference::dot(a, b). n = a.size(),
/// magnitudes = Σ|aᵢbᵢ|.
double dot_error_bound(std::size_t n, double magnitudes);

/// The same for one output of matmul over k: (min(k, 256) + k/256 + 1) · u · magnitudes.
double matmul_error_bound(std::size_t k, double magnitudes);

}  // namespace lab
