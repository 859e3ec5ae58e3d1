// Networks of layers: made, opened, edited, and asked what they make of rows of inputs.
#include <algorithm>

#include "engine/bindings/learning.h"
#include "engine/formats/network_file.h"
#include "engine/models/networks/explain_network.h"
#include "engine/models/networks/flip.h"

namespace lab::bindings {

Opened<Network>& opened_networks() {
    static Opened<Network> all("network");
    return all;
}

val to_js(const Layer& layer) {
    val out = val::object();
    out.set("weights", matrix(layer.weights, layer.outputs, layer.inputs));
    out.set("biases", to_js(std::span<const float>(layer.biases)));
    return out;
}

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(NetworkOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(LayerOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(Done);
EMSCRIPTEN_DECLARE_VAL_TYPE(ForwardOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(EvaluationOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(FlipOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

val keep(Network network, const std::map<std::string, double>& figures) {
    val out = val::object();
    const auto layers = network.layers();
    val hidden = val::array();
    for (std::size_t l = 0; l + 1 < layers.size(); ++l) hidden.set(static_cast<std::uint32_t>(l), layers[l].outputs);
    val numbers = val::object();
    for (const auto& [name, value] : figures) numbers.set(name, value);
    out.set("inputs", layers.front().inputs);
    out.set("hidden", hidden);
    out.set("classes", to_js(network.classes()));
    out.set("activation", std::string(name(network.activation())));
    out.set("figures", numbers);
    out.set("handle", opened_networks().keep(std::make_shared<Network>(std::move(network))));
    return out;
}

NetworkOutcome kept(Result<Network> made) {
    return NetworkOutcome(made.ok() ? success(keep(std::move(made).value(), {})) : failure(made.error()));
}

val done(const std::optional<Error>& error) { return error ? failure(*error) : success(val::null()); }

/// hidden[layers] unit counts; classes as lines.
NetworkOutcome make(std::size_t inputs, std::uintptr_t hidden, std::size_t layers, const std::string& classes,
                    const std::string& activation, double seed) {
    const std::span widths(reinterpret_cast<const std::uint32_t*>(hidden), layers);
    NetworkOptions options;
    options.inputs = inputs;
    options.hidden.assign(widths.begin(), widths.end());
    options.classes = lines(classes);
    options.activation = activation_named(activation).value_or(Activation::relu);
    options.seed = static_cast<std::uint64_t>(seed);
    return kept(Network::create(options));
}

/// From the bytes of a safetensors file.
NetworkOutcome open(std::uintptr_t bytes, std::size_t size) {
    auto file = read_network_file(labels_at(bytes, size));
    if (!file.ok()) return NetworkOutcome(failure(file.error()));
    auto& parts = file.value();
    auto made = Network::from_layers(std::move(parts.layers), parts.activation, std::move(parts.classes));
    return NetworkOutcome(made.ok() ? success(keep(std::move(made).value(), parts.figures)) : failure(made.error()));
}

LayerOutcome layer(Handle handle, std::size_t l) {
    return LayerOutcome(opened_networks().with(
        handle, [&](const Network& network) { return success(to_js(network.layers()[l - 1])); }));
}

/// values: weights, then biases, layer by layer.
Done set_layers(Handle handle, std::uintptr_t values, std::size_t count) {
    return Done(opened_networks().with(handle, [&](Network& network) {
        auto layers = std::vector<Layer>(network.layers().begin(), network.layers().end());
        auto rest = floats_at(values, count);
        const auto take = [&rest](std::vector<float>& into) {
            std::ranges::copy(rest.first(into.size()), into.begin());
            rest = rest.subspan(into.size());
        };
        for (auto& one : layers) {
            take(one.weights);
            take(one.biases);
        }
        return done(network.set_layers(std::move(layers)));
    }));
}

Done set_row(Handle handle, std::size_t l, std::size_t k, std::uintptr_t weights, std::size_t n, float bias) {
    return Done(opened_networks().with(
        handle, [&](Network& network) { return done(network.set_row(l, k, floats_at(weights, n), bias)); }));
}

/// What is made of N rows, as the page has it.
val pass_to_js(const Pass& pass, const Network& network) {
    const std::size_t rows = pass.count();
    const std::size_t classes = network.classes().size();
    val layers = val::array();
    for (std::size_t l = 0; l < pass.layers.size(); ++l) {
        const std::size_t units = network.layers()[l].outputs;
        val layer = val::object();
        layer.set("z", matrix(pass.layers[l].z, rows, units));
        layer.set("h", matrix(pass.layers[l].h, rows, units));
        layers.set(static_cast<std::uint32_t>(l), layer);
    }
    val out = val::object();
    out.set("layers", layers);
    out.set("logits", matrix(pass.layers.back().z, rows, classes));
    out.set("probabilities", matrix(pass.probabilities, rows, classes));
    out.set("predicted", to_js(std::span<const std::uint8_t>(pass.predicted)));
    out.set("losses", pass.losses.empty() ? val::null() : to_js(std::span<const float>(pass.losses)));
    return out;
}

/// x[rows, columns]; labels[rows] or none.
ForwardOutcome forward(Handle handle, std::uintptr_t x, std::size_t rows, std::size_t columns, std::uintptr_t labels,
                       float temperature) {
    return ForwardOutcome(opened_networks().with(handle, [&](const Network& network) {
        const MatrixView view{floats_at(x, rows * columns), rows, columns};
        return outcome(network.forward(view, labels_at(labels, rows), temperature), [&](const Pass& pass) {
            val out = pass_to_js(pass, network);
            out.set("version", static_cast<double>(network.version()));
            return out;
        });
    }));
}

ExplanationOutcome explain(Handle handle, double version, std::uintptr_t x, std::size_t rows, std::size_t columns,
                           std::uintptr_t labels, float temperature, const std::string& address) {
    return ExplanationOutcome(opened_networks().with(handle, [&](const Network& network) {
        if (static_cast<double>(network.version()) != version) {
            return failure(changed());
        }
        const MatrixView view{floats_at(x, rows * columns), rows, columns};
        const auto pass = network.forward(view, labels_at(labels, rows), temperature);
        if (!pass.ok()) return failure(pass.error());
        const NetworkContext context{network.layers(), network.activation(), network.classes(), &pass.value()};
        return outcome(explain_network(context, address),
                       [](const Explanation& explanation) { return to_js(explanation); });
    }));
}

EvaluationOutcome evaluate(Handle handle, Handle examples_handle) {
    const auto examples = opened_examples().find(examples_handle);
    if (!examples) return EvaluationOutcome(failure(opened_examples().gone()));
    return EvaluationOutcome(opened_networks().with(handle, [&](const Network& network) {
        return outcome(network.evaluate(*examples), [](const Evaluation& found) {
            val out = val::object();
            out.set("count", found.count);
            out.set("correct", found.correct);
            out.set("accuracy", static_cast<double>(found.correct) / static_cast<double>(found.count));
            out.set("loss", found.loss);
            out.set("confusion", to_js(std::span<const std::uint32_t>(found.confusion)));
            out.set("predicted", to_js(std::span<const std::uint8_t>(found.predicted)));
            return out;
        });
    }));
}

/// to: the class to reach, or −1 for the nearest.
FlipOutcome flip_input(Handle handle, std::uintptr_t x, std::size_t n, int to) {
    return FlipOutcome(opened_networks().with(handle, [&](const Network& network) {
        const auto wanted = to < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(to));
        return outcome(flip(network, floats_at(x, n), wanted), [](const Flip& found) {
            val out = val::object();
            out.set("from", found.from);
            out.set("to", found.to);
            out.set("changed", to_js(std::span<const float>(found.changed)));
            out.set("scale", found.scale);
            out.set("distance", found.distance);
            out.set("distances", to_js(std::span<const float>(found.distances)));
            return out;
        });
    }));
}

NetworkOutcome copy(Handle handle) {
    return NetworkOutcome(
        opened_networks().with(handle, [](const Network& network) { return success(keep(Network(network), {})); }));
}

void close(Handle handle) { opened_networks().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(network) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<NetworkOutcome>("import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedNetwork>");
    register_type<LayerOutcome>("import('./errors.ts').Outcome<import('./types.ts').Layer>");
    register_type<Done>("import('./errors.ts').Outcome<null>");
    register_type<ForwardOutcome>("import('./errors.ts').Outcome<import('./learning_protocol.ts').ForwardNumbers>");
    register_type<EvaluationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Evaluation>");
    register_type<FlipOutcome>("import('./errors.ts').Outcome<import('./types.ts').Flip>");
    register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    function("networkMake", &make);
    function("networkOpen", &open);
    function("networkLayer", &layer);
    function("networkSetLayers", &set_layers);
    function("networkSetRow", &set_row);
    function("networkForward", &forward);
    function("networkExplain", &explain);
    function("networkEvaluate", &evaluate);
    function("networkFlip", &flip_input);
    function("networkCopy", &copy);
    function("networkClose", &close);
}
