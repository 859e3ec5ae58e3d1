// From an address of attention to the places that it names, each within what there is. Used by explain_attention.
#pragma once

#include <optional>
#include <string_view>

#include "engine/models/attention/attention_numbers.h"
#include "engine/models/explanations/address.h"

namespace lab {

/// An address taken apart: the head counts from 0, and first and second are its places in their order.
struct AttentionAddress {
    Address address;
    bool in_head = false;
    std::size_t head = 0;
    std::size_t first = 0;
    std::size_t second = 0;
};

/// Error "unknown-address".
Result<AttentionAddress> parse_attention_address(const AttentionContext& context, std::string_view text);

/// The matrix that "query_weights" or "query_weights_column" speaks of: "query".
std::string_view attention_matrix(std::string_view family);

}  // namespace lab
