// Skip-gram on one text, a stretch at a time: what a page does that lets its reader watch words take their places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/kernels/kernels.h"
#include "engine/models/words/word2vec.h"

namespace lab {

/// A text as word indices, its vocabulary, a model, and the place that the training has come to.
class TextTraining {
  public:
    /// A training on the text that the vocabulary was counted in, words outside it left out, with the model's first
    /// vectors. The text is not needed afterwards. Error "empty-vocabulary" where there is but one word: alone it has
    /// nothing to be told from.
    static Result<TextTraining> begin(Vocabulary vocabulary, std::string_view text, const SkipGramOptions& options);

    /// Bytes that counting this text and begin() take at most, with a vocabulary of most_words; the model not counted.
    static std::uint64_t bytes_for_text(std::string_view text, std::size_t most_words);
    /// Bytes of a model of so many words.
    static std::uint64_t bytes_for_model(std::size_t words, const SkipGramOptions& options);

    /// Trains on the next `words` words of the text, thinned ones counted, from its beginning again after its end. A
    /// window does not reach across the end of a stretch. One seed and the same stretches give the same vectors.
    SkipGramProgress advance(std::uint64_t words, float learning_rate);

    /// hits[k]: the words whose input vectors have the largest cosines with that of `word`, itself left out. Returns
    /// how many there are: k, or the vocabulary's other words.
    std::size_t nearest(std::uint32_t word, std::span<Hit> hits) const;

    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const SkipGram& model() const { return model_; }

  private:
    TextTraining(Vocabulary vocabulary, std::vector<std::uint32_t> tokens, const SkipGramOptions& options)
        : vocabulary_(std::move(vocabulary)),
          tokens_(std::move(tokens)),
          model_(vocabulary_, options),
          random_(options.seed + 1) {}

    Vocabulary vocabulary_;
    std::vector<std::uint32_t> tokens_;  // paragraphs ended by Vocabulary::boundary
    SkipGram model_;
    Random random_;  // of the training; the first vectors have one of their own
    std::size_t at_ = 0;
};

}  // namespace lab
