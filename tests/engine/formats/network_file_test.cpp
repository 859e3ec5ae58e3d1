#include "engine/formats/network_file.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/base/random.h"
#include "engine/formats/safetensors.h"

using namespace lab;

namespace {

NetworkFile small() {
    const auto network =
        Network::create({.inputs = 3, .hidden = {4}, .classes = {"yes", "no", "naïve"}, .activation = Activation::gelu})
            .value();
    return {{network.layers().begin(), network.layers().end()},
            network.activation(),
            network.classes(),
            {{"accuracy", 0.915}, {"held-out", 2000}, {"change", -0.25}, {"seed", 1}}};
}

/// The file with a change to what it is made of.
template <class Change>
Error refused(Change change) {
    auto content = read_safetensors(write_network_file(small())).value();
    change(content);
    const auto result = read_network_file(write_safetensors(content));
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == "bad-file");
    return result.error();
}

}  // namespace

TEST_CASE("a network is written and read again, with what was measured") {
    const NetworkFile file = small();
    const auto bytes = write_network_file(file);
    CHECK(bytes == write_network_file(small()));
    const auto read = read_network_file(bytes);
    REQUIRE(read.ok());
    const NetworkFile& found = read.value();
    CHECK(found.activation == Activation::gelu);
    CHECK(found.classes == file.classes);
    CHECK(found.figures == file.figures);
    REQUIRE(found.layers.size() == 2);
    for (std::size_t l = 0; l < 2; ++l) {
        CHECK(found.layers[l].inputs == file.layers[l].inputs);
        CHECK(found.layers[l].outputs == file.layers[l].outputs);
        CHECK(found.layers[l].weights == file.layers[l].weights);
        CHECK(found.layers[l].biases == file.layers[l].biases);
    }
    CHECK(Network::from_layers(found.layers, found.activation, found.classes).ok());
}

TEST_CASE("a file that holds tensors, but no network, is refused in words") {
    CHECK(refused([](Safetensors& c) { c.metadata.erase("activation"); }).message.find("activation") !=
          std::string::npos);
    CHECK(refused([](Safetensors& c) { c.metadata["activation"] = "sigmoid"; }).message.find("activation") !=
          std::string::npos);
    CHECK(refused([](Safetensors& c) { c.metadata["figure.accuracy"] = "good"; }).message.find("figure.accuracy") !=
          std::string::npos);
    CHECK(refused([](Safetensors& c) { c.metadata["figure.accuracy"] = ""; }).message.find("figure.accuracy") !=
          std::string::npos);
    refused([](Safetensors& c) { c.metadata["figure.accuracy"] = "nan"; });
    CHECK(refused([](Safetensors& c) { c.tensors.erase("layers.2.bias"); }).message.find("layer 2") !=
          std::string::npos);
    CHECK(refused([](Safetensors& c) {
              c.tensors["layers.1.bias"] = {{3}, {1, 2, 3}};
          }).message.find("layer 1") != std::string::npos);
    CHECK(refused([](Safetensors& c) {
              c.tensors["layers.1.weight"] = {{12}, std::vector<float>(12)};
          }).message.find("layer 1") != std::string::npos);
    CHECK(refused([](Safetensors& c) { c.tensors.erase("layers.1.weight"); }).message.find("layers.1.weight") !=
          std::string::npos);
    CHECK(refused([](Safetensors& c) {
              c.tensors["layers.2.weight"].type = ElementType::i8;
              c.tensors["layers.2.weight"].codes.resize(12);
          }).message.find("layer 2 is not made of floats") != std::string::npos);
    refused([](Safetensors& c) { c.tensors["extra"] = {{1}, {1}}; });
    refused([](Safetensors& c) { c.tensors.clear(); });
}

TEST_CASE("a damaged network ends in an error or in a network that can be asked") {
    const auto good = write_network_file(small());
    for (std::size_t size = 0; size < good.size(); ++size) {
        INFO(size);
        REQUIRE_FALSE(read_network_file(std::span(good).first(size)).ok());
    }
    Random random(13);
    const std::vector<float> x{1, 2, 3};
    for (int round = 0; round < 20000; ++round) {
        auto changed = good;
        for (std::uint64_t edits = 1 + random.below(4); edits > 0; --edits)
            changed[random.below(changed.size())] = static_cast<std::uint8_t>(random.below(256));
        auto file = read_network_file(changed);
        if (!file.ok()) continue;
        const auto network =
            Network::from_layers(std::move(file.value().layers), file.value().activation, file.value().classes);
        if (network.ok() && network.value().inputs() == 3) (void)network.value().forward({x, 1, 3}).ok();
    }
}
