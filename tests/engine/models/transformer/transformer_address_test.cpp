#include "engine/models/transformer/transformer_address.h"

#include <cmath>

#include "tests/engine/models/transformer/transformer_case.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("numbers are called as people call them") {
    TransformerCase of = make_case(causal, 4, 6);
    of.names = {"a", " the", " bank", " of", "d", "e", "f"};
    of.pass = forward(of.shape, of.all, {1, 2, 3, 1});
    const auto score = of.at("transformer/L2/H1/score[1][0]");
    CHECK(score.address == "transformer/L2/H1/score[1,0]");
    CHECK(score.label == "score of “ bank” looking at “ the” in layer 2, head 1");
    CHECK(score.kind == Kind::normalize);
    CHECK(score.terms.at(0).address == "transformer/L2/H1/dot[1,0]");
    CHECK(score.terms.at(1).label == "√3");
    const auto product = of.at(score.terms[0].address);
    CHECK(product.operands.at(0).address == "transformer/L2/H1/query[1]");
    CHECK(product.operands.at(1).address == "transformer/L2/H1/key[0]");
    CHECK(of.at("transformer/L2/H1/query[1][2]").address == "transformer/L2/H1/query[1,2]");
    CHECK(of.at("transformer/L2/H1/query[1,2][0]").address == "transformer/L2/H1/query[1,2]");
    CHECK(of.at("transformer/logit[2,4]").label == "logit of “d” at “ of”");
    CHECK(of.at("transformer/positions[5,2]").label == "row of position 6, place 3");
    CHECK(of.at("transformer/L1/mixed[2,4]").address == "transformer/L1/H2/mix[2,1]");
    CHECK(of.at("transformer/L1/qkv[2,10]").address == "transformer/L1/H2/key_weights[2,1]");
    CHECK(of.at("transformer/L1/qkv[2,10]").result == of.weights.layers[0].qkv.at(2, 10));
    of.names = {};
    CHECK(of.at("transformer/tokens[6,1]").label == "row of token 6, place 2");
}

TEST_CASE("a masked place, a head switched off and a replaced state say so") {
    const std::vector<float> state{1, 2, 3, 4, 5, 6};
    const TransformerCase of =
        make_case(causal, 5, 8, {.ablated = {{1, 0}}, .patches = {{1, 2, state}, {0, 3, state}}});
    const auto masked = of.at("transformer/L1/H1/weight[1,2]");
    CHECK(masked.kind == Kind::input);
    CHECK(masked.result == 0);
    CHECK(masked.label.find("may not look") != std::string::npos);
    CHECK(of.at("transformer/L1/H1/score[1,2]").label.find("hidden by the mask") != std::string::npos);
    CHECK(of.at("transformer/L1/H1/mix[1,2]").products.size() == 2);
    const auto off = of.at("transformer/L2/H1/mix[4,1]");
    CHECK(off.kind == Kind::input);
    CHECK(off.result == 0);
    CHECK(off.label.find("switched off") != std::string::npos);
    CHECK(of.at("transformer/L2/H1/part[4,1]").result == 0);
    CHECK(of.at("transformer/L1/H1/mix[4,1]").kind == Kind::dot);
    CHECK(of.at("transformer/L2/H2/mix[4,1]").kind == Kind::dot);
    for (const char* address : {"transformer/L1/out[2,4]", "transformer/x[3,4]"}) {
        const auto replaced = of.at(address);
        CHECK(replaced.kind == Kind::input);
        CHECK(replaced.result == 5);
        CHECK(replaced.label.find("replaced") != std::string::npos);
    }
    CHECK(of.at("transformer/L1/out[3,4]").kind == Kind::sum);
    CHECK(of.at("transformer/x[2,4]").kind == Kind::sum);
}

TEST_CASE("addresses that lead nowhere are refused in words, with one that leads somewhere") {
    const TransformerCase ordinary = make_case(causal, 3, 10);
    TransformerCase unasked = make_case(attention_only, 3, 10);
    unasked.pass.asked = {2};
    unasked.pass.logits.resize(unasked.shape.vocabulary);
    const auto refused = [](const TransformerCase& of, std::string_view address) {
        INFO(address);
        const auto answer = of.explain(address);
        REQUIRE_FALSE(answer.ok());
        CHECK(answer.error().code == "unknown-address");
        INFO(answer.error().message);
        CHECK(of.explain(answer.error().detail).ok());
    };
    for (const char* address : {"",
                                "transformer",
                                "transformer/",
                                "transformer/nothing",
                                "transformer/x",
                                "transformer/x[0]",
                                "transformer/x[0,6]",
                                "transformer/x[3,0]",
                                "transformer/x[0,0,1]",
                                "transformer/x[0,0",
                                "transformer/x0,0]",
                                "transformer/x[0,0]]",
                                "transformer/x[,]",
                                "transformer/x[0,]",
                                "transformer/x[-1,0]",
                                "transformer/x[00,0]",
                                "transformer/x[0, 0]",
                                "transformer/x[99999999999999999999,0]",
                                "transformer/score[0,0]",
                                "transformer/L1/score[0,0]",
                                "transformer/H1/score[0,0]",
                                "transformer/L0/out[0,0]",
                                "transformer/L3/out[0,0]",
                                "transformer/L01/out[0,0]",
                                "transformer/L1/H3/score[0,0]",
                                "transformer/L1/H0/score[0,0]",
                                "transformer/L/out[0,0]",
                                "transformer/L1out[0,0]",
                                "transformer/L1",
                                "transformer/L1/",
                                "transformer/L1/H1/",
                                "transformer/L1/H1/score",
                                "transformer/L1/H1/norm1[0,0]",
                                "transformer/L1/x[0,0]",
                                "transformer/tokens[7,0]",
                                "transformer/positions[6,0]",
                                "transformer/logit[0,7]",
                                "transformer/L1/H1/gap[0,1]",
                                "transformer/L1/H1/query[0,3]",
                                "transformer/L1/qkv[0,18]",
                                "transformer/L18446744073709551617/out[0,0]",
                                "network/logit[0][0]"})
        refused(ordinary, address);
    for (const char* address : {"transformer/L1/hidden[0,0]", "transformer/L1/norm2[0,0]", "transformer/L1/fed[0,0]",
                                "transformer/logit[0,0]", "transformer/probability[1,0]", "transformer/largest[9]"})
        refused(unasked, address);
    CHECK(unasked.explain("transformer/probability[2,1]").ok());
}

TEST_CASE("any text is answered: explained, or refused with an address that leads somewhere") {
    Random random(21);
    for (const auto& shape : {causal, attention_only}) {
        const TransformerCase of = make_case(shape, 3, 11);
        const auto asked = families_of(shape);
        constexpr std::string_view letters = "transformer/LH123[],0score-_ x\xE2\x80";
        std::size_t explained = 0;
        for (int round = 0; round < 4000; ++round) {
            std::string text = random_address(of, asked[random.below(asked.size())], random);
            if (round % 4 == 0) text = text.substr(0, 12 * random.below(2));
            const std::size_t changes = 1 + random.below(round % 4 == 0 ? 20 : 3);
            for (std::size_t change = 0; change < changes; ++change) {
                const std::size_t at = random.below(text.size() + 1);
                const char letter = letters[random.below(letters.size())];
                if (random.below(3) == 0)
                    text.insert(at, 1, letter);
                else if (at < text.size() && random.below(2) == 0)
                    text.erase(at, 1);
                else if (at < text.size())
                    text[at] = letter;
            }
            INFO(text);
            const auto answer = of.explain(text);
            if (answer.ok()) {
                ++explained;
                if (of.explain(answer.value().address).value().result != answer.value().result) FAIL("not canonical");
            } else {
                if (answer.error().code != "unknown-address") FAIL(answer.error().code);
                if (!of.explain(answer.error().detail).ok())
                    FAIL("the example leads nowhere: " << answer.error().detail);
            }
        }
        CHECK(explained > 20);
        CHECK(explained < 3000);
    }
}
