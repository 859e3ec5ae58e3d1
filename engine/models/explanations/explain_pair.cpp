// Where the numbers of two vectors come from: products, sums, lanes, lengths, directions, the angle.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "engine/kernels/kernels.h"
#include "engine/models/explanations/dot_trace.h"
#include "engine/models/explanations/explain_parts.h"

namespace lab {

namespace {

using rounding::Bounded;

constexpr AddressFamily families[] = {
    {"dot", 0, "pair/dot"},
    {"a", 1, "pair/a[0]"},
    {"b", 1, "pair/b[0]"},
    {"product", 1, "pair/product[0]"},
    {"running", 1, "pair/running[0]"},
    {"simd", 0, "pair/simd"},
    {"lane", 1, "pair/lane[0]"},
    {"square", 1, "pair/square[a]"},
    {"norm", 1, "pair/norm[a]"},
    {"unit", 2, "pair/unit[a][0]"},
    {"cosine", 0, "pair/cosine"},
    {"cosine-of-units", 0, "pair/cosine-of-units"},
    {"angle", 0, "pair/angle"},
};

/// One of the two vectors, by its name.
struct Side {
    std::string name;
    std::span<const float> values;

    [[nodiscard]] std::string address() const { return "pair/" + name; }
    [[nodiscard]] std::string of(std::string_view family) const {
        return "pair/" + std::string(family) + "[" + name + "]";
    }
    [[nodiscard]] std::string length() const { return "|" + name + "|"; }
    [[nodiscard]] Operand operand() const { return make_operand(name, address(), values); }
    [[nodiscard]] std::vector<Bounded> exact() const { return rounding::exact(values); }
};

struct Pair {
    Side a;
    Side b;

    [[nodiscard]] std::size_t size() const { return a.values.size(); }
    [[nodiscard]] Bounded bounded_dot() const { return rounding::dot(a.exact(), b.exact()); }
    [[nodiscard]] Bounded bounded_cosine() const {
        return rounding::divide(bounded_dot(), rounding::multiply(rounding::norm(a.values), rounding::norm(b.values)));
    }

    /// The product at index i as a formula: a₃ × b₃.
    [[nodiscard]] static std::string factors(std::size_t i) {
        return subscripted("a", i) + " × " + subscripted("b", i);
    }

    /// The product at index i as part of a sum.
    [[nodiscard]] Term product_term(std::size_t i) const {
        return {factors(i), at("pair/product", i), 1, a.values[i] * b.values[i]};
    }

    [[nodiscard]] Explanation dot() const {
        const Bounded sum = bounded_dot();
        return make_dot({"pair/dot", "a · b", "Σᵢ aᵢ × bᵢ"}, a.operand(), b.operand(),
                        reference::dot(a.values, b.values), sum.error);
    }

    [[nodiscard]] Explanation element(const Side& side, std::size_t i) const {
        return make_leaf({at(side.address(), i), placed(side.name, i), "given"}, Kind::input, side.values[i]);
    }

    [[nodiscard]] Explanation product(std::size_t i) const {
        const auto x = a.values.subspan(i, 1);
        const auto y = b.values.subspan(i, 1);
        return make_dot({at("pair/product", i), placed("product", i), factors(i)},
                        make_operand(subscripted("a", i), at(a.address(), i), x),
                        make_operand(subscripted("b", i), at(b.address(), i), y), reference::dot(x, y),
                        rounding::dot(rounding::exact(x), rounding::exact(y)).error);
    }

    [[nodiscard]] Explanation running(std::size_t i) const {
        const DotTrace watched = trace(a.values.first(i + 1), b.values.first(i + 1));
        std::vector<Term> terms;
        if (i > 0) terms.push_back({"the sum before", at("pair/running", i - 1), 1, watched.running[i - 1]});
        terms.push_back(product_term(i));
        Bounded sum;
        for (std::size_t k = 0; k <= i; ++k) {
            const Bounded next = rounding::multiply({a.values[k], 0}, {b.values[k], 0});
            sum = k == 0 ? next : rounding::add(sum, next);
        }
        return make_sum(
            {at("pair/running", i),
             i > 0 ? "the first " + std::to_string(i + 1) + " products, added in order" : "the first product",
             i > 0 ? "the sum before + " + factors(i) : factors(0)},
            std::move(terms), reference::dot(a.values.first(i + 1), b.values.first(i + 1)), sum.error);
    }

    [[nodiscard]] Explanation simd() const {
        const DotTrace watched = trace(a.values, b.values);
        std::vector<Term> terms;
        for (std::size_t k = 0; k < watched.lanes.size(); ++k) {
            terms.push_back({"lane " + std::to_string(k + 1), at("pair/lane", k), 1, watched.lanes[k]});
        }
        Explanation made =
            make_sum({"pair/simd", "a · b as four lanes add it", "(lane 1 + lane 2) + (lane 3 + lane 4)"},
                     std::move(terms), reference::dot(a.values, b.values), bounded_dot().error);
        made.result = watched.result;  // added in pairs, as the formula says, not one after the other
        made.check = make_check(made.result, made.check.value, made.check.bound);
        return made;
    }

    [[nodiscard]] Explanation lane(std::size_t k) const {
        const DotTrace watched = trace(a.values, b.values);
        std::vector<Term> terms;
        double value = 0;
        double magnitudes = 0;
        for (std::size_t i = k; i < size(); i += 4) {
            terms.push_back(product_term(i));
            const double exact = static_cast<double>(a.values[i]) * static_cast<double>(b.values[i]);
            value += exact;
            magnitudes += std::abs(exact);
        }
        Explanation made = make_sum({at("pair/lane", k), "lane " + std::to_string(k + 1),
                                     "every fourth product, from place " + std::to_string(k + 1)},
                                    std::move(terms), value, dot_error_bound(size(), magnitudes));
        made.result = watched.lanes[k];  // its four running sums are added at the end
        made.check = make_check(made.result, value, made.check.bound);
        return made;
    }

    [[nodiscard]] Explanation square(const Side& side) const {
        const auto all = side.exact();
        return make_dot({side.of("square"), side.length() + "²", side.name + " · " + side.name}, side.operand(),
                        side.operand(), reference::sum_of_squares(side.values), rounding::dot(all, all).error);
    }

    [[nodiscard]] Explanation norm(const Side& side) const {
        return make_activation({side.of("norm"), side.length(), "√(" + side.length() + "²)"},
                               {side.length() + "²", side.of("square"), 1, sum_of_squares(side.values)},
                               lab::norm(side.values), reference::norm(side.values), rounding::norm(side.values).error);
    }

    [[nodiscard]] Explanation unit(const Side& side, std::size_t i) const {
        const float length = lab::norm(side.values);
        return make_quotient(
            {at(side.of("unit"), i), placed("unit " + side.name, i), subscripted(side.name, i) + " ÷ " + side.length()},
            {{subscripted(side.name, i), at(side.address(), i), 1, side.values[i]},
             {side.length(), side.of("norm"), 1, length}},
            static_cast<double>(side.values[i]) / reference::norm(side.values),
            rounding::divide({side.values[i], 0}, rounding::norm(side.values)).error);
    }

    [[nodiscard]] Explanation cosine() const {
        Explanation made = make_quotient({"pair/cosine", "cos(a, b)", "(a · b) ÷ (|a| × |b|)"},
                                         {{"a · b", "pair/dot", 1, lab::dot(a.values, b.values)},
                                          {"|a|", a.of("norm"), 1, lab::norm(a.values)},
                                          {"|b|", b.of("norm"), 1, lab::norm(b.values)}},
                                         reference::cosine(a.values, b.values), bounded_cosine().error);
        made.result = lab::cosine(a.values, b.values);  // |a| × |b| in double, and never beyond ±1
        made.check = make_check(made.result, made.check.value, made.check.bound);
        return made;
    }

    [[nodiscard]] Explanation cosine_of_units() const {
        std::vector<float> x(size());
        std::vector<float> y(size());
        normalize(a.values, x);
        normalize(b.values, y);
        const Bounded sum = rounding::dot(rounding::normalize(a.values), rounding::normalize(b.values));
        return make_dot({"pair/cosine-of-units", "cos(a, b)", "Σᵢ unit aᵢ × unit bᵢ"},
                        make_operand("unit a", a.of("unit"), x), make_operand("unit b", b.of("unit"), y),
                        reference::cosine(a.values, b.values), sum.error);
    }

    [[nodiscard]] Explanation angle() const {
        constexpr double degrees = 180 / std::numbers::pi;
        const auto arccos = [](double x) { return std::acos(std::clamp(x, -1.0, 1.0)) * degrees; };
        const float cosine = lab::cosine(a.values, b.values);
        const double exact = reference::cosine(a.values, b.values);
        const double error = bounded_cosine().error;
        const double value = arccos(exact);
        const double spread = std::max(arccos(exact - error) - value, value - arccos(exact + error));
        return make_activation({"pair/angle", "the angle between a and b", "arccos(cos(a, b)) in degrees"},
                               {"cos(a, b)", "pair/cosine", 1, cosine}, static_cast<float>(arccos(cosine)), value,
                               rounding::rounded(value, spread).error);
    }
};

/// The Error for two vectors of which nothing can be explained, if so.
std::optional<Error> check_vectors(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size()) {
        return Error{"length-mismatch",
                     "a has " + std::to_string(a.size()) + " numbers and b has " + std::to_string(b.size()) +
                         ": a dot product pairs them off, so give both the same length.",
                     ""};
    }
    if (a.empty()) return Error{"empty-input", "Both vectors are empty: give each at least one number.", ""};
    for (const auto& [name, values] : {std::pair{"a", a}, std::pair{"b", b}}) {
        const auto bad = std::find_if_not(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
        if (bad != values.end()) {
            return Error{"not-finite",
                         std::string(name) + "[" + std::to_string(bad - values.begin()) +
                             "] is NaN or infinite: give finite numbers only.",
                         ""};
        }
    }
    return std::nullopt;
}

/// The Error for a vector without a direction, if so.
std::optional<Error> check_direction(const Side& side) {
    const float length = norm(side.values);
    if (length > 0 && std::isfinite(length)) return std::nullopt;
    return Error{"zero-vector",
                 "The length of " + side.name + " is " + (length > 0 ? "beyond the range of 32-bit floats" : "0") +
                     ": it has no direction, and no angle to another vector. Change one of its numbers.",
                 side.name};
}

}  // namespace

Result<Explanation> explain_pair(std::string_view text, std::span<const float> a, std::span<const float> b) {
    if (auto error = check_vectors(a, b)) return *std::move(error);
    const auto parsed = parse_address(text, "pair", families);
    if (!parsed) return parsed.error();
    const Address& address = parsed.value();
    const Pair pair{{"a", a}, {"b", b}};

    if (address.is("dot")) return pair.dot();
    if (address.is("simd")) return pair.simd();
    if (address.is("cosine") || address.is("cosine-of-units") || address.is("angle")) {
        if (auto error = check_direction(pair.a)) return *std::move(error);
        if (auto error = check_direction(pair.b)) return *std::move(error);
        return address.is("cosine") ? pair.cosine() : address.is("angle") ? pair.angle() : pair.cosine_of_units();
    }
    if (address.is("a") || address.is("b") || address.is("product") || address.is("running") || address.is("lane")) {
        const auto i = parse_place(address, 0, address.is("lane") ? 4 : pair.size());
        if (!i) return i.error();
        if (address.is("lane")) return pair.lane(i.value());
        if (address.is("product")) return pair.product(i.value());
        if (address.is("running")) return pair.running(i.value());
        return pair.element(address.is("a") ? pair.a : pair.b, i.value());
    }

    // square, norm and unit ask which of the two.
    const std::string& which = address.groups[0];
    if (which != "a" && which != "b") {
        return unknown_address(text, "“" + which + "” is neither a nor b.", address.family->example);
    }
    const Side& side = which == "a" ? pair.a : pair.b;
    if (address.is("square")) return pair.square(side);
    if (address.is("norm")) return pair.norm(side);
    assert(address.is("unit"));
    const auto i = parse_place(address, 1, pair.size());
    if (!i) return i.error();
    if (auto error = check_direction(side)) return *std::move(error);
    return pair.unit(side, i.value());
}

}  // namespace lab
