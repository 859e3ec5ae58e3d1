// WordVectors: a vocabulary with one vector per word, and the questions one asks of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/models/words/analogy.h"
#include "engine/models/words/word_index.h"

namespace lab {

/// V words in order of falling frequency, each with a vector of D floats. Every vector has a direction: lengths lie
/// between shortest and longest, so that unit vectors exist and no square leaves the range of float.
class WordVectors {
  public:
    static constexpr float shortest = 1e-15f;
    static constexpr float longest = 1e15f;

    /// rows[V, D]. Errors: "empty-input", "length-mismatch", "not-finite", "zero-vector", "bad-word" (empty),
    /// "duplicate-word".
    static Result<WordVectors> from_rows(std::vector<std::string> words, std::vector<float> rows,
                                         std::size_t dimensions);
    /// Row i is codes[i, D] · scales[i]; codes in [−127, 127]. Errors as above.
    static Result<WordVectors> from_codes(std::vector<std::string> words, std::vector<std::int8_t> codes,
                                          std::vector<float> scales, std::size_t dimensions);

    // Moved, never copied: the tables may be a large part of the memory.
    WordVectors(WordVectors&&) = default;
    WordVectors& operator=(WordVectors&&) = default;
    WordVectors(const WordVectors&) = delete;
    WordVectors& operator=(const WordVectors&) = delete;
    ~WordVectors() = default;

    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

    /// The word's place in the list; nothing if it is not spelled exactly so.
    [[nodiscard]] std::optional<std::uint32_t> index(std::string_view word) const;
    /// The word's place, as a person types it: white space around it is dropped, and capitals are lowered if only that
    /// spelling is there. Error "unknown-word": the message names up to five near spellings, the detail has them joined
    /// by commas.
    [[nodiscard]] Result<std::uint32_t> find(std::string_view word) const;

    /// Word i's vector as trained, [D].
    [[nodiscard]] std::span<const float> vector(std::size_t i) const { return vectors().row(i); }
    /// The same divided by its length, [D].
    [[nodiscard]] std::span<const float> unit(std::size_t i) const { return units().row(i); }
    [[nodiscard]] float length(std::size_t i) const { return lengths_[i]; }
    [[nodiscard]] MatrixView vectors() const { return {rows_, size(), dimensions_}; }
    [[nodiscard]] MatrixView units() const { return {units_, size(), dimensions_}; }

    /// Whether the vectors are stored as int8 codes with a scale per row, and those of word i: codes [D].
    [[nodiscard]] bool quantized() const { return !codes_.empty(); }
    [[nodiscard]] std::span<const std::int8_t> codes(std::size_t i) const {
        return std::span(codes_).subspan(i * dimensions_, dimensions_);
    }
    [[nodiscard]] float scale(std::size_t i) const { return scales_[i]; }

    /// The count words whose vectors have the largest cosine with the word's own, best first, the word itself left out.
    /// count ≥ 1; fewer come back if there are fewer. Errors: "unknown-word", "bad-count".
    [[nodiscard]] Result<std::vector<Neighbor>> nearest(std::string_view word, std::size_t count) const;
    /// The same for any vector[D], without the words in exclude. Errors: "length-mismatch", "not-finite",
    /// "zero-vector", "bad-count".
    [[nodiscard]] Result<std::vector<Neighbor>> nearest(std::span<const float> vector, std::size_t count,
                                                        std::span<const std::uint32_t> exclude = {}) const;

    /// Answers one analogy with all its intermediates; two passes over the table at most per term.
    /// Errors: "unknown-word", "empty-input" (no words), "bad-count", "zero-vector" (the words cancel).
    [[nodiscard]] Result<AnalogySolution> solve(const AnalogyQuery& query) const;

    /// Answers many questions at once: answers[q] is the best word for questions[q], or no_answer. One matrix product
    /// gives the cosine of every word with every word that the questions use; scores are then sums (or products) of
    /// three of them. Indices in questions < size(). Memory: 4 · (distinct question words + D) · 512 bytes.
    void answer(std::span<const Question> questions, Method method, bool keep_question,
                std::span<std::uint32_t> answers) const;

    /// Σ sign · unit vector over the terms, and its direction.
    struct Target {
        std::vector<float> sum;   // [D], added in f32 in the terms' order
        float length = 0;         // |sum|
        std::vector<float> unit;  // [D] sum / length
    };
    /// Error "zero-vector" where the terms cancel: what is left is rounding, and has no meaning as a direction.
    [[nodiscard]] Result<Target> combine(std::span<const SignedWord> terms) const;

  private:
    WordVectors() = default;

    std::size_t dimensions_ = 0;
    std::vector<std::string> words_;
    WordIndex index_;
    std::vector<float> rows_;         // [V, D]
    std::vector<float> units_;        // [V, D]
    std::vector<float> lengths_;      // [V]
    std::vector<std::int8_t> codes_;  // [V, D], or empty
    std::vector<float> scales_;       // [V], or empty

    std::optional<Error> build();
};

/// 3CosMul from the cosines of one candidate with each term. f32, in the order that explain_words shows.
float cosmul(std::span<const SignedWord> terms, std::span<const float> cosines);

/// The terms as an address spells them: king-man+woman.
std::string expression(std::span<const SignedWord> terms);

}  // namespace lab
