// The numbers of an analogy, explained. Used by explain_words.cpp only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/models/words/word_numbers.h"

namespace lab {

/// One expression, king − man + woman, and what it makes of a word w. i is a place in a vector.
class AnalogyNumbers {
  public:
    AnalogyNumbers(const WordVectors& vectors, std::vector<SignedWord> terms);

    // These ask that the words do not cancel, and give Error "zero-vector" if they do.
    [[nodiscard]] Result<Explanation> sum(std::size_t i) const;
    [[nodiscard]] Result<Explanation> square_sum() const;
    [[nodiscard]] Result<Explanation> length() const;
    [[nodiscard]] Result<Explanation> target(std::size_t i) const;
    [[nodiscard]] Result<Explanation> score(std::uint32_t w) const;
    [[nodiscard]] Result<Explanation> partials(std::uint32_t w) const;

    [[nodiscard]] Explanation cosine_sum(std::uint32_t w) const;
    /// The product of the factors of all terms with w, whatever their signs. At least one term.
    [[nodiscard]] Explanation product(std::uint32_t w) const;
    [[nodiscard]] Explanation cosmul_minus(std::uint32_t w) const;
    [[nodiscard]] Explanation cosmul(std::uint32_t w) const;

  private:
    WordNumbers words_;
    std::vector<SignedWord> terms_;
    Result<WordVectors::Target> combined_;
    std::string expression_;  // as addresses spell it
    std::string spoken_;      // as people do: king − man + woman

    [[nodiscard]] std::string address(std::string_view family) const;
    [[nodiscard]] std::string address(std::string_view family, std::uint32_t w) const;
    [[nodiscard]] AnalogyNumbers only(int sign) const;  // the plus or the minus words, all with a plus

    // The same in double, by way of reference::cosine between the words …
    [[nodiscard]] double exact_length() const;
    [[nodiscard]] double exact_cosine_sum(std::uint32_t w) const;
    [[nodiscard]] double exact_product(std::uint32_t w) const;
    // … and how far f32 may be from it.
    [[nodiscard]] std::vector<rounding::Bounded> bounded_sum() const;
    [[nodiscard]] rounding::Bounded bounded_length() const;
    [[nodiscard]] rounding::Bounded bounded_cosine_sum(std::uint32_t w) const;
    [[nodiscard]] rounding::Bounded bounded_product(std::uint32_t w) const;

    /// Their product as a term of a larger number: 1 without an address if there are no words.
    [[nodiscard]] Term product_term(std::uint32_t w) const;
};

}  // namespace lab
