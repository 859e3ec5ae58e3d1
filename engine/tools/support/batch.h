// Batches for training transformers: sequences drawn from a mixture of corpora, and what is to be guessed in them.
#pragma once

#include <span>
#include <vector>

#include "engine/models/transformer/transformer_backward.h"
#include "engine/tools/support/token_corpus.h"

namespace lab {

struct BatchOptions {
    std::size_t tokens = 2048;  // rows of a batch, nearly
    std::size_t longest = 256;  // of a sequence
    bool causal = true;
    double masked = 0.2;  // of a bidirectional model: the share of tokens to be guessed
};

/// Fills pass.tokens, starts and asked and loss.targets. Causal: each token is asked for the next one. Bidirectional:
/// some tokens are asked for themselves, of which 80 % stand as blanks, 10 % as any other token and 10 % as they are
/// (Devlin et al. 2019, "BERT").
void draw_batch(std::span<const TokenCorpus> corpora, const BytePairs& pairs, const BatchOptions& options,
                Random& random, TransformerPass& pass, TransformerLoss& loss);

}  // namespace lab
