#include "engine/models/attention/softmax_numbers.h"

#include <algorithm>
#include <cmath>

namespace lab {

using rounding::Bounded;

namespace {

bool takes_part(std::span<const unsigned char> seen, std::size_t i) { return seen.empty() || seen[i] != 0; }

/// eˣ of a gap, which in f32 as in double is never above 0. portable_exp is off by less than 10⁻¹⁴ of itself.
Bounded bounded_exp(Bounded gap) {
    const double value = std::exp(gap.value);
    const double most = std::min(1.0, std::exp(gap.value + gap.error));
    const double least = std::exp(gap.value - gap.error);
    return rounding::rounded(value, std::max(most - value, value - least) + 1e-14 * most);
}

/// exp ÷ sum, a share between 0 and 1. The largest score's exponential is 1, and so no sum is below 1.
Bounded bounded_share(Bounded exp, Bounded sum) {
    const double share = exp.value / sum.value;
    const double smallest = std::max(1.0, sum.value - sum.error);
    const Bounded quotient = rounding::rounded(share, (exp.error + share * sum.error) / smallest);
    return {share, std::min(quotient.error, std::max(share, 1 - share))};
}

}  // namespace

SoftmaxBounds bound_softmax(std::span<const Bounded> scores, std::span<const unsigned char> seen) {
    SoftmaxBounds out;
    bool first = true;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!takes_part(seen, i)) continue;
        // Whichever is the largest in f32, it is no farther from the largest in double than the worst of them all.
        out.largest.value = first ? scores[i].value : std::max(out.largest.value, scores[i].value);
        out.largest.error = std::max(out.largest.error, scores[i].error);
        first = false;
    }
    out.gap.resize(scores.size());
    out.exp.resize(scores.size());
    out.weight.resize(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!takes_part(seen, i)) continue;
        out.gap[i] = rounding::add(scores[i], {-out.largest.value, out.largest.error});
        out.exp[i] = bounded_exp(out.gap[i]);
        out.exp_sum.value += out.exp[i].value;
        out.exp_sum.error += out.exp[i].error;
    }
    const double sum = out.exp_sum.value;  // added in double: each addition rounds to 53 bits
    out.exp_sum = rounding::rounded(sum, out.exp_sum.error + static_cast<double>(scores.size()) * 0x1p-53 * sum);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (takes_part(seen, i)) out.weight[i] = bounded_share(out.exp[i], out.exp_sum);
    }
    return out;
}

std::string SoftmaxNames::address(std::string_view family, std::size_t i) const {
    return prefix + std::string(family) + "[" + places + std::to_string(i) + "]";
}

std::string SoftmaxNames::address(std::string_view family) const {
    const std::string row = places.empty() ? "" : "[" + places.substr(0, places.size() - 1) + "]";
    return prefix + std::string(family) + row;
}

Term SoftmaxNumbers::score_term(std::size_t i) const {
    return {"score of " + names_.called(i), names_.address(names_.score_family, i), 1, scores_[i]};
}

Term SoftmaxNumbers::exp_term(std::size_t i) const {
    return {"exp of " + names_.called(i), names_.address("exp", i), 1, exp_value(i)};
}

Explanation SoftmaxNumbers::largest() const {
    return make_sum({names_.address("largest"), "the largest score" + names_.whose, "max score"},
                    {score_term(totals_.top)}, bounds_.largest.value, bounds_.largest.error);
}

Explanation SoftmaxNumbers::gap(std::size_t i) const {
    const Bounded& bound = bounds_.gap[i];
    return make_sum({names_.address("gap", i), "score of " + names_.called(i) + names_.whose + ", less the largest",
                     "score − max score"},
                    {score_term(i), {"the largest score", names_.address("largest"), -1, totals_.largest}}, bound.value,
                    bound.error);
}

Explanation SoftmaxNumbers::exp(std::size_t i) const {
    const Bounded& bound = bounds_.exp[i];
    return make_activation(
        {names_.address("exp", i), "exponential of " + names_.called(i) + names_.whose, "exp(score − max score)"},
        {"score − max score", names_.address("gap", i), 1, softmax_gap(scores_[i], totals_.largest)}, exp_value(i),
        bound.value, bound.error);
}

Explanation SoftmaxNumbers::exp_sum() const {
    std::vector<Term> terms;
    for (std::size_t i = 0; i < scores_.size(); ++i) {
        if (takes_part(seen_, i)) terms.push_back(exp_term(i));
    }
    const Bounded& bound = bounds_.exp_sum;
    Explanation made = make_sum({names_.address("exp_sum"), "the sum of the exponentials" + names_.whose, "Σ exp"},
                                std::move(terms), bound.value, bound.error);
    made.result = totals_.exp_sum;  // added in double, rounded once
    made.check = make_check(made.result, bound.value, bound.error);
    return made;
}

Explanation SoftmaxNumbers::weight(std::size_t i) const {
    const Bounded& bound = bounds_.weight[i];
    return make_quotient({names_.address("weight", i), "weight of " + names_.called(i) + names_.whose, "exp ÷ Σ exp"},
                         {exp_term(i), {"Σ exp", names_.address("exp_sum"), 1, totals_.exp_sum}}, bound.value,
                         bound.error);
}

Explanation explain_rest(const SoftmaxNames& names, std::size_t i, float weight, Bounded bounded) {
    const Bounded bound = rounding::add({1, 0}, {-bounded.value, bounded.error});
    return make_sum(
        {names.address("rest", i), "what " + names.called(i) + " leaves to the others" + names.whose, "1 − p"},
        {{"1", "", 1, 1.0f}, {"p", names.address("weight", i), -1, weight}}, bound.value, bound.error);
}

Explanation explain_slope(const SoftmaxNames& names, std::size_t i, float weight, Bounded bounded) {
    const Bounded rest = rounding::add({1, 0}, {-bounded.value, bounded.error});
    const Bounded bound = rounding::multiply(bounded, rest);
    const float p[] = {weight};
    const float left[] = {1 - weight};
    return make_dot(
        {names.address("slope", i),
         "how fast the weight of " + names.called(i) + names.whose + " follows its own score", "p × (1 − p)"},
        make_operand("p", names.address("weight", i), p), make_operand("1 − p", names.address("rest", i), left),
        softmax_slope(weight), bound.value, bound.error);
}

Explanation SoftmaxNumbers::rest(std::size_t i) const {
    return explain_rest(names_, i, weights_[i], bounds_.weight[i]);
}

Explanation SoftmaxNumbers::slope(std::size_t i) const {
    return explain_slope(names_, i, weights_[i], bounds_.weight[i]);
}

}  // namespace lab
