// The kernels that a transformer needs besides those of kernels.h, whose conventions hold here too: spans in, output
// last, nothing allocates, throws or prints; u = 2⁻²⁴. One .cpp each, with its reference:: twin below it.
#pragma once

#include <cstddef>
#include <span>

#include "engine/base/matrix_view.h"

namespace lab {

/// Added to a mean square before its root is taken, so that a row of zeros stays one.
inline constexpr float norm_epsilon = 1e-5f;

/// out[i] = x[i] / r · gain[i], r = √(mean x² + norm_epsilon); returns r (Zhang & Sennrich 2019, "Root Mean Square
/// Layer Normalization"). x[n], gain[n], out[n], n > 0; out may be x. The squares are summed by plain::dot, the root is
/// taken in double and rounded to f32: the same bits everywhere. Within (n/32 + 8)u · |out| (and half a denormal).
/// Squares that overflow give r = ∞ and zeros; an infinite x[i] gives NaN where it stands, a NaN gives NaN everywhere.
float rms_norm(std::span<const float> x, std::span<const float> gain, std::span<float> out);

/// The derivative of rms_norm: with dout[i] = ∂loss/∂out[i] adds ∂loss/∂x[i] to dx and ∂loss/∂gain[i] to dgain.
/// r: what rms_norm returned. With y = x / r, g = gain · dout, c = mean |g · y|: what is added is within (n/16 + 16)u ·
/// (|g| + |y| c) / r and (n/32 + 8)u · |dout · y|; the sum is then rounded. The same bits everywhere.
void rms_norm_backward(std::span<const float> x, std::span<const float> gain, float r, std::span<const float> dout,
                       std::span<float> dx, std::span<float> dgain);

/// out[i] = (x[i] − m) / s · gain[i] + bias[i], m the mean and s = √(mean (x − m)² + norm_epsilon) (Ba, Kiros & Hinton
/// 2016, "Layer Normalization"). Returns both. Shapes and NaN as in rms_norm; out may be x. m is taken in double and
/// rounded, so that each distance from it is off by u|m|: out is within (n/32 + 8)u · |out − bias| + 2u|gain · m| / s +
/// u|out|, as long as u|m| < s. The same bits everywhere.
struct MeanAndSpread {
    float mean;
    float spread;
};
MeanAndSpread layer_norm(std::span<const float> x, std::span<const float> gain, std::span<const float> bias,
                         std::span<float> out);

/// out[i] = z[i] · Φ(z[i]) in the form with tanh (Hendrycks & Gimpel 2016), computed as z / (1 + e^−2t), t = √(2/π) (z
/// + 0.044715 z³). z[n], out[n]; out may be z. Within 8u · |out| for z ≥ 0, (8 + 10|t|)u · |out| + 2e-37 for z < 0:
/// below z ≈ −10, where 2t < −87, out is 0 and never a denormal. ∞ stays, −∞ gives 0, NaN stays.
void gelu(std::span<const float> z, std::span<float> out);

/// dz[i] = dout[i] · gelu′(z[i]), gelu′ = s + z · s (1 − s) · 2t′ with s = 1 / (1 + e^−2t). z[n], dout[n], dz[n]; dz
/// may be dout. Within |dout| · ((16 + 10|t|)u · (s + |z · s (1 − s) · 2t′|) + 4e-36). At z = ±∞ the slope is 1 and 0.
void gelu_backward(std::span<const float> z, std::span<const float> dout, std::span<float> dz);

/// Which keys a query may look at.
enum class AttentionMask { none, causal };

/// Shapes of scaled dot-product attention (Vaswani et al. 2017, "Attention Is All You Need"): `heads` heads side by
/// side in each row.
struct AttentionShape {
    std::size_t queries = 0;                   // T
    std::size_t keys = 0;                      // S
    std::size_t heads = 1;                     // H
    std::size_t head_width = 0;                // d: of a query and of a key
    std::size_t value_width = 0;               // e: of a value
    float scale = 1;                           // what q·k is multiplied with, usually 1/√d
    AttentionMask mask = AttentionMask::none;  // causal: query t sees keys 0 … t + S − T
};

/// Floats that attention needs as workspace: grows with S · (d + e), not with T · S.
std::size_t attention_workspace(const AttentionShape& shape);

/// Rows of floats, `stride` apart (at least as much as they are wide), inside a larger matrix.
struct Rows {
    const float* data;
    std::size_t stride;
};
struct MutableRows {
    float* data;
    std::size_t stride;
};

/// out[t, h·e + i] = Σ_s weight[h,t,s] · v[s, h·e + i], weight[h,t,·] = softmax over s of scale · q[t, h·d …] ·
/// k[s, h·d …]. q[T, H·d], k[S, H·d], v[S, H·e], out[T, H·e]. allowed, if not empty, is [T, S]: nonzero where query t
/// may look at key s, together with the mask; a query that may look nowhere gets zeros. Tiled: no T × S matrix is made;
/// softmax is taken on the run (Milakov & Gimelshein 2018, "Online normalizer calculation for softmax").
///
/// Weights below 2⁻⁷² of a row's largest are 0, so that no denormal arises from them; for the error see
/// attention_error_bound. A score of NaN or +∞ makes its head's part of row t NaN, one of −∞ hides the key. NaN or ∞ in
/// v[s] makes NaN or ∞ of its dimension in every query that looks at s, and may do so in one that s is hidden from
/// (0 · NaN is NaN).
void attention(const AttentionShape& shape, Rows q, Rows k, Rows v, std::span<const unsigned char> allowed,
               std::span<float> workspace, MutableRows out);

/// The largest difference that rounding can put between one output and its twin, B = ⌈S/64⌉:
///     (e^x − 1) · weighted_magnitudes + S · 2⁻⁷² · largest_value, x = u · (2 ((d + 5) · score_magnitudes + 4 + 5B) +
///     88 + 4B)
/// score_magnitudes: the largest Σᵢ |scale · q[i] k[i]| of the query; weighted_magnitudes = Σ_s weight[s] · |v[s]|;
/// largest_value = max |v[s]|. A score is off by d + 3 roundings and its distance to the largest, at most twice as
/// long, by one; each exponential by 4u, and one more comes with each block of keys; all this above the bar of the
/// fraction and below it. Then the sums: 64 products and 16 weights in a block, and block after block. Few queries,
/// which are not tiled, have B = 0 and sums of S products and S/4 weights.
double attention_error_bound(const AttentionShape& shape, double score_magnitudes, double weighted_magnitudes,
                             double largest_value);

namespace reference {
double rms_norm(std::span<const float> x, std::span<const float> gain, std::span<double> out);
/// r is taken anew in double.
void rms_norm_backward(std::span<const float> x, std::span<const float> gain, std::span<const float> dout,
                       std::span<double> dx, std::span<double> dgain);
void layer_norm(std::span<const float> x, std::span<const float> gain, std::span<const float> bias,
                std::span<double> out);
void gelu(std::span<const float> z, std::span<double> out);
void gelu_backward(std::span<const float> z, std::span<const float> dout, std::span<double> dz);
/// weights[H, T, S] if not empty; out[T, H·e] dense.
void attention(const AttentionShape& shape, Rows q, Rows k, Rows v, std::span<const unsigned char> allowed,
               std::span<double> weights, std::span<double> out);
}  // namespace reference

}  // namespace lab
