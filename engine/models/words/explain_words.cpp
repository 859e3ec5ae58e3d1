// Addresses of word vectors: which words, which places, which number.
#include <cassert>

#include "engine/models/explanations/explain_parts.h"
#include "engine/models/words/analogy_numbers.h"
#include "engine/models/words/word_numbers.h"

namespace lab {

namespace {

constexpr AddressFamily families[] = {
    {"cosine", 1, "words/cosine[king,queen]"},
    {"dot", 1, "words/dot[king,queen]"},
    {"norm", 1, "words/norm[king]"},
    {"square", 1, "words/square[king]"},
    {"vector", 2, "words/vector[king][0]"},
    {"unit", 2, "words/unit[king][0]"},
    {"sum", 2, "words/sum[king-man+woman][0]"},
    {"square-sum", 1, "words/square-sum[king-man+woman]"},
    {"length", 1, "words/length[king-man+woman]"},
    {"target", 2, "words/target[king-man+woman][0]"},
    {"score", 1, "words/score[king-man+woman|queen]"},
    {"cosine-sum", 1, "words/cosine-sum[king-man+woman|queen]"},
    {"partials", 1, "words/partials[king-man+woman|queen]"},
    {"factor", 1, "words/factor[king,queen]"},
    {"product", 1, "words/product[king+woman|queen]"},
    {"cosmul-minus", 1, "words/cosmul-minus[king-man+woman|queen]"},
    {"cosmul", 1, "words/cosmul[king-man+woman|queen]"},
};

/// Reads the groups of one address.
struct Reader {
    const WordVectors& vectors;
    const Address& address;

    [[nodiscard]] Error misread(std::string_view what) const {
        return unknown_address(address.text, what, address.family->example);
    }

    [[nodiscard]] Result<std::uint32_t> word(std::string_view text) const {
        const auto decoded = decode_word(text);
        if (!decoded) return misread("a “%” in a word must be followed by two hexadecimal digits.");
        if (decoded->empty()) return misread("a word is missing.");
        return vectors.find(*decoded);
    }

    /// v,w
    [[nodiscard]] Result<std::vector<std::uint32_t>> two_words() const {
        std::vector<std::uint32_t> both;
        for (const std::string& part : split(address.groups[0], ',')) {
            const auto found = word(part);
            if (!found) return found.error();
            both.push_back(found.value());
        }
        if (both.size() != 2) return misread("it takes two words with a comma between them.");
        return both;
    }

    /// king-man+woman: words, each but the first with a sign before it.
    [[nodiscard]] Result<std::vector<SignedWord>> expression(std::string_view text) const {
        std::vector<SignedWord> terms;
        for (std::size_t from = 0; from < text.size();) {
            const bool is_signed = text[from] == '+' || text[from] == '-';
            const int sign = text[from] == '-' ? -1 : 1;
            const std::size_t begin = from + (is_signed ? 1 : 0);
            const std::size_t end = std::min(text.find_first_of("+-", begin), text.size());
            const auto found = word(text.substr(begin, end - begin));
            if (!found) return found.error();
            terms.push_back({vectors.words()[found.value()], found.value(), sign});
            from = end;
            if (end + 1 == text.size()) return misread("a word is missing after the last sign.");
        }
        if (terms.empty()) return misread("an expression of words, such as king-man+woman, is missing.");
        return terms;
    }
};

Result<Explanation> explain_one_word(const Reader& reader, const WordNumbers& numbers) {
    const Address& address = reader.address;
    const auto word = reader.word(address.groups[0]);
    if (!word) return word.error();
    if (address.is("norm")) return numbers.norm(word.value());
    if (address.is("square")) return numbers.square(word.value());
    const auto i = parse_place(address, 1, reader.vectors.dimensions());
    if (!i) return i.error();
    return address.is("vector") ? numbers.vector(word.value(), i.value()) : numbers.unit(word.value(), i.value());
}

Result<Explanation> explain_two_words(const Reader& reader, const WordNumbers& numbers) {
    const auto words = reader.two_words();
    if (!words) return words.error();
    const std::uint32_t v = words.value()[0];
    const std::uint32_t w = words.value()[1];
    if (reader.address.is("dot")) return numbers.dot(v, w);
    if (reader.address.is("factor")) return numbers.factor(v, w);
    return numbers.cosine(v, w);
}

/// E alone: sum, square-sum, length, target.
Result<Explanation> explain_expression(const Reader& reader) {
    const Address& address = reader.address;
    const auto terms = reader.expression(address.groups[0]);
    if (!terms) return terms.error();
    const AnalogyNumbers numbers(reader.vectors, terms.value());
    if (address.is("length")) return numbers.length();
    if (address.is("square-sum")) return numbers.square_sum();
    const auto i = parse_place(address, 1, reader.vectors.dimensions());
    if (!i) return i.error();
    return address.is("sum") ? numbers.sum(i.value()) : numbers.target(i.value());
}

/// E|w: everything that compares the expression with a word.
Result<Explanation> explain_candidate(const Reader& reader) {
    const Address& address = reader.address;
    const auto parts = split(address.groups[0], '|');
    if (parts.size() != 2) return reader.misread("it takes an expression and a word with “|” between them.");
    const auto terms = reader.expression(parts[0]);
    if (!terms) return terms.error();
    const auto word = reader.word(parts[1]);
    if (!word) return word.error();
    const std::uint32_t w = word.value();
    const AnalogyNumbers numbers(reader.vectors, terms.value());
    if (address.is("score")) return numbers.score(w);
    if (address.is("cosine-sum")) return numbers.cosine_sum(w);
    if (address.is("partials")) return numbers.partials(w);
    if (address.is("cosmul-minus")) return numbers.cosmul_minus(w);
    if (address.is("cosmul")) return numbers.cosmul(w);
    assert(address.is("product"));
    for (const SignedWord& term : terms.value()) {
        if (term.sign < 0) return reader.misread("a product takes plus signs only.");
    }
    return numbers.product(w);
}

}  // namespace

Result<Explanation> explain_words(const WordVectors& vectors, std::string_view text) {
    const auto parsed = parse_address(text, "words", families);
    if (!parsed) return parsed.error();
    const Address& address = parsed.value();
    const Reader reader{vectors, address};
    const WordNumbers numbers{vectors};

    if (address.is("vector") || address.is("unit") || address.is("norm") || address.is("square")) {
        return explain_one_word(reader, numbers);
    }
    if (address.is("cosine") || address.is("dot") || address.is("factor")) return explain_two_words(reader, numbers);
    if (address.is("sum") || address.is("square-sum") || address.is("length") || address.is("target")) {
        return explain_expression(reader);
    }
    return explain_candidate(reader);
}

}  // namespace lab
