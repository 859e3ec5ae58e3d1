#include "engine/models/explanations/explain_parts.h"

#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"

namespace lab {

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::dot:
            return "dot";
        case Kind::sum:
            return "sum";
        case Kind::softmax:
            return "softmax";
        case Kind::normalize:
            return "normalize";
        case Kind::activation:
            return "activation";
        case Kind::input:
            return "input";
        case Kind::weight:
            return "weight";
    }
    return "";
}

Check make_check(float result, double value, double bound) {
    if (!std::isfinite(result)) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return {value, infinity, infinity};
    }
    return {value, std::abs(static_cast<double>(result) - value), bound};
}

namespace {

Explanation make(Heading&& heading, Kind kind) {
    Explanation made;
    made.address = std::move(heading.address);
    made.label = std::move(heading.label);
    made.formula = std::move(heading.formula);
    made.kind = kind;
    return made;
}

}  // namespace

Explanation make_leaf(Heading&& heading, Kind kind, float result) {
    Explanation made = make(std::move(heading), kind);
    made.result = result;
    made.check = make_check(result, result, 0);
    return made;
}

Explanation make_dot(Heading&& heading, Operand a, Operand b, double value, double bound) {
    const float result = dot(a.values, b.values);
    return make_dot(std::move(heading), std::move(a), std::move(b), result, value, bound);
}

Explanation make_dot(Heading&& heading, Operand a, Operand b, float result, double value, double bound) {
    Explanation made = make(std::move(heading), Kind::dot);
    made.products.resize(a.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) made.products[i] = a.values[i] * b.values[i];
    made.result = result;
    made.operands.reserve(2);
    made.operands.push_back(std::move(a));
    made.operands.push_back(std::move(b));
    made.check = make_check(made.result, value, bound);
    return made;
}

Explanation make_sum(Heading&& heading, std::vector<Term> terms, double value, double bound) {
    Explanation made = make(std::move(heading), Kind::sum);
    for (const Term& term : terms) made.result += static_cast<float>(term.coefficient) * term.value;
    made.terms = std::move(terms);
    made.check = make_check(made.result, value, bound);
    return made;
}

Explanation make_quotient(Heading&& heading, std::initializer_list<Term> given, double value, double bound) {
    Explanation made = make(std::move(heading), Kind::normalize);
    made.terms = given;
    const auto& terms = made.terms;
    float divisor = terms.size() > 1 ? terms[1].value : 1.0f;
    for (std::size_t i = 2; i < terms.size(); ++i) divisor *= terms[i].value;
    made.result = terms[0].value / divisor;
    made.check = make_check(made.result, value, bound);
    return made;
}

Explanation make_activation(Heading&& heading, Term term, float result, double value, double bound) {
    Explanation made = make(std::move(heading), Kind::activation);
    made.terms.push_back(std::move(term));
    made.result = result;
    made.check = make_check(result, value, bound);
    return made;
}

Operand make_operand(std::string name, std::string address, std::span<const float> values) {
    return {std::move(name), std::move(address), {values.begin(), values.end()}, ""};
}

std::string placed(std::string_view name, std::size_t i) {
    return std::string(name) + ", place " + std::to_string(i + 1);
}

std::string subscripted(std::string_view name, std::size_t i) {
    constexpr std::string_view digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
    std::string text(name);
    for (const char digit : std::to_string(i + 1)) text += digits[digit - '0'];
    return text;
}

}  // namespace lab
