// A network as a safetensors file: "layers.1.weight" [outputs, inputs] and "layers.1.bias" [outputs] for each layer
// from 1; in the metadata "activation", "classes" (a line each), and "figure.<name>" for what was measured.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/formats/figures.h"
#include "engine/models/networks/network.h"

namespace lab {

struct NetworkFile {
    std::vector<Layer> layers;
    Activation activation = Activation::relu;
    std::vector<std::string> classes;
    Figures figures;
};

/// Error "bad-file". Whether the layers fit together is asked by Network::from_layers.
Result<NetworkFile> read_network_file(std::span<const std::uint8_t> bytes);

std::vector<std::uint8_t> write_network_file(const NetworkFile& file);

}  // namespace lab
