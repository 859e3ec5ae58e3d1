// Back through a transformer's pass: what every weight must change by for the text to become likelier.
#pragma once

#include <span>
#include <vector>

#include "engine/models/transformer/transformer_pass.h"

namespace lab {

/// The loss at the rows that a pass was asked for: targets[R], −ln probability of each, in nats.
struct TransformerLoss {
    std::vector<Token> targets;  // [R] one for each of pass.asked
    std::vector<float> losses;   // [R] computed
    double sum = 0;              // of the losses
};

/// Computes the losses of a pass; with `derivative`, pass.logits become ∂(scale · Σ losses)/∂logits. targets are set.
void softmax_cross_entropy(const TransformerShape& shape, TransformerPass& pass, TransformerLoss& loss, bool derivative,
                           float scale = 1);

/// Room that a backward pass uses again.
struct BackwardRoom {
    std::vector<float> row, other, wide, square, gathered;
};

/// Adds ∂/∂weights to gradients, from a pass (Keep::weights or everything, no interventions) whose logits hold
/// ∂/∂logits. The pass is left as it is.
void backward(const TransformerShape& shape, const TransformerWeights& weights, Multiplier& multiplier,
              const TransformerPass& pass, const TransformerGradients& gradients, BackwardRoom& room);

}  // namespace lab
