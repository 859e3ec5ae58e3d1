// The derivatives of a transformer against finite differences of the loss.
#include "engine/models/transformer/transformer_backward.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

namespace {

struct Subject {
    TransformerShape shape;
    std::vector<float> weights;
    TransformerPass pass;
    TransformerLoss loss;
    KernelMultiplier multiplier;

    /// Sequences of these lengths with random tokens; every second row, and the last, is asked for a random token.
    Subject(const TransformerShape& form, const std::vector<std::size_t>& lengths, std::uint64_t seed) : shape(form) {
        Random random(seed);
        weights = initial_weights(shape, seed);
        for (float& w : weights) w += 0.15f * random.normal();  // no matrix of zeros, no gain of exactly 1
        pass.keep = Keep::weights;
        pass.starts = {0};
        for (const std::size_t length : lengths) {
            for (std::size_t i = 0; i < length; ++i) {
                if (i % 2 == 1 || i + 1 == length) {
                    pass.asked.push_back(static_cast<std::uint32_t>(pass.tokens.size()));
                    loss.targets.push_back(static_cast<Token>(random.below(shape.vocabulary)));
                }
                pass.tokens.push_back(static_cast<Token>(random.below(shape.vocabulary)));
            }
            pass.starts.push_back(pass.tokens.size());
        }
    }

    double loss_at(const std::vector<float>& where) {
        forward_into(shape, view_weights(shape, std::span(where)), {}, multiplier, pass);
        softmax_cross_entropy(shape, pass, loss, false);
        return loss.sum;
    }

    std::vector<float> gradients() {
        const auto view = view_weights(shape, std::span<const float>(weights));
        forward_into(shape, view, {}, multiplier, pass);
        softmax_cross_entropy(shape, pass, loss, true);
        std::vector<float> all(weights.size(), 0.0f);
        BackwardRoom room;
        backward(shape, view, multiplier, pass, view_weights(shape, std::span(all)), room);
        return all;
    }
};

/// The slope of the loss along a direction, from both sides.
double slope_along(Subject& subject, const std::vector<float>& direction, float step) {
    std::vector<float> moved = subject.weights;
    const auto at = [&](float t) {
        for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = subject.weights[i] + t * direction[i];
        return subject.loss_at(moved);
    };
    return (at(step) - at(-step)) / (2.0 * static_cast<double>(step));
}

const TransformerShape causal{.vocabulary = 11, .context = 9, .width = 12, .heads = 3, .layers = 2, .hidden = 20};
const TransformerShape seeing_all{
    .vocabulary = 7, .context = 6, .width = 8, .heads = 2, .layers = 3, .hidden = 12, .causal = false};
const TransformerShape attention_only{.vocabulary = 9, .context = 8, .width = 8, .heads = 1, .layers = 2, .hidden = 0};

}  // namespace

TEST_CASE("the derivative of every tensor agrees with finite differences") {
    for (const TransformerShape& shape : {causal, seeing_all, attention_only}) {
        Subject subject(shape, {5, 1, 6}, 4);
        const std::vector<float> gradients = subject.gradients();
        Random random(9);
        for (const TensorPlace& place : tensor_places(shape)) {
            CAPTURE(place.name, shape.layers);
            for (int round = 0; round < 4; ++round) {  // along random directions of this tensor alone
                std::vector<float> direction(gradients.size(), 0.0f);
                double slope = 0;
                double size = 0;
                for (std::size_t i = place.offset; i < place.offset + place.size(); ++i) {
                    direction[i] = random.normal();
                    slope += static_cast<double>(gradients[i]) * static_cast<double>(direction[i]);
                    size += static_cast<double>(gradients[i]) * static_cast<double>(gradients[i]);
                }
                // The loss is a float sum of about 20 nats: its rounding over the step, and the third derivative.
                CHECK(std::abs(slope_along(subject, direction, 2e-3f) - slope) < 4e-3 + 4e-3 * std::sqrt(size));
                CHECK(size > 0);
            }
        }
    }
}

TEST_CASE("each single weight of a small transformer has the derivative of finite differences") {
    Subject subject(attention_only, {7}, 2);
    const std::vector<float> gradients = subject.gradients();
    std::vector<float> direction(gradients.size(), 0.0f);
    for (std::size_t i = 0; i < gradients.size(); i += 3) {
        CAPTURE(i);
        direction[i] = 1;
        CHECK(std::abs(slope_along(subject, direction, 1e-3f) - static_cast<double>(gradients[i])) <
              4e-3 * (1 + std::abs(static_cast<double>(gradients[i]))));
        direction[i] = 0;
    }
}

TEST_CASE("a sequence's derivative does not depend on its neighbours in the batch") {
    Subject both(causal, {5, 4}, 7);
    Subject first(causal, {5}, 7);
    Subject second(causal, {4}, 7);
    first.weights = second.weights = both.weights;
    first.pass.tokens.assign(both.pass.tokens.begin(), both.pass.tokens.begin() + 5);
    second.pass.tokens.assign(both.pass.tokens.begin() + 5, both.pass.tokens.end());
    const auto wanted = both.loss.targets;
    first.loss.targets.assign(wanted.begin(), wanted.begin() + 3);
    second.loss.targets.assign(wanted.begin() + 3, wanted.end());
    const auto all = both.gradients();
    const auto one = first.gradients();
    const auto other = second.gradients();
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(all[i] - (one[i] + other[i])) < 2e-5f * (1 + std::abs(all[i])));
    }
}

TEST_CASE("the loss is −ln of the share that softmax gives the target") {
    Subject subject(causal, {6}, 3);
    subject.gradients();  // leaves derivatives in the place of the logits
    subject.loss_at(subject.weights);
    const std::size_t V = subject.shape.vocabulary;
    double sum = 0;
    for (std::size_t r = 0; r < subject.loss.targets.size(); ++r) {
        double total = 0;
        const float* logits = subject.pass.logits.data() + r * V;
        for (std::size_t v = 0; v < V; ++v) total += std::exp(static_cast<double>(logits[v]));
        const double loss = std::log(total) - static_cast<double>(logits[subject.loss.targets[r]]);
        CHECK(std::abs(static_cast<double>(subject.loss.losses[r]) - loss) < 1e-5);
        sum += loss;
    }
    CHECK(std::abs(subject.loss.sum - sum) < 1e-4);
}
