// Skip-gram with negative sampling as the word2vec program of 2013 goes about it, written anew from its description
// (Mikolov et al. 2013; Rong 2014, "word2vec Parameter Learning Explained"): one word at a time, plain loops over
// floats, negatives looked up in a long table of words, σ in a short one, a linear congruential generator. One thread.
//
//   skipgram_plain CORPUS TABLE      TABLE entries: 100000000 is what that program has, 131072 stays in the cache
#include <cmath>
#include <cstdlib>

#include "tests/bench/native/skipgram.h"

namespace {

constexpr float sigmoid_reach = 6;
constexpr int sigmoid_entries = 1000;

class Plain {
  public:
    Plain(const lab::Vocabulary& vocabulary, std::size_t table_size)
        : keep_(vocabulary.keep_probabilities(bench::thinning)),
          table_(table_size),
          inputs_(vocabulary.size() * bench::dimensions),
          outputs_(vocabulary.size() * bench::dimensions) {
        for (float& x : inputs_) x = (unit() - 0.5f) / bench::dimensions;
        fill_table(vocabulary.counts());
        for (int i = 0; i < sigmoid_entries; ++i) {
            const double x = (2.0 * i / sigmoid_entries - 1) * sigmoid_reach;
            sigmoid_[i] = static_cast<float>(1 / (1 + std::exp(-x)));
        }
    }

    bench::Slice train(std::span<const std::uint32_t> tokens) {
        bench::Slice done;
        std::vector<std::uint32_t> sentence;
        for (std::size_t i = 0; i <= tokens.size(); ++i) {
            if (i == tokens.size() || tokens[i] == lab::Vocabulary::boundary) {
                for (std::size_t at = 0; at < sentence.size(); ++at) center(sentence, at, done);
                sentence.clear();
                continue;
            }
            ++done.words;
            if (keep_[tokens[i]] >= unit()) sentence.push_back(tokens[i]);
        }
        return done;
    }

  private:
    std::uint64_t bits_ = 1;
    std::vector<float> keep_;
    std::vector<std::uint32_t> table_;
    std::vector<float> inputs_, outputs_;
    float sigmoid_[sigmoid_entries];
    std::uint64_t pairs_ = 0;

    std::uint64_t next() { return bits_ = bits_ * 25214903917u + 11; }
    float unit() { return static_cast<float>(next() & 0xffff) / 65536.0f; }

    /// Every word as often as its share of count^0.75 says.
    void fill_table(const std::vector<std::uint64_t>& counts) {
        double all = 0;
        for (const std::uint64_t count : counts) all += std::pow(static_cast<double>(count), 0.75);
        std::size_t word = 0;
        double reached = std::pow(static_cast<double>(counts[0]), 0.75) / all;
        for (std::size_t i = 0; i < table_.size(); ++i) {
            table_[i] = static_cast<std::uint32_t>(word);
            if (static_cast<double>(i + 1) / static_cast<double>(table_.size()) > reached && word + 1 < counts.size())
                reached += std::pow(static_cast<double>(counts[++word]), 0.75) / all;
        }
    }

    void center(const std::vector<std::uint32_t>& sentence, std::size_t at, bench::Slice& done) {
        const std::size_t reach = 1 + (next() >> 16) % bench::window;
        const std::size_t from = at > reach ? at - reach : 0;
        const std::size_t to = std::min(sentence.size(), at + reach + 1);
        for (std::size_t other = from; other < to; ++other) {
            if (other != at) pair(sentence[other], sentence[at], done);
        }
    }

    void pair(std::uint32_t word, std::uint32_t predicted, bench::Slice& done) {
        float* const input = &inputs_[word * bench::dimensions];
        float nudge[bench::dimensions] = {};
        const bool measure = pairs_++ % 64 == 0;  // as often as ours does
        for (std::uint32_t k = 0; k <= bench::negatives; ++k) {
            std::uint32_t target = predicted;
            if (k > 0) {
                target = table_[(next() >> 16) % table_.size()];
                if (target == predicted) continue;
            }
            float* const output = &outputs_[target * bench::dimensions];
            float score = 0;
            for (std::uint32_t i = 0; i < bench::dimensions; ++i) score += input[i] * output[i];
            const float label = k == 0 ? 1 : 0;
            const float step = bench::learning_rate * (label - sigmoid(score));
            for (std::uint32_t i = 0; i < bench::dimensions; ++i) nudge[i] += step * output[i];
            for (std::uint32_t i = 0; i < bench::dimensions; ++i) output[i] += step * input[i];
            if (measure) done.loss += std::log1p(std::exp(k == 0 ? -score : score));
        }
        if (measure) ++done.measured;
        for (std::uint32_t i = 0; i < bench::dimensions; ++i) input[i] += nudge[i];
    }

    float sigmoid(float x) const {
        if (x > sigmoid_reach) return 1;
        if (x < -sigmoid_reach) return 0;
        const int i = static_cast<int>((x + sigmoid_reach) * (sigmoid_entries / sigmoid_reach / 2));
        return sigmoid_[std::min(i, sigmoid_entries - 1)];
    }
};

}  // namespace

int main(int, char** argv) {
    const bench::Corpus corpus = bench::read_corpus(argv[1]);
    Plain model(corpus.vocabulary, std::strtoull(argv[2], nullptr, 10));
    bench::train_on_request(corpus, [&](std::span<const std::uint32_t> tokens) { return model.train(tokens); });
}
