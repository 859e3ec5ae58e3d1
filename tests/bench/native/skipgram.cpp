// Our skip-gram on slices of a corpus: skipgram CORPUS
#include "tests/bench/native/skipgram.h"

#include "engine/models/words/word2vec.h"

int main(int, char** argv) {
    const bench::Corpus corpus = bench::read_corpus(argv[1]);
    lab::SkipGramOptions options;
    options.dimensions = bench::dimensions;
    options.window = bench::window;
    options.negatives = bench::negatives;
    options.share_negatives = true;  // as `models.skipGram` does unless told
    options.sample = bench::thinning;
    lab::SkipGram model(corpus.vocabulary, options);
    lab::Random random(7);
    bench::train_on_request(corpus, [&](std::span<const std::uint32_t> tokens) {
        const lab::SkipGramProgress done = model.train(tokens, bench::learning_rate, random);
        return bench::Slice{done.tokens, done.measured, done.loss};
    });
}
