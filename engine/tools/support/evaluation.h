// The public evaluation sets of word vectors: questions, word pairs, and the two scores.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/models/words/word_vectors.h"

namespace lab {

/// One section of questions-words.txt: "a is to b as c is to expected".
struct QuestionSection {
    std::string name;
    std::vector<std::array<std::string, 4>> questions;
};
/// Lines beginning ":" name a section; every other line holds four words. Error "bad-file" names the line.
Result<std::vector<QuestionSection>> read_questions(const std::string& path);

struct SectionScore {
    std::string name;
    bool semantic = false;  // the first five sections of the Google set; the others are grammatical ("gram…")
    std::size_t correct = 0;
    std::size_t seen = 0;
    std::size_t asked = 0;
};
/// Lower-cases the questions and skips those with a word outside the vocabulary, as is usual. Question words are never
/// answers.
std::vector<SectionScore> score_analogies(const WordVectors& vectors, const std::vector<QuestionSection>& sections,
                                          Method method);

struct PairScore {
    double spearman = 0;  // rank correlation of cosine with the human score, average ranks for ties
    std::size_t seen = 0;
    std::size_t asked = 0;
};
/// A file of "word1 word2 score" lines. Pairs with an unknown word are left out and counted.
Result<PairScore> score_pairs(const WordVectors& vectors, const std::string& path);

/// Spearman's rank correlation; 0 when either list is constant.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace lab
