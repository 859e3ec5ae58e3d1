#include "engine/models/probes/word_states.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/engine/support/tiny_transformer.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("the states of words are those of a run, to the last bit, at every layer") {
    for (const bool causal : {true, false}) {
        const auto model = tiny_model(causal);
        KernelMultiplier multiplier;
        WordStates states(model->shape());
        const std::vector<std::string> texts{"The dog ran to the cat.", "The sun went down", "Come up"};
        const std::vector<std::vector<std::uint32_t>> places{{1, 3, 2}, {}, {2}};
        std::vector<TextOfWords> all;
        for (std::size_t s = 0; s < texts.size(); ++s) all.push_back({model->tokens(texts[s]), places[s]});
        REQUIRE_FALSE(states.add(*model, std::span(all).first(2), multiplier).has_value());
        REQUIRE_FALSE(states.add(*model, std::span(all).subspan(2), multiplier).has_value());
        REQUIRE_FALSE(states.add(*model, {}, multiplier).has_value());
        REQUIRE(states.count() == 4);
        CHECK(states.layers() == 2);
        for (std::size_t l = 0; l <= 2; ++l) {
            std::size_t n = 0;
            for (std::size_t s = 0; s < texts.size(); ++s) {
                const auto pass = model->run(model->tokens(texts[s]), {}, multiplier).value();
                const auto& rows = l == 0 ? pass.x : pass.layers[l - 1].out;
                for (const std::uint32_t place : places[s]) {
                    const auto row = std::span(rows).subspan(place * states.width(), states.width());
                    CHECK(std::ranges::equal(states.layer(l).row(n++), row));
                }
            }
        }
    }
}

TEST_CASE("states refuse another model, a text that is too long and places that are not there") {
    const auto model = tiny_model();
    KernelMultiplier multiplier;
    WordStates states(model->shape());
    const auto refused = [&](std::vector<Token> tokens) {
        const std::vector<TextOfWords> texts{{{border_token, 3}, {1}}, {std::move(tokens), {1}}};
        return states.add(*model, texts, multiplier)->code;
    };
    CHECK(refused(std::vector<Token>(25, 3)) == "too-long");
    CHECK(refused({border_token}) == "out-of-range");
    CHECK(refused({}) == "out-of-range");
    CHECK(refused({border_token, 100000}) == "out-of-range");
    TransformerShape wider = model->shape();
    wider.width = 24;
    CHECK(WordStates(wider).add(*model, {}, multiplier)->code == "bad-shape");
    CHECK(states.count() == 0);
}
