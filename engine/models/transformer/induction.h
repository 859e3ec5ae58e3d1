// An induction head grown from nothing: a transformer of two layers of attention alone learns to foretell sequences of
// random signs that repeat. For a while it can do no better than guess among the signs that it has seen; then, within a
// few steps, a head of the second layer begins to look at the place after the earlier occurrence of the sign, and the
// loss of the repetition drops.
//
// Sources: Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits"; Olsson et al. 2022, "In-context
// Learning and Induction Heads".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/models/transformer/head_scores.h"
#include "engine/models/transformer/transformer_backward.h"
#include "engine/models/transformer/transformer_optimizer.h"

namespace lab {

/// Signs that the sequences are made of: tokens 1 … 32. Token 0 is the border before each sequence.
inline constexpr std::size_t induction_signs = 32;
/// Places of a sequence, the border's among them.
inline constexpr std::size_t induction_places = 48;
/// A sequence is a segment of 14 to 24 random signs, over and over until the places are full: which sign comes next is
/// told by what stood after the last one earlier, and by no fixed distance.
inline constexpr std::size_t shortest_segment = 14;
inline constexpr std::size_t longest_segment = 24;

struct InductionSequence {
    std::vector<Token> tokens;  // [induction_places + 1], the last one only to be foretold
    std::size_t segment;        // its length
};
InductionSequence draw_sequence(Random& random);

/// What stands to be foretold at a place t, the token t + 1 of the sequence.
enum class Foretold : unsigned char {
    first,     // a sign of the first run through the segment: random, nothing foretells it
    turn,      // the first sign of the repetition: nobody says when it begins. It counts in neither measure
    repeated,  // a sign of the repetition
};
Foretold foretold(std::size_t place, std::size_t segment);

/// How well signs are foretold: of the first run [0] and of the repetition [1].
struct InductionScore {
    std::array<double, 2> loss{};      // mean −ln probability
    std::array<double, 2> accuracy{};  // how often the likeliest sign is the right one
};

/// The model after so many steps.
struct InductionSnapshot {
    std::uint64_t step = 0;
    InductionScore held_out;        // over the held-out sequences
    std::vector<HeadScores> heads;  // [layers · heads] over the same
    std::vector<float> weights;     // [weight_count(shape)]
};

struct InductionOptions {
    std::uint64_t seed = 1;     // of the weights and of the sequences
    std::uint64_t steps = 600;  // 1 to 5,000
    std::uint64_t every = 10;   // steps from one snapshot to the next; at most 200 snapshots
};

/// A training under way. One seed gives the same weights on every machine, however the run is cut.
class InductionTraining {
  public:
    /// Error "out-of-range".
    static Result<InductionTraining> begin(const InductionOptions& options);

    /// Two layers of attention alone, 4 heads of 16 numbers each: 38,144 weights, 150 KB a snapshot.
    [[nodiscard]] static TransformerShape shape();
    /// 32 sequences that are the same for all seeds; none of them is trained on.
    [[nodiscard]] const std::vector<InductionSequence>& held_out() const { return held_out_; }

    [[nodiscard]] const InductionOptions& options() const { return options_; }
    [[nodiscard]] std::uint64_t steps() const { return optimizer_.state().steps; }
    [[nodiscard]] bool done() const { return steps() >= options_.steps; }
    /// Of the last step's sequences, before the step; NaN before the first.
    [[nodiscard]] const InductionScore& batch() const { return batch_; }
    /// The first is of step 0; the last step has one too.
    [[nodiscard]] const std::vector<InductionSnapshot>& snapshots() const { return snapshots_; }

    /// Snapshot `which` measured anew, with the output of some heads replaced by 0: what hangs on them. The heads
    /// exist; weights stays empty.
    [[nodiscard]] InductionSnapshot measure_without(std::size_t which, std::vector<HeadPlace> heads);

    /// One step on 16 new sequences; nothing when done. Error "diverged", as a training on this task has never been
    /// seen to do: the weights stay as they were.
    std::optional<Error> advance();

  private:
    explicit InductionTraining(const InductionOptions& options);
    void run(const std::vector<InductionSequence>& sequences, std::span<const float> weights,
             const Interventions& interventions);
    [[nodiscard]] InductionScore score() const;
    [[nodiscard]] InductionSnapshot measure(std::uint64_t step, std::span<const float> weights,
                                            const Interventions& interventions);
    void take_snapshot();

    InductionOptions options_;
    std::vector<float> weights_;
    TransformerOptimizer optimizer_;
    Random random_;
    std::vector<InductionSequence> held_out_;
    InductionScore batch_;
    std::vector<InductionSnapshot> snapshots_;
    // Used again by every step.
    KernelMultiplier multiplier_{Arithmetic::plain};
    TransformerPass pass_;
    TransformerLoss loss_;
    std::vector<Foretold> parts_;  // [R] of the pass
    std::vector<bool> right_;      // [R] whether the likeliest token is the right one
    std::vector<float> gradients_;
    std::vector<float> next_;  // the weights after a step, before it is known to be sound
    BackwardRoom room_;
};

}  // namespace lab
