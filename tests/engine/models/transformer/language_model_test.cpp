#include "engine/models/transformer/language_model.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <numeric>

#include "tests/engine/support/tiny_transformer.h"

using namespace lab;
using namespace lab::testing;

namespace {

std::string code(const std::optional<Error>& error) { return error ? error->code : ""; }

/// Row t of [T, D].
std::vector<float> row(const std::vector<float>& matrix, std::size_t t, std::size_t width) {
    const auto from = matrix.begin() + static_cast<std::ptrdiff_t>(t * width);
    return {from, from + static_cast<std::ptrdiff_t>(width)};
}

}  // namespace

TEST_CASE("a text's tokens begin with the border, and blanks join with nothing") {
    const auto model = tiny_model();
    CHECK(model->tokens("") == std::vector<Token>{border_token});
    const auto plain = model->tokens("The cat ran");
    CHECK(plain.front() == border_token);
    CHECK(model->pairs().decode(std::span(plain).subspan(1)) == "The cat ran");
    CHECK(plain.size() < 8);  // some of it joined
    const auto gap = model->tokens("The cat\1 to the tree");
    CHECK(std::ranges::count(gap, blank_token) == 1);
    auto parts = model->tokens("The cat");
    parts.push_back(blank_token);
    const auto rest = model->tokens(" to the tree");
    parts.insert(parts.end(), rest.begin() + 1, rest.end());
    CHECK(gap == parts);
    CHECK(model->tokens("\1\1") == std::vector<Token>{border_token, blank_token, blank_token});
    CHECK(model->tokens(std::string_view("a\0b", 3)) == std::vector<Token>{border_token, 'a', border_token, 'b'});
}

TEST_CASE("a blank joins with nothing even where the tokenizer has learned that it might") {
    TransformerShape shape = tiny_shape(true);
    shape.vocabulary = 257;
    auto pairs = BytePairs::from_merges({{blank_token, '.'}}).value();
    const auto model = LanguageModel::create(shape, tiny_weights(shape, 1), std::move(pairs)).value();
    CHECK(model.pairs().encode("\1.") == std::vector<Token>{256});
    CHECK(model.tokens("\1.") == std::vector<Token>{border_token, blank_token, '.'});
}

TEST_CASE("a run keeps everything, and asks at every row") {
    const auto model = tiny_model();
    const TransformerShape& shape = model->shape();
    KernelMultiplier multiplier;
    const auto tokens = model->tokens("The dog sat");
    const TransformerPass pass = model->run(tokens, {}, multiplier).value();
    const std::size_t T = tokens.size();
    CHECK(pass.tokens == tokens);
    CHECK(pass.asked.size() == T);
    CHECK(pass.logits.size() == T * shape.vocabulary);
    for (const BlockPass& layer : pass.layers) {
        CHECK(layer.dots.size() == shape.heads * T * T);
        CHECK(layer.weights.size() == shape.heads * T * T);
        CHECK(layer.hidden.size() == T * shape.hidden);
    }
    const auto nothing = model->run({}, {}, multiplier).value();
    CHECK(nothing.tokens == std::vector<Token>{border_token});
    const std::vector<Token> full(shape.context, 'a');
    CHECK(model->run(full, {}, multiplier).ok());
}

TEST_CASE("a model that was moved still reads its own weights") {
    const TransformerShape shape = tiny_shape(true);
    auto first = LanguageModel::create(shape, tiny_weights(shape, 1), tiny_pairs()).value();
    KernelMultiplier multiplier;
    const auto before = first.run({0, 'a'}, {}, multiplier).value().logits;
    const LanguageModel second = std::move(first);
    CHECK(second.run({0, 'a'}, {}, multiplier).value().logits == before);
    CHECK(second.weights().final_norm[0] == tiny_weights(shape, 1)[weight_count(shape) - shape.width]);
}

TEST_CASE("a model without text runs on tokens as it does with a tokenizer, of however few kinds") {
    TransformerShape shape = tiny_shape(true);
    KernelMultiplier multiplier;
    const auto bare = LanguageModel::create_without_text(shape, tiny_weights(shape, 1)).value();
    const auto whole = LanguageModel::create(shape, tiny_weights(shape, 1), tiny_pairs()).value();
    CHECK(bare.run({0, 'a'}, {}, multiplier).value().logits == whole.run({0, 'a'}, {}, multiplier).value().logits);
    CHECK(LanguageModel::create_without_text(shape, {}).error().code == "bad-file");
    shape.vocabulary = 3;
    const auto few = LanguageModel::create_without_text(shape, tiny_weights(shape, 1)).value();
    CHECK(few.run({0, 2}, {}, multiplier).value().logits.size() == 6);
    CHECK(few.run({0, 3}, {}, multiplier).error().code == "out-of-range");
}

TEST_CASE("an ablated head writes nothing, and the others of its layer are as they were") {
    const auto model = tiny_model();
    const TransformerShape& shape = model->shape();
    KernelMultiplier multiplier;
    const auto tokens = model->tokens("The dog ran home");
    const auto whole = model->run(tokens, {}, multiplier).value();
    const auto less = model->run(tokens, {.ablated = {{0, 1}}, .patches = {}}, multiplier).value();
    const std::size_t d = shape.head_width();
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        for (std::size_t i = 0; i < shape.width; ++i) {
            const std::size_t at = t * shape.width + i;
            CHECK(less.layers[0].mixed[at] == (i / d == 1 ? 0 : whole.layers[0].mixed[at]));
        }
    }
    CHECK(less.layers[0].weights == whole.layers[0].weights);
    CHECK(less.logits != whole.logits);
}

TEST_CASE("a patched state is what the next layer reads; of two the later counts") {
    const auto model = tiny_model();
    const std::size_t D = model->shape().width;
    KernelMultiplier multiplier;
    const auto tokens = model->tokens("The dog ran home");
    const auto whole = model->run(tokens, {}, multiplier).value();
    std::vector<float> state(D);
    std::iota(state.begin(), state.end(), 1.0f);
    for (std::size_t layer = 0; layer <= model->shape().layers; ++layer) {
        const StatePatch other{layer, 2, std::vector<float>(D, 9.0f)};
        const auto pass =
            model->run(tokens, {.ablated = {}, .patches = {other, {layer, 2, state}}}, multiplier).value();
        const auto& patched = layer == 0 ? pass.x : pass.layers[layer - 1].out;
        const auto& before = layer == 0 ? whole.x : whole.layers[layer - 1].out;
        CHECK(row(patched, 2, D) == state);
        CHECK(row(patched, 1, D) == row(before, 1, D));
        const std::size_t V = model->shape().vocabulary;
        CHECK(row(pass.logits, 1, V) == row(whole.logits, 1, V));  // it looks back only
        CHECK(row(pass.logits, 2, V) != row(whole.logits, 2, V));
    }
}

TEST_CASE("a state patched into another run carries that run's answer along") {
    const auto model = tiny_model();
    const std::size_t D = model->shape().width;
    KernelMultiplier multiplier;
    const auto cat = model->tokens("The cat");
    const auto dog = model->tokens("The dog");
    REQUIRE(cat.size() == dog.size());
    const auto from = model->run(cat, {}, multiplier).value();
    const std::size_t last = cat.size() - 1;
    const std::size_t L = model->shape().layers;
    const auto patched =
        model->run(dog, {.ablated = {}, .patches = {{L, last, row(from.layers[L - 1].out, last, D)}}}, multiplier)
            .value();
    const std::size_t V = model->shape().vocabulary;
    CHECK(row(patched.logits, last, V) == row(from.logits, last, V));
}

TEST_CASE("what cannot be run is refused in words") {
    const auto model = tiny_model();
    const TransformerShape& shape = model->shape();
    const std::vector<Token> two{0, 'a'};
    const std::vector<float> state(shape.width, 1.0f);
    const auto refused = [&](const Interventions& interventions) { return code(model->check(two, interventions)); };
    CHECK(refused({}).empty());
    CHECK(code(model->check(std::vector<Token>(shape.context + 1, 'a'), {})) == "too-long");
    CHECK(code(model->check(std::vector<Token>{0, static_cast<Token>(shape.vocabulary)}, {})) == "out-of-range");
    CHECK(code(model->check(std::vector<Token>{0, static_cast<Token>(shape.vocabulary - 1)}, {})).empty());
    CHECK(refused({.ablated = {{2, 0}}, .patches = {}}) == "out-of-range");
    CHECK(refused({.ablated = {{0, 3}}, .patches = {}}) == "out-of-range");
    CHECK(refused({.ablated = {{1, 2}}, .patches = {}}).empty());
    CHECK(refused({.ablated = {}, .patches = {{2, 1, state}}}).empty());
    CHECK(refused({.ablated = {}, .patches = {{3, 1, state}}}) == "out-of-range");
    CHECK(refused({.ablated = {}, .patches = {{2, 2, state}}}) == "out-of-range");
    CHECK(refused({.ablated = {}, .patches = {{2, 1, {1, 2}}}}) == "length-mismatch");
    auto broken = state;
    broken[3] = std::numeric_limits<float>::quiet_NaN();
    CHECK(refused({.ablated = {}, .patches = {{0, 1, broken}}}) == "not-finite");
    CHECK(model->check(two, {.ablated = {{5, 0}}, .patches = {}})->message.find("is 6. Give 1 to 2") !=
          std::string::npos);
}

TEST_CASE("parts that do not belong together make no model") {
    const TransformerShape shape = tiny_shape(true);
    const auto code_of = [](const Result<LanguageModel>& made) { return made.ok() ? "" : made.error().code; };
    CHECK(code_of(LanguageModel::create(shape, {}, tiny_pairs())) == "bad-file");
    CHECK(code_of(LanguageModel::create(shape, tiny_weights(shape, 1), BytePairs::from_merges({}).value())) ==
          "bad-file");
    TransformerShape wrong = shape;
    wrong.heads = 5;
    CHECK(code_of(LanguageModel::create(wrong, {}, tiny_pairs())) == "out-of-range");
}
