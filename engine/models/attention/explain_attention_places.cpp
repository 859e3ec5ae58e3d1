#include "engine/models/attention/explain_attention_places.h"

#include <algorithm>
#include <charconv>

namespace lab {

namespace {

/// A family and what its places count: t queries, s keys, q and v columns of queries and of values across the heads, d
/// and e within one, r rows of a matrix, c its columns, p columns of projected, x columns of x.
struct Family {
    AddressFamily family;
    std::string_view counts;
};

constexpr Family of_all[] = {
    {{"output", 2, "attention/output[0,0]"}, "tv"},
    {{"query", 2, "attention/query[0,0]"}, "tq"},
    {{"key", 2, "attention/key[0,0]"}, "sq"},
    {{"value", 2, "attention/value[0,0]"}, "sv"},
    // Of self-attention alone.
    {{"projected", 2, "attention/projected[0,0]"}, "tp"},
    {{"x", 2, "attention/x[0,0]"}, "tx"},
    {{"query_weights", 2, "attention/query_weights[0,0]"}, "rc"},
    {{"key_weights", 2, "attention/key_weights[0,0]"}, "rc"},
    {{"value_weights", 2, "attention/value_weights[0,0]"}, "rc"},
    {{"output_weights", 2, "attention/output_weights[0,0]"}, "rc"},
    {{"query_weights_column", 2, "attention/query_weights_column[0,0]"}, "cr"},
    {{"key_weights_column", 2, "attention/key_weights_column[0,0]"}, "cr"},
    {{"value_weights_column", 2, "attention/value_weights_column[0,0]"}, "cr"},
    {{"output_weights_column", 2, "attention/output_weights_column[0,0]"}, "cr"},
};
constexpr std::size_t without_x = 4;

constexpr Family of_head[] = {
    {{"dot", 2, "attention/H1/dot[0,0]"}, "ts"},
    {{"score", 2, "attention/H1/score[0,0]"}, "ts"},
    {{"largest", 1, "attention/H1/largest[0]"}, "t"},
    {{"gap", 2, "attention/H1/gap[0,0]"}, "ts"},
    {{"exp", 2, "attention/H1/exp[0,0]"}, "ts"},
    {{"exp_sum", 1, "attention/H1/exp_sum[0]"}, "t"},
    {{"weight", 2, "attention/H1/weight[0,0]"}, "ts"},
    {{"rest", 2, "attention/H1/rest[0,0]"}, "ts"},
    {{"slope", 2, "attention/H1/slope[0,0]"}, "ts"},
    {{"output", 2, "attention/H1/output[0,0]"}, "te"},
    {{"query", 2, "attention/H1/query[0,0]"}, "td"},
    {{"key", 2, "attention/H1/key[0,0]"}, "sd"},
    {{"value_column", 2, "attention/H1/value_column[0,0]"}, "es"},
};

std::size_t size_of(char counted, const AttentionContext& context, std::string_view family) {
    const Attention& a = context.attention;
    switch (counted) {
        case 't':
            return a.shape.queries;
        case 's':
            return a.shape.keys;
        case 'q':
            return a.query_columns();
        case 'v':
            return a.value_columns();
        case 'd':
            return a.shape.head_width;
        case 'e':
            return a.shape.value_width;
        case 'p':
            return context.self->columns;
        case 'x':
            return context.x->columns;
        case 'r':
            return AttentionNumbers(context).matrix(attention_matrix(family)).rows;
        default:
            return AttentionNumbers(context).matrix(attention_matrix(family)).columns;
    }
}

/// The head that an address names, taken out of it: "attention/H2/dot[0,0]" is "attention/dot[0,0]" of head 1 from 0.
Result<std::optional<std::size_t>> take_head(std::string_view text, const Attention& attention, std::string& rest) {
    constexpr std::string_view root = "attention/H";
    const std::size_t slash = text.find('/', root.size());
    rest = text;
    if (!text.starts_with(root) || slash == text.npos) return std::optional<std::size_t>();
    const std::string digits(text.substr(root.size(), slash - root.size()));
    std::size_t head = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), head);
    if (error != std::errc() || digits != std::to_string(head) || head < 1 || head > attention.shape.heads) {
        return unknown_address(
            text, "“" + digits + "” is not a head: heads go from 1 to " + std::to_string(attention.shape.heads) + ".",
            of_head[0].family.example);
    }
    rest = "attention/" + std::string(text.substr(slash + 1));
    return std::optional(head - 1);
}

/// The error, speaking of the address as it was given.
Error retold(Error error, const std::string& taken_apart, std::string_view given) {
    const std::size_t at = error.message.find(taken_apart);
    if (at != error.message.npos) error.message.replace(at, taken_apart.size(), given);
    return error;
}

/// Whether the address would be one if it named a head.
bool belongs_to_head(std::string_view rest) {
    return std::ranges::any_of(of_head, [&](const Family& one) {
        return rest.starts_with("attention/" + std::string(one.family.name) + "[");
    });
}

Result<AttentionAddress> parse(const AttentionContext& context, std::string_view text) {
    std::string rest;
    const auto head = take_head(text, context.attention, rest);
    if (!head) return head.error();
    for (std::size_t i = 0; (i = rest.find(',', i)) != rest.npos; ++i) rest.replace(i, 1, "][");

    std::span<const Family> table = of_head;
    if (!head.value()) table = std::span(of_all).first(context.x == nullptr ? without_x : std::size(of_all));
    std::vector<AddressFamily> families;
    for (const Family& one : table) families.push_back(one.family);
    auto parsed = parse_address(rest, "attention", families);
    bool completed = false;  // a vector of one place may be named without its "[0]", as a number of its own
    if (!parsed) {
        auto again = parse_address(rest + "[0]", "attention", families);
        completed = again.ok() && again.value().groups.size() == 2 && again.value().text.size() > rest.size();
        if (!completed) {
            const bool of_a_head = !head.value() && belongs_to_head(rest);
            return of_a_head ? unknown_address(text, "it does not say in which head.", of_head[0].family.example)
                             : retold(parsed.error(), rest, text);
        }
        parsed = std::move(again);
    }
    AttentionAddress asked{
        .address = std::move(parsed).value(), .in_head = head.value().has_value(), .head = head.value().value_or(0)};
    const Family& family = table[static_cast<std::size_t>(asked.address.family - families.data())];
    asked.address.family = &family.family;
    asked.address.text = text;
    if (family.family.name.starts_with("output_weights") && !context.weights->output) {
        return unknown_address(text, "no output matrix was given.", of_all[0].family.example);
    }
    for (std::size_t g = 0; g < family.counts.size(); ++g) {
        const std::size_t size = size_of(family.counts[g], context, family.family.name);
        if (completed && g == 1 && size > 1) {
            return unknown_address(text, "a place is missing at its end.", family.family.example);
        }
        const auto place = parse_place(asked.address, g, size);
        if (!place) return place.error();
        (g == 0 ? asked.first : asked.second) = place.value();
    }
    return asked;
}

/// What is wrong with asking for this number of a softmax, if anything is.
std::optional<Error> hidden(const AttentionContext& context, const AttentionAddress& asked) {
    const Attention& a = context.attention;
    if (!asked.in_head) return std::nullopt;
    const bool of_row = asked.address.is("largest") || asked.address.is("exp_sum");
    const bool of_place = asked.address.is("gap") || asked.address.is("exp");
    if (of_place && !a.sees(asked.first, asked.second)) {
        return unknown_address(asked.address.text,
                               AttentionNumbers(context).hidden_because(asked.first, asked.second) +
                                   ", so that its score takes no part in the softmax.",
                               of_head[0].family.example);
    }
    bool any = !of_row;
    for (std::size_t s = 0; s < a.shape.keys && !any; ++s) any = a.sees(asked.first, s);
    if (any) return std::nullopt;
    return unknown_address(
        asked.address.text,
        "query " + std::to_string(asked.first + 1) + " may look at no key, so that there is no softmax.",
        of_head[0].family.example);
}

}  // namespace

std::string_view attention_matrix(std::string_view family) { return family.substr(0, family.find("_weights")); }

Result<AttentionAddress> parse_attention_address(const AttentionContext& context, std::string_view text) {
    auto asked = parse(context, text);
    if (!asked) return asked;
    if (auto error = hidden(context, asked.value())) return *std::move(error);
    return asked;
}

}  // namespace lab
