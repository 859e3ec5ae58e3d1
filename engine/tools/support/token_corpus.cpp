#include "engine/tools/support/token_corpus.h"

#include <algorithm>
#include <unordered_map>

#include "engine/tools/support/files.h"

namespace lab {

void FastEncoder::append(std::string_view text, std::vector<std::uint16_t>& to) {
    each_word(text, [&](std::string_view word) {
        auto [found, is_new] = known_.try_emplace(std::string(word));
        if (is_new) found->second = pairs_.encode(word);
        for (const Token token : found->second) to.push_back(static_cast<std::uint16_t>(token));
    });
}

bool ends_sentence(const std::string& token) {
    const auto last = token.find_last_not_of("\"')\n ");
    return last != token.npos && (token[last] == '.' || token[last] == '!' || token[last] == '?');
}

Result<TokenCorpus> read_corpus(const std::string& path, const std::string& name, const BytePairs& pairs) {
    auto read = read_file(path);
    if (!read) return read.error();
    const std::string& text = read.value();
    if (text.empty() || text[0] != '\0') return Error{"bad-file", path + " does not begin with a byte 0.", path};
    TokenCorpus out;
    out.name = name;
    FastEncoder encoder(pairs);
    for (std::size_t from = 1; from <= text.size();) {
        const std::size_t to = std::min(text.find('\0', from), text.size());
        const std::string_view document(text.data() + from, to - from);
        out.characters += document.size();
        out.words += static_cast<std::uint64_t>(std::count_if(document.begin(), document.end(),
                                                              [](char c) { return c == ' ' || c == '\n'; })) +
                     1;
        out.documents.push_back(out.tokens.size());
        out.tokens.push_back(static_cast<std::uint16_t>(border_token));
        encoder.append(document, out.tokens);
        from = to + 1;
    }
    out.documents.push_back(out.tokens.size());
    for (std::uint32_t d = 0; d + 1 < out.documents.size(); ++d) {
        for (std::size_t i = out.documents[d] + 1; i < out.documents[d + 1]; ++i) {
            const std::string& before = pairs.text(out.tokens[i - 1]);
            const std::string& here = pairs.text(out.tokens[i]);
            const bool begins = i == out.documents[d] + 1 || before.ends_with('\n') ||
                                (ends_sentence(before) && (here[0] == ' ' && here.size() > 1));
            if (!begins) continue;
            out.sentences.push_back(i);
            out.in_document.push_back(d);
        }
    }
    return out;
}

std::vector<Token> draw_sequence(const TokenCorpus& corpus, std::size_t longest, Random& random) {
    std::size_t begin = 0;
    std::size_t end = 0;
    if (random.uniform() < corpus.whole) {
        const auto d = static_cast<std::size_t>(random.below(corpus.documents.size() - 1));
        begin = corpus.documents[d] + 1;
        end = corpus.documents[d + 1];
    } else {
        const auto s = static_cast<std::size_t>(random.below(corpus.sentences.size()));
        begin = corpus.sentences[s];
        end = corpus.documents[corpus.in_document[s] + 1];
    }
    std::vector<Token> out{border_token};
    for (std::size_t i = begin; i < end && out.size() < longest; ++i) out.push_back(corpus.tokens[i]);
    if (out.size() < longest) out.push_back(border_token);
    return out;
}

std::vector<Token> draw_sentences(const TokenCorpus& corpus, std::size_t longest, const BytePairs& pairs,
                                  Random& random) {
    std::vector<Token> out = draw_sequence(corpus, longest, random);
    for (std::size_t n = out.size(); n > 2; --n) {
        if (!ends_sentence(pairs.text(out[n - 1]))) continue;
        out.resize(n);
        break;
    }
    if (out.size() > 2 && out.back() == border_token) out.pop_back();
    return out;
}

}  // namespace lab
