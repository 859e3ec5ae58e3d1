// The kinds of numbers that a transformer's pass holds, by the names that addresses give them. Used by
// transformer_address alone.
#pragma once

#include "engine/models/transformer/transformer_address.h"

namespace lab {

enum class TransformerScope : unsigned char { outside, layer, head };

/// What the places of a family count, a letter each: t rows, a rows with logits, v tokens, p positions, i components of
/// a row, e of a head's row, q of queries, keys and values side by side, j hidden units. A column names its places in
/// the other order than the matrix.
struct TransformerFamily {  // NOLINT(clang-analyzer-optin.performance.Padding): in the order in which it is read
    std::string_view name;
    TransformerScope scope;
    std::string_view places;
    TransformerNumber number;
    unsigned char norm = 0;
    bool column = false;
};

std::span<const TransformerFamily> transformer_families();

/// How many places a letter counts: those of the pass, of its rows and its shape.
std::size_t places_of(const TransformerContext& context, char letter);

/// An address that leads somewhere: of the family, if this shape and this pass have it.
std::string example_of(const TransformerContext& context, const TransformerFamily& family);

/// Whether the family belongs to a feed-forward part.
bool of_second_half(const TransformerFamily& family);

/// One that there is in every pass.
inline constexpr std::string_view sure_transformer_address = "transformer/L1/H1/score[0,0]";

}  // namespace lab
