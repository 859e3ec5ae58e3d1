#include "engine/models/words/word_index.h"

#include <bit>
#include <functional>
#include <limits>

namespace lab {

namespace {

constexpr std::uint32_t empty = std::numeric_limits<std::uint32_t>::max();

}  // namespace

WordIndex::WordIndex(std::size_t words) : places_(std::bit_ceil(2 * words + 1), empty) {}

std::size_t WordIndex::slot(std::string_view word, std::span<const std::string> words) const {
    const std::size_t last = places_.size() - 1;
    std::size_t s = std::hash<std::string_view>{}(word)&last;
    while (places_[s] != empty && words[places_[s]] != word) s = (s + 1) & last;
    return s;
}

std::optional<std::uint32_t> WordIndex::find(std::string_view word, std::span<const std::string> words) const {
    if (places_.empty()) return std::nullopt;
    const std::uint32_t place = places_[slot(word, words)];
    return place == empty ? std::nullopt : std::optional(place);
}

bool WordIndex::add(std::uint32_t i, std::span<const std::string> words) {
    std::uint32_t& place = places_[slot(words[i], words)];
    if (place != empty) return false;
    place = i;
    return true;
}

}  // namespace lab
