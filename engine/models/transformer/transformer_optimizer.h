// How a transformer's gradients become a step. Matrices inside the layers go by Muon, the rest by AdamW; or everything
// by AdamW.
//
// Sources: Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization" (AdamW); Jordan et al. 2024, "Muon: An
// optimizer for hidden layers in neural networks"; its scale as in Liu et al. 2025, "Muon is Scalable for LLM
// Training".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/transformer/multiplier.h"
#include "engine/models/transformer/transformer.h"

namespace lab {

struct TransformerRule {
    float rate = 0.003f;
    float weight_decay =
        0.1f;  // of matrices inside the layers, times the rate; tokens, positions and gains keep theirs
    float beta1 = 0.9f;
    float beta2 = 0.98f;
    float epsilon = 1e-8f;
    float momentum = 0.95f;  // Muon's
    bool muon = true;
};

/// The moments of a training run.
class TransformerOptimizer {
  public:
    explicit TransformerOptimizer(const TransformerShape& shape);

    /// One step from gradients[weights]; they may be changed on the way.
    void step(const TransformerRule& rule, Multiplier& multiplier, std::span<float> gradients,
              std::span<float> weights);

    /// What a checkpoint holds.
    struct State {
        std::uint64_t steps = 0;
        std::vector<float> first;   // [weights] Adam's first moment, or Muon's momentum
        std::vector<float> second;  // [weights] Adam's second moment
    };
    [[nodiscard]] const State& state() const { return state_; }
    void restore(State state) { state_ = std::move(state); }

  private:
    TransformerShape shape_;
    std::vector<TensorPlace> places_;
    State state_;
    std::vector<float> x_, gram_, square_, next_;  // Muon's room
    void muon(const TransformerRule& rule, Multiplier& multiplier, const TensorPlace& place, std::size_t column,
              std::size_t columns, std::span<float> gradients, std::span<float> weights);
    void adam(const TransformerRule& rule, float decay, const TensorPlace& place, std::span<const float> gradients,
              std::span<float> weights);
};

/// x[rows, columns] becomes the nearest matrix whose singular values all are about 1 (0.7 to 1.2): five rounds of a
/// Newton–Schulz iteration. rows ≤ columns is fastest. Room grows as needed.
void orthogonalize(Multiplier& multiplier, std::span<float> x, std::size_t rows, std::size_t columns,
                   std::vector<float>& gram, std::vector<float>& square, std::vector<float>& next);

}  // namespace lab
