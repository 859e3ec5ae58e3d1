#include "engine/models/transformer/transformer_address.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <optional>
#include <vector>

#include "engine/models/explanations/address.h"
#include "engine/models/transformer/transformer_families.h"

namespace lab {

namespace {

using enum TransformerNumber;

constexpr std::string_view root = "transformer/";

/// Takes "L2/" off the front of rest. Nothing if it does not begin so; 0 if the number is none from 1 to most.
std::optional<std::size_t> take_part(std::string_view& rest, char letter, std::size_t most) {
    const std::size_t slash = rest.find_first_of("/[");
    if (!rest.starts_with(letter) || slash == std::string_view::npos || rest[slash] == '[') return std::nullopt;
    std::size_t number = 0;
    const char* first = rest.data() + 1;
    const char* last = rest.data() + slash;
    const auto [end, error] = std::from_chars(first, last, number);
    const bool good = error == std::errc() && end == last && *first != '0' && number <= most;
    rest.remove_prefix(slash + 1);
    return good ? number : 0;
}

/// "[5,2]" and "[5][2]" → 5, 2. Nothing if the brackets do not match.
std::optional<std::vector<std::string>> take_groups(std::string_view rest) {
    std::vector<std::string> groups;
    while (!rest.empty()) {
        const std::size_t end = rest.find(']');
        if (rest[0] != '[' || end == std::string_view::npos) return std::nullopt;
        for (std::string& group : split(rest.substr(1, end - 1), ',')) groups.push_back(std::move(group));
        rest.remove_prefix(end + 1);
    }
    return groups;
}

/// Follows the names that lead to another's number.
void follow(const TransformerShape& shape, TransformerAddress& at) {
    const std::size_t d = shape.head_width();
    assert(d > 0);  // no model is opened without
    if (at.number == mixed || at.number == qkv) {
        constexpr TransformerNumber matrices[] = {query_weights, key_weights, value_weights};
        at.number = at.number == mixed ? mix : matrices[at.second / shape.width];
        at.in.head = at.second % shape.width / d + 1;
        at.second %= d;
    } else if (at.number == head_output) {
        at.first += (at.in.head - 1) * d;
        at.in.head = 0;
        at.number = output;
    }
}

/// What this pass does not have, if the number is of that.
std::optional<std::string_view> lacking(const TransformerContext& context, const TransformerFamily& family,
                                        const TransformerAddress& at) {
    const TransformerPass& pass = context.pass;
    if (family.places[0] == 'a' && !std::binary_search(pass.asked.begin(), pass.asked.end(), at.first))
        return "the pass was not asked for the logits of this place.";
    if (at.number == gap && at.in.head > 0 && context.shape.causal && at.second > at.first)
        return "a place may not look at one after it, and has no such gap there.";
    return std::nullopt;
}

}  // namespace

std::string spell(TransformerPart in, std::string_view name, std::initializer_list<std::size_t> places) {
    std::string text(root);
    if (in.layer > 0) text += "L" + std::to_string(in.layer) + "/";
    if (in.head > 0) text += "H" + std::to_string(in.head) + "/";
    text += name;
    char before = '[';
    for (const std::size_t place : places) {
        text += before + std::to_string(place);
        before = ',';
    }
    if (places.size() > 0) text += ']';
    return text;
}

Result<TransformerAddress> parse_transformer_address(const TransformerContext& context, std::string_view text) {
    const auto refuse = [&](const std::string& what, std::string_view example = sure_transformer_address) {
        return unknown_address(text, what, example);
    };
    if (!text.starts_with(root)) return refuse("it must begin with “transformer/”.");
    std::string_view rest = text.substr(root.size());
    TransformerAddress at;
    const auto layer = take_part(rest, 'L', context.shape.layers);
    if (layer == 0) return refuse("layers go from L1 to L" + std::to_string(context.shape.layers) + ".");
    const auto head = layer ? take_part(rest, 'H', context.shape.heads) : std::nullopt;
    if (head == 0) return refuse("heads go from H1 to H" + std::to_string(context.shape.heads) + ".");
    at.in = {layer.value_or(0), head.value_or(0)};

    const std::string_view name = rest.substr(0, rest.find('['));
    const auto groups = take_groups(rest.substr(name.size()));
    const auto scope = head ? TransformerScope::head : layer ? TransformerScope::layer : TransformerScope::outside;
    const TransformerFamily* family = nullptr;
    for (const TransformerFamily& one : transformer_families()) {
        if (one.name == name && (family == nullptr || one.scope == scope)) family = &one;
    }
    if (family == nullptr)
        return refuse("“" + std::string(name) + "” is no kind of number that can be explained here.");
    const std::string example = example_of(context, *family);
    if (family->scope != scope) return refuse("“" + std::string(name) + "” lives elsewhere.", example);
    if (of_second_half(*family) && context.shape.hidden == 0)
        return refuse("there is no feed-forward part here, attention alone.", example);
    if (!groups) return refuse("the brackets do not match.", example);

    const AddressFamily plain{name, family->places.size(), example};
    Address address{std::string(text), &plain, *groups};
    // A number is a vector with one place.
    if (address.groups.size() == plain.groups + 1 && address.groups.back() == "0") address.groups.pop_back();
    if (address.groups.size() != plain.groups) {
        return refuse("“" + std::string(name) + "” takes " + std::to_string(plain.groups) + " places, not " +
                          std::to_string(address.groups.size()) + ".",
                      example);
    }
    std::size_t places[2] = {};
    for (std::size_t g = 0; g < plain.groups; ++g) {
        const auto place = parse_place(address, g, places_of(context, family->places[g]));
        if (!place) return place.error();
        places[g] = place.value();
    }
    if (family->column) std::swap(places[0], places[1]);
    at.number = family->number;
    at.norm = family->norm;
    at.first = places[0];
    at.second = places[1];
    if (const auto what = lacking(context, *family, at)) return refuse(std::string(*what), example);
    follow(context.shape, at);
    return at;
}

}  // namespace lab
