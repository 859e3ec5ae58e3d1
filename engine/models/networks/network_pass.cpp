// One pass through a network, forward and back.
#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.h"
#include "engine/kernels/kernels.h"
#include "engine/models/networks/network.h"

namespace lab {

namespace {

std::span<float> row_of(std::vector<float>& matrix, std::size_t n, std::size_t columns) {
    return std::span(matrix).subspan(n * columns, columns);
}

/// z and h of one layer for one row. in[I].
void forward_layer(const Layer& layer, std::span<const float> in, bool last, Activation activation, std::span<float> z,
                   std::span<float> h) {
    plain::matvec(layer.view(), in, z);
    for (std::size_t k = 0; k < z.size(); ++k) {
        z[k] += layer.biases[k];
        h[k] = last ? z[k] : static_cast<float>(activate(activation, static_cast<double>(z[k])));
    }
}

/// From the logits of row n to probabilities, and with a label to the loss.
void share_out(std::span<const float> logits, std::size_t n, Pass& out) {
    const std::size_t classes = logits.size();
    const auto top = std::max_element(logits.begin(), logits.end());
    const auto gaps = row_of(out.gaps, n, classes);
    const auto exps = row_of(out.exps, n, classes);
    out.predicted[n] = static_cast<std::uint8_t>(top - logits.begin());
    out.largest[n] = *top;
    float sum = 0;
    for (std::size_t k = 0; k < classes; ++k) {
        gaps[k] = logits[k] - *top;
        exps[k] = static_cast<float>(portable_exp(static_cast<double>(gaps[k]) / static_cast<double>(out.temperature)));
        sum += exps[k];
    }
    out.exp_sums[n] = sum;
    const auto shares = row_of(out.probabilities, n, classes);
    for (std::size_t k = 0; k < classes; ++k) shares[k] = exps[k] / sum;
    if (out.labels.empty()) return;
    out.log_sums[n] = static_cast<float>(portable_log(static_cast<double>(sum)));
    out.losses[n] = out.log_sums[n] - gaps[out.labels[n]];
}

/// dz of every layer for every row, from the last to the first.
void backward(std::span<const Layer> layers, Activation activation, Pass& out) {
    const std::size_t count = out.count();
    LayerPass& last = out.layers.back();
    const std::size_t classes = layers.back().outputs;
    for (std::size_t n = 0; n < count; ++n) {
        for (std::size_t k = 0; k < classes; ++k) {
            last.dz[n * classes + k] = out.probabilities[n * classes + k] - (k == out.labels[n] ? 1.0f : 0.0f);
        }
    }
    std::vector<float> columns;  // the layer above, turned over: [I, O]
    for (std::size_t l = layers.size() - 1; l > 0; --l) {
        const Layer& above = layers[l];
        LayerPass& below = out.layers[l - 1];
        const std::size_t units = above.inputs;
        columns.resize(above.weights.size());
        for (std::size_t k = 0; k < above.outputs; ++k) {
            for (std::size_t i = 0; i < units; ++i) columns[i * above.outputs + k] = above.weights[k * units + i];
        }
        for (std::size_t n = 0; n < count; ++n) {
            const auto dh = row_of(below.dh, n, units);
            plain::matvec({columns, units, above.outputs}, row_of(out.layers[l].dz, n, above.outputs), dh);
            for (std::size_t i = 0; i < units; ++i) {
                const std::size_t at = n * units + i;
                below.slopes[at] = static_cast<float>(slope(activation, static_cast<double>(below.z[at])));
                below.dz[at] = dh[i] * below.slopes[at];
            }
        }
    }
}

void make_room(std::span<const Layer> layers, std::size_t count, bool labelled, Pass& out) {
    const std::size_t classes = layers.back().outputs;
    out.layers.resize(layers.size());
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const std::size_t size = count * layers[l].outputs;
        const bool hidden = l + 1 < layers.size();
        LayerPass& pass = out.layers[l];
        pass.z.resize(size);
        pass.h.resize(size);
        pass.dz.resize(labelled ? size : 0);
        pass.dh.resize(labelled && hidden ? size : 0);
        pass.slopes.resize(labelled && hidden ? size : 0);
    }
    out.largest.resize(count);
    out.predicted.resize(count);
    out.exp_sums.resize(count);
    for (auto* matrix : {&out.gaps, &out.exps, &out.probabilities}) matrix->resize(count * classes);
    out.log_sums.resize(labelled ? count : 0);
    out.losses.resize(labelled ? count : 0);
}

}  // namespace

void forward_into(std::span<const Layer> layers, Activation activation, MatrixView x,
                  std::span<const std::uint8_t> labels, float temperature, Pass& out) {
    out.x.assign(x.data.begin(), x.data.end());
    out.labels.assign(labels.begin(), labels.end());
    out.temperature = temperature;
    make_room(layers, x.rows, !labels.empty(), out);
    for (std::size_t n = 0; n < x.rows; ++n) {
        std::span<const float> in = x.row(n);
        for (std::size_t l = 0; l < layers.size(); ++l) {
            const std::size_t units = layers[l].outputs;
            const auto h = row_of(out.layers[l].h, n, units);
            forward_layer(layers[l], in, l + 1 == layers.size(), activation, row_of(out.layers[l].z, n, units), h);
            in = h;
        }
        share_out(in, n, out);
    }
    if (!labels.empty()) backward(layers, activation, out);
}

}  // namespace lab
