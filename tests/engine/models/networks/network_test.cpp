#include "engine/models/networks/network.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/base/random.h"
#include "engine/models/networks/flip.h"

using namespace lab;

namespace {

const std::vector<std::string> three{"a", "b", "c"};

/// The loss of one row, in double and by the definition alone.
double reference_loss(std::span<const Layer> layers, Activation activation, std::vector<double> x, std::size_t label) {
    for (std::size_t l = 0; l < layers.size(); ++l) {
        std::vector<double> z(layers[l].outputs);
        for (std::size_t k = 0; k < z.size(); ++k) {
            z[k] = static_cast<double>(layers[l].biases[k]);
            for (std::size_t i = 0; i < x.size(); ++i) z[k] += static_cast<double>(layers[l].row(k)[i]) * x[i];
            if (l + 1 < layers.size()) {
                switch (activation) {
                    case Activation::relu:
                        z[k] = std::max(z[k], 0.0);
                        break;
                    case Activation::tanh:
                        z[k] = std::tanh(z[k]);
                        break;
                    case Activation::gelu:
                        z[k] = 0.5 * z[k] *
                               (1 + std::tanh(std::sqrt(2 / 3.14159265358979323846) *
                                              (z[k] + 0.044715 * z[k] * z[k] * z[k])));
                }
            }
        }
        x = std::move(z);
    }
    double sum = 0;
    for (const double logit : x) sum += std::exp(logit);
    return std::log(sum) - x[label];
}

Network deep(Activation activation, std::uint64_t seed) {
    auto made =
        Network::create({.inputs = 4, .hidden = {5, 3}, .classes = three, .activation = activation, .seed = seed});
    REQUIRE(made.ok());
    Network network = std::move(made).value();
    std::vector<Layer> layers(network.layers().begin(), network.layers().end());
    Random random(seed + 1);
    for (Layer& layer : layers) random.fill_normal(layer.biases);
    REQUIRE_FALSE(network.set_layers(layers).has_value());
    return network;
}

}  // namespace

TEST_CASE("derivatives agree with finite differences, in every layer and for the input") {
    for (const auto activation : {Activation::relu, Activation::tanh, Activation::gelu}) {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const Network network = deep(activation, seed);
            Random random(seed + 50);
            std::vector<float> x(4);
            random.fill_normal(x);
            const std::uint8_t label[] = {static_cast<std::uint8_t>(random.below(3))};
            const Pass pass = network.forward({x, 1, 4}, label).value();
            const std::vector<double> point(x.begin(), x.end());
            CHECK(static_cast<double>(pass.losses[0]) ==
                  Catch::Approx(reference_loss(network.layers(), activation, point, label[0])).epsilon(1e-5));

            // A step that floats hold exactly; the central difference is off by its square, and at a corner of relu by
            // a jump.
            constexpr float h = 0x1p-9f;
            const auto check = [&](float& weight, std::vector<Layer>& layers, double derivative) {
                const float kept = weight;
                const auto loss_at = [&](float value) {
                    weight = value;
                    return reference_loss(layers, activation, point, label[0]);
                };
                const float up = kept + h;
                const float down = kept - h;
                const double difference =
                    (loss_at(up) - loss_at(down)) / (static_cast<double>(up) - static_cast<double>(down));
                weight = kept;
                CHECK(derivative ==
                      Catch::Approx(difference).epsilon(2e-3).margin(activation == Activation::relu ? 5e-3 : 3e-4));
            };
            std::vector<Layer> layers(network.layers().begin(), network.layers().end());
            for (std::size_t l = 0; l < layers.size(); ++l) {
                const std::vector<float>& in = l == 0 ? pass.x : pass.layers[l - 1].h;
                for (std::size_t k = 0; k < layers[l].outputs; ++k) {
                    const double dz = static_cast<double>(pass.layers[l].dz[k]);
                    check(layers[l].biases[k], layers, dz);
                    for (std::size_t i = 0; i < layers[l].inputs; ++i)
                        check(layers[l].weights[k * layers[l].inputs + i], layers, dz * static_cast<double>(in[i]));
                }
            }
            for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
                // ∂loss/∂h: what a nudge of a unit does to the layers above it.
                const std::span<const Layer> above(layers.data() + l + 1, layers.size() - l - 1);
                for (std::size_t k = 0; k < layers[l].outputs; ++k) {
                    std::vector<double> units(pass.layers[l].h.begin(), pass.layers[l].h.end());
                    const auto loss_at = [&](double by) {
                        auto moved = units;
                        moved[k] += by;
                        return reference_loss(above, activation, moved, label[0]);
                    };
                    const double difference = (loss_at(1e-4) - loss_at(-1e-4)) / 2e-4;
                    CHECK(static_cast<double>(pass.layers[l].dh[k]) ==
                          Catch::Approx(difference).epsilon(1e-3).margin(2e-4));
                }
            }
        }
    }
}

TEST_CASE("softmax shares out one, whatever the logits and the temperature") {
    const Network network = Network::from_layers({{1, 3, {300, -5, 299}, {0, 0, 0}}}, Activation::relu, three).value();
    const std::vector<float> x{1};
    for (const float temperature : {0.01f, 1.0f, 100.0f}) {
        const Pass pass = network.forward({x, 1, 1}, {}, temperature).value();
        CHECK(pass.predicted[0] == 0);
        double sum = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const double wanted =
                std::exp((static_cast<double>(pass.layers[0].z[k]) - 300) / static_cast<double>(temperature));
            CHECK(static_cast<double>(pass.exps[k]) == Catch::Approx(wanted).epsilon(1e-6).margin(1e-38));
            sum += static_cast<double>(pass.probabilities[k]);
        }
        CHECK(sum == Catch::Approx(1).epsilon(1e-6));
    }
    // A probability too small for a float still has its loss.
    const std::uint8_t label[] = {1};
    CHECK(network.forward({x, 1, 1}, label).value().losses[0] == Catch::Approx(305.31326).epsilon(1e-6));
}

TEST_CASE("ties go to the lower class") {
    const Network network = Network::create({.inputs = 2, .hidden = {}, .classes = three}).value();
    const std::vector<float> x{1, 2};
    CHECK(network.forward({x, 1, 2}).value().predicted[0] == 0);
}

TEST_CASE("evaluation counts by truth and answer, and its loss is the mean of the passes'") {
    const Network network = deep(Activation::tanh, 9);
    Random random(3);
    std::vector<float> rows(40 * 4);
    random.fill_normal(rows);
    std::vector<std::uint8_t> labels(40);
    for (auto& label : labels) label = static_cast<std::uint8_t>(random.below(3));
    const Examples examples = make_examples(rows, 4, labels, three).value();
    const Evaluation found = network.evaluate(examples).value();
    const Pass pass = network.forward(examples.view(), labels).value();
    std::vector<std::uint32_t> confusion(9);
    double loss = 0;
    std::size_t correct = 0;
    for (std::size_t n = 0; n < 40; ++n) {
        ++confusion[labels[n] * 3u + pass.predicted[n]];
        loss += static_cast<double>(pass.losses[n]) / 40;
        correct += labels[n] == pass.predicted[n] ? 1 : 0;
    }
    CHECK(found.confusion == confusion);
    CHECK(found.correct == correct);
    CHECK(found.predicted == pass.predicted);
    CHECK(found.loss == Catch::Approx(loss).epsilon(1e-6));
}

TEST_CASE("a network refuses what does not fit") {
    Network network = deep(Activation::relu, 2);
    const std::vector<float> x{1, 2, 3, 4};
    const std::uint8_t bad[] = {3};
    CHECK(network.forward({x, 2, 2}).error().code == "length-mismatch");
    CHECK(network.forward({x, 1, 4}, bad).error().code == "out-of-range");
    CHECK(network.forward({x, 1, 4}, {}, 0).error().code == "out-of-range");
    const std::uint8_t good[] = {2};
    CHECK(network.forward({x, 1, 4}, good, 2).error().code == "out-of-range");
    const std::vector<float> far(4, std::numeric_limits<float>::max());
    CHECK(network.forward({far, 1, 4}).error().code == "not-finite");
    // A hidden unit at −∞ would be 0 after relu, and the logits finite.
    const Network hidden_overflow =
        Network::from_layers({{1, 1, {-2}, {0}}, {1, 3, {1, 2, 3}, {0, 0, 0}}}, Activation::relu, three).value();
    CHECK(hidden_overflow.forward({std::span(far).first(1), 1, 1}).error().code == "not-finite");
    CHECK(network.set_row(0, 0, x, 0)->code == "out-of-range");
    CHECK(network.set_row(1, 5, x, 0)->code == "out-of-range");
    CHECK(network.set_row(1, 0, std::span(x).first(3), 0)->code == "length-mismatch");
    CHECK(network.set_row(1, 0, x, std::nanf(""))->code == "not-finite");
    CHECK(network.set_layers({})->code == "bad-shape");
    const auto version = network.version();
    REQUIRE_FALSE(network.set_row(1, 0, x, 1).has_value());
    CHECK(network.version() == version + 1);
    CHECK(network.layers()[0].row(0)[2] == 3);

    CHECK(Network::create({.inputs = 0, .hidden = {}, .classes = three}).error().code == "out-of-range");
    CHECK(Network::create({.inputs = 1, .hidden = {0}, .classes = three}).error().code == "out-of-range");
    CHECK(Network::create({.inputs = 1, .hidden = {}, .classes = {"a"}}).error().code == "out-of-range");
    CHECK(Network::create({.inputs = 1, .hidden = {}, .classes = {"a", "a"}}).error().code == "bad-word");
    CHECK(Network::from_layers({zero_layer(2, 3), zero_layer(2, 3)}, Activation::relu, three).error().code ==
          "bad-shape");
    CHECK(Network::from_layers({zero_layer(2, 2)}, Activation::relu, three).error().code == "bad-shape");
    CHECK(Network::from_layers({{2, 3, {1}, {1, 2, 3}}}, Activation::relu, three).error().code == "bad-shape");
    CHECK(Network::from_layers({}, Activation::relu, three).error().code == "bad-shape");
}

TEST_CASE("random weights have the spread that their layer wants, and the same seed the same weights") {
    const auto spread = [](const Layer& layer) {
        double squares = 0;
        for (const float w : layer.weights) squares += static_cast<double>(w) * static_cast<double>(w);
        return squares / static_cast<double>(layer.weights.size());
    };
    const NetworkOptions options{
        .inputs = 100, .hidden = {60}, .classes = three, .activation = Activation::relu, .seed = 4};
    const Network relu = Network::create(options).value();
    CHECK(spread(relu.layers()[0]) == Catch::Approx(2.0 / 100).epsilon(0.1));
    auto other = options;
    other.activation = Activation::tanh;
    CHECK(spread(Network::create(other).value().layers()[0]) == Catch::Approx(2.0 / 160).epsilon(0.1));
    CHECK(Network::create(options).value().layers()[0].weights == relu.layers()[0].weights);
    other.seed = 5;
    CHECK(Network::create(other).value().layers()[0].weights != relu.layers()[0].weights);
}

TEST_CASE("the flip crosses the nearest border, along the difference of two class vectors") {
    const Network network =
        Network::from_layers({{2, 3, {1, 0, 0, 2, -1, -1}, {0, 0.5f, 0}}}, Activation::relu, three).value();
    const std::vector<float> x{2, -1};
    const Flip found = flip(network, x, std::nullopt).value();
    CHECK(found.from == 0);
    CHECK(found.distances[0] == 0);
    CHECK(found.to == (found.distances[1] < found.distances[2] ? 1 : 2));
    CHECK(network.forward({found.changed, 1, 2}).value().predicted[0] == found.to);
    for (std::size_t to = 1; to < 3; ++to) {
        const Flip there = flip(network, x, to).value();
        CHECK(there.to == to);
        CHECK(there.distance == Catch::Approx(there.distances[to]).epsilon(1e-3));
        const auto logits = network.forward({there.changed, 1, 2}).value().layers[0].z;
        CHECK(logits[to] > logits[0]);
        std::vector<float> short_of(2);
        for (std::size_t i = 0; i < 2; ++i) short_of[i] = x[i] + 0.99f * (there.changed[i] - x[i]);
        const auto before = network.forward({short_of, 1, 2}).value().layers[0].z;
        CHECK(before[to] < before[0]);
    }
    CHECK(flip(network, x, 0).error().code == "out-of-range");
    CHECK(flip(network, x, 3).error().code == "out-of-range");
    CHECK(flip(network, std::span(x).first(1), std::nullopt).error().code == "length-mismatch");
    CHECK(flip(deep(Activation::relu, 1), std::vector<float>(4), std::nullopt).error().code == "bad-option");
    const Network same = Network::from_layers({{1, 3, {2, 2, 2}, {1, 0, 0}}}, Activation::relu, three).value();
    CHECK(flip(same, std::vector<float>{1}, std::nullopt).error().code == "zero-vector");
}
