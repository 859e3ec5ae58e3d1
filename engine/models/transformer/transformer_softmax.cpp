// From scores to weights, in a head over the places that a row may see, and from logits to probabilities: the largest,
// the gap to it, exp, the sum, the quotient.
#include <cmath>

#include "engine/models/attention/softmax_parts.h"
#include "engine/models/transformer/transformer_numbers.h"

namespace lab {

using rounding::Bounded;

namespace {

/// One row of softmax: its numbers, how they are spelled and called.
struct SoftmaxRow {
    const TransformerRows& rows;
    TransformerPart in;
    std::size_t t;
    bool of_head = in.head > 0;
    double divisor = of_head ? std::sqrt(static_cast<double>(rows.c.shape.head_width())) : 1;
    std::span<const float> x = of_head ? rows.seen(rows.layer(in.layer).dots, in, t) : rows.logits(t);
    SoftmaxParts parts{x, divisor};

    /// What softmax is taken of: a dot product divided by √d, or a logit.
    [[nodiscard]] float score_value(std::size_t s) const { return x[s] / static_cast<float>(divisor); }
    /// What softmax makes of it: that of a head stands in the pass; that of a logit is taken here.
    [[nodiscard]] float weight_value(std::size_t s) const {
        if (of_head) return rows.seen(rows.layer(in.layer).weights, in, t)[s];
        std::vector<float> probabilities(x.size());
        softmax(x, 1, probabilities);
        return probabilities[s];
    }
    [[nodiscard]] std::string named(std::string_view name, std::size_t s) const {
        return std::string(name) + " of " + (of_head ? rows.looking(t, s) : rows.token(s) + " at " + rows.called(t)) +
               rows.place(in);
    }
    [[nodiscard]] std::string_view score_name() const { return of_head ? "score" : "logit"; }
    [[nodiscard]] std::string one(std::string_view name, std::size_t s) const { return spell(in, name, {t, s}); }
    [[nodiscard]] std::string all(std::string_view name) const { return spell(in, name, {t}); }
    [[nodiscard]] std::string whose() const { return " for " + rows.called(t) + rows.place(in); }

    [[nodiscard]] Term score_term(std::size_t s) const {
        return {named(score_name(), s), one(score_name(), s), 1, score_value(s)};
    }
    [[nodiscard]] Term exp_term(std::size_t s) const { return {named("exp", s), one("exp", s), 1, parts.exp(s)}; }
};

Explanation explain_largest(const SoftmaxRow& row) {
    const std::size_t s = row.parts.largest();
    const Bounded exact =
        rounding::divide({static_cast<double>(row.x[s]), 0}, {row.divisor, rounding::unit * row.divisor});
    return make_sum({row.all("largest"), "the largest " + std::string(row.score_name()) + row.whose(), "max z"},
                    {row.score_term(s)}, exact.value, exact.error);
}

Explanation explain_gap(const SoftmaxRow& row, std::size_t s) {
    Term largest_term{"the largest", row.all("largest"), -1, row.score_value(row.parts.largest())};
    return with_result(make_sum({row.one("gap", s), row.named(row.score_name(), s) + ", less the largest", "z − max z"},
                                {row.score_term(s), std::move(largest_term)}, 0, 0),
                       row.parts.gap(s), row.parts.bounded_gap(s));
}

Explanation explain_exp(const SoftmaxRow& row, std::size_t s) {
    const Bounded exact = row.parts.bounded_exp(s);
    return make_activation({row.one("exp", s), row.named("exp", s), "exp(z − max z)"},
                           {"z − max z", row.one("gap", s), 1, row.parts.gap(s)}, row.parts.exp(s), exact.value,
                           exact.error);
}

Explanation explain_exp_sum(const SoftmaxRow& row) {
    std::vector<Term> terms;
    for (std::size_t s = 0; s < row.x.size(); ++s) terms.push_back(row.exp_term(s));
    return with_result(
        make_sum({row.all("exp_sum"), "the sum of the exponentials" + row.whose(), "Σ exp"}, std::move(terms), 0, 0),
        row.parts.exp_sum(), row.parts.bounded_exp_sum());
}

}  // namespace

Explanation explain_softmax(const TransformerRows& rows, const TransformerAddress& at) {
    using enum TransformerNumber;
    const SoftmaxRow row{rows, at.in, at.first};
    const std::size_t s = at.second;
    const std::string_view weight_name = row.of_head ? "weight" : "probability";
    const bool is_weight = at.number == weight;
    if ((is_weight || at.number == exp) && row.of_head && rows.masked(at.first, s)) {
        const std::string label = row.named(is_weight ? "weight" : "exp", s) + ": a place may not look at one after it";
        return make_leaf({row.one(is_weight ? weight_name : "exp", s), label, "masked"}, Kind::input, 0);
    }
    if (at.number == largest) return explain_largest(row);
    if (at.number == gap) return explain_gap(row, s);
    if (at.number == exp) return explain_exp(row, s);
    if (at.number == exp_sum) return explain_exp_sum(row);
    const Bounded exact = row.parts.bounded_weights()[s];
    return with_result(make_quotient({row.one(weight_name, s), row.named(weight_name, s), "exp ÷ Σ exp"},
                                     {row.exp_term(s), {"Σ exp", row.all("exp_sum"), 1, row.parts.exp_sum()}}, 0, 0),
                       row.weight_value(s), exact);
}

}  // namespace lab
