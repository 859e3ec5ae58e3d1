#include "engine/models/transformer/transformer.h"

#include <cmath>

#include "engine/base/random.h"

namespace lab {

namespace {

/// Calls take(name, rows, columns) for each tensor, in the order in which they lie.
template <class Take>
void each_tensor(const TransformerShape& shape, Take take) {
    const std::size_t D = shape.width;
    take("tokens", shape.vocabulary, D);
    take("positions", shape.context, D);
    for (std::size_t l = 1; l <= shape.layers; ++l) {
        const std::string layer = "layers." + std::to_string(l) + ".";
        take(layer + "norm1", std::size_t{1}, D);
        take(layer + "qkv", D, 3 * D);
        take(layer + "output", D, D);
        if (shape.hidden == 0) continue;
        take(layer + "norm2", std::size_t{1}, D);
        take(layer + "up", D, shape.hidden);
        take(layer + "down", shape.hidden, D);
    }
    take("final_norm", std::size_t{1}, D);
}

template <class T>
BasicTransformerWeights<T> view(const TransformerShape& shape, std::span<T> all) {
    const std::size_t D = shape.width;
    std::size_t at = 0;
    const auto vector = [&](std::size_t n) {
        at += n;
        return all.subspan(at - n, n);
    };
    const auto matrix = [&](std::size_t rows, std::size_t columns) {
        return BasicMatrixView<T>{vector(rows * columns), rows, columns};
    };
    BasicTransformerWeights<T> out;
    out.tokens = matrix(shape.vocabulary, D);
    out.positions = matrix(shape.context, D);
    for (std::size_t l = 0; l < shape.layers; ++l) {
        BasicBlockWeights<T>& block = out.layers.emplace_back();
        block.norm1 = vector(D);
        block.qkv = matrix(D, 3 * D);
        block.output = matrix(D, D);
        if (shape.hidden == 0) continue;
        block.norm2 = vector(D);
        block.up = matrix(D, shape.hidden);
        block.down = matrix(shape.hidden, D);
    }
    out.final_norm = vector(D);
    return out;
}

}  // namespace

std::optional<Error> check_shape(const TransformerShape& shape) {
    const auto wrong = [](const std::string& what) { return Error{"out-of-range", what, ""}; };
    if (shape.vocabulary == 0 || shape.vocabulary > 65536) return wrong("A vocabulary has 1 to 65,536 tokens.");
    if (shape.context == 0 || shape.context > 65536) return wrong("A context has 1 to 65,536 places.");
    if (shape.width == 0 || shape.width > 4096) return wrong("The width is a number from 1 to 4,096.");
    if (shape.heads == 0 || shape.width % shape.heads != 0) return wrong("The heads must divide the width.");
    if (shape.layers == 0 || shape.layers > 64) return wrong("There are 1 to 64 layers.");
    if (shape.hidden > 16384) return wrong("A feed-forward part has at most 16,384 hidden units.");
    return std::nullopt;
}

std::vector<TensorPlace> tensor_places(const TransformerShape& shape) {
    std::vector<TensorPlace> places;
    std::size_t offset = 0;
    each_tensor(shape, [&](std::string name, std::size_t rows, std::size_t columns) {
        places.push_back({std::move(name), rows, columns, offset});
        offset += rows * columns;
    });
    return places;
}

std::size_t weight_count(const TransformerShape& shape) {
    std::size_t count = 0;
    each_tensor(shape, [&](const std::string&, std::size_t rows, std::size_t columns) { count += rows * columns; });
    return count;
}

TransformerWeights view_weights(const TransformerShape& shape, std::span<const float> all) { return view(shape, all); }
TransformerGradients view_weights(const TransformerShape& shape, std::span<float> all) { return view(shape, all); }

std::vector<float> initial_weights(const TransformerShape& shape, std::uint64_t seed) {
    std::vector<float> all(weight_count(shape), 0.0f);
    const TransformerGradients weights = view_weights(shape, std::span(all));
    Random random(seed);
    const auto fill = [&](std::span<float> values, float spread) {
        random.fill_normal(values);
        for (float& value : values) value *= spread;
    };
    const auto ones = [](std::span<float> gains) {
        for (float& gain : gains) gain = 1;
    };
    fill(weights.tokens.data, 0.02f);
    fill(weights.positions.data, 0.02f);
    const float spread = 1 / std::sqrt(static_cast<float>(shape.width));
    for (const auto& block : weights.layers) {
        ones(block.norm1);
        fill(block.qkv.data, spread);
        ones(block.norm2);
        fill(block.up.data, spread);
    }
    ones(weights.final_norm);
    return all;
}

}  // namespace lab
