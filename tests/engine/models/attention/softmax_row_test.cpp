#include "engine/models/attention/softmax_row.h"

#include <cmath>
#include <limits>

#include "engine/models/attention/explain_softmax.h"
#include "engine/models/attention/softmax_numbers.h"
#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// The parts of a number of softmax make up its result; exponentials by the formula that they show.
bool makes_up(const Explanation& e) {
    if (e.kind != Kind::activation) return recombines(e);
    if (e.formula != "exp(score − max score)") return false;
    const double value = std::exp(static_cast<double>(e.terms.at(0).value));
    return std::abs(value - static_cast<double>(e.result)) <= 0x1p-24 * value + 0x1p-149;
}

}  // namespace

TEST_CASE("weights and slopes follow their definition in double") {
    Random random(5);
    for (int round = 0; round < 60; ++round) {
        std::vector<float> scores = random_vector(random, 1 + random.below(40));
        const float scale = random.normal() * 4;
        const SoftmaxRow row = softmax_row(scores, scale).value();
        std::vector<double> exact(scores.size());
        reference::softmax(row.scaled, 1, exact);
        double sum = 0;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            CHECK(row.scaled[i] == scale * scores[i]);
            // The gap's own rounding is |gap| u of the weight; the exponential, the sum and the quotient add one each.
            const double gap = static_cast<double>(row.totals.largest) - static_cast<double>(row.scaled[i]);
            CHECK(std::abs(static_cast<double>(row.weights[i]) - exact[i]) <= (4 + gap) * 0x1p-24 * exact[i] + 1e-45);
            CHECK(std::abs(static_cast<double>(row.slopes[i]) - exact[i] * (1 - exact[i])) <= 2e-7);
            sum += static_cast<double>(row.weights[i]);
        }
        CHECK(std::abs(sum - 1) < 1e-6);
    }
}

TEST_CASE("scale 0 shares out evenly, and huge scores leave one weight and no slope") {
    const std::vector<float> scores{3, -1e30f, 1e30f, 7};
    const SoftmaxRow even = softmax_row(scores, 0).value();
    CHECK(even.weights == std::vector<float>(4, 0.25f));
    CHECK(even.slopes == std::vector<float>(4, 0.1875f));
    const SoftmaxRow one = softmax_row(scores, 1).value();
    CHECK(one.weights == std::vector<float>{0, 0, 1, 0});
    CHECK(one.slopes == std::vector<float>(4, 0));
    const SoftmaxRow apart = softmax_row(std::vector<float>{-3e38f, 3e38f}, 1).value();  // their gap is −∞
    CHECK(apart.weights == std::vector<float>{0, 1});
    CHECK(softmax_row(std::vector<float>{5}, 1).value().weights == std::vector<float>{1});
}

TEST_CASE("places that take no part get 0, and a row without any is all 0") {
    const std::vector<float> scores{9, 1, 1};
    const std::vector<unsigned char> seen{0, 1, 1};
    std::vector<float> weights(3, 7);
    const RowTotals totals = share_out(scores, seen, weights);
    CHECK(weights == std::vector<float>{0, 0.5f, 0.5f});
    CHECK(totals.seen == 2);
    CHECK(totals.top == 1);
    CHECK(totals.largest == 1);
    CHECK(totals.exp_sum == 2);
    CHECK(share_out(scores, std::vector<unsigned char>(3, 0), weights).seen == 0);
    CHECK(weights == std::vector<float>(3, 0));
}

TEST_CASE("every number of a row leads down to its scores, each within its bound") {
    Random random(8);
    for (int round = 0; round < 40; ++round) {
        std::vector<float> scores = random_vector(random, 1 + random.below(12));
        if (round % 8 == 1) scores.back() = scores.front();
        if (round % 8 == 2) scores[0] = 1e30f;
        const float scales[] = {1, 0, 0.125f, 30, -2};
        const SoftmaxRow row = softmax_row(scores, scales[round % 5]).value();
        const Explain explain = [&](const std::string& address) { return explain_softmax(row, address); };
        for (const std::string family : {"score", "scaled", "gap", "exp", "weight", "rest", "slope"}) {
            verify_to_the_ground(explain, "softmax/" + family + "[" + std::to_string(random.below(scores.size())) + "]",
                                 random, makes_up);
        }
        for (const std::string address : {"softmax/largest", "softmax/exp_sum"})
            verify_to_the_ground(explain, address, random, makes_up);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            CHECK(explain("softmax/weight[" + std::to_string(i) + "]").value().result == row.weights[i]);
            CHECK(explain("softmax/slope[" + std::to_string(i) + "]").value().result == row.slopes[i]);
        }
    }
}

TEST_CASE("bounds allow for another largest score than the one in double") {
    // Either may be ahead by as much as 8: the one that leads in double may end with an exponential of e⁻⁸.
    const std::vector<rounding::Bounded> scores{{1000, 5}, {998, 5}};
    const SoftmaxBounds bounds = bound_softmax(scores, {});
    const float f32[] = {995, 1003};
    std::vector<float> weights(2);
    const RowTotals totals = share_out(f32, {}, weights);
    CHECK(std::abs(static_cast<double>(totals.largest) - bounds.largest.value) <= bounds.largest.error);
    for (std::size_t i = 0; i < 2; ++i) {
        const float gap = softmax_gap(f32[i], totals.largest);
        CHECK(std::abs(static_cast<double>(gap) - bounds.gap[i].value) <= bounds.gap[i].error);
        CHECK(std::abs(static_cast<double>(softmax_exp(gap)) - bounds.exp[i].value) <= bounds.exp[i].error);
        CHECK(std::abs(static_cast<double>(weights[i]) - bounds.weight[i].value) <= bounds.weight[i].error);
        CHECK(bounds.weight[i].error <= 1);
    }
}

TEST_CASE("rows and addresses that cannot be are refused in words") {
    CHECK(softmax_row({}, 1).error().code == "empty-input");
    CHECK(softmax_row(std::vector<float>{1, std::numeric_limits<float>::quiet_NaN()}, 1).error().code == "not-finite");
    CHECK(softmax_row(std::vector<float>{1}, std::numeric_limits<float>::infinity()).error().code == "not-finite");
    const Error beyond = softmax_row(std::vector<float>{1, 1e30f}, 1e30f).error();
    CHECK(beyond.code == "not-finite");
    CHECK(beyond.message.find("scores[1]") != std::string::npos);
    const SoftmaxRow row = softmax_row(std::vector<float>{1, 2}, 1).value();
    for (const auto* address :
         {"", "softmax", "softmax/", "softmax/weight", "softmax/weight[2]", "softmax/weight[0][1]",
          "softmax/exp_sum[1]", "softmax/nothing[0]", "pair/dot", "softmax/gap[x]"}) {
        INFO(address);
        CHECK(explain_softmax(row, address).error().code == "unknown-address");
    }
}
