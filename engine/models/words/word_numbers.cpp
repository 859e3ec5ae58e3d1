#include "engine/models/words/word_numbers.h"

#include "engine/kernels/kernels.h"

namespace lab {

using rounding::Bounded;

std::string WordNumbers::address(std::string_view family, std::uint32_t w) const {
    return "words/" + std::string(family) + "[" + encode_word(word(w)) + "]";
}

std::string WordNumbers::address(std::string_view family, std::uint32_t v, std::uint32_t w) const {
    return "words/" + std::string(family) + "[" + encode_word(word(v)) + "," + encode_word(word(w)) + "]";
}

Explanation WordNumbers::vector(std::uint32_t w, std::size_t i) const {
    const float value = vectors.vector(w)[i];
    Explanation made = make_leaf({at(address("vector", w), i), placed(word(w), i), "as trained"}, Kind::weight, value);
    if (!vectors.quantized()) return made;
    const float code = vectors.codes(w)[i];
    const float scale = vectors.scale(w);
    const double exact = static_cast<double>(code) * static_cast<double>(scale);
    made.formula = "code × scale";
    made.terms = {{"code", "", 1, code}, {"scale", "", 1, scale}};
    made.check = make_check(value, exact, rounding::rounded(exact, 0).error);
    return made;
}

Explanation WordNumbers::square(std::uint32_t w) const {
    const auto all = rounding::exact(vectors.vector(w));
    const auto operand = make_operand(word(w), address("vector", w), vectors.vector(w));
    return make_dot({address("square", w), "|" + word(w) + "|²", word(w) + " · " + word(w)}, operand, operand,
                    reference::sum_of_squares(vectors.vector(w)), rounding::dot(all, all).error);
}

Explanation WordNumbers::norm(std::uint32_t w) const {
    const std::string label = "|" + word(w) + "|";
    return make_activation({address("norm", w), label, "√(" + label + "²)"},
                           {label + "²", address("square", w), 1, sum_of_squares(vectors.vector(w))}, vectors.length(w),
                           reference::norm(vectors.vector(w)), rounding::norm(vectors.vector(w)).error);
}

Explanation WordNumbers::unit(std::uint32_t w, std::size_t i) const {
    const float value = vectors.vector(w)[i];
    const std::string length = "|" + word(w) + "|";
    const Bounded quotient = rounding::divide({value, 0}, rounding::norm(vectors.vector(w)));
    return make_quotient(
        {at(address("unit", w), i), placed("unit " + word(w), i), subscripted(word(w), i) + " ÷ " + length},
        {{subscripted(word(w), i), at(address("vector", w), i), 1, value},
         {length, address("norm", w), 1, vectors.length(w)}},
        static_cast<double>(value) / reference::norm(vectors.vector(w)), quotient.error);
}

Explanation WordNumbers::dot(std::uint32_t v, std::uint32_t w) const {
    const auto x = vectors.vector(v);
    const auto y = vectors.vector(w);
    return make_dot({address("dot", v, w), word(v) + " · " + word(w), "Σᵢ " + word(v) + "ᵢ × " + word(w) + "ᵢ"},
                    make_operand(word(v), address("vector", v), x), make_operand(word(w), address("vector", w), y),
                    reference::dot(x, y), rounding::dot(rounding::exact(x), rounding::exact(y)).error);
}

Explanation WordNumbers::cosine(std::uint32_t v, std::uint32_t w) const {
    return make_dot({address("cosine", v, w), cosine_label(v, w), "Σᵢ unit " + word(v) + "ᵢ × unit " + word(w) + "ᵢ"},
                    unit_operand(v), unit_operand(w), exact_cosine(v, w), bounded_cosine(v, w).error);
}

Explanation WordNumbers::factor(std::uint32_t v, std::uint32_t w) const {
    return make_sum({address("factor", v, w), "(1 + " + cosine_label(v, w) + ") ÷ 2", "½ + ½ × " + cosine_label(v, w)},
                    {{"1", "", 0.5, 1.0f}, {cosine_label(v, w), address("cosine", v, w), 0.5, cosine_value(v, w)}},
                    (1 + exact_cosine(v, w)) / 2, bounded_factor(v, w).error);
}

Operand WordNumbers::unit_operand(std::uint32_t w) const {
    return make_operand("unit " + word(w), address("unit", w), vectors.unit(w));
}

float WordNumbers::cosine_value(std::uint32_t v, std::uint32_t w) const {
    return lab::dot(vectors.unit(v), vectors.unit(w));
}

std::string WordNumbers::cosine_label(std::uint32_t v, std::uint32_t w) const {
    return "cos(" + word(v) + ", " + word(w) + ")";
}

double WordNumbers::exact_cosine(std::uint32_t v, std::uint32_t w) const {
    return reference::cosine(vectors.vector(v), vectors.vector(w));
}

Bounded WordNumbers::bounded_cosine(std::uint32_t v, std::uint32_t w) const {
    return rounding::dot(rounding::normalize(vectors.vector(v)), rounding::normalize(vectors.vector(w)));
}

Bounded WordNumbers::bounded_factor(std::uint32_t v, std::uint32_t w) const {
    const Bounded cosine = bounded_cosine(v, w);
    return rounding::add({0.5, 0}, {cosine.value / 2, cosine.error / 2});  // halving is exact
}

}  // namespace lab
