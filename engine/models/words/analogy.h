// Analogies over word vectors: questions and answers. "man is to king as woman is to …" is king − man + woman.
// Sources: Mikolov, Yih & Zweig 2013, "Linguistic Regularities in Continuous Space Word Representations" (3CosAdd);
// Levy & Goldberg 2014, "Linguistic Regularities in Sparse and Explicit Word Representations" (3CosMul).
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace lab {

/// add: the cosine of a candidate with the sum of the ± unit vectors.
/// mul: Π (1 + cosine)/2 over the plus words ÷ (Π (1 + cosine)/2 over the minus words + 0.001).
enum class Method { add, mul };

/// What 3CosMul adds to its denominator, so that nothing is divided by zero.
inline constexpr float cosmul_epsilon = 0.001f;

/// A word found by a search.
struct Neighbor {
    std::uint32_t index = 0;
    std::string word;
    float score = 0;
    std::uint32_t rank = 0;       // 1 is best
    std::vector<float> partials;  // the cosine with each term of an analogy, in the terms' order; empty for `nearest`
};

struct AnalogyQuery {
    std::vector<std::string> plus;
    std::vector<std::string> minus;
    std::size_t count = 10;
    bool keep_question = false;  // whether the question's own words may be answers; the benchmarks' rule is no
    Method method = Method::add;
};

struct SignedWord {
    std::string word;
    std::uint32_t index = 0;
    int sign = 1;  // 1 or −1
};

/// Everything that lies between a question and its answer. D: the vectors' dimensions.
struct AnalogySolution {
    std::vector<SignedWord> terms;   // plus and minus words by turns: king, −man, woman
    std::string expression;          // the same as addresses spell it: king-man+woman
    std::vector<float> target;       // [D] Σ sign · unit vector
    float length = 0;                // |target|
    std::vector<float> unit_target;  // [D] target / length
    std::vector<Neighbor> neighbors;
    std::vector<Neighbor> excluded;  // the question's words, had they been let in: their score and rank among all words
};

/// "a is to b as c is to …": the word nearest to b − a + c. Indices into the words.
struct Question {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;
};

/// The answer where every word was left out.
inline constexpr std::uint32_t no_answer = std::numeric_limits<std::uint32_t>::max();

}  // namespace lab
