// The states that a transformer has of words, at every layer: computed once, probed many times.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/models/transformer/language_model.h"

namespace lab {

/// A text's tokens, and the rows among them at which its words stand.
struct TextOfWords {
    std::vector<Token> tokens;
    std::vector<std::uint32_t> places;
};

/// N words so far, D numbers each, at layers 0 (what goes into the first) to L. The same bits as in a run of the same
/// tokens by LanguageModel::run.
class WordStates {
  public:
    explicit WordStates(const TransformerShape& shape) : rows_(shape.layers + 1), width_(shape.width) {}

    /// Runs texts, all in one pass, and keeps the states of their words. Errors: "too-long", "out-of-range" (no such
    /// token, or no such place), "bad-shape" (a model of another shape); then nothing is added.
    std::optional<Error> add(const LanguageModel& model, std::span<const TextOfWords> texts, Multiplier& multiplier);

    [[nodiscard]] std::size_t count() const { return rows_[0].size() / width_; }
    [[nodiscard]] std::size_t layers() const { return rows_.size() - 1; }
    [[nodiscard]] std::size_t width() const { return width_; }
    /// rows[N, D] of a layer, 0 to L.
    [[nodiscard]] MatrixView layer(std::size_t l) const { return {rows_[l], count(), width_}; }

  private:
    std::vector<std::vector<float>> rows_;  // [L + 1] of [N, D]
    std::size_t width_;
    TransformerPass pass_;  // used again by the next texts
};

}  // namespace lab
