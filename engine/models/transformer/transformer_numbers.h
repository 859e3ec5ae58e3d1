// The numbers of a transformer's pass, each as an Explanation. Used by explain_transformer, and by explain_probe for
// its rows: places are checked there. Layers l and heads count from 1; t is a row.
#pragma once

#include <string>
#include <vector>

#include "engine/models/explanations/explain_parts.h"
#include "engine/models/transformer/explain_transformer.h"
#include "engine/models/transformer/transformer_address.h"

namespace lab {

/// An Explanation whose result the pass took otherwise than the maker of it: this is what came of it.
Explanation with_result(Explanation made, float result, rounding::Bounded exact);

/// The norms of a pass: 1 and 2 of a layer; 0 after the last one, with layer 0.
struct TransformerNorm {
    std::size_t layer;
    std::size_t which;
};

/// What all numbers are told from: rows of the pass, with their addresses and what they are called.
class TransformerRows {
  public:
    explicit TransformerRows(const TransformerContext& context) : c(context) {}

    [[nodiscard]] std::string token(std::size_t v) const;
    /// “bank”, the token of row t.
    [[nodiscard]] std::string called(std::size_t t) const { return token(c.pass.tokens[t]); }
    /// “bank” looking at “the”
    [[nodiscard]] std::string looking(std::size_t t, std::size_t s) const {
        return called(t) + " looking at " + called(s);
    }
    /// " in layer 2, head 3", what stands of it.
    [[nodiscard]] static std::string place(TransformerPart in);

    /// A row of a matrix of the pass.
    struct Row {
        TransformerPart in;
        std::string_view name;
        std::size_t t;
        std::string label;
        std::span<const float> values;

        [[nodiscard]] std::string address() const { return spell(in, name, {t}); }
        [[nodiscard]] Heading heading(std::size_t i, std::string formula) const {
            return {spell(in, name, {t, i}), placed(label, i), std::move(formula)};
        }
        [[nodiscard]] Term term(std::string called, std::size_t i) const {
            return {std::move(called), spell(in, name, {t, i}), 1, values[i]};
        }
    };
    /// Row t of a matrix[N, columns], called before + “bank” + after.
    [[nodiscard]] Row in_layer(std::size_t l, std::string_view name, std::size_t t, const std::vector<float>& matrix,
                               std::string_view before, std::string_view after) const;
    /// What leaves layer l; 0: what goes into the first.
    [[nodiscard]] Row state(std::size_t l, std::size_t t) const;
    [[nodiscard]] Row middle(std::size_t l, std::size_t t) const;
    /// What a norm is taken of, and what it makes.
    [[nodiscard]] Row before(TransformerNorm norm, std::size_t t) const;
    [[nodiscard]] Row after(TransformerNorm norm, std::size_t t) const;
    [[nodiscard]] std::span<const float> gains(TransformerNorm norm) const;
    [[nodiscard]] float rms(TransformerNorm norm, std::size_t t) const;
    /// after() again in double, from before().
    [[nodiscard]] std::vector<rounding::Bounded> bounded_norm(TransformerNorm norm, std::size_t t) const;

    [[nodiscard]] const BlockPass& layer(std::size_t l) const { return c.pass.layers[l - 1]; }
    [[nodiscard]] const BasicBlockWeights<const float>& layer_weights(std::size_t l) const {
        return c.weights.layers[l - 1];
    }
    /// The logits [V] of a row that the pass was asked for.
    [[nodiscard]] std::span<const float> logits(std::size_t t) const;
    /// One head's row t of dots or weights, cut to those that it may see.
    [[nodiscard]] std::span<const float> seen(const std::vector<float>& square, TransformerPart in,
                                              std::size_t t) const;
    [[nodiscard]] bool masked(std::size_t t, std::size_t s) const { return c.shape.causal && s > t; }
    [[nodiscard]] bool patched(std::size_t l, std::size_t t) const;
    /// Row t of a matrix[N, columns].
    [[nodiscard]] static std::span<const float> row(const std::vector<float>& matrix, std::size_t t,
                                                    std::size_t columns) {
        return std::span(matrix).subspan(t * columns, columns);
    }

    const TransformerContext& c;
};

/// Component i of a row that matmul made of another and of column `column` of a matrix. exact: that other row again, in
/// double.
Explanation explain_product(const TransformerRows::Row& made, std::size_t i, const TransformerRows::Row& from,
                            std::string_view matrix_name, MatrixView matrix, std::size_t column,
                            std::span<const rounding::Bounded> exact);
/// Column c of a matrix from row `first` on, n elements that lie below each other.
std::vector<float> column_of(MatrixView matrix, std::size_t c, std::size_t first, std::size_t n);

/// Explains what an address names, each of its kind.
Explanation explain_weight(const TransformerRows& rows, const TransformerAddress& at);
Explanation explain_row(const TransformerRows& rows, const TransformerAddress& at);
Explanation explain_norm(const TransformerRows& rows, const TransformerAddress& at);
Explanation explain_head(const TransformerRows& rows, const TransformerAddress& at);
Explanation explain_softmax(const TransformerRows& rows, const TransformerAddress& at);
Explanation explain_logit(const TransformerRows& rows, std::size_t t, std::size_t v);

}  // namespace lab
