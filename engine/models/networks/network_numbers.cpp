// The forward pass: from the inputs to the probabilities.
#include "engine/models/networks/network_numbers.h"

#include "engine/kernels/kernels.h"

namespace lab {

using rounding::Bounded;

std::string NetworkNumbers::unit(std::size_t l, std::size_t k) const {
    if (is_last(l)) return c.classes[k];
    return "layer " + std::to_string(l) + ", unit " + std::to_string(k + 1);
}

std::string NetworkNumbers::template_name(std::size_t l, std::size_t k) const {
    return (c.layers.size() == 1 ? "class vector of " : "weights of ") + unit(l, k);
}

std::string NetworkNumbers::z_address(std::size_t n, std::size_t l, std::size_t k) const {
    return is_last(l) ? network_address("logit", n, k) : network_address("z", n, l, k);
}

std::span<const float> NetworkNumbers::layer_input(std::size_t n, std::size_t l) const {
    const std::size_t inputs = layer(l).inputs;
    return std::span(l == 1 ? c.pass->x : c.pass->layers[l - 2].h).subspan(n * inputs, inputs);
}

std::string NetworkNumbers::input_address(std::size_t n, std::size_t l) const {
    return l == 1 ? network_address("input", n) : network_address("h", n, l - 1);
}

Explanation NetworkNumbers::input(std::size_t n, std::size_t i) const {
    return network_leaf(network_address("input", n, i), placed("input", i), "given", Kind::input, layer_input(n, 1)[i]);
}

Explanation NetworkNumbers::weight(std::size_t l, std::size_t k, std::size_t i) const {
    return network_leaf(network_address("weight", l, k, i), placed(template_name(l, k), i), "learned", Kind::weight,
                        layer(l).row(k)[i]);
}

Explanation NetworkNumbers::bias(std::size_t l, std::size_t k) const {
    return network_leaf(network_address("bias", l, k), "bias of " + unit(l, k), "learned", Kind::weight,
                        layer(l).biases[k]);
}

Explanation NetworkNumbers::row(std::size_t n, std::size_t l, std::size_t k) const {
    const auto in = layer_input(n, l);
    const Bounded bound = bound_row(c, n).layers[l - 1].row[k];
    return make_dot({network_address("row", n, l, k), template_name(l, k) + " · input", "Σᵢ wᵢ × xᵢ"},
                    make_operand("w", network_address("weight", l, k), layer(l).row(k)),
                    make_operand("x", input_address(n, l), in), plain::dot(layer(l).row(k), in), bound.value,
                    bound.error);
}

Explanation NetworkNumbers::z(std::size_t n, std::size_t l, std::size_t k) const {
    const Bounded bound = bound_row(c, n).layers[l - 1].z[k];
    const std::string label =
        is_last(l) ? "logit of " + unit(l, k) : unit(l, k) + ", before " + std::string(name(c.activation));
    return make_sum({z_address(n, l, k), label, "w · x + b"},
                    {{"w · x", network_address("row", n, l, k), 1, plain::dot(layer(l).row(k), layer_input(n, l))},
                     {"b", network_address("bias", l, k), 1, layer(l).biases[k]}},
                    bound.value, bound.error);
}

Explanation NetworkNumbers::h(std::size_t n, std::size_t l, std::size_t k) const {
    if (is_last(l)) return z(n, l, k);
    const Bounded bound = bound_row(c, n).layers[l - 1].h[k];
    const std::string f(name(c.activation));
    return make_activation(
        {network_address("h", n, l, k), unit(l, k), f + "(z)"},
        {"z", network_address("z", n, l, k), 1, in_row(c.pass->layers[l - 1].z, n, layer(l).outputs, k)},
        in_row(c.pass->layers[l - 1].h, n, layer(l).outputs, k), bound.value, bound.error);
}

Explanation NetworkNumbers::largest(std::size_t n) const {
    const std::size_t k = c.pass->predicted[n];
    const Bounded bound = bound_row(c, n).largest;
    return make_sum({network_address("largest", n), "the largest logit", "max z"},
                    {{"logit of " + c.classes[k], network_address("logit", n, k), 1, logit(n, k)}}, bound.value,
                    bound.error);
}

Explanation NetworkNumbers::gap(std::size_t n, std::size_t k) const {
    const Bounded bound = bound_row(c, n).gap[k];
    return make_sum({network_address("gap", n, k), "logit of " + c.classes[k] + ", less the largest", "z − max z"},
                    {{"logit of " + c.classes[k], network_address("logit", n, k), 1, logit(n, k)},
                     {"the largest logit", network_address("largest", n), -1, c.pass->largest[n]}},
                    bound.value, bound.error);
}

Explanation NetworkNumbers::exp(std::size_t n, std::size_t k) const {
    const Bounded bound = bound_row(c, n).exp[k];
    const bool plain_softmax = c.pass->temperature == 1;
    return make_activation({network_address("exp", n, k), "exp for " + c.classes[k],
                            plain_softmax ? "exp(z − max z)" : "exp((z − max z) ÷ T)"},
                           {"z − max z", network_address("gap", n, k), 1, in_row(c.pass->gaps, n, classes(), k)},
                           in_row(c.pass->exps, n, classes(), k), bound.value, bound.error);
}

Explanation NetworkNumbers::exp_sum(std::size_t n) const {
    std::vector<Term> terms;
    for (std::size_t k = 0; k < classes(); ++k) {
        terms.push_back(
            {"exp for " + c.classes[k], network_address("exp", n, k), 1, in_row(c.pass->exps, n, classes(), k)});
    }
    const Bounded bound = bound_row(c, n).exp_sum;
    return make_sum({network_address("exp-sum", n), "the sum over the classes", "Σ exp"}, std::move(terms), bound.value,
                    bound.error);
}

Explanation NetworkNumbers::probability(std::size_t n, std::size_t k) const {
    const Bounded bound = bound_row(c, n).probability[k];
    return make_quotient(
        {network_address("probability", n, k), "probability of " + c.classes[k], "exp ÷ Σ exp"},
        {{"exp for " + c.classes[k], network_address("exp", n, k), 1, in_row(c.pass->exps, n, classes(), k)},
         {"Σ exp", network_address("exp-sum", n), 1, c.pass->exp_sums[n]}},
        bound.value, bound.error);
}

}  // namespace lab
