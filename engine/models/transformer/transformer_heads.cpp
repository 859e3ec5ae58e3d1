// Numbers of one head: queries, keys, values; their dot products and scores; the weighted sum of values.
#include <algorithm>
#include <cmath>

#include "engine/models/attention/softmax_parts.h"
#include "engine/models/transformer/transformer_numbers.h"

namespace lab {

using rounding::Bounded;
using Row = TransformerRows::Row;

namespace {

/// One head of the pass. Queries, keys and values are the first, second and third third of qkv: 0, 1, 2.
struct Head {
    const TransformerRows& rows;
    TransformerPart in;
    std::size_t d;

    /// The column of qkv where those of this head begin.
    [[nodiscard]] std::size_t first(std::size_t third) const { return third * rows.c.shape.width + (in.head - 1) * d; }

    [[nodiscard]] Row projected(std::size_t third, std::size_t t) const {
        constexpr std::string_view names[] = {"query", "key", "value"};
        const auto all = rows.row(rows.layer(in.layer).qkv, t, 3 * rows.c.shape.width);
        return {in, names[third], t, std::string(names[third]) + " of " + rows.called(t) + rows.place(in),
                all.subspan(first(third), d)};
    }
    [[nodiscard]] Row mixed_row(std::size_t t) const {
        const auto all = rows.row(rows.layer(in.layer).mixed, t, rows.c.shape.width);
        return {in, "mix", t, "what " + rows.called(t) + " gathers" + rows.place(in), all.subspan(first(0), d)};
    }
    /// projected() again in double, from the row that the layer began with.
    [[nodiscard]] std::vector<Bounded> bounded(std::size_t third, std::size_t t) const {
        const auto norm = rows.bounded_norm({in.layer, 1}, t);
        const MatrixView qkv = rows.layer_weights(in.layer).qkv;
        std::vector<Bounded> values;
        for (std::size_t i = 0; i < d; ++i)
            values.push_back(rounding::matmul(norm, rounding::exact(column_of(qkv, first(third) + i, 0, qkv.rows))));
        return values;
    }
    [[nodiscard]] bool ablated() const {
        const auto& all = rows.c.interventions.ablated;
        return std::find(all.begin(), all.end(), HeadPlace{in.layer - 1, in.head - 1}) != all.end();
    }
};

Explanation explain_projected(const Head& head, std::size_t third, std::size_t t, std::size_t i) {
    constexpr std::string_view matrices[] = {"query_weights", "key_weights", "value_weights"};
    const TransformerNorm norm{head.in.layer, 1};
    return explain_product(head.projected(third, t), i, head.rows.after(norm, t), matrices[third],
                           head.rows.layer_weights(head.in.layer).qkv, head.first(third) + i,
                           head.rows.bounded_norm(norm, t));
}

/// query · key, and that divided by √d: also where the mask hides it.
Explanation explain_score(const Head& head, TransformerNumber number, std::size_t t, std::size_t s) {
    const TransformerRows& rows = head.rows;
    const std::size_t T = rows.c.pass.rows();
    const float product = rows.layer(head.in.layer).dots[((head.in.head - 1) * T + t) * T + s];
    const Bounded exact = rounding::matmul(head.bounded(0, t), head.bounded(1, s));
    const std::string hidden_by_mask = rows.masked(t, s) ? ", hidden by the mask" : "";
    const std::string pair = " of " + rows.looking(t, s) + rows.place(head.in) + hidden_by_mask;
    if (number == TransformerNumber::dot) {
        const Row q = head.projected(0, t);
        const Row k = head.projected(1, s);
        return make_dot({spell(head.in, "dot", {t, s}), "query · key" + pair, "Σᵢ qᵢ × kᵢ"},
                        make_operand("q", q.address(), q.values), make_operand("k", k.address(), k.values), product,
                        exact.value, exact.error);
    }
    const double root = std::sqrt(static_cast<double>(head.d));
    const Bounded divided = rounding::divide(exact, {root, rounding::unit * root});
    return make_quotient({spell(head.in, "score", {t, s}), "score" + pair, "q · k ÷ √d"},
                         {{"q · k", spell(head.in, "dot", {t, s}), 1, product},
                          {"√" + std::to_string(head.d), "", 1, static_cast<float>(root)}},
                         divided.value, divided.error);
}

/// The values of the places that are seen, each times its weight.
Explanation explain_mix(const Head& head, std::size_t t, std::size_t i) {
    const TransformerRows& rows = head.rows;
    const Row made = head.mixed_row(t);
    if (head.ablated()) {
        Heading heading = made.heading(i, "given");
        heading.label += ": this head is switched off";
        return make_leaf(std::move(heading), Kind::input, made.values[i]);
    }
    const BlockPass& block = rows.layer(head.in.layer);
    const auto weights = rows.seen(block.weights, head.in, t);
    const MatrixView qkv{block.qkv, rows.c.pass.rows(), 3 * rows.c.shape.width};
    const std::vector<float> values = column_of(qkv, head.first(2) + i, 0, weights.size());
    const SoftmaxParts parts(rows.seen(block.dots, head.in, t), std::sqrt(static_cast<double>(head.d)));
    const Bounded exact = rounding::matmul(parts.bounded_weights(), rounding::exact(values));
    return make_dot(made.heading(i, "Σₛ weightₛ × vₛ"), make_operand("weight", spell(head.in, "weight", {t}), weights),
                    make_operand("v", spell(head.in, "value_column", {i}), values), made.values[i], exact.value,
                    exact.error);
}

/// What this head alone adds: its share of the product with the output matrix.
Explanation explain_part(const Head& head, std::size_t t, std::size_t i) {
    const TransformerRows& rows = head.rows;
    const Row mixed_row = head.mixed_row(t);
    const auto column = column_of(rows.layer_weights(head.in.layer).output, i, head.first(0), head.d);
    const Bounded exact = rounding::dot(rounding::exact(mixed_row.values), rounding::exact(column));
    return make_dot({spell(head.in, "part", {t, i}),
                     placed("what the head adds to " + rows.called(t) + rows.place(head.in), i), "Σⱼ mⱼ × wⱼ"},
                    make_operand("m", mixed_row.address(), mixed_row.values),
                    make_operand("w", spell(head.in, "output_column", {i}), column), exact.value, exact.error);
}

}  // namespace

Explanation explain_head(const TransformerRows& rows, const TransformerAddress& at) {
    using enum TransformerNumber;
    const Head head{rows, at.in, rows.c.shape.head_width()};
    switch (at.number) {
        case query:
            return explain_projected(head, 0, at.first, at.second);
        case key:
            return explain_projected(head, 1, at.first, at.second);
        case value:
            return explain_projected(head, 2, at.first, at.second);
        case mix:
            return explain_mix(head, at.first, at.second);
        case part:
            return explain_part(head, at.first, at.second);
        default:
            return explain_score(head, at.number, at.first, at.second);
    }
}

}  // namespace lab
