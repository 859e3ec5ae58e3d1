#include "engine/models/transformer/induction.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"

namespace lab {

namespace {

constexpr std::size_t batch_size = 16;
constexpr std::size_t held_out_size = 32;
constexpr std::uint64_t held_out_seed = 20220308;  // of no training: those take 2 · seed and 2 · seed + 1 mixed below
constexpr std::uint64_t most_snapshots = 200;
constexpr std::uint64_t warm_up = 20;
/// Positions begin larger than tokens, so that "one place back" can be learned before the signs drown it.
constexpr float position_spread = 6;
constexpr TransformerRule rule{.rate = 0.01f, .weight_decay = 0.3f};

Error out_of_range(const std::string& what) { return {"out-of-range", what, ""}; }

std::vector<float> begin_weights(std::uint64_t seed) {
    std::vector<float> weights = initial_weights(InductionTraining::shape(), seed);
    for (float& number : view_weights(InductionTraining::shape(), std::span(weights)).positions.data)
        number *= position_spread;
    return weights;
}

/// Shortens gradients that are longer than 1, so that one odd batch cannot undo many.
void clip(std::span<float> gradients) {
    const float length = std::sqrt(plain::dot(gradients, gradients));
    if (length <= 1) return;
    for (float& g : gradients) g /= length;
}

}  // namespace

InductionSequence draw_sequence(Random& random) {
    InductionSequence made;
    made.segment = shortest_segment + static_cast<std::size_t>(random.below(longest_segment - shortest_segment + 1));
    made.tokens.push_back(0);
    for (std::size_t t = 1; t <= induction_places; ++t) {
        made.tokens.push_back(t <= made.segment ? static_cast<Token>(1 + random.below(induction_signs))
                                                : made.tokens[t - made.segment]);
    }
    return made;
}

Foretold foretold(std::size_t place, std::size_t segment) {
    if (place < segment) return Foretold::first;  // the signs of the first run stand at places 1 … segment
    return place == segment ? Foretold::turn : Foretold::repeated;
}

TransformerShape InductionTraining::shape() {
    return {.vocabulary = induction_signs + 1,
            .context = induction_places,
            .width = 64,
            .heads = 4,
            .layers = 2,
            .hidden = 0,
            .causal = true};
}

Result<InductionTraining> InductionTraining::begin(const InductionOptions& options) {
    if (options.steps < 1 || options.steps > 5000) return out_of_range("A training takes 1 to 5,000 steps.");
    if (options.every < 1 || options.steps / options.every > most_snapshots) {
        return out_of_range("Between two snapshots lie at least " +
                            std::to_string((options.steps + most_snapshots - 1) / most_snapshots) + " steps.");
    }
    return InductionTraining(options);
}

InductionTraining::InductionTraining(const InductionOptions& options)
    : options_(options), weights_(begin_weights(options.seed)), optimizer_(shape()), random_(~options.seed) {
    Random held_out(held_out_seed);
    for (std::size_t i = 0; i < held_out_size; ++i) held_out_.push_back(draw_sequence(held_out));
    batch_.loss.fill(std::numeric_limits<double>::quiet_NaN());
    batch_.accuracy = batch_.loss;
    pass_.keep = Keep::weights;
    take_snapshot();
}

/// The pass of these sequences, each asked at every place for the next token.
void InductionTraining::run(const std::vector<InductionSequence>& sequences, std::span<const float> weights,
                            const Interventions& interventions) {
    pass_.tokens.clear();
    pass_.asked.clear();
    pass_.starts.assign(1, 0);
    loss_.targets.clear();
    parts_.clear();
    for (const InductionSequence& one : sequences) {
        for (std::size_t t = 0; t < induction_places; ++t) {
            pass_.asked.push_back(static_cast<std::uint32_t>(pass_.rows()));
            pass_.tokens.push_back(one.tokens[t]);
            loss_.targets.push_back(one.tokens[t + 1]);
            parts_.push_back(foretold(t, one.segment));
        }
        pass_.starts.push_back(pass_.rows());
    }
    forward_into(shape(), view_weights(shape(), weights), interventions, multiplier_, pass_);
    right_.resize(parts_.size());
    const std::size_t V = shape().vocabulary;
    for (std::size_t r = 0; r < parts_.size(); ++r) {
        const auto logits = std::span(pass_.logits).subspan(r * V, V);
        const auto likeliest = static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
        right_[r] = likeliest == loss_.targets[r];
    }
}

/// Means over the rows of the pass, whose losses are computed.
InductionScore InductionTraining::score() const {
    InductionScore out;
    std::array<double, 2> count{};
    for (std::size_t r = 0; r < parts_.size(); ++r) {
        if (parts_[r] == Foretold::turn) continue;
        const std::size_t part = parts_[r] == Foretold::first ? 0 : 1;
        out.loss[part] += static_cast<double>(loss_.losses[r]);
        out.accuracy[part] += right_[r] ? 1 : 0;
        ++count[part];
    }
    for (std::size_t part = 0; part < 2; ++part) {
        out.loss[part] /= count[part];
        out.accuracy[part] /= count[part];
    }
    return out;
}

InductionSnapshot InductionTraining::measure(std::uint64_t step, std::span<const float> weights,
                                             const Interventions& interventions) {
    run(held_out_, weights, interventions);
    softmax_cross_entropy(shape(), pass_, loss_, false);
    HeadMeter meter(shape());
    meter.add(pass_);
    return {step, score(), meter.scores(), {}};
}

void InductionTraining::take_snapshot() {
    InductionSnapshot taken = measure(steps(), weights_, {});
    taken.weights = weights_;
    snapshots_.push_back(std::move(taken));
}

InductionSnapshot InductionTraining::measure_without(std::size_t which, std::vector<HeadPlace> heads) {
    const InductionSnapshot& snapshot = snapshots_[which];
    return measure(snapshot.step, snapshot.weights, {.ablated = std::move(heads), .patches = {}});
}

std::optional<Error> InductionTraining::advance() {
    if (done()) return std::nullopt;
    std::vector<InductionSequence> sequences;
    for (std::size_t i = 0; i < batch_size; ++i) sequences.push_back(draw_sequence(random_));
    run(sequences, weights_, {});
    softmax_cross_entropy(shape(), pass_, loss_, true, 1 / static_cast<float>(parts_.size()));
    const InductionScore batch = score();
    gradients_.assign(weights_.size(), 0.0f);
    backward(shape(), view_weights(shape(), std::span<const float>(weights_)), multiplier_, pass_,
             view_weights(shape(), std::span(gradients_)), room_);
    clip(gradients_);
    TransformerRule now = rule;
    now.rate *= std::min(1.0f, static_cast<float>(steps() + 1) / static_cast<float>(warm_up + 1));
    next_ = weights_;
    optimizer_.step(now, multiplier_, gradients_, next_);
    if (!std::ranges::all_of(next_, [](float w) { return std::isfinite(w); })) {
        return Error{"diverged", "In step " + std::to_string(steps()) + " a weight left the range of 32-bit floats.",
                     ""};
    }
    std::swap(weights_, next_);
    batch_ = batch;
    if (steps() % options_.every == 0 || done()) take_snapshot();
    return std::nullopt;
}

}  // namespace lab
