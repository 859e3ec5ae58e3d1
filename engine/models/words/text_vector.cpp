#include "engine/models/words/text_vector.h"

#include <utility>

#include "engine/models/explanations/address.h"
#include "engine/models/words/text_normalizer.h"

namespace lab {

TextVector text_vector(const WordVectors& vectors, std::string_view text) {
    std::string normal;
    normalize_line(text, normal);
    TextVector out;
    std::vector<SignedWord> terms;
    for (auto& word : split(normal, ' ')) {
        if (word.empty()) continue;
        if (const auto index = vectors.index(word)) {
            terms.push_back({word, *index, 1});
            out.used.push_back(std::move(word));
        } else {
            out.unknown.push_back(std::move(word));
        }
    }
    auto target = terms.empty() ? Result<WordVectors::Target>(Error{}) : vectors.combine(terms);
    out.unit = target.ok() ? std::move(target.value().unit) : std::vector<float>(vectors.dimensions());
    return out;
}

}  // namespace lab
