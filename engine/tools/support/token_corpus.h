// Texts as tokens, and sequences drawn from them by seed: what the transformers are trained on and measured with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/models/transformer/byte_pairs.h"
#include "engine/models/transformer/language_model.h"

namespace lab {

/// Turns texts into tokens; words that were met before are looked up.
class FastEncoder {
  public:
    explicit FastEncoder(const BytePairs& pairs) : pairs_(pairs) {}
    void append(std::string_view text, std::vector<std::uint16_t>& to);

  private:
    const BytePairs& pairs_;
    std::unordered_map<std::string, std::vector<Token>> known_;
};

/// One corpus: its documents one after the other.
struct TokenCorpus {
    std::string name;
    double weight = 1;                   // how often a sequence comes from it, beside the others
    double whole = 0;                    // the share of its sequences that begin where a document begins
    std::vector<std::uint16_t> tokens;   // each document begins with border_token
    std::vector<std::size_t> documents;  // where they begin, then tokens.size()
    std::vector<std::size_t> sentences;  // where a paragraph begins, or a sentence whose first token carries its space
    std::vector<std::uint32_t> in_document;
    std::uint64_t characters = 0;
    std::uint64_t words = 0;
};

/// A file of texts, each after a byte 0. Error "no-file", "bad-file".
Result<TokenCorpus> read_corpus(const std::string& path, const std::string& name, const BytePairs& pairs);

/// A sequence of at most `longest` tokens, border_token first: from the beginning of a document or of a sentence on. It
/// ends with border_token where the document ends.
std::vector<Token> draw_sequence(const TokenCorpus& corpus, std::size_t longest, Random& random);

/// The same, cut after the last sentence that is whole, if one is.
std::vector<Token> draw_sentences(const TokenCorpus& corpus, std::size_t longest, const BytePairs& pairs,
                                  Random& random);

/// Whether a token ends a sentence: it holds . ! or ? and perhaps closing quotes.
bool ends_sentence(const std::string& token);

}  // namespace lab
