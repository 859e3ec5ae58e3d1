#include "engine/models/words/text_training.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace lab {

namespace {

// Of a different word: its place in the table that counts, in the sorted list, among the words and in their index,
// with what an allocator adds (32-bit pointers or 64).
constexpr std::uint64_t bytes_of_a_word = 40 * sizeof(void*);

}  // namespace

Result<TextTraining> TextTraining::begin(Vocabulary vocabulary, std::string_view text, const SkipGramOptions& options) {
    if (vocabulary.size() < 2)
        return Error{"empty-vocabulary",
                     "Only “" + vocabulary.words().front() +
                         "” occurs often enough in this text. Give a text with other words beside it.",
                     ""};
    auto tokens = vocabulary.encode(text);
    return TextTraining(std::move(vocabulary), std::move(tokens), options);
}

std::uint64_t TextTraining::bytes_for_text(std::string_view text, std::size_t most_words) {
    const std::uint64_t words = Vocabulary::words_in(text);
    // An index for each word and for each line's end, in a list that may have grown by doubling.
    return 4 * sizeof(std::uint32_t) * words + bytes_of_a_word * std::min<std::uint64_t>(words, most_words);
}

std::uint64_t TextTraining::bytes_for_model(std::size_t words, const SkipGramOptions& options) {
    constexpr std::uint64_t tables = 64;  // chances to be kept, the sampler's cells and what they are made from
    return words * (2 * sizeof(float) * std::uint64_t{options.dimensions} + tables);
}

SkipGramProgress TextTraining::advance(std::uint64_t words, float learning_rate) {
    SkipGramProgress done;
    while (done.tokens < words) {
        if (at_ == tokens_.size()) at_ = 0;
        const std::size_t from = at_;
        for (std::uint64_t rest = words - done.tokens; rest > 0 && at_ < tokens_.size(); ++at_) {
            if (tokens_[at_] != Vocabulary::boundary) --rest;
        }
        done.add(model_.train(std::span(tokens_).subspan(from, at_ - from), learning_rate, random_));
    }
    return done;
}

std::size_t TextTraining::nearest(std::uint32_t word, std::span<Hit> hits) const {
    const MatrixView rows = model_.inputs();
    std::vector<float> cosines(rows.rows);
    matvec(rows, rows.row(word), cosines);
    const float own = norm(rows.row(word));
    for (std::size_t i = 0; i < rows.rows; ++i) cosines[i] /= own * norm(rows.row(i));
    cosines[word] = -std::numeric_limits<float>::infinity();
    return top_k(cosines, hits.first(std::min(hits.size(), rows.rows - 1)));
}

}  // namespace lab
