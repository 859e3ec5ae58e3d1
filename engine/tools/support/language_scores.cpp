#include "engine/tools/support/language_scores.h"

#include <algorithm>
#include <cmath>

#include "engine/models/transformer/transformer_backward.h"
#include "engine/tools/support/files.h"

namespace lab {

namespace {

constexpr std::size_t longest_blanked = 48;
constexpr std::size_t rows_at_once = 2048;

/// Passes over many sequences at a time, adding up what their asked tokens cost.
class Scorer {
  public:
    Scorer(const LanguageModel& model, Multiplier& multiplier) : model_(model), multiplier_(multiplier) { clear(); }

    /// text: tokens after border_token.
    void add(std::span<const std::uint16_t> text) {
        if (model_.shape().causal) {
            put(text, text.size());
            for (std::size_t i = 0; i < text.size(); ++i) ask(i, text[i]);  // the row before a token guesses it
            close();
        } else {
            for (std::size_t i = 0; i < text.size(); ++i) {
                put(text, i);
                ask(i + 1, text[i]);
                close();
            }
        }
    }

    TextScore finish() {
        flush();
        return score_;
    }

  private:
    const LanguageModel& model_;
    Multiplier& multiplier_;
    TransformerPass pass_;
    TransformerLoss loss_;
    TextScore score_;

    void clear() {
        pass_.keep = Keep::neither;
        pass_.tokens.clear();
        pass_.asked.clear();
        pass_.starts.assign(1, 0);
        loss_.targets.clear();
    }

    void put(std::span<const std::uint16_t> text, std::size_t blanked) {
        pass_.tokens.push_back(border_token);
        for (std::size_t i = 0; i < text.size(); ++i) pass_.tokens.push_back(i == blanked ? blank_token : text[i]);
    }
    void ask(std::size_t row, Token target) {
        pass_.asked.push_back(static_cast<std::uint32_t>(pass_.starts.back() + row));
        loss_.targets.push_back(target);
    }
    void close() {
        pass_.starts.push_back(pass_.tokens.size());
        if (pass_.tokens.size() >= rows_at_once) flush();
    }

    void flush() {
        if (loss_.targets.empty()) return;
        const TransformerShape& shape = model_.shape();
        forward_into(shape, model_.weights(), {}, multiplier_, pass_);
        for (std::size_t r = 0; r < loss_.targets.size(); ++r) {
            const auto row = std::span(pass_.logits).subspan(r * shape.vocabulary, shape.vocabulary);
            const auto best = std::max_element(row.begin(), row.end()) - row.begin();
            score_.right += static_cast<Token>(best) == loss_.targets[r] ? 1 : 0;
        }
        softmax_cross_entropy(shape, pass_, loss_, false);
        score_.nats += loss_.sum;
        score_.tokens += loss_.targets.size();
        clear();
    }
};

/// Where the stretch of text[from …] ends: after `longest` tokens, or after the last sentence that is whole before.
std::size_t stretch_end(const LanguageModel& model, std::span<const std::uint16_t> text, std::size_t from,
                        std::size_t longest, bool sentences) {
    const std::size_t end = std::min(from + longest, text.size());
    for (std::size_t to = end; sentences && end < text.size() && to > from + 1; --to) {
        if (ends_sentence(model.pairs().text(text[to - 1]))) return to;
    }
    return end;
}

void count_text(std::string_view text, TextScore& score) {
    score.characters += text.size();
    bool in_word = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n';
        score.words += !space && !in_word ? 1 : 0;
        in_word = !space;
    }
}

}  // namespace

TextScore score_text(const LanguageModel& model, const TokenCorpus& corpus, std::size_t most, Multiplier& multiplier) {
    Scorer scorer(model, multiplier);
    const bool causal = model.shape().causal;
    const std::size_t longest =
        causal ? model.shape().context - 1 : std::min(longest_blanked, model.shape().context - 1);
    std::string text;
    std::size_t taken = 0;
    for (std::size_t d = 0; d + 1 < corpus.documents.size() && taken < most; ++d) {
        const auto document = std::span(corpus.tokens)
                                  .subspan(corpus.documents[d] + 1, corpus.documents[d + 1] - corpus.documents[d] - 1);
        for (std::size_t from = 0; from < document.size() && taken < most;) {
            const std::size_t to = stretch_end(model, document, from, longest, !causal);
            scorer.add(document.subspan(from, to - from));
            for (std::size_t i = from; i < to; ++i) text += model.pairs().text(document[i]);
            taken += to - from;
            from = to;
        }
        text += '\n';
    }
    TextScore score = scorer.finish();
    count_text(text, score);
    return score;
}

TextScore score_sentence(const LanguageModel& model, std::string_view sentence, Multiplier& multiplier) {
    Scorer scorer(model, multiplier);
    const std::vector<Token> tokens = model.tokens(sentence);
    const std::vector<std::uint16_t> text(tokens.begin() + 1, tokens.end());
    scorer.add(std::span(text).first(std::min(text.size(), model.shape().context - 1)));
    TextScore score = scorer.finish();
    count_text(sentence, score);
    return score;
}

Result<std::vector<GrammarPair>> read_grammar_pairs(const std::string& path) {
    auto read = read_file(path);
    if (!read) return read.error();
    std::vector<GrammarPair> pairs;
    const std::string& text = read.value();
    std::size_t number = 0;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = std::min(text.find('\n', from), text.size());
        const std::string line = text.substr(from, to - from);
        from = to + 1;
        ++number;
        if (line.empty() || line[0] == '#') continue;
        const std::size_t first = line.find('\t');
        const std::size_t second = first == line.npos ? first : line.find('\t', first + 1);
        if (second == line.npos)
            return Error{"bad-file", path + ", line " + std::to_string(number) + ": wants three columns.", path};
        pairs.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return pairs;
}

std::vector<GrammarScore> score_grammar(const LanguageModel& model, std::span<const GrammarPair> pairs,
                                        Multiplier& multiplier) {
    std::vector<GrammarScore> scores;
    for (const GrammarPair& pair : pairs) {
        auto found = std::find_if(scores.begin(), scores.end(),
                                  [&](const GrammarScore& one) { return one.phenomenon == pair.phenomenon; });
        if (found == scores.end()) found = scores.insert(found, {pair.phenomenon, 0, 0});
        const double right = score_sentence(model, pair.right, multiplier).nats;
        const double wrong = score_sentence(model, pair.wrong, multiplier).nats;
        found->passed += right < wrong ? 1 : (right == wrong ? 0.5 : 0);
        ++found->pairs;
    }
    return scores;
}

}  // namespace lab
