// Training: mini-batch gradient descent on a network's softmax cross-entropy. Seeded, resumable, and the same bits on
// every machine, however a run is cut.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/random.h"
#include "engine/models/networks/examples.h"
#include "engine/models/networks/network.h"
#include "engine/models/networks/optimizer.h"

namespace lab {

struct TrainingOptions {
    Optimizer optimizer = Optimizer::sgd;
    float rate = 0.1f;
    float momentum = 0.9f;
    std::size_t batch = 32;  // examples per step; the last step of an epoch may have fewer
    float weight_decay = 0;
    std::uint64_t seed = 1;  // of the order of the examples
    std::size_t every = 0;   // steps between two points of the curve; 0: one epoch; no_curve: nothing is measured
};

/// For a training whose curve nobody looks at: each point of it is a pass over all examples.
inline constexpr std::size_t no_curve = std::numeric_limits<std::size_t>::max();

/// A point of the curve; point 0 is before the first step. Held-out figures are NaN where nothing is held out.
struct CurvePoint {
    std::uint64_t step = 0;
    double epoch = 0;
    double loss = 0;
    double accuracy = 0;
    double held_out_loss = 0;
    double held_out_accuracy = 0;
};

/// One step, with everything that happened in it. One entry per layer in each list.
struct StepRecord {
    std::uint64_t step = 0;  // counted from 1
    std::vector<std::uint32_t> batch;
    Pass pass;  // of the batch, forward and back
    std::vector<Layer> before;
    std::vector<Layer> gradient_sums;          // over the batch
    std::vector<Layer> gradients;              // their mean, with the weight decay
    std::vector<Layer> first_before, first;    // momentum's velocity or Adam's first moment; empty for sgd
    std::vector<Layer> second_before, second;  // Adam's second moment; else empty
    std::vector<Layer> updates;                // what the rate is multiplied with
    std::vector<Layer> after;
    float correction1 = 1;  // Adam: 1 − β₁ᵗ, 1 − β₂ᵗ
    float correction2 = 1;
    double loss = 0;  // mean over the batch
};

class Training {
  public:
    /// Trains the network in place. Errors: "length-mismatch" (examples of other inputs or classes), "out-of-range" (an
    /// option).
    static Result<Training> begin(std::shared_ptr<Network> network, std::shared_ptr<const Examples> examples,
                                  std::shared_ptr<const Examples> held_out, const TrainingOptions& options);

    [[nodiscard]] const Network& network() const { return *network_; }
    [[nodiscard]] const TrainingOptions& options() const { return options_; }
    [[nodiscard]] std::size_t steps_per_epoch() const;
    [[nodiscard]] std::uint64_t steps() const { return step_; }
    [[nodiscard]] double epochs() const { return static_cast<double>(step_) / static_cast<double>(steps_per_epoch()); }
    /// Mean loss of the last mini-batch; NaN before the first.
    [[nodiscard]] double batch_loss() const { return batch_loss_; }
    [[nodiscard]] const std::vector<CurvePoint>& curve() const { return curve_; }

    /// One mini-batch. Error "diverged" where a weight would leave the range of floats: the network stays as it was.
    std::optional<Error> advance();
    /// The same, with a record of all that happened.
    Result<StepRecord> step();

    /// The whole state as bytes: weights, optimizer, order of the examples, random numbers, curve.
    [[nodiscard]] std::vector<std::uint8_t> save() const;
    /// Goes on from such bytes. Errors: "bad-file" (damaged, or no such bytes), "bad-shape" (of another network, other
    /// examples in number, or other options); then nothing has changed.
    std::optional<Error> restore(std::span<const std::uint8_t> bytes);

  private:
    Training() = default;

    std::shared_ptr<Network> network_;
    std::shared_ptr<const Examples> examples_;
    std::shared_ptr<const Examples> held_out_;
    TrainingOptions options_;
    Random random_{1};
    std::vector<std::uint32_t> order_;  // of the examples in this epoch
    std::uint64_t step_ = 0;
    double batch_loss_ = 0;
    std::vector<Layer> first_, second_;
    std::vector<CurvePoint> curve_;
    // Used again by every step.
    Pass pass_;
    std::vector<Layer> sums_, gradients_, updates_, after_, next_first_, next_second_;
    std::vector<float> rows_;
    std::vector<std::uint8_t> labels_;

    void shuffle();
    [[nodiscard]] std::span<const std::uint32_t> batch() const;
    std::optional<Error> compute(std::span<const std::uint32_t> batch);
    void sum_gradients(std::size_t count);
    void apply_optimizer(float batch_size);
    void accept();
    void add_point();
};

}  // namespace lab
