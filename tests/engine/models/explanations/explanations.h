// What the tests of explain share: a small seeded vocabulary, and what must hold of every explanation.
#pragma once

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/kernels/kernels.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/words/word_vectors.h"

namespace lab::testing {

inline std::vector<float> random_vector(Random& random, std::size_t n) {
    std::vector<float> made(n);
    random.fill_normal(made);
    return made;
}

/// "aa", "ab", … and at last some words that addresses must spell with care.
inline std::vector<std::string> small_words(std::size_t count) {
    const std::vector<std::string> awkward{"a,b", "x-y", "c++", "50%", "[n]", "p|q", "two words", "naïve", "Ω"};
    std::vector<std::string> words;
    for (std::size_t i = 0; words.size() + awkward.size() < count; ++i) {
        words.push_back({static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)});
    }
    words.insert(words.end(), awkward.begin(),
                 awkward.begin() + static_cast<std::ptrdiff_t>(std::min(awkward.size(), count)));
    return words;
}

/// Random vectors, as floats or as int8 codes.
inline WordVectors small_vectors(std::uint64_t seed, std::size_t count, std::size_t dimensions, bool quantized) {
    Random random(seed);
    std::vector<float> rows = random_vector(random, count * dimensions);
    if (!quantized) return WordVectors::from_rows(small_words(count), std::move(rows), dimensions).value();
    std::vector<std::int8_t> codes(rows.size());
    std::vector<float> scales(count);
    for (std::size_t i = 0; i < count; ++i) {
        scales[i] = quantize(std::span(rows).subspan(i * dimensions, dimensions), 127,
                             std::span(codes).subspan(i * dimensions, dimensions));
    }
    return WordVectors::from_codes(small_words(count), std::move(codes), std::move(scales), dimensions).value();
}

using Explain = std::function<Result<Explanation>(const std::string& address)>;

/// Whether the parts make up the result, within the few roundings of their own kind.
inline bool recombines(const Explanation& e) {
    constexpr double u = 0x1p-24;
    const double result = e.result;
    switch (e.kind) {
        case Kind::dot:
            if (e.operands.size() != 2 || e.operands[0].values.size() != e.products.size()) return false;
            for (std::size_t i = 0; i < e.products.size(); ++i) {
                if (e.products[i] != e.operands[0].values[i] * e.operands[1].values[i]) return false;
            }
            return dot(e.operands[0].values, e.operands[1].values) == e.result;
        case Kind::sum: {
            double sum = 0;
            double magnitudes = 0;
            for (const Term& term : e.terms) {
                sum += term.coefficient * term.value;
                magnitudes += std::abs(term.coefficient * term.value);
            }
            return std::abs(sum - result) <= static_cast<double>(e.terms.size()) * u * magnitudes;
        }
        case Kind::normalize: {
            double quotient = e.terms[0].value;
            for (std::size_t i = 1; i < e.terms.size(); ++i) quotient /= e.terms[i].value;
            return std::abs(quotient - result) <= 8 * u * std::abs(quotient);
        }
        case Kind::activation: {
            const double x = e.terms[0].value;
            const bool root = e.formula.starts_with("√");
            const double value = root ? std::sqrt(x) : std::acos(x) * 180 / std::numbers::pi;
            return e.terms.size() == 1 && std::abs(value - result) <= 4 * u * std::abs(value);
        }
        case Kind::input:
        case Kind::weight: {
            double product = 1;
            for (const Term& term : e.terms) product *= term.value;
            return e.terms.empty() || std::abs(product - result) <= u * std::abs(product);
        }
        default:
            return false;
    }
}

/// Checks the explanation at address and follows one random part of each, down to a leaf. `makes_up` says whether the
/// parts make up the result.
inline void verify_to_the_ground(const Explain& explain, std::string address, Random& random,
                                 const std::function<bool(const Explanation&)>& makes_up = recombines) {
    for (int depth = 0;; ++depth) {
        INFO("at " << address);
        REQUIRE(depth < 40);  // recursion ends
        const auto explained = explain(address);
        if (!explained) FAIL(explained.error().message);
        const Explanation& e = explained.value();
        INFO(e.label << " = " << e.formula << " = " << e.result << ", check " << e.check.value << ", difference "
                     << e.check.difference << ", bound " << e.check.bound);
        if (!(e.check.difference <= e.check.bound)) FAIL("rounding does not explain the difference");
        if (!makes_up(e)) FAIL("the parts do not make up the result");
        if (e.label.empty() || e.formula.empty()) FAIL("no words");
        if (explain(e.address).value().result != e.result) FAIL("the canonical address is another number");

        // Every part that has an address is itself explained, as the very same float.
        std::vector<std::string> below;
        const auto visit = [&](const std::string& part, float value) {
            const auto inner = explain(part);
            if (!inner) FAIL(inner.error().message);
            if (inner.value().result != value) FAIL(part << " is " << inner.value().result << ", shown as " << value);
            below.push_back(part);
        };
        for (const Operand& operand : e.operands) {
            const std::size_t i = random.below(operand.values.size());
            if (!operand.address.empty()) visit(operand.address + "[" + std::to_string(i) + "]", operand.values[i]);
        }
        for (const Term& term : e.terms) {
            if (!term.address.empty()) visit(term.address, term.value);
        }
        if (e.kind == Kind::input || e.kind == Kind::weight) {
            if (!below.empty()) FAIL("a leaf has parts");
            return;
        }
        if (below.empty()) {  // a sum of nothing, or of constants
            if (e.kind != Kind::sum) FAIL("neither leaf nor parts");
            return;
        }
        address = below[random.below(below.size())];
    }
}

}  // namespace lab::testing
