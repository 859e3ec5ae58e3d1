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
/// and decoding gives them back. A merge never crosses the border of a word (word_end below): a word carries the space
/// before it, and marks are words of their own.
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

/// Where the word that begins at text[from] ends: after one space if one leads, a run of letters (a mark such as ’ or '
/// between letters begins a new word, as in don't), a run of digits, a run of other signs, or a run of spaces or line
/// ends. Bytes beyond ASCII count as letters.
std::size_t word_end(std::string_view text, std::size_t from);

/// Calls take(word) for each word of the text in order: the words put together are the text.
template <class Take>
void each_word(std::string_view text, Take take) {
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = word_end(text, from);
        take(text.substr(from, to - from));
        from = to;
    }
}

}  // namespace lab
