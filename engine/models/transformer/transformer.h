// A transformer's shape and weights (Vaswani et al. 2017, "Attention Is All You Need"), in the form of GPT-2 (Radford
// et al. 2019) with each row divided by its root mean square before a part reads it, without biases, and with one
// matrix for reading tokens and for scoring them.
//
// Every row of numbers is a place in the text; a matrix of weights [inputs, outputs] is multiplied from the right, so
// that output j is the dot product of the row with column j. Shapes: N rows, D width, H heads of d = D/H, F hidden
// units, V tokens, C places.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"

namespace lab {

struct TransformerShape {
    std::size_t vocabulary = 0;
    std::size_t context = 0;  // places at most
    std::size_t width = 0;
    std::size_t heads = 0;
    std::size_t layers = 0;
    std::size_t hidden = 0;  // units of a feed-forward part; 0: attention only
    bool causal = true;      // a place sees itself and those before it; false: all places

    [[nodiscard]] std::size_t head_width() const { return heads == 0 ? 0 : width / heads; }
    bool operator==(const TransformerShape&) const = default;
};

/// Error "out-of-range": a size of 0 or beyond all reason, or a width that the heads do not divide.
std::optional<Error> check_shape(const TransformerShape& shape);

/// Where a tensor lies among all weights: a matrix [rows, columns] from `offset` on; a gain is one row.
struct TensorPlace {
    std::string name;  // "tokens", "positions", "layers.1.norm1", "layers.1.qkv" …, "final_norm"; layers count from 1
    std::size_t rows;
    std::size_t columns;
    std::size_t offset;

    [[nodiscard]] std::size_t size() const { return rows * columns; }
};

/// All tensors in the order in which they lie, without gaps.
std::vector<TensorPlace> tensor_places(const TransformerShape& shape);
std::size_t weight_count(const TransformerShape& shape);

/// The weights (or their derivatives), each tensor by its name. T is const float or float.
template <class T>
struct BasicBlockWeights {
    std::span<T> norm1;         // [D] gain before attention
    BasicMatrixView<T> qkv;     // [D, 3D] columns: queries of head 1, 2 …, then keys, then values
    BasicMatrixView<T> output;  // [D, D] from the heads side by side
    std::span<T> norm2;         // [D] gain before the feed-forward part; empty without one
    BasicMatrixView<T> up;      // [D, F]
    BasicMatrixView<T> down;    // [F, D]
};
template <class T>
struct BasicTransformerWeights {
    BasicMatrixView<T> tokens;     // [V, D] read at the bottom, compared with at the top
    BasicMatrixView<T> positions;  // [C, D]
    std::vector<BasicBlockWeights<T>> layers;
    std::span<T> final_norm;  // [D]
};
using TransformerWeights = BasicTransformerWeights<const float>;
using TransformerGradients = BasicTransformerWeights<float>;

/// Names over a flat array of weight_count(shape) floats.
TransformerWeights view_weights(const TransformerShape& shape, std::span<const float> all);
TransformerGradients view_weights(const TransformerShape& shape, std::span<float> all);

/// Weights to begin training with: gains 1, tokens and positions small and normal, matrices that read normal with
/// variance 1/inputs, matrices that write back into the row 0, so that a layer begins by changing nothing.
std::vector<float> initial_weights(const TransformerShape& shape, std::uint64_t seed);

}  // namespace lab
