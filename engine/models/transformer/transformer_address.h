// Which number of a transformer's pass an address names, and how one is spelled. Used by explain_transformer alone.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/models/transformer/explain_transformer.h"

namespace lab {

/// Where a number lives: in a head, in a layer (head 0), or outside of all (layer 0). Both count from 1.
struct TransformerPart {
    std::size_t layer = 0;
    std::size_t head = 0;
};

/// What a number is, in the order in which explain_transformer tells them apart. Those of a norm are of all three
/// norms, those of a softmax of heads and logits.
enum class TransformerNumber : unsigned char {
    // Rows outside of the heads
    x,
    out,
    middle,
    attended,
    hidden,
    active,
    fed,
    // Weights
    tokens,
    positions,
    output,
    up,
    down,
    query_weights,
    key_weights,
    value_weights,
    // Of a norm
    gain,
    squares,
    mean_square,
    rms,
    scaled,
    norm,
    // Of a head
    query,
    key,
    value,
    dot,
    score,
    mix,
    part,
    // Of a softmax
    largest,
    gap,
    exp,
    exp_sum,
    weight,
    logit,
    // Names for others' numbers: parse_transformer_address follows them
    qkv,
    mixed,
    head_output,
};

struct TransformerAddress {
    TransformerNumber number = TransformerNumber::x;
    TransformerPart in;
    std::size_t norm = 0;  // 1 before attention, 2 before the feed-forward part, 0 after the last layer
    std::size_t first = 0;
    std::size_t second = 0;
};

/// Names that lead to others' numbers (mixed, qkv, columns) are already followed. Error "unknown-address".
Result<TransformerAddress> parse_transformer_address(const TransformerContext& context, std::string_view text);

/// "transformer/L2/H3/name[5,2]"; without places the name alone.
std::string spell(TransformerPart in, std::string_view name, std::initializer_list<std::size_t> places);

}  // namespace lab
