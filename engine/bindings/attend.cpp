// Attention by address, output alone: a plain C function over matrices that already lie in the module's memory, for
// whoever asks often and needs no weights (web/engine/sync_models.ts checks what it hands in).
#include <emscripten/emscripten.h>

#include <cmath>
#include <span>

#include "engine/kernels/kernels.h"
#include "engine/kernels/transformer_kernels.h"

namespace {

lab::AttentionShape shape_of(std::size_t queries, std::size_t keys, std::size_t heads, std::size_t head_width,
                             std::size_t value_width, float scale, bool causal) {
    return {.queries = queries,
            .keys = keys,
            .heads = heads,
            .head_width = head_width,
            .value_width = value_width,
            .scale = scale,
            .mask = causal ? lab::AttentionMask::causal : lab::AttentionMask::none};
}

}  // namespace

extern "C" {

/// Floats of workspace for S keys of width d with values of width e.
EMSCRIPTEN_KEEPALIVE std::size_t lab_attend_workspace(std::size_t queries, std::size_t keys, std::size_t heads,
                                                      std::size_t head_width, std::size_t value_width) {
    return lab::attention_workspace(shape_of(queries, keys, heads, head_width, value_width, 1, false));
}

/// out[T, H·e] of q[T, H·d], k[S, H·d], v[S, H·e]; workspace of lab_attend_workspace(T, S, H, d, e) floats. Returns
/// whether all of out is known to be finite: its squares add up to a number that is.
EMSCRIPTEN_KEEPALIVE bool lab_attend(const float* q, const float* k, const float* v, std::size_t queries,
                                     std::size_t keys, std::size_t heads, std::size_t head_width,
                                     std::size_t value_width, float scale, bool causal, float* workspace, float* out) {
    const lab::AttentionShape shape = shape_of(queries, keys, heads, head_width, value_width, scale, causal);
    const std::size_t width = heads * head_width;
    const std::size_t values = heads * value_width;
    lab::attention(shape, {q, width}, {k, width}, {v, values}, {}, {workspace, lab::attention_workspace(shape)},
                   {out, values});
    return std::isfinite(lab::sum_of_squares({out, queries * values}));
}

}  // extern "C"
