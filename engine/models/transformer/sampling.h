// From the scores of all tokens to the one that comes next: the likeliest, or a draw; and a text grown so, token by
// token.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/random.h"
#include "engine/models/transformer/language_model.h"

namespace lab {

struct SamplingOptions {
    /// The scores are divided by it before softmax: below 1 the likely become likelier; 0 takes the likeliest.
    float temperature = 1;
    /// Draws among so many likeliest alone; 0: among all (Fan, Lewis & Dauphin 2018, "Hierarchical Neural Story
    /// Generation").
    std::size_t top_k = 0;
};

/// A token by the scores logits[V], V > 0: one number of `random` for a draw, none where the likeliest is taken; of
/// equally likely ones the lower token. Scores that are not finite give the largest one.
Token draw(std::span<const float> logits, const SamplingOptions& options, Random& random);

struct Guess {
    Token token;
    float logit;
    float probability;  // softmax(logits / temperature)
};

/// The likeliest `count` tokens, best first, at most V; temperature > 0.
std::vector<Guess> likeliest(std::span<const float> logits, std::size_t count, float temperature);

/// −log₂ of the probability that softmax(logits) gives the token, in bits; computed in double. token < V.
double surprise(std::span<const float> logits, Token token);

/// A text that grows. Queries, keys and values of earlier places are kept, so that a further token costs one row.
class Generation {
  public:
    /// Continues `tokens`. Errors: as LanguageModel::check; "not-causal": the model reads in both directions, so that
    /// none of its numbers says what comes next.
    static Result<Generation> begin(std::shared_ptr<const LanguageModel> model, std::vector<Token> tokens,
                                    const SamplingOptions& options, std::uint64_t seed);

    /// One token more, or nothing: the model has ended the text, or the context is full.
    std::optional<Token> next();

    /// All so far, those that were given first.
    [[nodiscard]] std::span<const Token> tokens() const { return pass_.tokens; }

  private:
    Generation(std::shared_ptr<const LanguageModel> model, std::vector<Token> tokens, const SamplingOptions& options,
               std::uint64_t seed);

    std::shared_ptr<const LanguageModel> model_;
    SamplingOptions options_;
    Random random_;
    KernelMultiplier multiplier_;
    TransformerPass pass_;
    std::size_t computed_ = 0;  // rows of the pass that are
    bool ended_ = false;
};

}  // namespace lab
