// How a gradient becomes a step.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lab {

/// sgd: w −= rate · g. momentum: v = μ v + g, w −= rate · v (Polyak 1964). adam: Kingma & Ba 2015, β₁ = 0.9, β₂ =
/// 0.999. g is the mean gradient of the mini-batch, plus weight_decay · w for weights.
enum class Optimizer { sgd, momentum, adam };

std::string_view name(Optimizer optimizer);
std::optional<Optimizer> optimizer_named(std::string_view name);

inline constexpr float adam_beta1 = 0.9f;
inline constexpr float adam_beta2 = 0.999f;
inline constexpr float adam_epsilon = 1e-8f;

/// 1 − βᵗ as a float: what Adam divides its moments by after t steps.
float adam_correction(float beta, std::uint64_t step);
/// √(second / correction) + ε.
float adam_root(float second, float correction2);

/// What an update is made by.
struct UpdateRule {
    Optimizer optimizer = Optimizer::sgd;
    float rate = 0;
    float momentum = 0;
    float decay = 0;        // of these weights: 0 for biases
    float share = 1;        // 1 / examples in the batch
    float correction1 = 1;  // adam_correction of β₁ and of β₂
    float correction2 = 1;
};

/// What every number goes through, the same for weights and biases. All of one length; first is momentum's velocity or
/// Adam's first moment, and what an optimizer does not keep is empty.
struct UpdateSpans {
    std::span<const float> weights, gradient_sums, first, second;
    std::span<float> gradients, updates, next_first, next_second, after;
};

/// Fills the second row of spans from the first.
void update(const UpdateRule& rule, const UpdateSpans& spans);

}  // namespace lab
