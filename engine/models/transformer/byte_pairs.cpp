#include "engine/models/transformer/byte_pairs.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <unordered_set>

namespace lab {

namespace {

using Pair = std::pair<Token, Token>;

std::uint64_t key(Pair pair) { return std::uint64_t{pair.first} << 32 | pair.second; }
Pair pair_of(std::uint64_t key) { return {static_cast<Token>(key >> 32), static_cast<Token>(key)}; }

/// A word of the text, as tokens, and how often it stands there.
struct Word {
    std::vector<Token> tokens;
    std::int64_t count = 0;
};

std::vector<Token> bytes_of(std::string_view text) {
    std::vector<Token> tokens;
    for (const char c : text) tokens.push_back(static_cast<unsigned char>(c));
    return tokens;
}

/// Joins each `pair` of the tokens into `joined`, from left to right.
void join(std::vector<Token>& tokens, Pair pair, Token joined) {
    std::size_t to = 0;
    for (std::size_t i = 0; i < tokens.size(); ++to) {
        const bool here = i + 1 < tokens.size() && tokens[i] == pair.first && tokens[i + 1] == pair.second;
        tokens[to] = here ? joined : tokens[i];
        i += here ? 2 : 1;
    }
    tokens.resize(to);
}

/// The pairs of all words with their counts, kept up to date as pairs are joined.
class PairCounts {
  public:
    explicit PairCounts(std::vector<Word> words) : words_(std::move(words)) {
        for (std::uint32_t w = 0; w < words_.size(); ++w) change(w, 1);
    }

    /// The commonest pair, the lower tokens first; nothing if no pair stands twice.
    std::optional<Pair> commonest() {
        while (!queue_.empty()) {
            const Entry best = queue_.top();
            const auto now = counts_.find(best.key);
            if (now != counts_.end() && now->second == best.count && best.count > 1) return pair_of(best.key);
            queue_.pop();  // the count has changed since: the pair stands in the queue again, with what it is now
        }
        return std::nullopt;
    }

    void join_all(Pair pair, Token joined) {
        const auto where = std::move(places_[key(pair)]);
        places_.erase(key(pair));
        for (const std::uint32_t w : where) {
            change(w, -1);
            join(words_[w].tokens, pair, joined);
            change(w, 1);
        }
    }

  private:
    struct Entry {
        std::int64_t count;
        std::uint64_t key;
        bool operator<(const Entry& other) const {
            return count != other.count ? count < other.count : key > other.key;
        }
    };
    std::vector<Word> words_;
    std::unordered_map<std::uint64_t, std::int64_t> counts_;
    std::unordered_map<std::uint64_t, std::unordered_set<std::uint32_t>>
        places_;  // words that hold the pair, or held it
    std::priority_queue<Entry> queue_;

    /// Adds the pairs of word w, or takes them away.
    void change(std::uint32_t w, std::int64_t sign) {
        const Word& word = words_[w];
        for (std::size_t i = 0; i + 1 < word.tokens.size(); ++i) {
            const std::uint64_t pair = key({word.tokens[i], word.tokens[i + 1]});
            std::int64_t& count = counts_[pair];
            count += sign * word.count;
            if (sign > 0) places_[pair].insert(w);
            if (count > 1) queue_.push({count, pair});
        }
    }
};

}  // namespace

namespace {

enum class Sign { letter, digit, space, line, mark };

Sign sign(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) return Sign::letter;
    if (byte >= '0' && byte <= '9') return Sign::digit;
    if (byte == ' ') return Sign::space;
    return byte == '\n' ? Sign::line : Sign::mark;
}

}  // namespace

std::size_t word_end(std::string_view text, std::size_t from) {
    const auto at = [&](std::size_t i) { return sign(text[i]); };
    const auto holds = [&](std::size_t i, Sign kind) { return i < text.size() && at(i) == kind; };
    std::size_t i = from;
    if (at(i) == Sign::space) {
        while (holds(i, Sign::space)) ++i;
        if (i == text.size() || at(i) == Sign::line) return i;
        if (i - from > 1) return i - 1;  // the last space belongs to the word after it
    }
    const bool apostrophe = text[i] == '\'' && i == from && from > 0 && at(from - 1) == Sign::letter;
    if (apostrophe && holds(i + 1, Sign::letter)) ++i;
    const Sign kind = at(i);
    while (holds(i, kind)) ++i;
    return i;
}

BytePairs::BytePairs() {
    for (int byte = 0; byte < 256; ++byte) texts_.emplace_back(1, static_cast<char>(byte));
}

bool BytePairs::add(Pair merge) {
    if (merge.first >= size() || merge.second >= size()) return false;
    if (!ranks_.emplace(key(merge), static_cast<std::uint32_t>(merges_.size())).second) return false;
    texts_.push_back(texts_[merge.first] + texts_[merge.second]);
    merges_.push_back(merge);
    return true;
}

Result<BytePairs> BytePairs::train(std::string_view text, std::size_t vocabulary) {
    if (vocabulary < 256 || vocabulary > 65536) {
        return Error{"out-of-range", "A vocabulary has 256 to 65,536 tokens: the bytes come first.", ""};
    }
    if (text.empty()) return Error{"empty-input", "There is no text to learn from.", ""};
    std::unordered_map<std::string_view, std::int64_t> counts;
    std::vector<std::string_view> order;  // as they are met, so that the result does not depend on a hash
    each_word(text, [&](std::string_view word) {
        if (++counts[word] == 1) order.push_back(word);
    });
    std::vector<Word> words;
    words.reserve(order.size());
    for (const std::string_view word : order) words.push_back({bytes_of(word), counts[word]});
    PairCounts pairs(std::move(words));
    BytePairs made;
    while (made.size() < vocabulary) {
        const auto best = pairs.commonest();
        if (!best) break;
        const auto joined = static_cast<Token>(made.size());
        made.add(*best);
        pairs.join_all(*best, joined);
    }
    return made;
}

Result<BytePairs> BytePairs::from_merges(std::vector<Pair> merges) {
    BytePairs made;
    for (std::size_t m = 0; m < merges.size(); ++m) {
        if (made.size() < 65536 && made.add(merges[m])) continue;
        return Error{"bad-file",
                     "Merge " + std::to_string(m) +
                         " names a token that comes later or stands twice: the tokenizer's file is damaged.",
                     ""};
    }
    return made;
}

std::vector<Token> BytePairs::encode(std::string_view text) const {
    std::vector<Token> all;
    each_word(text, [&](std::string_view word) {
        std::vector<Token> tokens = bytes_of(word);
        for (;;) {
            std::uint32_t earliest = static_cast<std::uint32_t>(merges_.size());
            for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
                const auto found = ranks_.find(key({tokens[i], tokens[i + 1]}));
                if (found != ranks_.end()) earliest = std::min(earliest, found->second);
            }
            if (earliest == merges_.size()) break;
            join(tokens, merges_[earliest], static_cast<Token>(256 + earliest));
        }
        all.insert(all.end(), tokens.begin(), tokens.end());
    });
    return all;
}

std::string BytePairs::decode(std::span<const Token> tokens) const {
    std::string text;
    for (const Token token : tokens) text += texts_[token];
    return text;
}

}  // namespace lab
