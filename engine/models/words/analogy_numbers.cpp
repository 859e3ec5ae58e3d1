#include "engine/models/words/analogy_numbers.h"

#include <cassert>
#include <cmath>

#include "engine/kernels/kernels.h"

namespace lab {

using rounding::Bounded;

namespace {

std::string spoken(std::span<const SignedWord> terms) {
    std::string text;
    for (const SignedWord& term : terms) {
        if (term.sign < 0) text += text.empty() ? std::string(minus_sign) : " " + std::string(minus_sign) + " ";
        if (term.sign > 0 && !text.empty()) text += " + ";
        text += term.word;
    }
    return text;
}

}  // namespace

AnalogyNumbers::AnalogyNumbers(const WordVectors& vectors, std::vector<SignedWord> terms)
    : words_{vectors},
      terms_(std::move(terms)),
      combined_(vectors.combine(terms_)),
      expression_(lab::expression(terms_)),
      spoken_(spoken(terms_)) {}

std::string AnalogyNumbers::address(std::string_view family) const {
    return "words/" + std::string(family) + "[" + expression_ + "]";
}

std::string AnalogyNumbers::address(std::string_view family, std::uint32_t w) const {
    return "words/" + std::string(family) + "[" + expression_ + "|" + encode_word(words_.word(w)) + "]";
}

AnalogyNumbers AnalogyNumbers::only(int sign) const {
    std::vector<SignedWord> some;
    for (const SignedWord& term : terms_) {
        if (term.sign == sign) some.push_back({term.word, term.index, 1});
    }
    return {words_.vectors, std::move(some)};
}

// ---- The target: the sum of unit vectors, its length, its direction ----

Result<Explanation> AnalogyNumbers::sum(std::size_t i) const {
    if (!combined_) return combined_.error();
    std::vector<Term> parts;
    double value = 0;
    for (const SignedWord& term : terms_) {
        parts.push_back({subscripted("unit " + term.word, i), at(words_.address("unit", term.index), i),
                         static_cast<double>(term.sign), words_.vectors.unit(term.index)[i]});
        const auto raw = words_.vectors.vector(term.index);
        value += term.sign * (static_cast<double>(raw[i]) / reference::norm(raw));
    }
    return make_sum({at(address("sum"), i), placed(spoken_, i), "Σ ± unit vectors, place " + std::to_string(i + 1)},
                    std::move(parts), value, bounded_sum()[i].error);
}

Result<Explanation> AnalogyNumbers::square_sum() const {
    if (!combined_) return combined_.error();
    const auto operand = make_operand(spoken_, address("sum"), combined_.value().sum);
    const auto bounded = bounded_sum();
    const double length = exact_length();
    return make_dot({address("square-sum"), "|" + spoken_ + "|²", "the sum · itself"}, operand, operand,
                    length * length, rounding::dot(bounded, bounded).error);
}

Result<Explanation> AnalogyNumbers::length() const {
    if (!combined_) return combined_.error();
    const std::string label = "|" + spoken_ + "|";
    return make_activation({address("length"), label, "√(" + label + "²)"},
                           {label + "²", address("square-sum"), 1, sum_of_squares(combined_.value().sum)},
                           combined_.value().length, exact_length(), bounded_length().error);
}

Result<Explanation> AnalogyNumbers::target(std::size_t i) const {
    const auto component = sum(i);
    if (!component) return component.error();
    const Explanation& above = component.value();
    return make_quotient({at(address("target"), i), placed("unit " + spoken_, i),
                          subscripted("(" + spoken_ + ")", i) + " ÷ |" + spoken_ + "|"},
                         {{subscripted("(" + spoken_ + ")", i), above.address, 1, above.result},
                          {"|" + spoken_ + "|", address("length"), 1, combined_.value().length}},
                         above.check.value / exact_length(),
                         rounding::divide(bounded_sum()[i], bounded_length()).error);
}

// ---- 3CosAdd, two ways ----

Result<Explanation> AnalogyNumbers::score(std::uint32_t w) const {
    if (!combined_) return combined_.error();
    auto bounded = bounded_sum();
    const Bounded length = bounded_length();
    for (Bounded& x : bounded) x = rounding::divide(x, length);
    const Bounded dot = rounding::dot(bounded, rounding::normalize(words_.vectors.vector(w)));
    return make_dot({address("score", w), "cos(" + spoken_ + ", " + words_.word(w) + ")",
                     "Σᵢ targetᵢ × unit " + words_.word(w) + "ᵢ"},
                    make_operand("target", address("target"), combined_.value().unit), words_.unit_operand(w),
                    exact_cosine_sum(w) / exact_length(), dot.error);
}

Explanation AnalogyNumbers::cosine_sum(std::uint32_t w) const {
    std::vector<Term> parts;
    for (const SignedWord& term : terms_) {
        parts.push_back({words_.cosine_label(term.index, w), words_.address("cosine", term.index, w),
                         static_cast<double>(term.sign), words_.cosine_value(term.index, w)});
    }
    return make_sum(
        {address("cosine-sum", w), "(" + spoken_ + ") · " + words_.word(w), "Σ ± cosines with " + words_.word(w)},
        std::move(parts), exact_cosine_sum(w), bounded_cosine_sum(w).error);
}

Result<Explanation> AnalogyNumbers::partials(std::uint32_t w) const {
    if (!combined_) return combined_.error();
    const Explanation above = cosine_sum(w);
    return make_quotient({address("partials", w), "cos(" + spoken_ + ", " + words_.word(w) + ")",
                          "Σ ± cosines with " + words_.word(w) + " ÷ |" + spoken_ + "|"},
                         {{above.label, above.address, 1, above.result},
                          {"|" + spoken_ + "|", address("length"), 1, combined_.value().length}},
                         above.check.value / exact_length(),
                         rounding::divide(bounded_cosine_sum(w), bounded_length()).error);
}

// ---- 3CosMul ----

Explanation AnalogyNumbers::product(std::uint32_t w) const {
    assert(!terms_.empty());
    const SignedWord& last = terms_.back();
    if (terms_.size() == 1) return words_.factor(last.index, w);
    const AnalogyNumbers before{words_.vectors, {terms_.begin(), terms_.end() - 1}};
    const Term left = before.product_term(w);
    const float right[] = {words_.factor_value(last.index, w)};
    std::string label = left.label + " × (1 + " + words_.cosine_label(last.index, w) + ") ÷ 2";
    return make_dot({address("product", w), label, label},
                    make_operand(left.label, left.address, std::span(&left.value, 1)),
                    make_operand("(1 + " + words_.cosine_label(last.index, w) + ") ÷ 2",
                                 words_.address("factor", last.index, w), right),
                    exact_product(w), bounded_product(w).error);
}

Term AnalogyNumbers::product_term(std::uint32_t w) const {
    if (terms_.empty()) return {"1", "", 1, 1.0f};
    const Explanation above = product(w);
    return {above.label, above.address, 1, above.result};
}

Explanation AnalogyNumbers::cosmul_minus(std::uint32_t w) const {
    const AnalogyNumbers minus = only(-1);
    const Bounded bounded = rounding::add(minus.bounded_product(w), {cosmul_epsilon, 0});
    return make_sum({address("cosmul-minus", w), "the minus words' product + 0.001",
                     "Π (1 + cos) ÷ 2 over the minus words + 0.001"},
                    {minus.product_term(w), {"0.001", "", 1, cosmul_epsilon}},
                    minus.exact_product(w) + static_cast<double>(cosmul_epsilon), bounded.error);
}

Explanation AnalogyNumbers::cosmul(std::uint32_t w) const {
    const AnalogyNumbers plus = only(1);
    const AnalogyNumbers minus = only(-1);
    const Explanation below = cosmul_minus(w);
    const Bounded divisor = rounding::add(minus.bounded_product(w), {cosmul_epsilon, 0});
    return make_quotient({address("cosmul", w), "3CosMul of " + words_.word(w) + " for " + spoken_,
                          "Π (1 + cos) ÷ 2 over the plus words ÷ (the same over the minus words + 0.001)"},
                         {plus.product_term(w), {below.label, below.address, 1, below.result}},
                         plus.exact_product(w) / below.check.value,
                         rounding::divide(plus.bounded_product(w), divisor).error);
}

// ---- In double ----

double AnalogyNumbers::exact_length() const {
    // |Σ ± u|² = ΣΣ ± cos: from the cosines between the terms, without the sum itself.
    double squares = 0;
    for (const SignedWord& s : terms_) {
        for (const SignedWord& t : terms_) squares += s.sign * t.sign * words_.exact_cosine(s.index, t.index);
    }
    return std::sqrt(squares);
}

double AnalogyNumbers::exact_cosine_sum(std::uint32_t w) const {
    double sum = 0;
    for (const SignedWord& term : terms_) sum += term.sign * words_.exact_cosine(term.index, w);
    return sum;
}

double AnalogyNumbers::exact_product(std::uint32_t w) const {
    double product = 1;
    for (const SignedWord& term : terms_) product *= (1 + words_.exact_cosine(term.index, w)) / 2;
    return product;
}

std::vector<Bounded> AnalogyNumbers::bounded_sum() const {
    std::vector<Bounded> sum(words_.vectors.dimensions());
    for (const SignedWord& term : terms_) {
        const auto unit = rounding::normalize(words_.vectors.vector(term.index));
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] = rounding::add(sum[i], {term.sign * unit[i].value, unit[i].error});
    }
    return sum;
}

Bounded AnalogyNumbers::bounded_length() const {
    const auto sum = bounded_sum();
    return rounding::root(rounding::dot(sum, sum));
}

Bounded AnalogyNumbers::bounded_cosine_sum(std::uint32_t w) const {
    Bounded sum;
    for (const SignedWord& term : terms_) {
        const Bounded cosine = words_.bounded_cosine(term.index, w);
        sum = rounding::add(sum, {term.sign * cosine.value, cosine.error});
    }
    return sum;
}

Bounded AnalogyNumbers::bounded_product(std::uint32_t w) const {
    Bounded product{1, 0};
    for (const SignedWord& term : terms_) product = rounding::multiply(product, words_.bounded_factor(term.index, w));
    return product;
}

}  // namespace lab
