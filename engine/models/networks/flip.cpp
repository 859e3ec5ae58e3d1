#include "engine/models/networks/flip.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"

namespace lab {

namespace {

std::vector<float> difference(const Layer& layer, std::size_t a, std::size_t b) {
    std::vector<float> out(layer.inputs);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = layer.row(a)[i] - layer.row(b)[i];
    return out;
}

}  // namespace

Result<Flip> flip(const Network& network, std::span<const float> x, std::optional<std::size_t> to) {
    if (network.layers().size() > 1) {
        return Error{
            "bad-option",
            "The smallest change is a straight way only where there are no hidden layers. Ask a network without.", ""};
    }
    const std::size_t classes = network.classes().size();
    if (to && *to >= classes) {
        return Error{"out-of-range", "There is no class " + std::to_string(*to) + ".", ""};
    }
    const auto pass = network.forward({x, 1, x.size()});
    if (!pass) return pass.error();
    const Layer& layer = network.layers().front();
    const std::vector<float>& logits = pass.value().layers.back().z;
    Flip out;
    out.from = pass.value().predicted[0];
    out.distances.resize(classes);
    for (std::size_t k = 0; k < classes; ++k) {
        if (k == out.from) continue;
        const auto apart = difference(layer, out.from, k);
        const float length = std::sqrt(plain::dot(apart, apart));
        out.distances[k] =
            length > 0 ? (logits[out.from] - logits[k]) / length : std::numeric_limits<float>::infinity();
    }
    if (to == out.from) {
        return Error{"out-of-range", "That is the answer already: choose another class.", ""};
    }
    out.to = to.value_or(out.from == 0 ? 1 : 0);
    for (std::size_t k = 0; !to && k < classes; ++k) {
        if (k != out.from && out.distances[k] < out.distances[out.to]) out.to = k;
    }
    const auto way = difference(layer, out.to, out.from);
    const float square = plain::dot(way, way);
    if (!(square > 0) || !std::isfinite(square)) {
        return Error{"zero-vector",
                     "The class vectors of " + network.classes()[out.from] + " and " + network.classes()[out.to] +
                         " are the same: no change of the input leads from one to the other.",
                     ""};
    }
    out.scale = (logits[out.from] - logits[out.to]) / square;
    out.changed.assign(x.begin(), x.end());
    plain::add_scaled(way, out.scale * overstep, out.changed);
    out.distance = out.scale * overstep * std::sqrt(square);
    return out;
}

}  // namespace lab
