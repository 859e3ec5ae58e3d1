// Rows of a pass: where they lie, how they are spelled and called.
#include <algorithm>

#include "engine/kernels/transformer_kernels.h"
#include "engine/models/transformer/transformer_numbers.h"

namespace lab {

using rounding::Bounded;

Explanation with_result(Explanation made, float result, Bounded exact) {
    made.result = result;
    made.check = make_check(result, exact.value, exact.error);
    return made;
}

std::vector<float> column_of(MatrixView matrix, std::size_t c, std::size_t first, std::size_t n) {
    std::vector<float> column(n);
    for (std::size_t i = 0; i < n; ++i) column[i] = matrix.at(first + i, c);
    return column;
}

Explanation explain_product(const TransformerRows::Row& made, std::size_t i, const TransformerRows::Row& from,
                            std::string_view matrix_name, MatrixView matrix, std::size_t column,
                            std::span<const Bounded> exact) {
    const std::vector<float> weights = column_of(matrix, column, 0, matrix.rows);
    const Bounded value = rounding::matmul(exact, rounding::exact(weights));
    return make_dot(made.heading(i, "Σᵢ xᵢ × wᵢ"), make_operand("x", from.address(), from.values),
                    make_operand("w", spell(made.in, std::string(matrix_name) + "_column", {i}), weights),
                    made.values[i], value.value, value.error);
}

std::string TransformerRows::token(std::size_t v) const {
    return c.names.empty() ? "token " + std::to_string(v) : "“" + c.names[v] + "”";
}

std::string TransformerRows::place(TransformerPart in) {
    std::string text;
    if (in.layer > 0) text += " in layer " + std::to_string(in.layer);
    if (in.head > 0) text += ", head " + std::to_string(in.head);
    return text;
}

TransformerRows::Row TransformerRows::in_layer(std::size_t l, std::string_view name, std::size_t t,
                                               const std::vector<float>& matrix, std::string_view before,
                                               std::string_view after) const {
    const std::size_t columns = matrix.size() / c.pass.rows();
    return {
        {l, 0}, name, t, std::string(before) + called(t) + std::string(after) + place({l, 0}), row(matrix, t, columns)};
}

TransformerRows::Row TransformerRows::state(std::size_t l, std::size_t t) const {
    if (l == 0) return in_layer(0, "x", t, c.pass.x, "", " before layer 1");
    return {{l, 0}, "out", t, called(t) + " after layer " + std::to_string(l), row(layer(l).out, t, c.shape.width)};
}

TransformerRows::Row TransformerRows::middle(std::size_t l, std::size_t t) const {
    return in_layer(l, "middle", t, layer(l).middle, "", " after attention");
}

TransformerRows::Row TransformerRows::before(TransformerNorm norm, std::size_t t) const {
    if (norm.which == 0) return state(c.shape.layers, t);
    return norm.which == 1 ? state(norm.layer - 1, t) : middle(norm.layer, t);
}

TransformerRows::Row TransformerRows::after(TransformerNorm norm, std::size_t t) const {
    if (norm.which == 0) return in_layer(0, "norm", t, c.pass.normed, "", " brought to one size after the last layer");
    const BlockPass& block = layer(norm.layer);
    if (norm.which == 1)
        return in_layer(norm.layer, "norm1", t, block.normed1, "", " brought to one size before attention");
    return in_layer(norm.layer, "norm2", t, block.normed2, "", " brought to one size before the feed-forward part");
}

std::span<const float> TransformerRows::gains(TransformerNorm norm) const {
    if (norm.which == 0) return c.weights.final_norm;
    return norm.which == 1 ? layer_weights(norm.layer).norm1 : layer_weights(norm.layer).norm2;
}

float TransformerRows::rms(TransformerNorm norm, std::size_t t) const {
    if (norm.which == 0) return c.pass.rms[t];
    return norm.which == 1 ? layer(norm.layer).rms1[t] : layer(norm.layer).rms2[t];
}

std::vector<Bounded> TransformerRows::bounded_norm(TransformerNorm norm, std::size_t t) const {
    const auto in = before(norm, t).values;
    std::vector<double> normed(in.size());
    reference::rms_norm(in, gains(norm), normed);
    std::vector<Bounded> bounded;
    bounded.reserve(normed.size());
    // The kernel's contract, engine/kernels/transformer_kernels.h.
    const double share = (static_cast<double>(in.size()) / 32 + 8) * rounding::unit;
    for (const double value : normed) bounded.push_back({value, share * std::abs(value) + rounding::half_denormal});
    return bounded;
}

std::span<const float> TransformerRows::logits(std::size_t t) const {
    const auto asked = std::find(c.pass.asked.begin(), c.pass.asked.end(), t);
    return row(c.pass.logits, static_cast<std::size_t>(asked - c.pass.asked.begin()), c.shape.vocabulary);
}

std::span<const float> TransformerRows::seen(const std::vector<float>& square, TransformerPart in,
                                             std::size_t t) const {
    const std::size_t T = c.pass.rows();
    return std::span(square).subspan(((in.head - 1) * T + t) * T, c.shape.causal ? t + 1 : T);
}

bool TransformerRows::patched(std::size_t l, std::size_t t) const {
    for (const StatePatch& one : c.interventions.patches)
        if (one.layer == l && one.row == t) return true;
    return false;
}

}  // namespace lab
