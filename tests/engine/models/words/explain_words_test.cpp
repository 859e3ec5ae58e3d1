#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

std::string any_word(const WordVectors& vectors, Random& random) {
    return encode_word(vectors.words()[random.below(vectors.size())]);
}

/// Words with signs between them, the first perhaps with a minus too; none twice, so that they do not cancel.
std::string any_expression(const WordVectors& vectors, Random& random, bool signs) {
    std::string text;
    std::vector<std::size_t> used;
    const std::size_t count = 1 + random.below(4);
    while (used.size() < count) {
        const std::size_t word = random.below(vectors.size());
        if (std::find(used.begin(), used.end(), word) != used.end()) continue;
        const bool minus = signs && random.below(2) == 0;
        if (minus || !used.empty()) text += minus ? '-' : '+';
        text += encode_word(vectors.words()[word]);
        used.push_back(word);
    }
    return text;
}

}  // namespace

TEST_CASE("200 random addresses of each family of word vectors lead down to the weights, each within its bound") {
    Random random(11);
    for (int round = 0; round < 200; ++round) {
        const std::size_t dimensions = 2 + random.below(60);
        const WordVectors vectors = small_vectors(static_cast<std::uint64_t>(round), 40, dimensions, round % 2 == 0);
        const Explain explain = [&](const std::string& address) { return explain_words(vectors, address); };
        const std::string i = "[" + std::to_string(random.below(dimensions)) + "]";
        const auto w = [&] { return any_word(vectors, random); };
        const auto e = [&] { return any_expression(vectors, random, true); };
        for (const std::string& address :
             {"words/vector[" + w() + "]" + i, "words/square[" + w() + "]", "words/norm[" + w() + "]",
              "words/unit[" + w() + "]" + i, "words/dot[" + w() + "," + w() + "]",
              "words/cosine[" + w() + "," + w() + "]", "words/factor[" + w() + "," + w() + "]",
              "words/sum[" + e() + "]" + i, "words/square-sum[" + e() + "]", "words/length[" + e() + "]",
              "words/target[" + e() + "]" + i, "words/score[" + e() + "|" + w() + "]",
              "words/cosine-sum[" + e() + "|" + w() + "]", "words/partials[" + e() + "|" + w() + "]",
              "words/product[" + any_expression(vectors, random, false) + "|" + w() + "]",
              "words/cosmul-minus[" + e() + "|" + w() + "]", "words/cosmul[" + e() + "|" + w() + "]"}) {
            verify_to_the_ground(explain, address, random);
        }
    }
}

TEST_CASE("a score and its partials are one number by two ways, and the answer's own") {
    const WordVectors vectors = small_vectors(3, 200, 48, true);
    AnalogyQuery query{.plus = {"ab", "x-y"}, .minus = {"cd"}, .count = 5};
    const auto add = vectors.solve(query).value();
    CHECK(add.expression == "ab-cd+x%2Dy");
    for (const Neighbor& neighbor : add.neighbors) {
        const std::string at = "[" + add.expression + "|" + encode_word(neighbor.word) + "]";
        const auto score = explain_words(vectors, "words/score" + at).value();
        const auto partials = explain_words(vectors, "words/partials" + at).value();
        CHECK(score.result == neighbor.score);
        CHECK(std::abs(score.check.value - partials.check.value) < 1e-12);
        const auto terms = explain_words(vectors, "words/cosine-sum" + at).value().terms;
        REQUIRE(terms.size() == neighbor.partials.size());
        for (std::size_t t = 0; t < terms.size(); ++t) CHECK(terms[t].value == neighbor.partials[t]);
    }
    query.method = Method::mul;
    const auto mul = vectors.solve(query).value();
    for (const Neighbor& neighbor : mul.neighbors) {
        CHECK(explain_words(vectors, "words/cosmul[" + mul.expression + "|" + encode_word(neighbor.word) + "]")
                  .value()
                  .result == neighbor.score);
    }
}

TEST_CASE("bounds are small enough to mean something: six digits of a score can be trusted") {
    const WordVectors vectors = small_vectors(6, 100, 200, true);
    for (const std::string address :
         {"words/cosine[aa,ab]", "words/score[aa-ab+ac|ad]", "words/partials[aa-ab+ac|ad]", "words/cosmul[aa-ab+ac|ad]",
          "words/unit[aa][0]", "words/target[aa-ab+ac][5]", "words/length[aa-ab+ac]"}) {
        const auto e = explain_words(vectors, address).value();
        INFO(address);
        CHECK(e.check.bound > 0);
        CHECK(e.check.bound < 1e-5);
    }
}

TEST_CASE("a weight stored as int8 shows its code and its scale") {
    const auto vectors = WordVectors::from_codes({"up", "down"}, {3, 4, -3, -4}, {0.5f, 0.25f}, 2).value();
    const auto weight = explain_words(vectors, "words/vector[down][1]").value();
    CHECK(weight.kind == Kind::weight);
    CHECK(weight.result == -1);
    CHECK(weight.label == "down, place 2");
    CHECK(weight.formula == "code × scale");
    REQUIRE(weight.terms.size() == 2);
    CHECK(weight.terms[0].value == -4);
    CHECK(weight.terms[0].address.empty());
    CHECK(weight.terms[1].value == 0.25f);
    CHECK(explain_words(vectors, "words/cosine[up,down]").value().check.value == -1);
}

TEST_CASE("addresses of words that are not understood say why") {
    const WordVectors vectors = small_vectors(5, 60, 8, false);
    const auto code = [&](const std::string& address) {
        const auto result = explain_words(vectors, address);
        INFO(address);
        REQUIRE_FALSE(result.ok());
        CHECK_FALSE(result.error().message.empty());
        return result.error().code;
    };
    for (const std::string address :
         {"words/cosine", "words/cosine[aa]", "words/cosine[aa,ab,ac]", "words/cosine[aa,]", "words/unit[aa][8]",
          "words/unit[aa]", "words/score[aa-ab]", "words/score[aa|ab|ac]", "words/score[|ab]", "words/sum[aa-][0]",
          "words/sum[][0]", "words/sum[aa--ab][0]", "words/cosine[50%,aa]", "words/cosine[50%2,aa]",
          "words/product[-aa|ab]", "pair/dot", "words/king", "words/norm[aa"}) {
        CHECK(code(address) == "unknown-address");
    }
    CHECK(code("words/norm[zzzzzzzz]") == "unknown-word");
    CHECK(code("words/score[aa-ab|qqqqqq]") == "unknown-word");
    CHECK(code("words/target[aa-aa][0]") == "zero-vector");
    CHECK(explain_words(vectors, "words/norm[AB]").value().address == "words/norm[ab]");
    CHECK(explain_words(vectors, "words/length[+aa-ab]").value().address == "words/length[aa-ab]");
}

TEST_CASE("no string of bytes breaks the reader of addresses") {
    const WordVectors vectors = small_vectors(5, 60, 8, false);
    const std::vector<float> a{1, 2, 3};
    Random random(13);
    const std::string alphabet = "wordspair/[]|+-,%0123aab \xC3\xA9\xFF";
    const std::vector<std::string> seeds{"words/score[aa-ab+ac|ad]", "words/unit[x%2Dy][3]", "words/cosine[aa,ab]",
                                         "pair/unit[a][1]", "pair/running[2]"};
    for (int round = 0; round < 20000; ++round) {
        std::string text = seeds[random.below(seeds.size())];
        for (std::uint64_t edits = 1 + random.below(4); edits > 0; --edits) {
            const std::size_t at = random.below(text.size() + 1);
            const char c = alphabet[random.below(alphabet.size())];
            if (random.below(3) == 0 && at < text.size())
                text.erase(at, 1 + random.below(3));
            else if (random.below(2) == 0 && at < text.size())
                text[at] = c;
            else
                text.insert(at, 1, c);
        }
        for (const auto& result : {explain_words(vectors, text), explain_pair(text, a, a)}) {
            if (result.ok() ? result.value().address.empty() : result.error().message.empty()) FAIL(text);
        }
    }
}

TEST_CASE("words are spelled in addresses so that they come back") {
    CHECK(encode_word("king") == "king");
    CHECK(encode_word("a,b") == "a%2Cb");
    CHECK(encode_word("50%") == "50%25");
    CHECK(encode_word("naïve") == "naïve");
}
