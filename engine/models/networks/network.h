// Network: layers of weights with an activation between them. Without hidden layers it is softmax regression, and the
// rows of its weights are the class vectors.
//
// Everything is computed with plain multiplies and adds (kernels.h): the same bits on every machine. Shapes: N rows of
// inputs, l counts layers from 1 to L, a layer has O outputs and I inputs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/models/networks/activation.h"
#include "engine/models/networks/examples.h"

namespace lab {

/// z[k] = Σᵢ weights[k,i] · x[i] + biases[k].
struct Layer {
    std::size_t inputs = 0;
    std::size_t outputs = 0;
    std::vector<float> weights;  // [outputs, inputs]: row k is the template of output k
    std::vector<float> biases;   // [outputs]

    [[nodiscard]] MatrixView view() const { return {weights, outputs, inputs}; }
    [[nodiscard]] std::span<const float> row(std::size_t k) const { return view().row(k); }
};

/// A layer of this shape, all zeros.
Layer zero_layer(std::size_t inputs, std::size_t outputs);

struct NetworkOptions {
    std::size_t inputs = 0;
    std::vector<std::size_t> hidden;  // units of each hidden layer, the first nearest to the input
    std::vector<std::string> classes;
    Activation activation = Activation::relu;
    std::uint64_t seed = 1;
};

/// What one layer makes of N rows, and what goes back through it.
struct LayerPass {
    std::vector<float> z;       // [N, O] before the activation
    std::vector<float> h;       // [N, O] after it; the last layer's is its z
    std::vector<float> dz;      // [N, O] ∂loss/∂z, if labels were given
    std::vector<float> dh;      // [N, O] ∂loss/∂h; of hidden layers only
    std::vector<float> slopes;  // [N, O] f′(z); of hidden layers only
};

/// A forward pass over N rows, and with labels the backward pass of each row's loss, with every intermediate.
struct Pass {
    std::vector<float> x;              // [N, inputs]
    std::vector<std::uint8_t> labels;  // [N], or empty
    float temperature = 1;
    std::vector<LayerPass> layers;        // [L]
    std::vector<float> largest;           // [N] the largest logit
    std::vector<float> gaps;              // [N, C] logit − largest
    std::vector<float> exps;              // [N, C] exp(gap / temperature)
    std::vector<float> exp_sums;          // [N] added in order of the classes
    std::vector<float> probabilities;     // [N, C] exp / sum
    std::vector<std::uint8_t> predicted;  // [N] the first of the largest logits
    std::vector<float> log_sums;          // [N] ln(sum), with labels
    std::vector<float> losses;            // [N] ln(sum) − gap of the label = −ln probability, with labels

    [[nodiscard]] std::size_t count() const { return predicted.size(); }
};

/// How a network does on examples.
struct Evaluation {
    std::size_t count = 0;
    std::size_t correct = 0;
    double loss = 0;                       // mean of −ln probability of the right class
    std::vector<std::uint32_t> confusion;  // [C, C] by truth and answer
    std::vector<std::uint8_t> predicted;   // [N]
};

class Network {
  public:
    static constexpr std::size_t most_layers = 8;  // hidden ones
    static constexpr std::size_t most_units = 4096;
    static constexpr std::size_t most_inputs = 65536;

    /// Small random weights, biases 0: normal with variance 2/inputs before relu and gelu (He et al. 2015), 2/(inputs +
    /// outputs) otherwise (Glorot & Bengio 2010). Without hidden layers all zeros: the loss is convex, and nothing has
    /// to be told apart. Errors: "out-of-range", "bad-word" (an empty or repeated class).
    static Result<Network> create(const NetworkOptions& options);
    /// Errors: "bad-shape" (layers that do not fit together or the classes), "not-finite", and as above.
    static Result<Network> from_layers(std::vector<Layer> layers, Activation activation,
                                       std::vector<std::string> classes);

    [[nodiscard]] std::size_t inputs() const { return layers_.front().inputs; }
    [[nodiscard]] std::span<const Layer> layers() const { return layers_; }
    [[nodiscard]] Activation activation() const { return activation_; }
    [[nodiscard]] const std::vector<std::string>& classes() const { return classes_; }
    /// Counts the changes of the weights.
    [[nodiscard]] std::uint64_t version() const { return version_; }

    /// Others in the place of all layers. Errors: "bad-shape" (other shapes), "not-finite"; then nothing has changed.
    std::optional<Error> set_layers(std::vector<Layer> layers);
    /// Another row in the place of row k of layer l (from 1). Errors: "out-of-range", "length-mismatch", "not-finite".
    std::optional<Error> set_row(std::size_t l, std::size_t k, std::span<const float> weights, float bias);

    /// x[N, inputs], finite; labels[N] or none; temperature > 0, and 1 where there are labels. Errors:
    /// "length-mismatch", "out-of-range" (a label that is no class, the temperature), "not-finite" (an intermediate
    /// overflows).
    [[nodiscard]] Result<Pass> forward(MatrixView x, std::span<const std::uint8_t> labels = {},
                                       float temperature = 1) const;

    /// Error "length-mismatch" where the examples have other inputs or other classes in number.
    [[nodiscard]] Result<Evaluation> evaluate(const Examples& examples) const;

  private:
    Network() = default;
    friend class Training;

    std::vector<Layer> layers_;
    Activation activation_ = Activation::relu;
    std::vector<std::string> classes_;
    std::uint64_t version_ = 0;
};

/// forward without checks, into a Pass that is used again: nothing is allocated once it has its size. For training.
void forward_into(std::span<const Layer> layers, Activation activation, MatrixView x,
                  std::span<const std::uint8_t> labels, float temperature, Pass& out);

}  // namespace lab
