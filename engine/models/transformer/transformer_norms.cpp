// How a row is brought to one size: squares → their mean → its root → the row divided by it → times the gains.
#include "engine/kernels/transformer_kernels.h"
#include "engine/models/transformer/transformer_numbers.h"

namespace lab {

using rounding::Bounded;

Explanation explain_norm(const TransformerRows& rows, const TransformerAddress& at) {
    using enum TransformerNumber;
    const TransformerNorm which{at.in.layer, at.norm};
    const std::size_t t = at.first;
    const std::size_t i = at.second;
    const std::string suffix = at.norm == 0 ? "" : std::to_string(at.norm);
    const auto address = [&](std::string_view family) { return spell(at.in, std::string(family) + suffix, {t}); };
    const auto address_of = [&](std::string_view family) { return spell(at.in, std::string(family) + suffix, {t, i}); };

    const std::span<const float> gains = rows.gains(which);
    const auto gain_address = [&](std::size_t g) { return spell(at.in, "gain" + suffix, {g}); };
    if (at.number == gain) {
        const std::string label = at.norm == 0   ? "gain before rows are compared"
                                  : at.norm == 1 ? "gain before attention"
                                                 : "gain before the feed-forward part";
        return make_leaf({gain_address(t), placed(label + TransformerRows::place(at.in), t), "learned"}, Kind::weight,
                         gains[t]);
    }

    const TransformerRows::Row row = rows.before(which, t);
    const auto n = static_cast<float>(row.values.size());
    const double exact_squares = reference::sum_of_squares(row.values);
    const Bounded squares_bound{exact_squares, dot_error_bound(row.values.size(), exact_squares)};
    const Bounded mean{exact_squares / static_cast<double>(n), squares_bound.error / static_cast<double>(n)};
    const float sum = plain::dot(row.values, row.values);
    if (at.number == squares) {
        const Operand operand = make_operand("x", row.address(), row.values);
        return make_dot({address("squares"), "sum of the squares of " + row.label, "Σᵢ xᵢ × xᵢ"}, operand, operand, sum,
                        exact_squares, squares_bound.error);
    }
    if (at.number == mean_square) {
        const Bounded bound = rounding::rounded(mean.value, mean.error);
        return make_quotient({address("mean_square"), "mean square of " + row.label, "Σ x² ÷ D"},
                             {{"Σ x²", address("squares"), 1, sum}, {"D", "", 1, n}}, bound.value, bound.error);
    }
    const float divisor = rows.rms(which, t);
    const Bounded root = rounding::root({mean.value + static_cast<double>(norm_epsilon), mean.error});
    if (at.number == rms) {
        return make_activation({address("rms"), "root mean square of " + row.label, "√(mean square + 0.00001)"},
                               {"mean square", address("mean_square"), 1, sum / n}, divisor, root.value, root.error);
    }
    const Bounded ratio = rounding::divide({static_cast<double>(row.values[i]), 0}, root);
    if (at.number == scaled) {
        return make_quotient(
            {address_of("scaled"), placed(row.label + ", divided by its root mean square", i), "x ÷ rms"},
            {row.term("x", i), {"rms", address("rms"), 1, divisor}}, ratio.value, ratio.error);
    }
    const TransformerRows::Row made = rows.after(which, t);
    const Bounded exact = rows.bounded_norm(which, t)[i];
    return make_dot(made.heading(i, "x ÷ rms × gain"),
                    make_operand("x ÷ rms", address_of("scaled"), std::vector{row.values[i] / divisor}),
                    make_operand("gain", gain_address(i), gains.subspan(i, 1)), made.values[i], exact.value,
                    exact.error);
}

}  // namespace lab
