// The numbers of one word or two, explained. Used by explain_words.cpp and analogy_numbers.cpp only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/models/explanations/explain_parts.h"
#include "engine/models/words/word_vectors.h"

namespace lab {

/// v and w are indices of words, i is a place in a vector. Each Explanation's check starts from the raw vectors.
struct WordNumbers {
    const WordVectors& vectors;

    [[nodiscard]] Explanation vector(std::uint32_t w, std::size_t i) const;
    [[nodiscard]] Explanation square(std::uint32_t w) const;
    [[nodiscard]] Explanation norm(std::uint32_t w) const;
    [[nodiscard]] Explanation unit(std::uint32_t w, std::size_t i) const;
    [[nodiscard]] Explanation dot(std::uint32_t v, std::uint32_t w) const;
    [[nodiscard]] Explanation cosine(std::uint32_t v, std::uint32_t w) const;
    [[nodiscard]] Explanation factor(std::uint32_t v, std::uint32_t w) const;

    [[nodiscard]] const std::string& word(std::uint32_t w) const { return vectors.words()[w]; }
    /// words/family[w] and words/family[v,w].
    [[nodiscard]] std::string address(std::string_view family, std::uint32_t w) const;
    [[nodiscard]] std::string address(std::string_view family, std::uint32_t v, std::uint32_t w) const;

    // What a term or an operand of a larger number is made of.
    [[nodiscard]] Operand unit_operand(std::uint32_t w) const;
    [[nodiscard]] float cosine_value(std::uint32_t v, std::uint32_t w) const;
    [[nodiscard]] float factor_value(std::uint32_t v, std::uint32_t w) const {
        return 0.5f + 0.5f * cosine_value(v, w);
    }
    [[nodiscard]] std::string cosine_label(std::uint32_t v, std::uint32_t w) const;

    // In double, from the raw vectors: by way of reference::cosine, and how far f32 may be from it.
    [[nodiscard]] double exact_cosine(std::uint32_t v, std::uint32_t w) const;
    [[nodiscard]] rounding::Bounded bounded_cosine(std::uint32_t v, std::uint32_t w) const;
    [[nodiscard]] rounding::Bounded bounded_factor(std::uint32_t v, std::uint32_t w) const;
};

}  // namespace lab
