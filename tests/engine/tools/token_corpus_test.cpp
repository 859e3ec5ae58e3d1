#include "engine/tools/support/token_corpus.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/tools/support/batch.h"
#include "engine/tools/support/language_scores.h"
#include "engine/tools/support/transformer_checkpoint.h"

using namespace lab;

namespace {

/// A file of this test alone, gone with it.
struct TemporaryFile {
    std::string path = (std::filesystem::temp_directory_path() / "dot_by_dot_token_corpus_test").string();
    ~TemporaryFile() { std::filesystem::remove(path); }
    void fill(std::string_view bytes) const {
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
};

using namespace std::string_view_literals;
constexpr std::string_view two_texts =
    "\0The cat sat. It purred!\nThe dog ran.\0One day it rained. \"Oh.\" She left."sv;

/// Learned from the texts three times over, so that every word is joined with the space before it.
BytePairs pairs() {
    std::string text;
    for (int i = 0; i < 3; ++i) text += two_texts;
    for (char& c : text) c = c == '\0' ? '\n' : c;
    return BytePairs::train(text, 350).value();
}

TokenCorpus corpus(const BytePairs& by) {
    TemporaryFile file;
    file.fill(two_texts);
    return read_corpus(file.path, "two", by).value();
}

std::string text_of(const BytePairs& by, std::span<const Token> tokens) { return by.decode(tokens); }

/// A language model over these pairs, its weights all 0 if spread is.
LanguageModel model(const BytePairs& by, bool causal, float spread) {
    const TransformerShape shape{
        .vocabulary = by.size(), .context = 16, .width = 8, .heads = 2, .layers = 2, .hidden = 12, .causal = causal};
    std::vector<float> weights = initial_weights(shape, 3);
    Random random(4);
    for (float& weight : weights) weight = spread == 0 ? 0 : weight + spread * random.normal();
    return LanguageModel::create(shape, std::move(weights),
                                 BytePairs::from_merges({by.merges().begin(), by.merges().end()}).value())
        .value();
}

}  // namespace

TEST_CASE("a corpus is read with its documents, sentences, words and characters") {
    const BytePairs by = pairs();
    const TokenCorpus read = corpus(by);
    REQUIRE(read.documents.size() == 3);
    CHECK(read.words == 15);
    CHECK(read.characters == two_texts.size() - 2);
    CHECK(read.tokens[read.documents[1]] == border_token);
    std::set<std::string> beginnings;
    for (std::size_t s = 0; s < read.sentences.size(); ++s) {
        const std::size_t end = read.documents[read.in_document[s] + 1];
        const std::vector<Token> rest(read.tokens.begin() + static_cast<std::ptrdiff_t>(read.sentences[s]),
                                      read.tokens.begin() + static_cast<std::ptrdiff_t>(end));
        beginnings.insert(text_of(by, rest).substr(0, 8));
    }
    CHECK(beginnings ==
          std::set<std::string>{"The cat ", " It purr", "The dog ", "One day ", " \"Oh.\" S", " She lef"});
}

TEST_CASE("a file that is no corpus is refused in words") {
    const BytePairs by = pairs();
    TemporaryFile file;
    file.fill("no byte 0 in front");
    CHECK(read_corpus(file.path, "bad", by).error().code == "bad-file");
    file.fill("");
    CHECK(read_corpus(file.path, "bad", by).error().code == "bad-file");
    CHECK(read_corpus(file.path + ".not-there", "bad", by).error().code == "no-file");
}

TEST_CASE("a sequence begins with the border, at a sentence or a document, and ends with its document") {
    const BytePairs by = pairs();
    TokenCorpus read = corpus(by);
    for (const double whole : {0.0, 1.0}) {
        read.whole = whole;
        Random random(1);
        std::set<std::string> seen;
        for (int i = 0; i < 200; ++i) {
            const auto sequence = draw_sequence(read, 100, random);
            REQUIRE(sequence.front() == border_token);
            CHECK(sequence.back() == border_token);
            seen.insert(text_of(by, std::span(sequence).subspan(1, sequence.size() - 2)));
            CHECK(draw_sequence(read, 4, random).size() == 4);
        }
        CHECK(seen.size() == (whole == 0 ? 6u : 2u));
        CHECK(seen.contains("One day it rained. \"Oh.\" She left."));
    }
    read.whole = 1;
    Random random(2);
    for (int i = 0; i < 50; ++i) {
        const auto sentences = draw_sentences(read, 8, by, random);
        CHECK(ends_sentence(by.text(sentences.back())));
        CHECK(sentences.size() <= 8);
    }
}

TEST_CASE("a causal batch asks each token for the next, the last for the end") {
    const BytePairs by = pairs();
    const std::vector<TokenCorpus> corpora{corpus(by)};
    TransformerPass pass;
    TransformerLoss loss;
    Random random(3);
    draw_batch(corpora, by, {.tokens = 200, .longest = 12, .causal = true}, random, pass, loss);
    CHECK(pass.rows() >= 200);
    REQUIRE(pass.asked.size() == pass.rows());
    for (std::size_t s = 0; s + 1 < pass.starts.size(); ++s) {
        CHECK(pass.tokens[pass.starts[s]] == border_token);
        CHECK(pass.starts[s + 1] - pass.starts[s] <= 12);
        for (std::size_t n = pass.starts[s]; n + 1 < pass.starts[s + 1]; ++n)
            CHECK(loss.targets[n] == pass.tokens[n + 1]);
    }
}

TEST_CASE("a bidirectional batch asks for a share of the tokens, most of them blanked, never for the border") {
    const BytePairs by = pairs();
    const std::vector<TokenCorpus> corpora{corpus(by)};
    TransformerPass pass;
    TransformerLoss loss;
    Random random(3);
    draw_batch(corpora, by, {.tokens = 20000, .longest = 14, .causal = false, .masked = 0.2}, random, pass, loss);
    std::size_t blanked = 0;
    std::size_t as_they_are = 0;
    std::set<std::uint32_t> asked(pass.asked.begin(), pass.asked.end());
    for (std::size_t r = 0; r < pass.asked.size(); ++r) {
        blanked += pass.tokens[pass.asked[r]] == blank_token ? 1 : 0;
        as_they_are += pass.tokens[pass.asked[r]] == loss.targets[r] ? 1 : 0;
        CHECK(loss.targets[r] != border_token);
    }
    for (std::size_t s = 0; s + 1 < pass.starts.size(); ++s) {
        CHECK(!asked.contains(static_cast<std::uint32_t>(pass.starts[s])));
        const auto first = asked.lower_bound(static_cast<std::uint32_t>(pass.starts[s]));
        CHECK((first != asked.end() && *first < pass.starts[s + 1]));  // one at least
    }
    const double all = static_cast<double>(pass.asked.size());
    CHECK(std::abs(static_cast<double>(blanked) / all - 0.8) < 0.03);
    CHECK(std::abs(static_cast<double>(as_they_are) / all - 0.1) < 0.03);
}

TEST_CASE("the same seed gives the same batch") {
    const BytePairs by = pairs();
    const std::vector<TokenCorpus> corpora{corpus(by)};
    for (const bool causal : {true, false}) {
        TransformerPass one, other;
        TransformerLoss loss, more;
        Random first(5), second(5);
        draw_batch(corpora, by, {.tokens = 300, .longest = 12, .causal = causal}, first, one, loss);
        draw_batch(corpora, by, {.tokens = 300, .longest = 12, .causal = causal}, second, other, more);
        CHECK(one.tokens == other.tokens);
        CHECK(one.asked == other.asked);
        CHECK(loss.targets == more.targets);
    }
}

TEST_CASE("a model that knows nothing pays ln V for each token") {
    const BytePairs by = pairs();
    KernelMultiplier multiplier;
    for (const bool causal : {true, false}) {
        const LanguageModel blank_slate = model(by, causal, 0);
        const TokenCorpus read = corpus(by);
        const TextScore score = score_text(blank_slate, read, 1000, multiplier);
        CHECK(score.tokens == read.tokens.size() - 2);
        CHECK(score.words == 15);
        CHECK(score.characters == two_texts.size());  // two line ends in the place of two bytes 0
        CHECK(std::abs(score.nats / static_cast<double>(score.tokens) - std::log(static_cast<double>(by.size()))) <
              1e-5);
        const TextScore part = score_text(blank_slate, read, 5, multiplier);
        CHECK(part.tokens >= 5);
        CHECK(part.tokens < score.tokens);
    }
}

TEST_CASE("the cost of a sentence is the sum of −ln p of its tokens, each given what the model may see") {
    const BytePairs by = pairs();
    KernelMultiplier multiplier;
    for (const bool causal : {true, false}) {
        const LanguageModel trained = model(by, causal, 0.3f);
        const auto tokens = trained.tokens("The cat ran.");
        REQUIRE(tokens.size() <= 16);
        double nats = 0;
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            std::vector<Token> given = tokens;
            if (!causal) given[i] = blank_token;
            const auto pass = trained.run(given, {}, multiplier).value();
            const std::size_t row = causal ? i - 1 : i;
            const auto logits = std::span(pass.logits).subspan(row * by.size(), by.size());
            double total = 0;
            for (const float logit : logits) total += std::exp(static_cast<double>(logit));
            nats += std::log(total) - static_cast<double>(logits[tokens[i]]);
        }
        CHECK(std::abs(score_sentence(trained, "The cat ran.", multiplier).nats - nats) < 1e-3);
    }
}

TEST_CASE("the grammar probe counts pairs by phenomenon, a tie as half") {
    const BytePairs by = pairs();
    KernelMultiplier multiplier;
    const LanguageModel trained = model(by, true, 0.3f);
    const double cat = score_sentence(trained, "The cat ran.", multiplier).nats;
    const double dog = score_sentence(trained, "The dog sat!", multiplier).nats;
    REQUIRE(cat != dog);
    const std::vector<GrammarPair> given{{"a", "The cat ran.", "The dog sat!"},
                                         {"b", "The cat ran.", "The cat ran."},
                                         {"a", "The dog sat!", "The cat ran."}};
    const auto scores = score_grammar(trained, given, multiplier);
    REQUIRE(scores.size() == 2);
    CHECK(scores[0].phenomenon == "a");
    CHECK(scores[0].pairs == 2);
    CHECK(scores[0].passed == 1);
    CHECK(scores[1].passed == 0.5);
    TemporaryFile file;
    file.fill("# remark\na\tIt ran.\tIt run.\n\n");
    const auto read = read_grammar_pairs(file.path).value();
    REQUIRE(read.size() == 1);
    CHECK(read[0].wrong == "It run.");
    file.fill("a\tIt ran.\n");
    CHECK(read_grammar_pairs(file.path).error().message.find("line 1") != std::string::npos);
}

TEST_CASE("a training run's checkpoint comes back as it was, and a damaged one is refused") {
    const TransformerShape shape{.vocabulary = 5, .context = 3, .width = 4, .heads = 2, .layers = 1, .hidden = 0};
    TransformerCheckpoint checkpoint{
        .settings = "steps 7",
        .shape = shape,
        .merges = {{1, 2}, {3, 4}},
        .weights = initial_weights(shape, 1),
        .optimizer = {.steps = 7, .first = initial_weights(shape, 2), .second = initial_weights(shape, 3)},
        .curve = "step 7 loss 1.5\n"};
    TemporaryFile file;
    REQUIRE(write_transformer_checkpoint(file.path, checkpoint).ok());
    const auto back = read_transformer_checkpoint(file.path).value();
    CHECK(back.settings == checkpoint.settings);
    CHECK(back.shape == shape);
    CHECK(back.merges == checkpoint.merges);
    CHECK(back.weights == checkpoint.weights);
    CHECK(back.optimizer.steps == 7);
    CHECK(back.optimizer.first == checkpoint.optimizer.first);
    CHECK(back.optimizer.second == checkpoint.optimizer.second);
    CHECK(back.curve == checkpoint.curve);

    std::ifstream in(file.path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    for (std::size_t length = 0; length < bytes.size(); length += 13) {
        CAPTURE(length);
        file.fill(std::string_view(bytes).substr(0, length));
        CHECK(!read_transformer_checkpoint(file.path).ok());
    }
    Random random(6);
    for (int round = 0; round < 300; ++round) {  // lengths that lie ask for no memory, and nothing crashes
        std::string damaged = bytes;
        damaged[random.below(200)] = static_cast<char>(random.below(256));
        file.fill(damaged);
        (void)read_transformer_checkpoint(file.path);
    }
    file.fill(bytes + "x");
    CHECK(!read_transformer_checkpoint(file.path).ok());
}
