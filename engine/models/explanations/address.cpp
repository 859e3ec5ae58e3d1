#include "engine/models/explanations/address.h"

#include <algorithm>
#include <charconv>

#include "engine/models/explanations/explain.h"

namespace lab {

namespace {

constexpr std::string_view reserved = "%,[]|+- ";
constexpr std::string_view digits = "0123456789ABCDEF";

/// The value of a hexadecimal digit, or −1.
int hexadecimal(char c) {
    const auto at = digits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

Error unknown_address(std::string_view address, std::string_view what, std::string_view example) {
    constexpr std::size_t limit = 120;
    std::string message = "The address “" + std::string(address.substr(0, limit)) +
                          (address.size() > limit ? "…" : "") + "” leads nowhere: " + std::string(what) +
                          " An address that does: " + std::string(example) + ".";
    return {"unknown-address", std::move(message), std::string(example)};
}

Result<Address> parse_address(std::string_view text, std::string_view root, std::span<const AddressFamily> families) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || text.substr(0, slash) != root) {
        return unknown_address(text, "it must begin with “" + std::string(root) + "/”.", families.front().example);
    }
    const std::size_t bracket = std::min(text.find('['), text.size());
    const std::string_view name = bracket < slash ? "" : text.substr(slash + 1, bracket - slash - 1);
    const auto family = std::find_if(families.begin(), families.end(), [&](const auto& f) { return f.name == name; });
    if (family == families.end()) {
        return unknown_address(text, "“" + std::string(name) + "” is no kind of number that can be explained here.",
                               families.front().example);
    }

    Address address{.text = {}, .family = &*family, .groups = {}};
    for (std::size_t from = bracket; from < text.size();) {
        const std::size_t to = text.find(']', from);
        if (text[from] != '[' || to == std::string_view::npos) {
            return unknown_address(text, "the brackets do not match.", family->example);
        }
        address.groups.emplace_back(text.substr(from + 1, to - from - 1));
        from = to + 1;
    }
    const bool one_more = address.groups.size() == family->groups + 1 && address.groups.back() == "0";
    if (one_more) address.groups.pop_back();
    if (address.groups.size() != family->groups) {
        return unknown_address(text,
                               "“" + std::string(name) + "” takes " + std::to_string(family->groups) +
                                   " pairs of brackets, not " + std::to_string(address.groups.size()) + ".",
                               family->example);
    }
    address.text = text.substr(0, text.size() - (one_more ? 3 : 0));
    return address;
}

Result<std::size_t> parse_place(const Address& address, std::size_t g, std::size_t size) {
    const std::string& text = address.groups[g];
    std::size_t place = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
    const bool canonical = text.size() == 1 || (!text.empty() && text[0] != '0');
    if (error != std::errc() || end != text.data() + text.size() || !canonical || place >= size) {
        return unknown_address(address.text,
                               "“" + text + "” is not a place: places go from 0 to " + std::to_string(size - 1) + ".",
                               address.family->example);
    }
    return place;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(separator, from), text.size());
        parts.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

std::string encode_word(std::string_view word) {
    std::string text;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte != 0x7F && reserved.find(c) == std::string_view::npos) {
            text += c;
        } else {
            text += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return text;
}

std::optional<std::string> decode_word(std::string_view text) {
    std::string word;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            word += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hexadecimal(text[i + 1]);
        const int low = hexadecimal(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        word += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return word;
}

std::string at(std::string_view address, std::size_t i) { return std::string(address) + "[" + std::to_string(i) + "]"; }

}  // namespace lab
