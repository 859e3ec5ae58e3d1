// A trained transformer together with its tokenizer: text in, every number of the pass out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/models/transformer/byte_pairs.h"
#include "engine/models/transformer/transformer.h"
#include "engine/models/transformer/transformer_pass.h"

namespace lab {

/// Stands at the beginning of every text; a causal model ends a text with it.
inline constexpr Token border_token = 0;
/// Stands where a word was taken out, with the space before it.
inline constexpr Token blank_token = 1;

/// Owns shape, weights and tokenizer; can be moved, not copied.
class LanguageModel {
  public:
    /// weights[weight_count(shape)]. Error "out-of-range" (check_shape), "bad-file": the weights are not as many as the
    /// shape has, or the tokenizer knows other tokens than the matrix of tokens has rows.
    static Result<LanguageModel> create(const TransformerShape& shape, std::vector<float> weights, BytePairs pairs,
                                        std::map<std::string, double> figures = {});
    /// A model whose tokens stand for no text: `run` is all that it is asked for. Errors as above.
    static Result<LanguageModel> create_without_text(const TransformerShape& shape, std::vector<float> weights);
    LanguageModel(LanguageModel&&) noexcept = default;
    LanguageModel& operator=(LanguageModel&&) noexcept = default;
    LanguageModel(const LanguageModel&) = delete;
    LanguageModel& operator=(const LanguageModel&) = delete;

    [[nodiscard]] const TransformerShape& shape() const { return shape_; }
    [[nodiscard]] const TransformerWeights& weights() const { return weights_; }
    [[nodiscard]] const BytePairs& pairs() const { return pairs_; }
    /// What was measured when it was trained, by name.
    [[nodiscard]] const std::map<std::string, double>& figures() const { return figures_; }

    /// The tokens of a text, border_token first. The bytes 0 and 1 stand for the tokens of these numbers and join with
    /// nothing. However long: `run` says what is too long.
    [[nodiscard]] std::vector<Token> tokens(std::string_view text) const;

    /// What is made of the tokens, with everything kept and the logits of every row; no tokens are taken as
    /// {border_token}. Of two patches of one row the later counts.
    /// Errors: "too-long" (more tokens than the context has places), "out-of-range" (no such token, layer, head or
    /// place), "length-mismatch", "not-finite" (the state of a patch). In messages layers and heads count from 1.
    [[nodiscard]] Result<TransformerPass> run(std::vector<Token> tokens, const Interventions& interventions,
                                              Multiplier& multiplier) const;

    /// What `run` would refuse, or nothing.
    [[nodiscard]] std::optional<Error> check(std::span<const Token> tokens, const Interventions& interventions) const;

  private:
    LanguageModel(const TransformerShape& shape, std::vector<float> weights, BytePairs pairs,
                  std::map<std::string, double> figures);

    TransformerShape shape_;
    std::vector<float> all_;  // a move leaves it where it is, so that weights_ stays right
    TransformerWeights weights_;
    BytePairs pairs_;
    std::map<std::string, double> figures_;
};

}  // namespace lab
