// What the tests of a transformer's explanations share: small passes, and random addresses of their numbers.
#pragma once

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/models/transformer/explain_transformer.h"
#include "tests/engine/support/transformer_reference.h"

namespace lab::testing {

/// A pass with all that explaining it wants.
struct TransformerCase {
    TransformerShape shape;
    std::vector<float> all;
    Interventions interventions;
    std::vector<std::string> names;
    TransformerWeights weights = view_weights(shape, std::span<const float>(all));
    TransformerPass pass;

    [[nodiscard]] TransformerContext context() const { return {shape, weights, pass, interventions, names}; }
    [[nodiscard]] Result<Explanation> explain(std::string_view address) const {
        return explain_transformer(context(), address);
    }
    [[nodiscard]] Explanation at(std::string_view address) const {
        INFO(address);
        const auto explained = explain(address);
        REQUIRE(explained.ok());
        return explained.value();
    }
};

inline TransformerCase make_case(const TransformerShape& shape, std::size_t rows, std::uint64_t seed,
                                 Interventions interventions = {}) {
    TransformerCase made{.shape = shape,
                         .all = trained_like(shape, seed),
                         .interventions = std::move(interventions),
                         .names = {},
                         .pass = {}};
    made.pass = forward(shape, made.all, random_tokens(shape, rows, seed), made.interventions);
    for (std::size_t v = 0; v < shape.vocabulary; ++v) made.names.push_back("t" + std::to_string(v));
    return made;
}

inline constexpr TransformerShape causal{
    .vocabulary = 7, .context = 6, .width = 6, .heads = 2, .layers = 2, .hidden = 5, .causal = true};
inline constexpr TransformerShape bidirectional{
    .vocabulary = 6, .context = 5, .width = 9, .heads = 3, .layers = 2, .hidden = 4, .causal = false};
inline constexpr TransformerShape attention_only{
    .vocabulary = 5, .context = 5, .width = 8, .heads = 2, .layers = 3, .hidden = 0, .causal = true};
inline constexpr TransformerShape smallest{
    .vocabulary = 1, .context = 1, .width = 1, .heads = 1, .layers = 1, .hidden = 1, .causal = true};

/// What a family's places count: t rows, v tokens, p positions, i of D, e of d, q of 3D, j of F.
struct AskedFamily {
    const char *prefix, *name, *places;
};
inline constexpr AskedFamily families[] = {
    {"", "tokens", "vi"},        {"", "positions", "pi"},      {"", "x", "ti"},
    {"", "squares", "t"},        {"", "mean_square", "t"},     {"", "rms", "t"},
    {"", "scaled", "ti"},        {"", "norm", "ti"},           {"", "gain", "i"},
    {"", "logit", "tv"},         {"", "largest", "t"},         {"", "gap", "tv"},
    {"", "exp", "tv"},           {"", "exp_sum", "t"},         {"", "probability", "tv"},
    {"L", "squares1", "t"},      {"L", "mean_square1", "t"},   {"L", "rms1", "t"},
    {"L", "scaled1", "ti"},      {"L", "norm1", "ti"},         {"L", "gain1", "i"},
    {"L", "qkv", "iq"},          {"L", "qkv_column", "qi"},    {"L", "mixed", "ti"},
    {"L", "output", "ii"},       {"L", "output_column", "ii"}, {"L", "attended", "ti"},
    {"L", "middle", "ti"},       {"L", "out", "ti"},           {"H", "query_weights", "ie"},
    {"H", "key_weights", "ie"},  {"H", "value_weights", "ie"}, {"H", "query_weights_column", "ei"},
    {"H", "query", "te"},        {"H", "key", "te"},           {"H", "value", "te"},
    {"H", "value_column", "et"}, {"H", "dot", "tt"},           {"H", "score", "tt"},
    {"H", "largest", "t"},       {"H", "exp", "tt"},           {"H", "exp_sum", "t"},
    {"H", "weight", "tt"},       {"H", "mix", "te"},           {"H", "part", "ti"},
    {"H", "output_column", "ie"}};
inline constexpr AskedFamily second_half[] = {
    {"L", "squares2", "t"}, {"L", "mean_square2", "t"}, {"L", "rms2", "t"},  {"L", "scaled2", "ti"},
    {"L", "norm2", "ti"},   {"L", "gain2", "i"},        {"L", "up", "ij"},   {"L", "up_column", "ji"},
    {"L", "hidden", "tj"},  {"L", "active", "tj"},      {"L", "down", "ji"}, {"L", "down_column", "ij"},
    {"L", "fed", "ti"}};

inline std::vector<AskedFamily> families_of(const TransformerShape& shape) {
    std::vector<AskedFamily> asked(std::begin(families), std::end(families));
    if (shape.hidden > 0) asked.insert(asked.end(), std::begin(second_half), std::end(second_half));
    return asked;
}

inline std::size_t count_of(const TransformerCase& of, char letter) {
    const std::map<char, std::size_t> counts{
        {'t', of.pass.rows()},     {'v', of.shape.vocabulary},   {'p', of.shape.context}, {'i', of.shape.width},
        {'q', 3 * of.shape.width}, {'e', of.shape.head_width()}, {'j', of.shape.hidden}};
    return counts.at(letter);
}

/// An address of the family, its places in one pair of brackets or in a pair each.
inline std::string random_address(const TransformerCase& of, const AskedFamily& family, Random& random) {
    std::string text = "transformer/";
    const std::string_view prefix = family.prefix;
    if (!prefix.empty()) text += "L" + std::to_string(1 + random.below(of.shape.layers)) + "/";
    if (prefix == "H") text += "H" + std::to_string(1 + random.below(of.shape.heads)) + "/";
    text += family.name;
    const bool apart = random.below(2) == 0;
    for (std::size_t g = 0; family.places[g] != 0; ++g) {
        text += g == 0 ? "[" : apart ? "][" : ",";
        text += std::to_string(random.below(count_of(of, family.places[g])));
    }
    return text + "]";
}

}  // namespace lab::testing
