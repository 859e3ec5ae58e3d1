#include "engine/models/networks/optimizer.h"

#include <cmath>

namespace lab {

namespace {

/// βᵗ, by multiplying: the same on every machine.
double power(float beta, std::uint64_t t) {
    double product = 1;
    for (double factor = beta; t > 0; t >>= 1, factor *= factor) {
        if (t & 1) product *= factor;
    }
    return product;
}

}  // namespace

std::string_view name(Optimizer optimizer) {
    constexpr std::string_view names[] = {"sgd", "momentum", "adam"};
    return names[static_cast<std::size_t>(optimizer)];
}

std::optional<Optimizer> optimizer_named(std::string_view text) {
    for (const auto optimizer : {Optimizer::sgd, Optimizer::momentum, Optimizer::adam}) {
        if (name(optimizer) == text) return optimizer;
    }
    return std::nullopt;
}

float adam_root(float second, float correction2) { return std::sqrt(second / correction2) + adam_epsilon; }

float adam_correction(float beta, std::uint64_t step) { return static_cast<float>(1 - power(beta, step)); }

void update(const UpdateRule& rule, const UpdateSpans& s) {
    for (std::size_t i = 0; i < s.weights.size(); ++i) {
        const float gradient = rule.share * s.gradient_sums[i] + rule.decay * s.weights[i];
        s.gradients[i] = gradient;
        float direction = gradient;
        if (rule.optimizer == Optimizer::momentum) {
            direction = s.next_first[i] = rule.momentum * s.first[i] + gradient;
        } else if (rule.optimizer == Optimizer::adam) {
            const float first = adam_beta1 * s.first[i] + (1 - adam_beta1) * gradient;
            const float second = adam_beta2 * s.second[i] + (1 - adam_beta2) * (gradient * gradient);
            s.next_first[i] = first;
            s.next_second[i] = second;
            direction = first / (rule.correction1 * adam_root(second, rule.correction2));
        }
        s.updates[i] = direction;
        s.after[i] = s.weights[i] + -rule.rate * direction;
    }
}

}  // namespace lab
