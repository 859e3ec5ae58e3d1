// Numbers outside of the heads: weights, and rows on their way through the layers.
#include "engine/models/transformer/transformer_numbers.h"

#include "engine/kernels/transformer_kernels.h"

namespace lab {

using rounding::Bounded;
using Row = TransformerRows::Row;

namespace {

/// gelu(z) again in double, with what its kernel's contract allows.
std::vector<Bounded> bounded_gelu(std::span<const float> z) {
    std::vector<double> values(z.size());
    reference::gelu(z, values);
    std::vector<Bounded> bounded;
    for (std::size_t j = 0; j < z.size(); ++j) {
        const auto x = static_cast<double>(z[j]);
        const double t = 0.7978845608028654 * (x + 0.044715 * x * x * x);
        const double units = x >= 0 ? 8 : 8 + 10 * std::abs(t);
        bounded.push_back({values[j], units * rounding::unit * std::abs(values[j]) + 2e-37});
    }
    return bounded;
}

/// Component i of a row that is two others added.
Explanation explain_addition(const Row& made, std::size_t i, std::string formula, Term a, Term b) {
    const Bounded exact = rounding::add({static_cast<double>(a.value), 0}, {static_cast<double>(b.value), 0});
    return with_result(make_sum(made.heading(i, std::move(formula)), {std::move(a), std::move(b)}, 0, 0),
                       made.values[i], exact);
}

Explanation explain_middle(const TransformerRows& rows, std::size_t l, std::size_t t, std::size_t i) {
    return explain_addition(
        rows.middle(l, t), i, "row + what attention adds", rows.state(l - 1, t).term("row", i),
        rows.in_layer(l, "attended", t, rows.layer(l).attended, "", "").term("what attention adds", i));
}

/// A state that leaves layer l (0: that goes into the first), which the reader may have replaced.
Explanation explain_state(const TransformerRows& rows, std::size_t l, std::size_t t, std::size_t i) {
    const TransformerContext& c = rows.c;
    const Row made = rows.state(l, t);
    if (rows.patched(l, t)) {
        Heading heading = made.heading(i, "given");
        heading.label += ", replaced by another state's";
        return make_leaf(std::move(heading), Kind::input, made.values[i]);
    }
    if (l > 0 && c.shape.hidden == 0) return explain_middle(rows, l, t, i);
    if (l > 0) {
        return explain_addition(
            made, i, "row + what the feed-forward part adds", rows.middle(l, t).term("row", i),
            rows.in_layer(l, "fed", t, rows.layer(l).fed, "", "").term("what the feed-forward part adds", i));
    }
    const Token v = c.pass.tokens[t];
    return explain_addition(
        made, i, "token row + position row",
        {"row of " + rows.token(v), spell({}, "tokens", {v, i}), 1, c.weights.tokens.at(v, i)},
        {"row of position " + std::to_string(t + 1), spell({}, "positions", {t, i}), 1, c.weights.positions.at(t, i)});
}

/// Numbers of a feed-forward part.
Explanation explain_fed(const TransformerRows& rows, const TransformerAddress& at) {
    using enum TransformerNumber;
    const std::size_t l = at.in.layer;
    const std::size_t t = at.first;
    const std::size_t i = at.second;
    const BlockPass& block = rows.layer(l);
    const Row hidden_row = rows.in_layer(l, "hidden", t, block.hidden, "hidden units (before gelu) of ", "");
    const Row active_row = rows.in_layer(l, "active", t, block.active, "hidden units of ", "");
    if (at.number == hidden) {
        const TransformerNorm norm{l, 2};
        return explain_product(hidden_row, i, rows.after(norm, t), "up", rows.layer_weights(l).up, i,
                               rows.bounded_norm(norm, t));
    }
    if (at.number == active) {
        const Bounded exact = bounded_gelu(hidden_row.values.subspan(i, 1))[0];
        return make_activation(active_row.heading(i, "gelu(z)"), hidden_row.term("z", i), active_row.values[i],
                               exact.value, exact.error);
    }
    return explain_product(rows.in_layer(l, "fed", t, block.fed, "what the feed-forward part adds to ", ""), i,
                           active_row, "down", rows.layer_weights(l).down, i, bounded_gelu(hidden_row.values));
}

}  // namespace

Explanation explain_row(const TransformerRows& rows, const TransformerAddress& at) {
    using enum TransformerNumber;
    const std::size_t l = at.in.layer;
    const std::size_t t = at.first;
    const std::size_t i = at.second;
    switch (at.number) {
        case x:
        case out:
            return explain_state(rows, l, t, i);
        case middle:
            return explain_middle(rows, l, t, i);
        case attended: {
            const Row mixed_row = rows.in_layer(l, "mixed", t, rows.layer(l).mixed, "", "");
            return explain_product(
                rows.in_layer(l, "attended", t, rows.layer(l).attended, "what attention adds to ", ""), i, mixed_row,
                "output", rows.layer_weights(l).output, i, rounding::exact(mixed_row.values));
        }
        default:
            return explain_fed(rows, at);
    }
}

Explanation explain_logit(const TransformerRows& rows, std::size_t t, std::size_t v) {
    const TransformerContext& c = rows.c;
    const Row normed = rows.after({0, 0}, t);
    const std::span<const float> token_row = c.weights.tokens.row(v);
    const Bounded exact = rounding::matmul(rows.bounded_norm({0, 0}, t), rounding::exact(token_row));
    return make_dot({spell({}, "logit", {t, v}), "logit of " + rows.token(v) + " at " + rows.called(t), "Σᵢ xᵢ × wᵢ"},
                    make_operand("x", normed.address(), normed.values),
                    make_operand("w", spell({}, "tokens", {v}), token_row), rows.logits(t)[v], exact.value,
                    exact.error);
}

Explanation explain_weight(const TransformerRows& rows, const TransformerAddress& at) {
    using enum TransformerNumber;
    const TransformerContext& c = rows.c;
    const std::size_t a = at.first;
    const std::size_t b = at.second;
    const std::string in = TransformerRows::place(at.in);
    const auto leaf = [&](std::string_view family, std::string label, float value) {
        return make_leaf({spell(at.in, family, {a, b}), std::move(label), "learned"}, Kind::weight, value);
    };
    const auto matrix = [&](std::string_view family, const char* label, MatrixView weights, std::size_t column) {
        return leaf(family, label + in + ", row " + std::to_string(a + 1) + ", column " + std::to_string(b + 1),
                    weights.at(a, column));
    };
    if (at.number == tokens) return leaf("tokens", placed("row of " + rows.token(a), b), c.weights.tokens.at(a, b));
    if (at.number == positions)
        return leaf("positions", placed("row of position " + std::to_string(a + 1), b), c.weights.positions.at(a, b));
    const auto& weights = rows.layer_weights(at.in.layer);
    const std::size_t head_column = (at.in.head - 1) * c.shape.head_width() + b;
    switch (at.number) {
        case output:
            return matrix("output", "weight of the heads' output", weights.output, b);
        case up:
            return matrix("up", "weight into the hidden units", weights.up, b);
        case down:
            return matrix("down", "weight out of the hidden units", weights.down, b);
        case query_weights:
            return matrix("query_weights", "weight of the queries", weights.qkv, head_column);
        case key_weights:
            return matrix("key_weights", "weight of the keys", weights.qkv, c.shape.width + head_column);
        default:
            return matrix("value_weights", "weight of the values", weights.qkv, 2 * c.shape.width + head_column);
    }
}

}  // namespace lab
