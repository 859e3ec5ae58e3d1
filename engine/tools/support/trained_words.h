// The most frequent words of a finished training run, as word vectors.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/tools/support/checkpoint.h"

namespace lab {

struct TrainedWords {
    std::vector<std::string> words;
    std::vector<float> rows;  // [V, D]
    std::size_t dimensions = 0;
};

/// The first `size` words. Each row is the input vector plus `context` times the output vector (Pennington, Socher &
/// Manning 2014 add the two for GloVe, "GloVe: Global Vectors for Word Representation", §4.2); context 0 is plain
/// word2vec.
inline TrainedWords most_frequent(const Checkpoint& trained, std::size_t size, float context) {
    const std::size_t count = std::min(size, trained.words.size());
    TrainedWords result{
        {trained.words.begin(), trained.words.begin() + static_cast<std::ptrdiff_t>(count)},
        std::vector<float>(trained.inputs.begin(),
                           trained.inputs.begin() + static_cast<std::ptrdiff_t>(count * trained.dimensions)),
        trained.dimensions};
    if (context != 0) add_scaled(std::span(trained.outputs).first(result.rows.size()), context, result.rows);
    return result;
}

}  // namespace lab
