// A short text as one vector: the sum of the unit vectors of its words, divided by its length.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/models/words/word_vectors.h"

namespace lab {

struct TextVector {
    std::vector<float> unit;           // [D]; zeros where no word is known, or the words cancel
    std::vector<std::string> used;     // the known words in their order, each as often as it stands in the text
    std::vector<std::string> unknown;  // words that are not in the vocabulary
};

/// Words are what normalize_line makes of the text. The numbers are those of words/target[w1+w2+…], to the last bit.
TextVector text_vector(const WordVectors& vectors, std::string_view text);

}  // namespace lab
