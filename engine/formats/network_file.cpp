#include "engine/formats/network_file.h"

#include <algorithm>

#include "engine/formats/safetensors.h"

namespace lab {

namespace {

Error bad_file(const std::string& what) {
    return {"bad-file", "This file holds no network: " + what + " Get it once more.", ""};
}

std::string layer_name(std::size_t l, std::string_view part) {
    return "layers." + std::to_string(l) + "." + std::string(part);
}

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from <= text.size();) {
        const auto to = std::min(text.find('\n', from), text.size());
        all.emplace_back(text.substr(from, to - from));
        from = to + 1;
    }
    return all;
}

}  // namespace

Result<NetworkFile> read_network_file(std::span<const std::uint8_t> bytes) {
    auto read = read_safetensors(bytes);
    if (!read) return read.error();
    Safetensors& content = read.value();
    NetworkFile out;
    const auto activation = activation_named(content.metadata["activation"]);
    if (!activation) return bad_file("its metadata names no activation.");
    out.activation = *activation;
    out.classes = lines(content.metadata["classes"]);
    auto figures = read_figures(content.metadata);
    if (!figures) return figures.error();
    out.figures = std::move(figures).value();
    for (std::size_t l = 1; content.tensors.contains(layer_name(l, "weight")); ++l) {
        Tensor& weight = content.tensors[layer_name(l, "weight")];
        Tensor& bias = content.tensors[layer_name(l, "bias")];
        if (weight.shape.size() != 2 || bias.shape.size() != 1 || bias.shape[0] != weight.shape[0]) {
            return bad_file("layer " + std::to_string(l) + " is no matrix with a bias for each of its rows.");
        }
        if (weight.type != ElementType::f32 || bias.type != ElementType::f32) {
            return bad_file("layer " + std::to_string(l) + " is not made of floats (F32).");
        }
        out.layers.push_back({weight.shape[1], weight.shape[0], std::move(weight.values), std::move(bias.values)});
    }
    if (content.tensors.size() != 2 * out.layers.size() || out.layers.empty()) {
        return bad_file("its tensors are not layers.1.weight, layers.1.bias and so on.");
    }
    return out;
}

std::vector<std::uint8_t> write_network_file(const NetworkFile& file) {
    Safetensors content;
    content.metadata["activation"] = std::string(name(file.activation));
    for (const auto& one : file.classes) {
        auto& all = content.metadata["classes"];
        all += (all.empty() ? "" : "\n") + one;
    }
    write_figures(file.figures, content.metadata);
    for (std::size_t l = 1; l <= file.layers.size(); ++l) {
        const Layer& layer = file.layers[l - 1];
        content.tensors[layer_name(l, "weight")] = {{layer.outputs, layer.inputs}, layer.weights};
        content.tensors[layer_name(l, "bias")] = {{layer.outputs}, layer.biases};
    }
    return write_safetensors(content);
}

}  // namespace lab
