// How well a language model does: on texts that it was not trained on, and on pairs of a right and a wrong sentence.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/models/transformer/language_model.h"
#include "engine/tools/support/token_corpus.h"

namespace lab {

/// What it cost to guess a text, in nats: −Σ ln p. Bits per character are nats / ln 2 / characters; perplexity per word
/// is e to the nats per word.
struct TextScore {
    std::size_t tokens = 0;
    std::size_t characters = 0;
    std::size_t words = 0;
    std::size_t right = 0;  // tokens to which the model gave the highest probability
    double nats = 0;
};

/// The first `most` tokens of a corpus, document by document, without the ends of documents. A causal model reads each
/// stretch of at most context − 1 tokens after the beginning of a text and guesses each token from those before it. A
/// bidirectional one reads stretches of at most 48 tokens, whole sentences where that can be, and guesses each token
/// from all others, blanked one at a time (pseudo-likelihood: Salazar et al. 2020, "Masked Language Model Scoring").
TextScore score_text(const LanguageModel& model, const TokenCorpus& corpus, std::size_t most, Multiplier& multiplier);

/// The same of one sentence.
TextScore score_sentence(const LanguageModel& model, std::string_view sentence, Multiplier& multiplier);

/// A line of the grammar probe.
struct GrammarPair {
    std::string phenomenon, right, wrong;
};
/// Lines "phenomenon TAB right TAB wrong"; those that begin with # are remarks. Errors "no-file", "bad-file".
Result<std::vector<GrammarPair>> read_grammar_pairs(const std::string& path);

struct GrammarScore {
    std::string phenomenon;
    double passed = 0;  // pairs whose right sentence is the likelier one; a tie counts half
    std::size_t pairs = 0;
};
/// In the order in which the phenomena are met.
std::vector<GrammarScore> score_grammar(const LanguageModel& model, std::span<const GrammarPair> pairs,
                                        Multiplier& multiplier);

}  // namespace lab
