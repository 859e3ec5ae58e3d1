// WordIndex: where a word stands in a list.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// A table of places in a list that lies elsewhere and is handed in with every question. Open addressing: a word that
/// finds its slot taken goes to the next one.
class WordIndex {
  public:
    WordIndex() = default;
    /// Room for a list of so many words.
    explicit WordIndex(std::size_t words);

    /// The word's place in `words`; nothing if it was not added.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view word, std::span<const std::string> words) const;
    /// Adds words[i]. Returns whether it is new: false, and nothing added, if an equal word was added before.
    bool add(std::uint32_t i, std::span<const std::string> words);

  private:
    std::vector<std::uint32_t> places_;  // a power of two of them, at most half of them taken

    /// Where the word stands, or would.
    [[nodiscard]] std::size_t slot(std::string_view word, std::span<const std::string> words) const;
};

}  // namespace lab
