#include "engine/models/transformer/transformer_pass.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/base/random.h"
#include "tests/engine/support/transformer_reference.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// An intermediate of the engine may be this share of the largest number of its kind away from the reference's. Both
/// begin with the same floats and take the same steps, so what differs is rounding: a sum of at most 40 products is off
/// by at most 41 · 2⁻²⁴ = 2.4e-6 of its magnitudes, some 20 such steps follow one another, and a norm or a softmax
/// passes on what it gets at a few times its size. Measured over these cases: at most 2e-6. Any mistake in a formula, a
/// mask or a place gives 1e-2 or more.
constexpr double tolerance = 2e-5;

double largest_of(std::span<const double> values) {
    double largest = 0;
    for (const double value : values) largest = std::max(largest, std::abs(value));
    return largest;
}

void same(const char* what, std::span<const float> got, std::span<const double> wanted, std::size_t from = 0) {
    INFO(what);
    REQUIRE(got.size() == wanted.size());
    const double most = tolerance * largest_of(wanted) + 1e-12;
    double worst = 0;
    for (std::size_t i = from; i < got.size(); ++i)
        worst = std::max(worst, std::isnan(got[i]) ? INFINITY : std::abs(static_cast<double>(got[i]) - wanted[i]));
    CHECK(worst <= most);
}

void same_pass(const TransformerPass& pass, const ReferencePass& wanted) {
    same("x", pass.x, wanted.x);
    REQUIRE(pass.layers.size() == wanted.layers.size());
    for (std::size_t l = 0; l < pass.layers.size(); ++l) {
        INFO("layer " << l + 1);
        const BlockPass& got = pass.layers[l];
        const ReferenceBlock& block = wanted.layers[l];
        same("rms1", got.rms1, block.rms1);
        same("normed1", got.normed1, block.normed1);
        same("qkv", got.qkv, block.qkv);
        if (pass.keep == Keep::everything) same("dots", got.dots, block.dots);
        if (pass.keep != Keep::neither) same("weights", got.weights, block.weights);
        same("mixed", got.mixed, block.mixed);
        same("attended", got.attended, block.attended);
        same("middle", got.middle, block.middle);
        same("rms2", got.rms2, block.rms2);
        same("normed2", got.normed2, block.normed2);
        same("hidden", got.hidden, block.hidden);
        same("active", got.active, block.active);
        same("fed", got.fed, block.fed);
        same("out", got.out, block.out);
    }
    same("rms", pass.rms, wanted.rms);
    same("normed", pass.normed, wanted.normed);
    const std::size_t V = wanted.logits.size() / pass.rows();
    std::vector<double> asked;
    for (const std::uint32_t row : pass.asked) {
        const auto begin = wanted.logits.begin() + static_cast<std::ptrdiff_t>(row * V);
        asked.insert(asked.end(), begin, begin + static_cast<std::ptrdiff_t>(V));
    }
    same("logits", pass.logits, asked);
}

/// Runs the sequences of these lengths through both.
void compare(const TransformerShape& shape, const std::vector<std::size_t>& lengths, std::uint64_t seed,
             const Interventions& interventions = {}, Keep keep = Keep::everything,
             std::vector<std::uint32_t> asked = {}) {
    INFO("layers " << shape.layers << ", heads " << shape.heads << ", hidden " << shape.hidden << ", causal "
                   << shape.causal << ", sequences " << lengths.size() << ", seed " << seed << ", keep "
                   << static_cast<int>(keep));
    const auto all = trained_like(shape, seed);
    TransformerPass pass;
    pass.keep = keep;
    pass.starts = {0};
    for (const std::size_t length : lengths) pass.starts.push_back(pass.starts.back() + length);
    pass.tokens = random_tokens(shape, pass.starts.back(), seed + 1);
    pass.asked = std::move(asked);
    if (pass.asked.empty()) {
        pass.asked.resize(pass.rows());
        std::iota(pass.asked.begin(), pass.asked.end(), 0u);
    }
    KernelMultiplier multiplier;
    const TransformerWeights weights = view_weights(shape, all);
    forward_into(shape, weights, interventions, multiplier, pass);
    same_pass(pass, reference_forward(shape, all, pass.tokens, pass.starts, interventions));
}

constexpr TransformerShape causal{
    .vocabulary = 23, .context = 12, .width = 24, .heads = 3, .layers = 3, .hidden = 40, .causal = true};

TransformerShape but(TransformerShape shape, auto change) {
    change(shape);
    return shape;
}

const std::vector<TransformerShape>& shapes() {
    static const std::vector<TransformerShape> all{
        causal,
        but(causal, [](auto& s) { s.causal = false; }),
        but(causal, [](auto& s) { s.hidden = 0; }),
        but(causal, [](auto& s) { s.hidden = 0, s.causal = false; }),
        but(causal, [](auto& s) { s.heads = 1, s.layers = 1; }),
        but(causal, [](auto& s) { s.heads = 24, s.hidden = 7; }),
        but(causal, [](auto& s) { s.width = 10, s.heads = 2, s.hidden = 13, s.vocabulary = 5; }),
        {.vocabulary = 1, .context = 3, .width = 1, .heads = 1, .layers = 2, .hidden = 1, .causal = true},
    };
    return all;
}

std::vector<float> some_state(std::size_t D, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> state(D);
    random.fill_normal(state);
    return state;
}

}  // namespace

TEST_CASE("every intermediate of a pass is what the definition says") {
    for (const TransformerShape& shape : shapes()) {
        for (const std::size_t T : {std::size_t{1}, std::size_t{2}, shape.context}) compare(shape, {T}, T);
    }
}

TEST_CASE("sequences side by side do not see each other") {
    for (const TransformerShape& shape : shapes()) {
        const std::size_t C = shape.context;
        compare(shape, {C, 1, 2, C, 3}, 7);
        compare(shape, {1, 1}, 8);
        compare(shape, {3, 2}, 9, {}, Keep::weights);
        compare(shape, {2, 3, C}, 10, {}, Keep::neither);
    }
}

TEST_CASE("logits are of the rows that were asked for") {
    for (const TransformerShape& shape : shapes()) {
        compare(shape, {3}, 3, {}, Keep::everything, {2});
        compare(shape, {3, 3}, 4, {}, Keep::everything, {0, 2, 5});
    }
}

TEST_CASE("a head that is switched off adds nothing, and later layers see that") {
    for (const Keep keep : {Keep::everything, Keep::neither}) {
        compare(causal, {7}, 1, {.ablated = {{0, 1}}, .patches = {}}, keep);
        compare(causal, {7, 4}, 2, {.ablated = {{2, 0}, {2, 1}, {2, 2}, {0, 2}}, .patches = {}}, keep);
        compare(shapes()[3], {7, 4}, 3, {.ablated = {{1, 0}}, .patches = {}}, keep);
    }
}

TEST_CASE("a state is replaced where it leaves a layer, and before the first one") {
    const std::size_t D = causal.width;
    for (const TransformerShape& shape : {shapes()[0], shapes()[1], shapes()[2]}) {
        for (std::size_t l = 0; l <= shape.layers; ++l) {
            compare(shape, {6}, l, {.ablated = {}, .patches = {{l, 2, some_state(D, l)}}});
            compare(shape, {3, 5}, l,
                    {.ablated = {{1, 1}}, .patches = {{l, 3, some_state(D, l)}, {0, 0, some_state(D, 9)}}},
                    Keep::neither);
        }
    }
    // It is the very state that was given.
    const auto all = trained_like(causal, 5);
    const auto state = some_state(D, 5);
    const auto pass = forward(causal, all, random_tokens(causal, 4, 5), {.ablated = {}, .patches = {{2, 3, state}}});
    CHECK(std::equal(state.begin(), state.end(), pass.layers[1].out.begin() + static_cast<std::ptrdiff_t>(3 * D)));
    CHECK(pass.layers[0].out == forward(causal, all, pass.tokens).layers[0].out);
}

TEST_CASE("text that grows token by token gives what the whole text gives") {
    for (const TransformerShape& shape : shapes()) {
        if (!shape.causal) continue;
        const auto all = trained_like(shape, 6);
        const TransformerWeights weights = view_weights(shape, std::span<const float>(all));
        const auto tokens = random_tokens(shape, shape.context, 6);
        const Interventions interventions{.ablated = {{shape.layers - 1, 0}},
                                          .patches = {{0, 1, some_state(shape.width, 2)}}};
        TransformerPass pass;
        pass.keep = Keep::neither;
        KernelMultiplier multiplier;
        for (std::size_t from = 0; from < tokens.size();) {
            const std::size_t to = std::min(tokens.size(), from == 0 ? 2 : from + 1 + from % 3);
            pass.tokens.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(to));
            pass.starts = {0, to};
            pass.asked = {static_cast<std::uint32_t>(to - 1)};
            forward_into(shape, weights, interventions, multiplier, pass, from);
            same_pass(pass, reference_forward(shape, all, pass.tokens, pass.starts, interventions));
            from = to;
        }
    }
}

TEST_CASE("a pass that is computed again in the same room is the same") {
    const auto all = trained_like(causal, 11);
    auto pass = forward(causal, all, random_tokens(causal, 12, 1));
    const auto logits = pass.logits;
    const TransformerWeights weights = view_weights(causal, std::span<const float>(all));
    KernelMultiplier multiplier;
    pass.tokens = random_tokens(causal, 5, 2);
    pass.starts = {0, 2, 5};
    pass.asked = {1, 4};
    forward_into(causal, weights, {}, multiplier, pass);
    same_pass(pass, reference_forward(causal, all, pass.tokens, pass.starts, {}));
    CHECK(forward(causal, all, random_tokens(causal, 12, 1)).logits == logits);
}
