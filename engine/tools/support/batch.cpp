#include "engine/tools/support/batch.h"

#include <algorithm>

namespace lab {

namespace {

const TokenCorpus& draw_corpus(std::span<const TokenCorpus> corpora, Random& random) {
    double total = 0;
    for (const TokenCorpus& one : corpora) total += one.weight;
    double lot = random.uniform() * total;
    for (const TokenCorpus& one : corpora) {
        lot -= one.weight;
        if (lot < 0) return one;
    }
    return corpora.back();
}

void ask_for_next(std::span<const Token> sequence, TransformerPass& pass, TransformerLoss& loss) {
    for (std::size_t i = 0; i + 1 < sequence.size(); ++i) {
        pass.asked.push_back(static_cast<std::uint32_t>(pass.tokens.size()));
        pass.tokens.push_back(sequence[i]);
        loss.targets.push_back(sequence[i + 1]);
    }
}

void ask_for_blanks(std::span<const Token> sequence, double masked, std::size_t vocabulary, Random& random,
                    TransformerPass& pass, TransformerLoss& loss) {
    const auto chosen =
        static_cast<std::size_t>(1 + random.below(std::max<std::size_t>(sequence.size() - 1, 1)));  // one at least
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        Token shown = sequence[i];
        if (i == chosen || (i > 0 && random.uniform() < masked)) {
            pass.asked.push_back(static_cast<std::uint32_t>(pass.tokens.size()));
            loss.targets.push_back(shown);
            const double lot = random.uniform();
            if (lot < 0.8) {
                shown = blank_token;
            } else if (lot < 0.9) {
                shown = static_cast<Token>(random.below(vocabulary));
            }
        }
        pass.tokens.push_back(shown);
    }
}

}  // namespace

void draw_batch(std::span<const TokenCorpus> corpora, const BytePairs& pairs, const BatchOptions& options,
                Random& random, TransformerPass& pass, TransformerLoss& loss) {
    pass.tokens.clear();
    pass.asked.clear();
    pass.starts.assign(1, 0);
    loss.targets.clear();
    while (pass.tokens.size() < options.tokens) {
        const TokenCorpus& corpus = draw_corpus(corpora, random);
        if (options.causal) {
            ask_for_next(draw_sequence(corpus, options.longest + 1, random), pass, loss);
        } else {
            const auto longest = static_cast<std::size_t>(6 + random.below(options.longest - 5));
            ask_for_blanks(draw_sentences(corpus, longest, pairs, random), options.masked, pairs.size(), random, pass,
                           loss);
        }
        pass.starts.push_back(pass.tokens.size());
    }
}

}  // namespace lab
