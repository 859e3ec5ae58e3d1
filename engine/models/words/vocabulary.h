// The words of a corpus with their counts, and the two distributions that word2vec draws from them.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/random.h"
#include "engine/base/result.h"

namespace lab {

/// Words by falling count (ties in alphabetical order, so that the same text always gives the same indices).
class Vocabulary {
  public:
    // The index looks into the words' own bytes: moving keeps them in place, copying would not.
    Vocabulary(Vocabulary&&) = default;
    Vocabulary& operator=(Vocabulary&&) = default;
    Vocabulary(const Vocabulary&) = delete;
    Vocabulary& operator=(const Vocabulary&) = delete;
    ~Vocabulary() = default;

    /// Marks a paragraph's end in a list of word indices: a window does not reach across it.
    static constexpr std::uint32_t boundary = 0xffffffffu;

    /// Counts the words of text (separated by spaces; a newline ends a paragraph) and keeps those seen minimum_count
    /// times or more. Errors: "empty-vocabulary" if none remain; "out-of-range" where the text has more than most_words
    /// different ones.
    static Result<Vocabulary> count(std::string_view text, std::uint64_t minimum_count,
                                    std::size_t most_words = std::numeric_limits<std::size_t>::max());

    /// How many words a text has, the same one as often as it occurs.
    static std::uint64_t words_in(std::string_view text);

    /// The text as word indices, words outside the vocabulary left out, paragraphs ended by `boundary`.
    [[nodiscard]] std::vector<std::uint32_t> encode(std::string_view text) const;

    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
    [[nodiscard]] const std::vector<std::uint64_t>& counts() const { return counts_; }
    /// How many words of the text are in the vocabulary.
    [[nodiscard]] std::uint64_t total() const { return total_; }

    /// The chance to keep one occurrence of each word when frequent ones are thinned out: min(1, √(t/f) + t/f), f the
    /// word's share of the corpus. This is the rule of the word2vec program, a little gentler than the paper's √(t/f).
    [[nodiscard]] std::vector<float> keep_probabilities(double threshold) const;

  private:
    Vocabulary() = default;

    std::vector<std::string> words_;
    std::vector<std::uint64_t> counts_;
    std::unordered_map<std::string_view, std::uint32_t> index_;
    std::uint64_t total_ = 0;

    void build_index();
};

/// Draws word indices with probability proportional to count^power by the alias method: two small tables, one random
/// number. Source: Vose 1991, "A linear algorithm for generating random numbers with a given distribution".
class NegativeSampler {
  public:
    NegativeSampler(const std::vector<std::uint64_t>& counts, double power);
    /// Here, as training draws by the million.
    [[nodiscard]] std::uint32_t draw(Random& random) const {
        // High half chooses the cell, low half decides whether to stay in it.
        const std::uint64_t bits = random.bits();
        const auto i = static_cast<std::uint32_t>(((bits >> 32) * cells_.size()) >> 32);
        const float part = static_cast<float>(static_cast<std::uint32_t>(bits) >> 8) * 0x1.0p-24f;
        return part < cells_[i].stay ? i : cells_[i].alias;
    }

  private:
    struct Cell {
        float stay;           // chance to keep this cell's own index
        std::uint32_t alias;  // the index taken otherwise
    };
    std::vector<Cell> cells_;
};

}  // namespace lab
