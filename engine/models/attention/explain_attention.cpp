// From an address to the number of attention that it names.
#include "engine/models/attention/explain_attention.h"

#include "engine/models/attention/explain_attention_places.h"

namespace lab {

namespace {

using Part = AttentionNumbers::Part;

Explanation explain_in_head(const AttentionNumbers& numbers, const Attention& a, const AttentionAddress& asked) {
    const auto& [address, in_head, h, first, second] = asked;
    if (address.is("dot")) return numbers.dot(h, first, second);
    if (address.is("score")) return numbers.score(h, first, second);
    if (address.is("output")) return numbers.output(h, first, second);
    if (address.is("query")) return numbers.entry(Part::query, first, h * a.shape.head_width + second);
    if (address.is("key")) return numbers.entry(Part::key, first, h * a.shape.head_width + second);
    if (address.is("value_column")) return numbers.entry(Part::value, second, h * a.shape.value_width + first);
    return numbers.of_softmax(address.family->name, h, first, second);
}

Explanation explain_across_heads(const AttentionNumbers& numbers, const AttentionContext& context,
                                 const AttentionAddress& asked) {
    const auto& [address, in_head, h, first, second] = asked;
    const std::size_t width = context.attention.shape.value_width;
    const bool as_output = address.is("projected") && !context.weights->output;
    if (address.is("output") || as_output) return numbers.output(second / width, first, second % width);
    if (address.is("query")) return numbers.entry(Part::query, first, second);
    if (address.is("key")) return numbers.entry(Part::key, first, second);
    if (address.is("value")) return numbers.entry(Part::value, first, second);
    if (address.is("projected")) return numbers.projected(first, second);
    if (address.is("x")) return numbers.x(first, second);
    const std::string_view family = address.family->name;
    const std::string_view matrix = attention_matrix(family);
    return family.ends_with("column") ? numbers.matrix_entry(matrix, second, first)
                                      : numbers.matrix_entry(matrix, first, second);
}

Result<Explanation> explain(const AttentionContext& context, std::string_view text) {
    const Attention& a = context.attention;
    if (!a.keeps_weights()) {
        return Error{"out-of-range",
                     "With more than " + std::to_string(most_kept_weights) +
                         " weights only the output is kept, and nothing unfolds: ask about fewer rows at once.",
                     ""};
    }
    const auto asked = parse_attention_address(context, text);
    if (!asked) return asked.error();
    const AttentionNumbers numbers(context);
    if (!asked.value().in_head) return explain_across_heads(numbers, context, asked.value());
    return explain_in_head(numbers, a, asked.value());
}

}  // namespace

Result<Explanation> explain_attention(const Attention& attention, std::string_view address) {
    return explain({.attention = attention}, address);
}

Result<Explanation> explain_self_attention(MatrixView x, const SelfAttentionWeights& weights,
                                           const SelfAttention& self_attention, std::string_view address) {
    return explain({self_attention.attention, &x, &weights, &self_attention}, address);
}

}  // namespace lab
