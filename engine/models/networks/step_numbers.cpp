#include "engine/models/networks/step_numbers.h"

#include <cmath>

namespace lab {

using rounding::Bounded;

namespace {

Bounded exact(float x) { return {static_cast<double>(x), 0}; }

}  // namespace

std::string StepNumbers::address(std::string_view family, std::size_t l, std::size_t k, std::size_t i) const {
    return is_bias(l, i) ? network_address(std::string(family) + "-bias", l, k) : network_address(family, l, k, i);
}

std::string StepNumbers::called(std::string_view what, std::size_t l, std::size_t k, std::size_t i) const {
    const std::string of = std::string(what) + " of ";
    if (is_bias(l, i)) return of + "the bias of " + numbers.unit(l, k);
    return placed(of + "the weights of " + numbers.unit(l, k), i);
}

float StepNumbers::value(const std::vector<Layer>& layers, std::size_t l, std::size_t k, std::size_t i) const {
    const Layer& layer = layers[l - 1];
    return is_bias(l, i) ? layer.biases[k] : layer.row(k)[i];
}

/// Everything that happens to one weight, in double from the inputs of the batch on.
StepNumbers::Moments StepNumbers::bounds(std::size_t l, std::size_t k, std::size_t i) const {
    Moments m;
    for (std::size_t n = 0; n < c.pass->count(); ++n) {
        const RowBounds row = bound_row(c, n);
        const Bounded in = is_bias(l, i) ? Bounded{1, 0}
                           : l == 1      ? exact(numbers.layer_input(n, 1)[i])
                                         : row.layers[l - 2].h[i];
        m.gradient_sum = rounding::add(m.gradient_sum, rounding::multiply(row.layers[l - 1].dz[k], in));
    }
    const TrainingOptions& options = *c.options;
    const float share = 1 / static_cast<float>(c.pass->count());
    const Bounded weight = exact(value(c.step->before, l, k, i));
    const float decay = is_bias(l, i) ? 0 : options.weight_decay;
    m.gradient =
        rounding::add(rounding::multiply(exact(share), m.gradient_sum), rounding::multiply(exact(decay), weight));
    m.update = m.gradient;
    if (options.optimizer == Optimizer::momentum) {
        m.first = m.update = rounding::add(
            rounding::multiply(exact(options.momentum), exact(value(c.step->first_before, l, k, i))), m.gradient);
    } else if (options.optimizer == Optimizer::adam) {
        m.first = rounding::add(rounding::multiply(exact(adam_beta1), exact(value(c.step->first_before, l, k, i))),
                                rounding::multiply(exact(1 - adam_beta1), m.gradient));
        m.second = rounding::add(rounding::multiply(exact(adam_beta2), exact(value(c.step->second_before, l, k, i))),
                                 rounding::multiply(exact(1 - adam_beta2), rounding::multiply(m.gradient, m.gradient)));
        m.root =
            rounding::add(rounding::root(rounding::divide(m.second, exact(c.step->correction2))), exact(adam_epsilon));
        m.update = rounding::divide(m.first, rounding::multiply(exact(c.step->correction1), m.root));
    }
    m.after = rounding::add(weight, rounding::multiply(exact(-options.rate), m.update));
    return m;
}

Explanation StepNumbers::gradient_sum(std::size_t l, std::size_t k, std::size_t i) const {
    const std::size_t count = c.pass->count();
    const Layer& layer = c.layers[l - 1];
    const Bounded bound = bounds(l, k, i).gradient_sum;
    std::vector<float> deltas(count);
    for (std::size_t n = 0; n < count; ++n) deltas[n] = numbers.in_row(c.pass->layers[l - 1].dz, n, layer.outputs, k);
    const std::string label = called("gradient, summed over the batch,", l, k, i);
    if (is_bias(l, i)) {
        std::vector<Term> terms;
        for (std::size_t n = 0; n < count; ++n) {
            terms.push_back({"example " + std::to_string(n + 1), network_address("dz", n, l, k), 1, deltas[n]});
        }
        return make_sum({address("gradient-sum", l, k, i), label, "Σₙ ∂loss/∂zₙ"}, std::move(terms), bound.value,
                        bound.error);
    }
    std::vector<float> inputs(count);
    for (std::size_t n = 0; n < count; ++n) inputs[n] = numbers.layer_input(n, l)[i];
    return make_dot({address("gradient-sum", l, k, i), label, "Σₙ ∂loss/∂zₙ × xₙ, over the examples n"},
                    make_operand("∂loss/∂z of each example", network_address("dz-of", l, k), deltas),
                    make_operand("input of each example", network_address("h-of", l - 1, i), inputs),
                    value(c.step->gradient_sums, l, k, i), bound.value, bound.error);
}

Explanation StepNumbers::gradient(std::size_t l, std::size_t k, std::size_t i) const {
    const Bounded bound = bounds(l, k, i).gradient;
    const float share = 1 / static_cast<float>(c.pass->count());
    std::vector<Term> terms{{"sum over the batch, divided by its size", address("gradient-sum", l, k, i),
                             static_cast<double>(share), value(c.step->gradient_sums, l, k, i)}};
    const bool decays = c.options->weight_decay > 0 && !is_bias(l, i);
    if (decays) {
        terms.push_back({"weight decay × weight", network_address("weight", l, k, i),
                         static_cast<double>(c.options->weight_decay), value(c.step->before, l, k, i)});
    }
    return make_sum(
        {address("gradient", l, k, i), called("gradient", l, k, i), decays ? "sum ÷ batch + decay × w" : "sum ÷ batch"},
        std::move(terms), bound.value, bound.error);
}

Explanation StepNumbers::gradient_square(std::size_t l, std::size_t k, std::size_t i) const {
    const Bounded one = bounds(l, k, i).gradient;
    const Bounded bound = rounding::multiply(one, one);
    const float g[] = {value(c.step->gradients, l, k, i)};
    const Operand operand = make_operand("gradient", address("gradient", l, k, i), g);
    return make_dot({address("gradient-square", l, k, i), called("squared gradient", l, k, i), "g × g"}, operand,
                    operand, bound.value, bound.error);
}

Explanation StepNumbers::before(std::string_view family, std::size_t l, std::size_t k, std::size_t i) const {
    const bool second = family == "second-before";
    const std::string what = family == "velocity-before" ? "velocity"
                             : second                    ? "mean square of the gradients"
                                                         : "mean of the gradients";
    return network_leaf(address(family, l, k, i), called(what + " before the step,", l, k, i),
                        "kept from the steps before", Kind::weight,
                        value(second ? c.step->second_before : c.step->first_before, l, k, i));
}

Explanation StepNumbers::first(std::size_t l, std::size_t k, std::size_t i) const {
    const bool momentum = c.options->optimizer == Optimizer::momentum;
    const Bounded bound = bounds(l, k, i).first;
    const std::string family(first_family());
    const float keep = momentum ? c.options->momentum : adam_beta1;
    const float take = momentum ? 1 : 1 - adam_beta1;
    return make_sum(
        {address(family, l, k, i), called(momentum ? "velocity" : "running mean of the gradient", l, k, i),
         momentum ? "μ × velocity before + g" : "β₁ × mean before + (1 − β₁) × g"},
        {{momentum ? "velocity before" : "mean before", address(family + "-before", l, k, i), static_cast<double>(keep),
          value(c.step->first_before, l, k, i)},
         {"gradient", address("gradient", l, k, i), static_cast<double>(take), value(c.step->gradients, l, k, i)}},
        bound.value, bound.error);
}

Explanation StepNumbers::second(std::size_t l, std::size_t k, std::size_t i) const {
    const Bounded bound = bounds(l, k, i).second;
    const float g = value(c.step->gradients, l, k, i);
    return make_sum(
        {address("second", l, k, i), called("running mean of the squared gradient", l, k, i),
         "β₂ × mean before + (1 − β₂) × g²"},
        {{"mean before", address("second-before", l, k, i), static_cast<double>(adam_beta2),
          value(c.step->second_before, l, k, i)},
         {"squared gradient", address("gradient-square", l, k, i), static_cast<double>(1 - adam_beta2), g * g}},
        bound.value, bound.error);
}

Explanation StepNumbers::root(std::size_t l, std::size_t k, std::size_t i) const {
    const Bounded bound = bounds(l, k, i).root;
    const float second = value(c.step->second, l, k, i);
    return make_activation({address("root", l, k, i), called("typical size of the gradient", l, k, i),
                            "√(mean of squares ÷ (1 − β₂ᵗ)) + ε"},
                           {"mean of squares", address("second", l, k, i), 1, second},
                           adam_root(second, c.step->correction2), bound.value, bound.error);
}

Explanation StepNumbers::update(std::size_t l, std::size_t k, std::size_t i) const {
    const Bounded bound = bounds(l, k, i).update;
    const Heading heading{address("update", l, k, i), called("direction of the step", l, k, i), ""};
    if (c.options->optimizer == Optimizer::adam) {
        const float typical = adam_root(value(c.step->second, l, k, i), c.step->correction2);
        return make_quotient(
            {heading.address, heading.label, "mean ÷ ((1 − β₁ᵗ) × typical size)"},
            {{"running mean of the gradient", address("first", l, k, i), 1, value(c.step->first, l, k, i)},
             {"1 − β₁ᵗ", "", 1, c.step->correction1},
             {"typical size", address("root", l, k, i), 1, typical}},
            bound.value, bound.error);
    }
    const bool momentum = c.options->optimizer == Optimizer::momentum;
    return make_sum({heading.address, heading.label, momentum ? "the velocity" : "the gradient"},
                    {{momentum ? "velocity" : "gradient", address(momentum ? "velocity" : "gradient", l, k, i), 1,
                      value(c.step->updates, l, k, i)}},
                    bound.value, bound.error);
}

Explanation StepNumbers::after(std::size_t l, std::size_t k, std::size_t i) const {
    const Bounded bound = bounds(l, k, i).after;
    const std::string weight = is_bias(l, i) ? network_address("bias", l, k) : network_address("weight", l, k, i);
    return make_sum({address("after", l, k, i), called("after the step: new value", l, k, i), "w − rate × direction"},
                    {{"before", weight, 1, value(c.step->before, l, k, i)},
                     {"direction of the step", address("update", l, k, i), static_cast<double>(-c.options->rate),
                      value(c.step->updates, l, k, i)}},
                    bound.value, bound.error);
}

}  // namespace lab
