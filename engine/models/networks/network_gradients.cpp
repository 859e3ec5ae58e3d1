// The way back: from the loss of one row to the derivatives of every layer; and the way across the border of two
// classes.
#include "engine/kernels/kernels.h"
#include "engine/models/networks/flip.h"
#include "engine/models/networks/network_numbers.h"

namespace lab {

using rounding::Bounded;

Explanation NetworkNumbers::log_sum(std::size_t n) const {
    const Bounded bound = bound_row(c, n).log_sum;
    return make_activation({network_address("log-sum", n), "logarithm of the sum", "ln(Σ exp)"},
                           {"Σ exp", network_address("exp-sum", n), 1, c.pass->exp_sums[n]}, c.pass->log_sums[n],
                           bound.value, bound.error);
}

Explanation NetworkNumbers::loss(std::size_t n) const {
    const std::size_t label = c.pass->labels[n];
    const Bounded bound = bound_row(c, n).loss;
    return make_sum(
        {network_address("loss", n), "loss: −ln of the probability of " + c.classes[label], "ln(Σ exp) − (z − max z)"},
        {{"ln(Σ exp)", network_address("log-sum", n), 1, c.pass->log_sums[n]},
         {"logit of " + c.classes[label] + ", less the largest", network_address("gap", n, label), -1,
          in_row(c.pass->gaps, n, classes(), label)}},
        bound.value, bound.error);
}

Explanation NetworkNumbers::dz(std::size_t n, std::size_t l, std::size_t k) const {
    const Bounded bound = bound_row(c, n).layers[l - 1].dz[k];
    const LayerPass& pass = c.pass->layers[l - 1];
    const std::string address = network_address("dz", n, l, k);
    if (is_last(l)) {
        const bool target = c.pass->labels[n] == k;
        return make_sum({address, "how far the probability of " + unit(l, k) + " is off", "p − target"},
                        {{"probability of " + unit(l, k), network_address("probability", n, k), 1,
                          in_row(c.pass->probabilities, n, classes(), k)},
                         {target ? "1, for it is the right class" : "0, for it is not the right class", "", -1,
                          target ? 1.0f : 0.0f}},
                        bound.value, bound.error);
    }
    const std::size_t units = layer(l).outputs;
    const float dh[] = {in_row(pass.dh, n, units, k)};
    const float steepness[] = {in_row(pass.slopes, n, units, k)};
    return make_dot({address, "∂loss/∂z of " + unit(l, k), "∂loss/∂h × slope"},
                    make_operand("∂loss/∂h", network_address("dh", n, l, k), dh),
                    make_operand("slope", network_address("slope", n, l, k), steepness), in_row(pass.dz, n, units, k),
                    bound.value, bound.error);
}

Explanation NetworkNumbers::slope(std::size_t n, std::size_t l, std::size_t k) const {
    const Bounded bound = bound_row(c, n).layers[l - 1].slope[k];
    const LayerPass& pass = c.pass->layers[l - 1];
    const std::string f(name(c.activation));
    return make_activation({network_address("slope", n, l, k), "slope of " + f + " at " + unit(l, k), f + "′(z)"},
                           {"z", network_address("z", n, l, k), 1, in_row(pass.z, n, layer(l).outputs, k)},
                           in_row(pass.slopes, n, layer(l).outputs, k), bound.value, bound.error);
}

Explanation NetworkNumbers::dh(std::size_t n, std::size_t l, std::size_t i) const {
    const Bounded bound = bound_row(c, n).layers[l - 1].dh[i];
    const Layer& above = layer(l + 1);
    std::vector<float> column(above.outputs);
    for (std::size_t k = 0; k < column.size(); ++k) column[k] = above.row(k)[i];
    const auto deltas = std::span(c.pass->layers[l].dz).subspan(n * above.outputs, above.outputs);
    return make_dot({network_address("dh", n, l, i), "∂loss/∂h of " + unit(l, i), "Σₖ wₖ × ∂loss/∂zₖ"},
                    make_operand("weights that leave " + unit(l, i), network_address("column", l + 1, i), column),
                    make_operand("∂loss/∂z above", network_address("dz", n, l + 1), deltas),
                    in_row(c.pass->layers[l - 1].dh, n, layer(l).outputs, i), bound.value, bound.error);
}

std::vector<float> NetworkNumbers::differences(std::size_t a, std::size_t b) const {
    std::vector<float> out(layer(1).inputs);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = layer(1).row(a)[i] - layer(1).row(b)[i];
    return out;
}

std::vector<Bounded> NetworkNumbers::bounded_differences(std::size_t a, std::size_t b) const {
    std::vector<Bounded> out(layer(1).inputs);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] =
            rounding::add({static_cast<double>(layer(1).row(a)[i]), 0}, {-static_cast<double>(layer(1).row(b)[i]), 0});
    }
    return out;
}

Bounded NetworkNumbers::bounded_margin(std::size_t n, std::size_t a, std::size_t b) const {
    const RowBounds bounds = bound_row(c, n);
    const Bounded& other = bounds.layers.back().z[b];
    return rounding::add(bounds.layers.back().z[a], {-other.value, other.error});
}

Explanation NetworkNumbers::margin(std::size_t n, std::size_t a, std::size_t b) const {
    const Bounded bound = bounded_margin(n, a, b);
    return make_sum({network_address("margin", n, a, b), c.classes[a] + " leads " + c.classes[b] + " by",
                     "z of " + c.classes[a] + " − z of " + c.classes[b]},
                    {{"logit of " + c.classes[a], network_address("logit", n, a), 1, logit(n, a)},
                     {"logit of " + c.classes[b], network_address("logit", n, b), -1, logit(n, b)}},
                    bound.value, bound.error);
}

Explanation NetworkNumbers::difference(std::size_t a, std::size_t b, std::size_t i) const {
    const Bounded bound = bounded_differences(a, b)[i];
    const std::string between = c.classes[a] + " − " + c.classes[b];
    return make_sum({network_address("difference", a, b, i), placed("class vector " + between, i), "w of " + between},
                    {{"w of " + c.classes[a], network_address("weight", 1, a, i), 1, layer(1).row(a)[i]},
                     {"w of " + c.classes[b], network_address("weight", 1, b, i), -1, layer(1).row(b)[i]}},
                    bound.value, bound.error);
}

Explanation NetworkNumbers::difference_square(std::size_t a, std::size_t b) const {
    const auto apart = differences(a, b);
    const auto bounded = bounded_differences(a, b);
    const Bounded bound = rounding::dot(bounded, bounded);
    const Operand operand =
        make_operand("w of " + c.classes[a] + " − w of " + c.classes[b], network_address("difference", a, b), apart);
    return make_dot({network_address("difference-square", a, b), "|difference of the class vectors|²", "d · d"},
                    operand, operand, plain::dot(apart, apart), bound.value, bound.error);
}

Explanation NetworkNumbers::flip_scale(std::size_t n, std::size_t a, std::size_t b) const {
    const auto apart = bounded_differences(a, b);
    const Bounded bound = rounding::divide(bounded_margin(n, a, b), rounding::dot(apart, apart));
    return make_quotient(
        {network_address("flip-scale", n, a, b), "how far along the difference", "lead ÷ |difference|²"},
        {{"lead of " + c.classes[a] + " over " + c.classes[b], network_address("margin", n, a, b), 1,
          logit(n, a) - logit(n, b)},
         {"|difference|²", network_address("difference-square", a, b), 1,
          plain::dot(differences(a, b), differences(a, b))}},
        bound.value, bound.error);
}

Explanation NetworkNumbers::flip(std::size_t n, std::size_t a, std::size_t b, std::size_t i) const {
    const Explanation scale = flip_scale(n, a, b);
    const float factor = scale.result * overstep;
    const float x = layer_input(n, 1)[i];
    const float way = differences(b, a)[i];
    const Bounded apart = bounded_differences(b, a)[i];
    const Bounded along =
        rounding::multiply({scale.check.value, scale.check.bound}, {static_cast<double>(overstep), 0});
    const Bounded bound = rounding::add({static_cast<double>(x), 0}, rounding::multiply(along, apart));
    return make_sum({network_address("flip", n, a, b, i), placed("input that " + c.classes[b] + " answers", i),
                     "x + how far × difference"},
                    {{"x", network_address("input", n, i), 1, x},
                     {"w of " + c.classes[b] + " − w of " + c.classes[a], network_address("difference", b, a, i),
                      static_cast<double>(factor), way}},
                    bound.value, bound.error);
}

}  // namespace lab
