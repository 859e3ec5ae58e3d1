// Which number of a network an address names. Used by explain_network alone.
#pragma once

#include <string>

#include "engine/models/explanations/address.h"
#include "engine/models/networks/explain_network.h"

namespace lab {

/// n a row, l a layer from 1 (or from 0, the input), k an output, i an input, a and b classes.
struct NetworkPlaces {
    std::size_t n = 0, l = 0, k = 0, i = 0, a = 0, b = 0;
};

/// What an address names, within what the context holds.
struct NetworkAddress {
    Address address;
    NetworkPlaces at;
    bool of_step = false;  // one of StepNumbers, not of NetworkNumbers
};

/// Error "unknown-address": of what is not there, and of what this pass, network or optimizer does not have.
Result<NetworkAddress> parse_network_address(const NetworkContext& context, std::string_view text);

}  // namespace lab
