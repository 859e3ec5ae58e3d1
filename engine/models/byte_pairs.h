// Byte-pair encoding: text as a sequence of tokens, each a byte or two tokens joined. Sources: Gage 1994, "A New
// Algorithm for Data Compression"; Sennrich, Haddow & Birch 2016, "Neural Machine Translation of Rare Words with
// Subword Units"; on bytes as in Radford et al. 2019.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace lab {

using Token = std::uint32_t;

/// Tokens 0 to 255 are the bytes; token 256 + m is the joining of the two tokens of merge m. Any bytes can be encoded,
/// and decoding gives them back. A merge never crosses the border of a word: words are cut before each space that
/// follows something else than a space, so that a word carries the space before it.
class BytePairs {
  public:
    /// Learns merges from a text until there are `vocabulary` tokens, or no pair stands twice. The commonest pair is
    /// joined next; of equally common ones the one with the lower tokens. Error "out-of-range" (vocabulary below 256 or
    /// above 65,536), "empty-input".
    static Result<BytePairs> train(std::string_view text, std::size_t vocabulary);
    /// Error "bad-file": a merge names a token that comes later, or stands twice.
    static Result<BytePairs> from_merges(std::vector<std::pair<Token, Token>> merges);

    [[nodiscard]] std::size_t size() const { return texts_.size(); }
    [[nodiscard]] std::span<const std::pair<Token, Token>> merges() const { return merges_; }
    /// The bytes of a token; token < size().
    [[nodiscard]] const std::string& text(Token token) const { return texts_[token]; }

    /// The tokens of a text: in each word the earliest learned merges are made first.
    [[nodiscard]] std::vector<Token> encode(std::string_view text) const;
    /// The bytes of tokens, each < size().
    [[nodiscard]] std::string decode(std::span<const Token> tokens) const;

  private:
    BytePairs();
    /// Adds a merge if it is new and of tokens that are there.
    bool add(std::pair<Token, Token> merge);

    std::vector<std::pair<Token, Token>> merges_;
    std::vector<std::string> texts_;                          // [size]
    std::unordered_map<std::uint64_t, std::uint32_t> ranks_;  // pair → its merge
};

/// Calls take(word) for each word of the text in order: the words put together are the text.
template <class Take>
void each_word(std::string_view text, Take take) {
    std::size_t from = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] != ' ' || text[i - 1] == ' ') continue;
        take(text.substr(from, i - from));
        from = i;
    }
    if (from < text.size()) take(text.substr(from));
}

}  // namespace lab
