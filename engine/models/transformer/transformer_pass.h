// A pass through a transformer with every intermediate: what the lessons unfold, and what training goes back through.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/transformer/byte_pairs.h"
#include "engine/models/transformer/multiplier.h"
#include "engine/models/transformer/transformer.h"

namespace lab {

/// What a layer makes of all N rows.
struct BlockPass {
    std::vector<float> rms1;      // [N] the divisor of each row before attention
    std::vector<float> normed1;   // [N, D]
    std::vector<float> qkv;       // [N, 3D]
    std::vector<float> dots;      // q·k of each head, [H, T, T] for each sequence of T rows; empty unless kept
    std::vector<float> weights;   // softmax(dots / √d), the same shape; 0 where a place may not look
    std::vector<float> mixed;     // [N, D] the weighted sums of values, head beside head
    std::vector<float> attended;  // [N, D] mixed · output
    std::vector<float> middle;    // [N, D] the row with attended added
    std::vector<float> rms2;      // [N]; this and the following are empty without a feed-forward part
    std::vector<float> normed2;   // [N, D]
    std::vector<float> hidden;    // [N, F] normed2 · up
    std::vector<float> active;    // [N, F] gelu(hidden)
    std::vector<float> fed;       // [N, D] active · down
    std::vector<float> out;       // [N, D] middle with fed added: what the next layer reads
};

/// Layers and heads count from 0 here.
struct HeadPlace {
    std::size_t layer;
    std::size_t head;
    bool operator==(const HeadPlace&) const = default;
};

/// Another state [D] in the place of the one that leaves a layer; layer 0 is what goes into the first.
struct StatePatch {
    std::size_t layer;
    std::size_t row;
    std::vector<float> state;
};

/// What is done to a pass on its way.
struct Interventions {
    std::vector<HeadPlace> ablated;  // heads whose mixed values are replaced by 0
    std::vector<StatePatch> patches;
};

enum class Keep {
    everything,  // dots and weights
    weights,     // for training
    neither,     // attention is tiled: memory grows with T, not with T²
};

struct TransformerPass {
    Keep keep = Keep::everything;
    std::vector<Token> tokens;        // [N]
    std::vector<std::size_t> starts;  // [S + 1] the first row of each sequence, then N
    std::vector<float> x;             // [N, D] token row + position row
    std::vector<BlockPass> layers;
    std::vector<float> rms;            // [N]
    std::vector<float> normed;         // [N, D]
    std::vector<std::uint32_t> asked;  // [R] rows whose logits are wanted, rising
    std::vector<float> logits;         // [R, V] normed row · token row

    [[nodiscard]] std::size_t rows() const { return tokens.size(); }
    /// Where the [H, T, T] of sequence s begins in dots and weights.
    [[nodiscard]] std::size_t square(std::size_t s, std::size_t heads) const;
};

/// Computes the pass of pass.tokens, cut at pass.starts, logits at pass.asked; nothing is allocated that already has
/// its size. Each sequence begins at position 0 and has at most `context` rows; tokens are below the vocabulary. from:
/// rows before it were computed by an earlier call and stay (one sequence, causal, Keep::neither): text that grows
/// token by token.
void forward_into(const TransformerShape& shape, const TransformerWeights& weights, const Interventions& interventions,
                  Multiplier& multiplier, TransformerPass& pass, std::size_t from = 0);

}  // namespace lab
