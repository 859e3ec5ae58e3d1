#include "engine/models/transformer/transformer_families.h"

namespace lab {

namespace {

using enum TransformerNumber;
using enum TransformerScope;

constexpr TransformerFamily families[] = {
    {"tokens", outside, "vi", tokens},
    {"positions", outside, "pi", positions},
    {"x", outside, "ti", x},
    {"squares", outside, "t", squares},
    {"mean_square", outside, "t", mean_square},
    {"rms", outside, "t", rms},
    {"scaled", outside, "ti", scaled},
    {"norm", outside, "ti", norm},
    {"gain", outside, "i", gain},
    {"logit", outside, "av", logit},
    {"largest", outside, "a", largest},
    {"gap", outside, "av", gap},
    {"exp", outside, "av", exp},
    {"exp_sum", outside, "a", exp_sum},
    {"probability", outside, "av", weight},
    {"squares1", layer, "t", squares, 1},
    {"mean_square1", layer, "t", mean_square, 1},
    {"rms1", layer, "t", rms, 1},
    {"scaled1", layer, "ti", scaled, 1},
    {"norm1", layer, "ti", norm, 1},
    {"gain1", layer, "i", gain, 1},
    {"qkv", layer, "iq", qkv},
    {"qkv_column", layer, "qi", qkv, 0, true},
    {"mixed", layer, "ti", mixed},
    {"output", layer, "ii", output},
    {"output_column", layer, "ii", output, 0, true},
    {"attended", layer, "ti", attended},
    {"middle", layer, "ti", middle},
    {"squares2", layer, "t", squares, 2},
    {"mean_square2", layer, "t", mean_square, 2},
    {"rms2", layer, "t", rms, 2},
    {"scaled2", layer, "ti", scaled, 2},
    {"norm2", layer, "ti", norm, 2},
    {"gain2", layer, "i", gain, 2},
    {"up", layer, "ij", up},
    {"up_column", layer, "ji", up, 0, true},
    {"hidden", layer, "tj", hidden},
    {"active", layer, "tj", active},
    {"down", layer, "ji", down},
    {"down_column", layer, "ij", down, 0, true},
    {"fed", layer, "ti", fed},
    {"out", layer, "ti", out},
    {"query_weights", head, "ie", query_weights},
    {"query_weights_column", head, "ei", query_weights, 0, true},
    {"key_weights", head, "ie", key_weights},
    {"key_weights_column", head, "ei", key_weights, 0, true},
    {"value_weights", head, "ie", value_weights},
    {"value_weights_column", head, "ei", value_weights, 0, true},
    {"query", head, "te", query},
    {"key", head, "te", key},
    {"value", head, "te", value},
    {"value_column", head, "et", value, 0, true},
    {"dot", head, "tt", dot},
    {"score", head, "tt", score},
    {"largest", head, "t", largest},
    {"gap", head, "tt", gap},
    {"exp", head, "tt", exp},
    {"exp_sum", head, "t", exp_sum},
    {"weight", head, "tt", weight},
    {"mix", head, "te", mix},
    {"output_column", head, "ie", head_output, 0, true},
    {"part", head, "ti", part},
};

}  // namespace

std::span<const TransformerFamily> transformer_families() { return families; }

bool of_second_half(const TransformerFamily& family) {
    return family.norm == 2 || family.number == fed || family.places.find('j') != family.places.npos;
}

std::string example_of(const TransformerContext& context, const TransformerFamily& family) {
    const bool scored = family.places[0] == 'a';
    if (scored && context.pass.asked.empty()) return std::string(sure_transformer_address);
    if (of_second_half(family) && context.shape.hidden == 0) return std::string(sure_transformer_address);
    const std::size_t t = scored ? context.pass.asked.front() : 0;
    const TransformerPart in{family.scope == outside ? 0u : 1u, family.scope == head ? 1u : 0u};
    return family.places.size() == 1 ? spell(in, family.name, {t}) : spell(in, family.name, {t, 0});
}

std::size_t places_of(const TransformerContext& context, char letter) {
    switch (letter) {
        case 'v':
            return context.shape.vocabulary;
        case 'p':
            return context.shape.context;
        case 'i':
            return context.shape.width;
        case 'e':
            return context.shape.head_width();
        case 'q':
            return 3 * context.shape.width;
        case 'j':
            return context.shape.hidden;
        default:
            return context.pass.rows();
    }
}

}  // namespace lab
