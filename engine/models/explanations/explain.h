// explain: where a number comes from. Every number on a page has an address; explaining the address gives the operation
// that made it, its operands (each with an address of its own), and the same number computed again by another way in
// double.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lab {

class WordVectors;

/// The operation that made a number. `input` and `weight` are leaves: nothing lies below them.
enum class Kind {
    dot,         // result = Σᵢ products[i], products[i] = operands[0][i] · operands[1][i]
    sum,         // result = Σ coefficient · value over the terms
    softmax,     // for later models
    normalize,   // result = terms[0].value ÷ the product of the other terms' values
    activation,  // result = f(terms[0].value); the formula names f: √, exp, arccos
    input,       // what the reader gave
    weight,      // what training left behind
};

/// The kind's name as it is written above.
std::string_view name(Kind kind);

/// One of the two vectors of a dot product. Element i of it has the address `address + "[i]"`. A number is a vector
/// with one place: "[0]" after the address of a number changes nothing.
struct Operand {
    std::string name;
    std::string address;
    std::vector<float> values;
    std::string unit_label;  // what the values are measured in; may be empty
};

/// A number that goes into a sum, a quotient or a function. An empty address marks a constant or a stored code.
struct Term {
    std::string label;
    std::string address;
    double coefficient = 1;
    float value = 0;
};

/// The number computed again, by another path, in double.
struct Check {
    double value = 0;
    double difference = 0;  // |result − value|
    double bound = 0;       // the largest difference that rounding explains; from the kernels' contracts
};

struct Explanation {
    std::string address;  // canonical spelling
    std::string label;    // what the number is, in a few words
    std::string formula;
    Kind kind = Kind::input;
    std::vector<Operand> operands;  // two for a dot, else none
    std::vector<float> products;    // for a dot, [n]
    std::vector<Term> terms;
    float result = 0;
    Check check;
};

/// Explains a number of two vectors that the caller supplies. a[n], b[n], n ≥ 1, finite. Addresses:
///   pair/dot  pair/a[i]  pair/b[i]  pair/product[i]
///   pair/running[i]      the sum of products 0 … i, added in order
///   pair/simd            the same dot as the machine adds it: four lanes
///   pair/lane[k]         what lane k (0–3) gathered
///   pair/square[a]  pair/norm[a]  pair/unit[a][i]       and the same with b
///   pair/cosine  pair/cosine-of-units  pair/angle       (degrees)
/// Errors: "unknown-address"; "length-mismatch", "empty-input", "not-finite" for the vectors; "zero-vector" where a
/// length of 0 would have to be divided by.
Result<Explanation> explain_pair(std::string_view address, std::span<const float> a, std::span<const float> b);

/// Explains a number of word vectors. u, v, w stand for words, E for an expression like king-man+woman. Addresses:
///   words/vector[w][i]  words/square[w]  words/norm[w]  words/unit[w][i]
///   words/dot[v,w]      of the raw vectors;  words/cosine[v,w]  the dot of the two unit vectors
///   words/sum[E][i]  words/square-sum[E]  words/length[E]  words/target[E][i]
///   words/score[E|w]       3CosAdd: the dot of the unit target and unit w
///   words/cosine-sum[E|w]  words/partials[E|w]   the same score the other way: Σ ± cosine ÷ length
///   words/factor[v,w]  words/product[E|w]  words/cosmul-minus[E|w]  words/cosmul[E|w]   3CosMul (Levy & Goldberg 2014)
/// In a word, % , [ ] | + - and space are written %25 %2C %5B … (see encode_word).
/// Errors: "unknown-address", "unknown-word" (detail: spellings near it), "zero-vector" where the words of E cancel.
Result<Explanation> explain_words(const WordVectors& vectors, std::string_view address);

/// A word as addresses spell it: characters that have a meaning there become % and two hexadecimal digits.
std::string encode_word(std::string_view word);

}  // namespace lab
