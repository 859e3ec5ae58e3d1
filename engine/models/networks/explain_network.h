// Where the numbers of a network come from: of a pass over rows, and of one training step.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/networks/network.h"
#include "engine/models/networks/training.h"

namespace lab {

/// What a number is explained from. In a step, `layers` are the weights before it, and `step` and `options` are set.
struct NetworkContext {
    std::span<const Layer> layers;
    Activation activation;
    std::span<const std::string> classes;
    const Pass* pass = nullptr;
    const StepRecord* step = nullptr;
    const TrainingOptions* options = nullptr;
};

/// Explains a number of a pass; rows n, layers l from 1, outputs k, inputs i. Addresses:
///   network/input[n][i]  network/weight[l][k][i]  network/bias[l][k]
///   network/row[n][l][k]   weight row · the layer's input;   network/z[n][l][k]  with the bias
///   network/h[n][l][k]     after the activation;  network/logit[n][k]  z, and so h, of the last layer
///   network/largest[n]  network/gap[n][k]  network/exp[n][k]  network/exp-sum[n]  network/probability[n][k]
/// With labels:
///   network/log-sum[n]  network/loss[n]
///   network/dz[n][l][k]  network/slope[n][l][k]  network/dh[n][l][i]  network/column[l][i][k] (weight[l][k][i])
/// Without hidden layers, for classes a and b:
///   network/margin[n][a][b]  network/difference[a][b][i]  network/difference-square[a][b]
///   network/flip-scale[n][a][b]  network/flip[n][a][b][i]
/// Of a step, with …-bias[l][k] in the place of …[l][k][i] for biases:
///   network/dz-of[l][k][n]  network/h-of[l][i][n] (l = 0: the input)
///   network/gradient-sum[l][k][i]  network/gradient[l][k][i]  network/velocity[l][k][i]
///   network/first[l][k][i]  network/second[l][k][i]  network/root[l][k][i]  network/gradient-square[l][k][i]
///   network/velocity-before, first-before, second-before [l][k][i]  network/update[l][k][i]  network/after[l][k][i]
/// Error "unknown-address".
Result<Explanation> explain_network(const NetworkContext& context, std::string_view address);

}  // namespace lab
