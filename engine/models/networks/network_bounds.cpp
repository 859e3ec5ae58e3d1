#include "engine/models/networks/network_bounds.h"

#include <algorithm>
#include <cmath>

namespace lab {

using rounding::Bounded;

namespace {

Bounded bounded_activation(Activation activation, Bounded z) {
    return rounding::rounded(reference::activate(activation, z.value),
                             steepest(activation) * z.error + activate_error(activation, std::abs(z.value) + z.error));
}

Bounded bounded_slope(Activation activation, Bounded z) {
    const double value = reference::slope(activation, z.value);
    // relu's slope jumps at 0: so near to it either side may be taken.
    if (activation == Activation::relu) return {value, std::abs(z.value) <= z.error ? 1.0 : 0.0};
    return rounding::rounded(value, steepest_slope(activation) * z.error + slope_error(activation));
}

void bound_softmax(const NetworkContext& context, std::size_t n, RowBounds& out) {
    const std::vector<Bounded>& logits = out.layers.back().z;
    const auto by_value = [](const Bounded& a, const Bounded& b) { return a.value < b.value; };
    out.largest = *std::ranges::max_element(logits, by_value);
    for (const Bounded& logit : logits) out.largest.error = std::max(out.largest.error, logit.error);
    const auto temperature = static_cast<double>(context.pass->temperature);
    for (const Bounded& logit : logits) {
        const Bounded gap = rounding::add(logit, {-out.largest.value, out.largest.error});
        const double value = std::exp(gap.value / temperature);
        // No gap is above 0, and no exponential above 1; portable_exp is off by less than 10⁻¹⁴ of itself.
        const double most = std::min(1.0, std::exp((gap.value + gap.error) / temperature));
        out.gap.push_back(gap);
        out.exp.push_back(rounding::rounded(value, most - value + 1e-14 * most));
        out.exp_sum = rounding::add(out.exp_sum, out.exp.back());
    }
    for (const Bounded& one : out.exp) out.probability.push_back(rounding::divide(one, out.exp_sum));
    if (context.pass->labels.empty()) return;
    // The largest logit's exponential is 1, and so no sum is below 1: there the logarithm is as steep as 1 at most.
    const double least = std::max(1.0, out.exp_sum.value - out.exp_sum.error);
    out.log_sum = rounding::rounded(std::log(out.exp_sum.value), out.exp_sum.error / least + 1e-14);
    const Bounded gap = out.gap[context.pass->labels[n]];
    out.loss = rounding::add(out.log_sum, {-gap.value, gap.error});
}

void bound_backward(const NetworkContext& context, std::size_t n, RowBounds& out) {
    const std::size_t label = context.pass->labels[n];
    for (std::size_t k = 0; k < out.probability.size(); ++k) {
        out.layers.back().dz.push_back(rounding::add(out.probability[k], {k == label ? -1.0 : 0.0, 0}));
    }
    for (std::size_t l = context.layers.size() - 1; l > 0; --l) {
        const Layer& above = context.layers[l];
        LayerBounds& below = out.layers[l - 1];
        std::vector<Bounded> column(above.outputs);
        for (std::size_t i = 0; i < above.inputs; ++i) {
            for (std::size_t k = 0; k < above.outputs; ++k) column[k] = {static_cast<double>(above.row(k)[i]), 0};
            below.dh.push_back(rounding::dot(column, out.layers[l].dz));
            below.slope.push_back(bounded_slope(context.activation, below.z[i]));
            below.dz.push_back(rounding::multiply(below.dh[i], below.slope[i]));
        }
    }
}

}  // namespace

RowBounds bound_row(const NetworkContext& context, std::size_t n) {
    RowBounds out;
    const std::size_t inputs = context.layers.front().inputs;
    std::vector<Bounded> in = rounding::exact(std::span(context.pass->x).subspan(n * inputs, inputs));
    for (const Layer& layer : context.layers) {
        LayerBounds& bounds = out.layers.emplace_back();
        const bool last = out.layers.size() == context.layers.size();
        for (std::size_t k = 0; k < layer.outputs; ++k) {
            bounds.row.push_back(rounding::dot(rounding::exact(layer.row(k)), in));
            const Bounded z = rounding::add(bounds.row[k], {static_cast<double>(layer.biases[k]), 0});
            bounds.z.push_back(z);
            bounds.h.push_back(last ? z : bounded_activation(context.activation, z));
        }
        in = bounds.h;
    }
    bound_softmax(context, n, out);
    if (!context.pass->labels.empty()) bound_backward(context, n, out);
    return out;
}

}  // namespace lab
