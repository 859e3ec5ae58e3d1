// Addresses: root/family[group][group] …, e.g. words/unit[king][3]. Used by explain only.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lab {

/// A kind of address: its name, how many bracketed groups follow it, and one that is right.
struct AddressFamily {
    std::string_view name;
    std::size_t groups;
    std::string_view example;
};

struct Address {
    std::string text;  // canonical: as given, without a "[0]" that changes nothing
    const AddressFamily* family = nullptr;
    std::vector<std::string> groups;  // what stands in the brackets, undecoded

    [[nodiscard]] bool is(std::string_view name) const { return family->name == name; }
};

/// Error "unknown-address" that says what was not understood and shows an address that would have been.
Error unknown_address(std::string_view address, std::string_view what, std::string_view example);

/// Takes text apart. A number is a vector with one place, so that one "[0]" more than the family has groups is dropped.
/// Error "unknown-address".
Result<Address> parse_address(std::string_view text, std::string_view root, std::span<const AddressFamily> families);

/// Group g of the address as a place, 0 ≤ place < size. Error "unknown-address".
Result<std::size_t> parse_place(const Address& address, std::size_t g, std::size_t size);

/// text cut at each separator.
std::vector<std::string> split(std::string_view text, char separator);

/// What encode_word() made, back as it was; nothing if a % is not followed by two hexadecimal digits.
std::optional<std::string> decode_word(std::string_view text);

/// "family[i]", the spelling of a place in a vector.
std::string at(std::string_view address, std::size_t i);

}  // namespace lab
