#include "engine/models/probes/explain_probe.h"

#include "engine/kernels/kernels.h"
#include "engine/models/attention/softmax_row.h"
#include "engine/models/probes/word_states.h"
#include "tests/engine/models/explanations/explanations.h"
#include "tests/engine/support/tiny_transformer.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// A probe of as many classes as names, random weights, at a layer of a run of the tiny model.
struct ProbeCase {
    std::shared_ptr<const LanguageModel> model = tiny_model();
    Interventions none;
    KernelMultiplier multiplier;
    TransformerPass pass;
    Probe probe;
    std::size_t layer;
    TransformerContext transformer{model->shape(), model->weights(), pass, none, {}};
    ProbeContext context{probe, layer, transformer};

    ProbeCase(std::size_t l, const std::vector<std::string>& classes)
        : pass(model->run(model->tokens("The dog ran to the cat."), {}, multiplier).value()),
          probe{zero_layer(model->shape().width, classes.size()), classes},
          layer(l) {
        Random random(8);
        random.fill_normal(probe.layer.weights);
        random.fill_normal(probe.layer.biases);
    }
    [[nodiscard]] std::size_t rows() const { return pass.rows(); }
    [[nodiscard]] Explain explain() const {
        return [this](const std::string& address) { return explain_probe(context, address); };
    }
};

/// As in the transformer's own test: a matmul and an exp of the kernels are not added up as dot() and std::exp are.
bool makes_up(const Explanation& e) {
    if (e.kind == Kind::dot) {
        double made = 0;
        double magnitudes = 0;
        for (const float product : e.products) {
            made += static_cast<double>(product);
            magnitudes += std::abs(static_cast<double>(product));
        }
        const double bound = static_cast<double>(e.products.size() + 8) * 0x1p-23 * magnitudes;
        return std::abs(made - static_cast<double>(e.result)) <= bound;
    }
    if (e.kind == Kind::activation) return e.terms.size() == 1;
    if (e.kind == Kind::sum && e.terms.size() == 2) return std::abs(e.check.difference) <= e.check.bound;
    return recombines(e);
}

}  // namespace

TEST_CASE("every number of a probe leads down to what was learned and to the transformer's tokens and weights") {
    const std::vector<std::string> three{"noun", "verb", "other"};
    Random random(5);
    for (const std::size_t layer : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
        const ProbeCase of(layer, three);
        const auto t = [&] { return std::to_string(random.below(of.rows())); };
        const auto k = [&] { return std::to_string(random.below(3)); };
        for (int round = 0; round < 25; ++round) {
            for (const char* family : {"score", "dot", "gap", "exp", "probability"})
                verify_to_the_ground(of.explain(), "probe/" + std::string(family) + "[" + t() + "," + k() + "]", random,
                                     makes_up);
            for (const char* family : {"largest", "exp_sum"})
                verify_to_the_ground(of.explain(), "probe/" + std::string(family) + "[" + t() + "]", random, makes_up);
        }
        const ProbeCase two(layer, {"no", "yes"});
        for (int round = 0; round < 25; ++round) {
            for (const char* family : {"margin", "projection"})
                verify_to_the_ground(two.explain(), "probe/" + std::string(family) + "[" + t() + "]", random, makes_up);
            verify_to_the_ground(two.explain(), "probe/difference[" + std::to_string(random.below(12)) + "]", random,
                                 makes_up);
        }
        verify_to_the_ground(two.explain(), "probe/bias_difference", random, makes_up);
    }
}

TEST_CASE("explained scores are those that the probe gives, and a dot product names the state it reads") {
    const ProbeCase of(2, {"noun", "verb", "other"});
    const std::size_t D = of.model->shape().width;
    for (std::size_t t = 0; t < of.rows(); ++t) {
        std::vector<float> scores(3);
        std::vector<float> shares(3);
        of.probe.scores(std::span(of.pass.layers[1].out).subspan(t * D, D), scores);
        share_out(scores, {}, shares);
        for (std::size_t k = 0; k < 3; ++k) {
            const std::string at = "[" + std::to_string(t) + "," + std::to_string(k) + "]";
            CHECK(of.explain()("probe/score" + at).value().result == scores[k]);
            CHECK(of.explain()("probe/probability" + at).value().result == shares[k]);
        }
    }
    const ProbeCase two(1, {"no", "yes"});
    const ProbeDirection between = direction(two.probe.layer);
    const float margin = between.margin(std::span(two.pass.layers[0].out).subspan(4 * D, D));
    CHECK(two.explain()("probe/margin[4]").value().result == margin);
    CHECK((two.explain()("probe/score[4,1]").value().result > two.explain()("probe/score[4,0]").value().result) ==
          (margin > 0));

    const Explanation made = of.explain()("probe/dot[3,1]").value();
    CHECK(made.operands.at(0).address == "probe/weight[1]");
    CHECK(made.operands.at(1).address == "transformer/L2/out[3]");
    CHECK(ProbeCase(0, {"a", "b"}).explain()("probe/dot[3][1]").value().operands.at(1).address == "transformer/x[3]");
    CHECK(made.result == plain::dot(made.operands[0].values, made.operands[1].values));
}

TEST_CASE("addresses that lead nowhere say so and show one that leads somewhere") {
    const ProbeCase three(1, {"a", "b", "c"});
    const ProbeCase two(1, {"no", "yes"});
    const std::string rows = std::to_string(three.rows());
    for (const std::string bad :
         {"", "probe", "probe/", "probe/nothing[0]", "probe/score[0]", "probe/score[0,3]", "probe/score[,]",
          "probe/score[-1,0]", "probe/weight[0,12]", "probe/bias[3]", "probe/score[0,0", "probe/margin[0]",
          "probe/difference[0]", "probe/bias_difference", "words/score[0]", "transformer/nothing[0]"}) {
        INFO(bad);
        const auto found = three.explain()(bad);
        REQUIRE_FALSE(found.ok());
        CHECK(found.error().code == "unknown-address");
        CHECK_FALSE(found.error().detail.empty());
    }
    CHECK_FALSE(three.explain()("probe/score[" + rows + ",0]").ok());
    CHECK(two.explain()("probe/margin[0]").ok());
    CHECK_FALSE(two.explain()("probe/difference[12]").ok());
}
