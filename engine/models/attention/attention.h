// Scaled dot-product attention (Vaswani et al. 2017, "Attention Is All You Need") with every intermediate, and
// self-attention from the rows on. Every number is one that a reader can open: a score is dot() of a query and a key,
// an output is dot() of a row of weights and a column of values, and softmax goes the way of softmax_row.h.
//
// Shapes: T queries, S keys, H heads side by side in each row, d the width of a head's query and key, e of its value.
// Matrices of weights are [inputs, outputs]: a row is multiplied from the left.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/kernels/transformer_kernels.h"

namespace lab {

/// Above so many weights, H · T · S, none of them is kept: the kernel `attention` gives the output alone.
inline constexpr std::size_t most_kept_weights = std::size_t{1} << 22;

struct AttentionOptions {
    std::size_t heads = 1;
    AttentionMask mask = AttentionMask::none;
    std::span<const unsigned char> allowed = {};  // [T, S] nonzero where query t may look at key s; empty: everywhere
    std::optional<float> scale = std::nullopt;    // 1/√d unless given
};

struct Attention {
    AttentionShape shape;
    std::vector<unsigned char> allowed;  // [T, S] as given, or empty
    std::vector<float> query;            // [T, H·d]
    std::vector<float> key;              // [S, H·d]
    std::vector<float> value;            // [S, H·e]
    std::vector<float> dots, scores;     // [H, T, S] q·k, and that times the scale; also where the mask hides it
    std::vector<float> weights;          // [H, T, S]; 0 where the mask hides it
    std::vector<float> output;           // [T, H·e] weighted sums of values, head beside head

    [[nodiscard]] bool keeps_weights() const { return !weights.empty(); }
    [[nodiscard]] std::size_t query_columns() const { return shape.heads * shape.head_width; }
    [[nodiscard]] std::size_t value_columns() const { return shape.heads * shape.value_width; }
    /// Whether query t may look at key s.
    [[nodiscard]] bool sees(std::size_t t, std::size_t s) const {
        const bool before = shape.mask == AttentionMask::none || s + shape.queries <= t + shape.keys;
        return before && (allowed.empty() || allowed[t * shape.keys + s] != 0);
    }
    /// A row of dots, scores or weights: head h from 0, query t; [S].
    [[nodiscard]] std::span<const float> row(const std::vector<float>& of, std::size_t h, std::size_t t) const {
        return std::span(of).subspan((h * shape.queries + t) * shape.keys, shape.keys);
    }
};

/// query[T, H·d], key[S, H·d], value[S, H·e]. Errors: "empty-input"; "length-mismatch" where widths or rows do not go
/// together; "out-of-range" for heads that do not divide a width; "not-finite" for an input, the scale, or a number
/// that is computed from them.
Result<Attention> attend(MatrixView query, MatrixView key, MatrixView value, const AttentionOptions& options);

struct SelfAttentionWeights {
    MatrixView query, key;             // [D, H·d]
    MatrixView value;                  // [D, H·e]
    std::optional<MatrixView> output;  // [H·e, P]; without it the heads' outputs stay as they are
};

struct SelfAttention {
    Attention attention;
    std::size_t columns = 0;       // P, of projected
    std::vector<float> projected;  // [T, P] output · the output matrix, or the output itself
};

/// The same from rows on: queries, keys and values are x · their matrices. x[T, D]. Errors as above.
Result<SelfAttention> self_attend(MatrixView x, const SelfAttentionWeights& weights, const AttentionOptions& options);

/// Column c of matrix[R, C], [R].
std::vector<float> column(MatrixView matrix, std::size_t c);

}  // namespace lab
