#include "engine/models/transformer/induction.h"

#include <bit>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace lab;

namespace {

/// FNV-1a over the bits of all weights.
std::uint64_t fingerprint(const std::vector<float>& weights) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const float w : weights) hash = (hash ^ std::bit_cast<std::uint32_t>(w)) * 0x100000001b3u;
    return hash;
}

InductionTraining begun(const InductionOptions& options) {
    auto training = InductionTraining::begin(options);
    REQUIRE(training.ok());
    return std::move(training).value();
}

}  // namespace

TEST_CASE("a sequence is a segment of random signs, over and over after the border") {
    Random random(3);
    std::array<bool, longest_segment + 1> met{};
    for (int i = 0; i < 200; ++i) {
        const InductionSequence one = draw_sequence(random);
        REQUIRE(one.tokens.size() == induction_places + 1);
        REQUIRE(one.segment >= shortest_segment);
        REQUIRE(one.segment <= longest_segment);
        met[one.segment] = true;
        CHECK(one.tokens[0] == 0);
        for (std::size_t t = 1; t < one.tokens.size(); ++t) {
            CHECK(one.tokens[t] >= 1);
            CHECK(one.tokens[t] <= induction_signs);
            if (t > one.segment) CHECK(one.tokens[t] == one.tokens[t - one.segment]);
        }
    }
    for (std::size_t segment = shortest_segment; segment <= longest_segment; ++segment) CHECK(met[segment]);
}

TEST_CASE("what repeats is told from what is new, and the turn from both") {
    // The border stands at 0 and the first run at 1 … 14: place 13 foretells its last sign, place 14 the first again.
    CHECK(foretold(0, 14) == Foretold::first);
    CHECK(foretold(13, 14) == Foretold::first);
    CHECK(foretold(14, 14) == Foretold::turn);
    CHECK(foretold(15, 14) == Foretold::repeated);
    CHECK(foretold(47, 14) == Foretold::repeated);
}

TEST_CASE("an untrained model guesses: every sign alike, and no head looks at anything") {
    const auto training = begun({.seed = 1, .steps = 1, .every = 1});
    REQUIRE(training.snapshots().size() == 1);
    const InductionSnapshot& start = training.snapshots().front();
    for (const double loss : start.held_out.loss) CHECK(loss == Catch::Approx(std::log(33.0)).margin(0.05));
    for (const HeadScores& head : start.heads) {
        CHECK(head.of(HeadKind::previous).weight < 0.15);
        CHECK(head.of(HeadKind::induction).weight < 0.15);
    }
    CHECK(std::isnan(training.batch().loss[0]));
}

TEST_CASE("a seed has one course of training, bit for bit on every machine") {
    auto training = begun({.seed = 1, .steps = 24, .every = 10});
    while (!training.done()) REQUIRE_FALSE(training.advance().has_value());
    REQUIRE_FALSE(training.advance().has_value());  // nothing more happens
    CHECK(training.steps() == 24);
    REQUIRE(training.snapshots().size() == 4);
    CHECK(training.snapshots()[1].step == 10);
    CHECK(training.snapshots()[3].step == 24);
    const std::uint64_t hash = fingerprint(training.snapshots().back().weights);
    INFO("0x" << std::hex << hash);
    CHECK(hash == 0x9054cec7586e02c3u);
    CHECK(std::isfinite(training.batch().loss[1]));

    auto other = begun({.seed = 2, .steps = 1, .every = 1});
    CHECK(other.snapshots().front().weights != training.snapshots().front().weights);
    CHECK(other.held_out().front().tokens == training.held_out().front().tokens);  // one measure for all seeds
}

TEST_CASE("a snapshot is measured without a head, and stays as it was") {
    auto training = begun({.seed = 1, .steps = 2, .every = 1});
    while (!training.done()) REQUIRE_FALSE(training.advance().has_value());
    const InductionSnapshot before = training.snapshots()[2];
    const auto all = training.measure_without(2, {});
    CHECK(all.held_out.loss == before.held_out.loss);
    const auto without = training.measure_without(2, {{0, 1}});
    CHECK(without.step == 2);
    CHECK(without.held_out.loss != before.held_out.loss);
    CHECK(without.heads[0].of(HeadKind::previous).weight == before.heads[0].of(HeadKind::previous).weight);
    CHECK(without.heads[4].of(HeadKind::previous).weight != before.heads[4].of(HeadKind::previous).weight);
    CHECK(training.snapshots()[2].weights == before.weights);
    CHECK(training.measure_without(1, {}).held_out.loss == training.snapshots()[1].held_out.loss);
}

TEST_CASE("what no training is gets an error that says what to give") {
    CHECK(InductionTraining::begin({.seed = 1, .steps = 0}).error().code == "out-of-range");
    CHECK(InductionTraining::begin({.seed = 1, .steps = 5001, .every = 100}).error().code == "out-of-range");
    CHECK(InductionTraining::begin({.seed = 1, .steps = 600, .every = 0}).error().code == "out-of-range");
    const auto many = InductionTraining::begin({.seed = 1, .steps = 1000, .every = 1});
    CHECK(many.error().message.find("at least 5 steps") != std::string::npos);
}
