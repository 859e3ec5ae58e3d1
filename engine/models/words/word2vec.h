// word2vec: skip-gram with negative sampling. Every word learns to predict the words around it by a dot product.
// Source: Mikolov, Sutskever, Chen, Corrado & Dean 2013, "Distributed Representations of Words and Phrases and their
// Compositionality".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/random.h"
#include "engine/models/words/vocabulary.h"

namespace lab {

struct SkipGramOptions {
    std::uint32_t dimensions = 100;
    std::uint32_t window = 5;           // words on each side; each centre draws its own reach from 1 to window
    std::uint32_t negatives = 5;        // at most max_targets − 1
    bool share_negatives = false;       // draw them once for all pairs of a centre word, not for each pair anew
    double sample = 1e-4;               // thins words more frequent than this share of the corpus; 0 keeps all
    double negative_power = 0.75;       // negatives are drawn in proportion to count^power
    float learning_rate = 0.05f;        // at the start; falls in a straight line …
    float final_learning_rate = 1e-5f;  // … to this
    std::uint64_t seed = 1;
};

/// What a stretch of training did.
struct SkipGramProgress {
    std::uint64_t tokens = 0;  // corpus words passed, thinned ones included
    std::uint64_t pairs = 0;   // (word, context word) pairs trained
    double loss = 0;           // sum over the measured pairs, nats: −log σ(true) − Σ log σ(−negative)
    std::uint64_t measured = 0;
    [[nodiscard]] double mean_loss() const { return measured > 0 ? loss / static_cast<double>(measured) : 0; }
    void add(const SkipGramProgress& other);
};

/// Two vectors for every word: one as the input (what is shipped as the word's vector), one as the predicted output.
class SkipGram {
  public:
    SkipGram(const Vocabulary& vocabulary, const SkipGramOptions& options);

    /// One pass over tokens (indices of the vocabulary, paragraphs ended by Vocabulary::boundary) at a fixed learning
    /// rate. Threads may call this at once on one model, each with its own Random: rows are then updated without locks,
    /// as in Recht et al. 2011 ("Hogwild"); with one thread the result is the same on every run.
    SkipGramProgress train(std::span<const std::uint32_t> tokens, float learning_rate, Random& random);

    /// The learning rate when `done` (0 … 1) of the whole training is behind.
    [[nodiscard]] float learning_rate(double done) const;

    [[nodiscard]] const SkipGramOptions& options() const { return options_; }
    [[nodiscard]] std::size_t words() const { return keep_.size(); }
    [[nodiscard]] MatrixView inputs() const { return {inputs_, words(), options_.dimensions}; }
    [[nodiscard]] MatrixView outputs() const { return {outputs_, words(), options_.dimensions}; }
    [[nodiscard]] MutableMatrixView inputs() { return {inputs_, words(), options_.dimensions}; }
    [[nodiscard]] MutableMatrixView outputs() { return {outputs_, words(), options_.dimensions}; }

  private:
    SkipGramOptions options_;
    std::vector<float> keep_;  // [V] chance to keep an occurrence
    NegativeSampler sampler_;
    std::vector<float> inputs_;   // [V, D] uniform in ±1/(2D) at first
    std::vector<float> outputs_;  // [V, D] zero at first

    void train_paragraph(std::span<const std::uint32_t> kept, float rate, Random& random, SkipGramProgress& progress);
};

}  // namespace lab
