#include "engine/models/networks/network.h"

#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.h"
#include "engine/base/random.h"

namespace lab {

namespace {

bool all_finite(std::span<const float> values) {
    return std::ranges::all_of(values, [](float x) { return std::isfinite(x); });
}

std::optional<Error> check_classes(const std::vector<std::string>& classes) {
    if (classes.size() < 2 || classes.size() > 256) {
        return Error{"out-of-range",
                     "There are " + std::to_string(classes.size()) + " classes. A network tells 2 to 256 apart.", ""};
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const bool repeated = std::count(classes.begin(), classes.end(), classes[i]) > 1;
        if (classes[i].empty() || repeated) {
            return Error{"bad-word",
                         "Class " + std::to_string(i + 1) + (repeated ? " has the name of another." : " has no name.") +
                             " Give every class a name of its own.",
                         classes[i]};
        }
    }
    return std::nullopt;
}

Error bad_shape(std::string what) { return {"bad-shape", std::move(what), ""}; }

std::optional<Error> check_layers(const std::vector<Layer>& layers, std::size_t classes) {
    if (layers.empty() || layers.size() > Network::most_layers + 1) {
        return bad_shape("There are " + std::to_string(layers.size()) + " layers of weights. Give 1 to " +
                         std::to_string(Network::most_layers + 1) + ".");
    }
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const Layer& layer = layers[l];
        const std::string what = "Layer " + std::to_string(l + 1);
        const std::size_t most_outputs = l + 1 == layers.size() ? 256 : Network::most_units;
        if (layer.inputs == 0 || layer.inputs > Network::most_inputs || layer.outputs == 0 ||
            layer.outputs > most_outputs) {
            return bad_shape(what + " is " + std::to_string(layer.outputs) + " × " + std::to_string(layer.inputs) +
                             ". It may have up to " + std::to_string(most_outputs) + " outputs and " +
                             std::to_string(Network::most_inputs) + " inputs.");
        }
        if (layer.weights.size() != layer.outputs * layer.inputs || layer.biases.size() != layer.outputs) {
            return bad_shape(what + " does not hold as many numbers as its shape says.");
        }
        if (l > 0 && layer.inputs != layers[l - 1].outputs) {
            return bad_shape(what + " takes " + std::to_string(layer.inputs) + " numbers and the layer before gives " +
                             std::to_string(layers[l - 1].outputs) + ".");
        }
        if (!all_finite(layer.weights) || !all_finite(layer.biases)) {
            return Error{"not-finite", what + " holds a number that is NaN or infinite. Give finite weights.", ""};
        }
    }
    if (layers.back().outputs != classes) {
        return bad_shape("The last layer has " + std::to_string(layers.back().outputs) + " outputs for " +
                         std::to_string(classes) + " classes: it needs one for each.");
    }
    return std::nullopt;
}

}  // namespace

Layer zero_layer(std::size_t inputs, std::size_t outputs) {
    return {inputs, outputs, std::vector<float>(inputs * outputs), std::vector<float>(outputs)};
}

Result<Network> Network::create(const NetworkOptions& options) {
    if (auto error = check_classes(options.classes)) return *std::move(error);
    const auto bad_width = [](std::size_t width, std::size_t most) { return width == 0 || width > most; };
    if (bad_width(options.inputs, most_inputs) || options.hidden.size() > most_layers ||
        std::ranges::any_of(options.hidden, [&](std::size_t width) { return bad_width(width, most_units); })) {
        return Error{"out-of-range",
                     "A network takes 1 to " + std::to_string(most_inputs) + " inputs and up to " +
                         std::to_string(most_layers) + " hidden layers of 1 to " + std::to_string(most_units) +
                         " units.",
                     ""};
    }
    Random random(options.seed);
    std::vector<Layer> layers;
    std::size_t inputs = options.inputs;
    std::vector<std::size_t> widths = options.hidden;
    widths.push_back(options.classes.size());
    for (const std::size_t outputs : widths) {
        Layer layer = zero_layer(inputs, outputs);
        const auto fan = static_cast<double>(options.activation == Activation::tanh ? inputs + outputs : inputs);
        const auto deviation = static_cast<float>(std::sqrt(2 / fan));
        if (!options.hidden.empty()) {
            for (float& weight : layer.weights) weight = deviation * random.normal();
        }
        layers.push_back(std::move(layer));
        inputs = outputs;
    }
    return from_layers(std::move(layers), options.activation, options.classes);
}

Result<Network> Network::from_layers(std::vector<Layer> layers, Activation activation,
                                     std::vector<std::string> classes) {
    if (auto error = check_classes(classes)) return *std::move(error);
    if (auto error = check_layers(layers, classes.size())) return *std::move(error);
    Network made;
    made.layers_ = std::move(layers);
    made.activation_ = activation;
    made.classes_ = std::move(classes);
    return made;
}

std::optional<Error> Network::set_layers(std::vector<Layer> layers) {
    const auto same_shape = [](const Layer& a, const Layer& b) {
        return a.inputs == b.inputs && a.outputs == b.outputs;
    };
    if (!std::ranges::equal(layers, layers_, same_shape)) {
        return bad_shape("These layers have other shapes than the network's. Give as many weights as it has.");
    }
    if (auto error = check_layers(layers, classes_.size())) return error;
    layers_ = std::move(layers);
    ++version_;
    return std::nullopt;
}

std::optional<Error> Network::set_row(std::size_t l, std::size_t k, std::span<const float> weights, float bias) {
    if (l < 1 || l > layers_.size() || k >= layers_[l - 1].outputs) {
        return Error{"out-of-range", "There is no row " + std::to_string(k) + " in a layer " + std::to_string(l) + ".",
                     ""};
    }
    Layer& layer = layers_[l - 1];
    if (weights.size() != layer.inputs) {
        return Error{"length-mismatch",
                     "The row has " + std::to_string(weights.size()) + " numbers, and layer " + std::to_string(l) +
                         " takes " + std::to_string(layer.inputs) + ".",
                     ""};
    }
    if (!all_finite(weights) || !std::isfinite(bias)) {
        return Error{"not-finite", "The row holds a number that is NaN or infinite. Give finite weights.", ""};
    }
    std::ranges::copy(weights, layer.weights.begin() + static_cast<std::ptrdiff_t>(k * layer.inputs));
    layer.biases[k] = bias;
    ++version_;
    return std::nullopt;
}

Result<Pass> Network::forward(MatrixView x, std::span<const std::uint8_t> labels, float temperature) const {
    if (x.columns != inputs() || (!labels.empty() && labels.size() != x.rows)) {
        return Error{"length-mismatch",
                     "The input has " + std::to_string(x.columns) + " numbers per row, and this network takes " +
                         std::to_string(inputs()) + "; labels are given for every row or for none.",
                     ""};
    }
    if (!(temperature > 0) || !std::isfinite(temperature) || (!labels.empty() && temperature != 1)) {
        return Error{"out-of-range",
                     "The temperature must be greater than 0, and 1 where a loss is asked for (labels are given).", ""};
    }
    if (std::ranges::any_of(labels, [&](std::uint8_t label) { return label >= classes_.size(); })) {
        return Error{"out-of-range", "A label is no class: labels go from 0 to " + std::to_string(classes_.size() - 1),
                     ""};
    }
    Pass out;
    forward_into(layers_, activation_, x, labels, temperature, out);
    // Not the logits alone: a unit at −∞ is 0 after relu, and nothing would be seen of it.
    if (!std::ranges::all_of(out.layers, [](const LayerPass& layer) { return all_finite(layer.z); })) {
        return Error{"not-finite", "The scores leave the range of 32-bit floats. Give smaller inputs or weights.", ""};
    }
    return out;
}

Result<Evaluation> Network::evaluate(const Examples& examples) const {
    const std::size_t classes = classes_.size();
    if (examples.inputs != inputs() || examples.classes.size() != classes) {
        return Error{"length-mismatch",
                     "The examples have " + std::to_string(examples.inputs) + " numbers per row and " +
                         std::to_string(examples.classes.size()) + " classes; this network takes " +
                         std::to_string(inputs()) + " and tells " + std::to_string(classes) + " apart.",
                     ""};
    }
    Evaluation out;
    out.count = examples.count();
    out.confusion.resize(classes * classes);
    Pass pass;
    for (std::size_t n = 0; n < out.count; ++n) {
        // Without labels: no backward pass is wanted. The loss is then taken here.
        forward_into(layers_, activation_, {examples.row(n), 1, inputs()}, {}, 1, pass);
        const std::uint8_t truth = examples.labels[n];
        const std::uint8_t answer = pass.predicted[0];
        out.correct += truth == answer ? 1 : 0;
        ++out.confusion[truth * classes + answer];
        out.predicted.push_back(answer);
        const float log_sum = static_cast<float>(portable_log(static_cast<double>(pass.exp_sums[0])));
        out.loss += static_cast<double>(log_sum - pass.gaps[truth]);
    }
    out.loss /= static_cast<double>(out.count);
    if (!std::isfinite(out.loss)) {
        return Error{"not-finite", "The scores leave the range of 32-bit floats. Give smaller inputs or weights.", ""};
    }
    return out;
}

}  // namespace lab
