#include "engine/models/transformer/transformer_backward.h"

#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/transformer_kernels.h"

namespace lab {

namespace {

/// One call of backward. `row` [N, D] holds ∂/∂(the state between layers) on its way down.
struct Backward {
    const TransformerShape& shape;
    Multiplier& multiplier;
    const TransformerPass& pass;
    BackwardRoom& room;

    [[nodiscard]] std::size_t rows() const { return pass.rows(); }

    /// Of out = in · weights: adds inᵀ · dout to dweights, and puts dout · weightsᵀ into din.
    void project(const std::vector<float>& in, MatrixView weights, const std::vector<float>& dout,
                 MutableMatrixView dweights, std::vector<float>& din) const {
        const std::size_t I = weights.rows;
        const std::size_t O = weights.columns;
        multiplier.multiply(I, rows(), O, {in.data(), I, true}, {dout.data(), O}, dweights.data.data(), O, true);
        din.resize(rows() * I);
        multiplier.multiply(rows(), O, I, {dout.data(), O}, {weights.data.data(), O, true}, din.data(), I);
    }

    /// Of out = rms_norm(in): adds to drow what comes from dout.
    void norm(const std::vector<float>& in, std::span<const float> gain, const std::vector<float>& rms,
              const std::vector<float>& dout, std::span<float> dgain, std::vector<float>& drow) const {
        const std::size_t D = gain.size();
        for (std::size_t n = 0; n < rows(); ++n) {
            rms_norm_backward(std::span(in).subspan(n * D, D), gain, rms[n], std::span(dout).subspan(n * D, D),
                              std::span(drow).subspan(n * D, D), dgain);
        }
    }

    void feed_forward(const BasicBlockWeights<const float>& weights, const BlockPass& block,
                      const BasicBlockWeights<float>& gradients) const {
        project(block.active, weights.down, room.row, gradients.down, room.wide);
        gelu_backward(block.hidden, room.wide, room.wide);
        project(block.normed2, weights.up, room.wide, gradients.up, room.other);
        norm(block.middle, weights.norm2, block.rms2, room.other, gradients.norm2, room.row);
    }

    /// Of one head over one sequence: from ∂/∂mixed (room.other) to ∂/∂qkv (room.wide).
    void attend(std::size_t s, std::size_t head, const BlockPass& block) const {
        const std::size_t D = shape.width;
        const std::size_t d = shape.head_width();
        const std::size_t first = pass.starts[s];
        const std::size_t T = pass.starts[s + 1] - first;
        const float* weights = block.weights.data() + pass.square(s, shape.heads) + head * T * T;
        const float* q = block.qkv.data() + first * 3 * D + head * d;
        const float* dmixed = room.other.data() + first * D + head * d;
        float* dq = room.wide.data() + first * 3 * D + head * d;
        room.square.resize(std::max(room.square.size(), T * T));
        float* dweights = room.square.data();

        multiplier.multiply(T, T, d, {weights, T, true}, {dmixed, D}, dq + 2 * D, 3 * D);  // values
        multiplier.multiply(T, d, T, {dmixed, D}, {q + 2 * D, 3 * D, true}, dweights, T);
        const float scale = 1 / std::sqrt(static_cast<float>(d));
        for (std::size_t t = 0; t < T; ++t) {  // through softmax: weight · (dweight − Σ weight · dweight)
            const std::size_t seen = shape.causal ? t + 1 : T;
            const std::span<const float> row(weights + t * T, seen);
            const std::span<float> drow(dweights + t * T, T);
            const float mean = plain::dot(row, drow.first(seen));
            for (std::size_t i = 0; i < seen; ++i) drow[i] = row[i] * (drow[i] - mean) * scale;
            std::fill(drow.begin() + static_cast<std::ptrdiff_t>(seen), drow.end(), 0.0f);
        }
        multiplier.multiply(T, T, d, {dweights, T}, {q + D, 3 * D}, dq, 3 * D);        // queries
        multiplier.multiply(T, T, d, {dweights, T, true}, {q, 3 * D}, dq + D, 3 * D);  // keys
    }

    void layer(const BasicBlockWeights<const float>& weights, const std::vector<float>& in, const BlockPass& block,
               const BasicBlockWeights<float>& gradients) const {
        if (shape.hidden != 0) feed_forward(weights, block, gradients);
        project(block.mixed, weights.output, room.row, gradients.output, room.other);
        room.wide.resize(rows() * 3 * shape.width);
        for (std::size_t s = 0; s + 1 < pass.starts.size(); ++s) {
            for (std::size_t head = 0; head < shape.heads; ++head) attend(s, head, block);
        }
        project(block.normed1, weights.qkv, room.wide, gradients.qkv, room.other);
        norm(in, weights.norm1, block.rms1, room.other, gradients.norm1, room.row);
    }

    /// The tokens' rows as scorers; ∂/∂normed of the rows that were asked for, 0 elsewhere.
    void score(const TransformerWeights& weights, const TransformerGradients& gradients) const {
        const std::size_t D = shape.width;
        const std::size_t V = shape.vocabulary;
        const std::size_t R = pass.asked.size();
        std::vector<float>& normed = room.gathered;
        normed.resize(R * D);
        for (std::size_t r = 0; r < R; ++r)
            std::copy_n(pass.normed.data() + pass.asked[r] * D, D, normed.data() + r * D);
        multiplier.multiply(V, R, D, {pass.logits.data(), V, true}, {normed.data(), D}, gradients.tokens.data.data(), D,
                            true);
        multiplier.multiply(R, V, D, {pass.logits.data(), V}, {weights.tokens.data.data(), D}, normed.data(), D);
        room.other.assign(rows() * D, 0.0f);
        for (std::size_t r = 0; r < R; ++r)
            std::copy_n(normed.data() + r * D, D, room.other.data() + pass.asked[r] * D);
    }

    void embed(const TransformerGradients& gradients) const {
        const std::size_t D = shape.width;
        for (std::size_t s = 0; s + 1 < pass.starts.size(); ++s) {
            for (std::size_t n = pass.starts[s]; n < pass.starts[s + 1]; ++n) {
                const std::span<const float> drow = std::span(room.row).subspan(n * D, D);
                plain::add_scaled(drow, 1, gradients.tokens.row(pass.tokens[n]));
                plain::add_scaled(drow, 1, gradients.positions.row(n - pass.starts[s]));
            }
        }
    }
};

}  // namespace

void softmax_cross_entropy(const TransformerShape& shape, TransformerPass& pass, TransformerLoss& loss, bool derivative,
                           float scale) {
    const std::size_t V = shape.vocabulary;
    loss.losses.resize(loss.targets.size());
    loss.sum = 0;
    std::vector<float> room(derivative ? 0 : V);
    for (std::size_t r = 0; r < loss.targets.size(); ++r) {
        const std::span<float> logits = std::span(pass.logits).subspan(r * V, V);
        const float wanted = logits[loss.targets[r]];
        const float largest = *std::max_element(logits.begin(), logits.end());
        const std::span<float> shares = derivative ? logits : std::span(room);
        softmax(logits, 1, shares);  // the largest logit's share is 1 / Σ exp(logit − largest)
        const float top = *std::max_element(shares.begin(), shares.end());
        loss.losses[r] = (largest - wanted) - static_cast<float>(portable_log(static_cast<double>(top)));
        loss.sum += static_cast<double>(loss.losses[r]);
        if (!derivative) continue;
        for (float& share : shares) share *= scale;
        shares[loss.targets[r]] -= scale;
    }
}

void backward(const TransformerShape& shape, const TransformerWeights& weights, Multiplier& multiplier,
              const TransformerPass& pass, const TransformerGradients& gradients, BackwardRoom& room) {
    const Backward back{shape, multiplier, pass, room};
    back.score(weights, gradients);
    room.row.assign(pass.rows() * shape.width, 0.0f);
    back.norm(pass.layers.back().out, weights.final_norm, pass.rms, room.other, gradients.final_norm, room.row);
    for (std::size_t l = shape.layers; l-- > 0;)
        back.layer(weights.layers[l], l == 0 ? pass.x : pass.layers[l - 1].out, pass.layers[l], gradients.layers[l]);
    back.embed(gradients);
}

}  // namespace lab
