// The numbers of attention, each as an Explanation. Used by explain_attention alone: places are checked there. Heads h
// count from 0 here, as do queries t, keys s and places.
#pragma once

#include <string>
#include <vector>

#include "engine/models/attention/explain_attention.h"
#include "engine/models/attention/softmax_numbers.h"
#include "engine/models/explanations/explain_parts.h"

namespace lab {

/// What a number is explained from: attention alone, or with the rows and matrices that it was made of.
struct AttentionContext {
    const Attention& attention;
    const MatrixView* x = nullptr;
    const SelfAttentionWeights* weights = nullptr;
    const SelfAttention* self = nullptr;
};

class AttentionNumbers {
  public:
    explicit AttentionNumbers(const AttentionContext& context) : c(context), a(context.attention) {}

    enum class Part { query, key, value };
    /// An entry of query, key or value; column across the heads.
    [[nodiscard]] Explanation entry(Part part, std::size_t row, std::size_t column) const;
    [[nodiscard]] Explanation dot(std::size_t h, std::size_t t, std::size_t s) const;
    [[nodiscard]] Explanation score(std::size_t h, std::size_t t, std::size_t s) const;
    /// A number of the softmax of a row, by its family: largest, gap, exp, exp_sum, weight, rest or slope.
    [[nodiscard]] Explanation of_softmax(std::string_view family, std::size_t h, std::size_t t, std::size_t s) const;
    /// i within the head.
    [[nodiscard]] Explanation output(std::size_t h, std::size_t t, std::size_t i) const;

    // Of self-attention.
    [[nodiscard]] Explanation x(std::size_t t, std::size_t i) const;
    /// matrix: "query", "key", "value" or "output".
    [[nodiscard]] Explanation matrix_entry(std::string_view matrix, std::size_t i, std::size_t j) const;
    [[nodiscard]] Explanation projected(std::size_t t, std::size_t j) const;

    /// Why query t may not look at key s, as a clause.
    [[nodiscard]] std::string hidden_because(std::size_t t, std::size_t s) const;
    [[nodiscard]] MatrixView matrix(std::string_view name) const;

  private:
    const AttentionContext& c;
    const Attention& a;

    [[nodiscard]] MatrixView rows(Part part) const;
    [[nodiscard]] std::string in_head(std::size_t h) const;
    [[nodiscard]] SoftmaxNames names(std::size_t h, std::size_t t) const;
    /// "attention/query[3]", or of one head among several "attention/H2/query[3]".
    [[nodiscard]] std::string head_row_address(Part part, std::size_t h, std::size_t row) const;
    [[nodiscard]] std::span<const float> head_row(Part part, std::size_t h, std::size_t row) const;
    [[nodiscard]] std::vector<unsigned char> seen(std::size_t t) const;

    // In double from the inputs on, with bounds: nothing of the intermediates is used.
    [[nodiscard]] rounding::Bounded bounded_entry(Part part, std::size_t row, std::size_t column) const;
    [[nodiscard]] std::vector<rounding::Bounded> bounded_head_row(Part part, std::size_t h, std::size_t row) const;
    [[nodiscard]] std::vector<rounding::Bounded> bounded_dots(std::size_t h, std::size_t t) const;
    [[nodiscard]] SoftmaxBounds bounded_softmax(std::size_t h, std::size_t t) const;
    [[nodiscard]] rounding::Bounded bounded_output(std::span<const rounding::Bounded> weights, std::size_t h,
                                                   std::size_t i) const;
    [[nodiscard]] double dot_from_x(std::size_t h, std::size_t t, std::size_t s) const;
};

}  // namespace lab
