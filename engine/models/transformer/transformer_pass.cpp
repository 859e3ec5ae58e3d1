#include "engine/models/transformer/transformer_pass.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/kernels/transformer_kernels.h"

namespace lab {

namespace {

/// What the functions below share: one call of forward_into.
struct Forward {
    const TransformerShape& shape;
    const Interventions& interventions;
    Multiplier& multiplier;
    TransformerPass& pass;
    std::size_t from;  // rows from here on are computed

    [[nodiscard]] std::size_t rows() const { return pass.rows() - from; }

    /// out[rows, weights.columns] = in[rows, weights.rows] · weights
    void project(const std::vector<float>& in, MatrixView weights, std::vector<float>& out) const {
        out.resize(pass.rows() * weights.columns);
        multiplier.multiply(rows(), weights.rows, weights.columns, {in.data() + from * weights.rows, weights.rows},
                            {weights.data.data(), weights.columns}, out.data() + from * weights.columns,
                            weights.columns);
    }

    void norm(const std::vector<float>& in, std::span<const float> gain, std::vector<float>& rms,
              std::vector<float>& out) const {
        const std::size_t D = gain.size();
        rms.resize(pass.rows());
        out.resize(in.size());
        for (std::size_t n = from; n < pass.rows(); ++n) {
            const auto row = [&](auto& matrix) { return std::span(matrix).subspan(n * D, D); };
            rms[n] = rms_norm(row(in), gain, row(out));
        }
    }

    /// out = a + b in the rows that are computed, then the patches of this layer.
    void add(const std::vector<float>& a, const std::vector<float>& b, std::vector<float>& out) const {
        out.resize(a.size());
        for (std::size_t i = from * shape.width; i < a.size(); ++i) out[i] = a[i] + b[i];
    }

    void patch(std::size_t layer, std::vector<float>& state) const {
        for (const StatePatch& one : interventions.patches) {
            if (one.layer == layer && one.row >= from && one.row < pass.rows())
                std::copy(one.state.begin(), one.state.end(),
                          state.begin() + static_cast<std::ptrdiff_t>(one.row * shape.width));
        }
    }

    void embed(const TransformerWeights& weights) const {
        const std::size_t D = shape.width;
        pass.x.resize(pass.rows() * D);
        for (std::size_t s = 0; s + 1 < pass.starts.size(); ++s) {
            for (std::size_t n = std::max(pass.starts[s], from); n < pass.starts[s + 1]; ++n) {
                const auto token = weights.tokens.row(pass.tokens[n]);
                const auto position = weights.positions.row(n - pass.starts[s]);
                for (std::size_t i = 0; i < D; ++i) pass.x[n * D + i] = token[i] + position[i];
            }
        }
    }

    /// One head over one sequence with its matrix of weights: dots, softmax of each row, weighted sum of values.
    void attend_with_weights(std::size_t s, std::size_t head, BlockPass& block) const {
        const std::size_t D = shape.width;
        const std::size_t d = shape.head_width();
        const std::size_t first = pass.starts[s];
        const std::size_t T = pass.starts[s + 1] - first;
        const std::size_t square = pass.square(s, shape.heads) + head * T * T;
        const float* q = block.qkv.data() + first * 3 * D + head * d;
        float* weights = block.weights.data() + square;
        float* dots = pass.keep == Keep::everything ? block.dots.data() + square : weights;
        multiplier.multiply(T, d, T, {q, 3 * D}, {q + D, 3 * D, true}, dots, T);
        for (std::size_t t = 0; t < T; ++t) {
            const std::size_t seen = shape.causal ? t + 1 : T;
            softmax({dots + t * T, seen}, std::sqrt(static_cast<float>(d)), {weights + t * T, seen});
            std::fill(weights + t * T + seen, weights + (t + 1) * T, 0.0f);
        }
        multiplier.multiply(T, T, d, {weights, T}, {q + 2 * D, 3 * D}, block.mixed.data() + first * D + head * d, D);
    }

    /// All heads over one sequence without their weights.
    void attend_tiled(std::size_t s, BlockPass& block, std::vector<float>& workspace) const {
        const std::size_t D = shape.width;
        const std::size_t first = pass.starts[s];
        const std::size_t begin = std::max(first, from);
        const std::size_t end = pass.starts[s + 1];
        const AttentionShape all{.queries = end - begin,
                                 .keys = end - first,
                                 .heads = shape.heads,
                                 .head_width = shape.head_width(),
                                 .value_width = shape.head_width(),
                                 .scale = 1 / std::sqrt(static_cast<float>(shape.head_width())),
                                 .mask = shape.causal ? AttentionMask::causal : AttentionMask::none};
        workspace.resize(std::max(workspace.size(), attention_workspace(all)));
        const float* qkv = block.qkv.data();
        attention(all, {qkv + begin * 3 * D, 3 * D}, {qkv + first * 3 * D + D, 3 * D},
                  {qkv + first * 3 * D + 2 * D, 3 * D}, {}, workspace, {block.mixed.data() + begin * D, D});
    }

    void attend(std::size_t l, BlockPass& block) const {
        const std::size_t D = shape.width;
        const std::size_t sequences = pass.starts.size() - 1;
        block.mixed.resize(pass.rows() * D);
        block.weights.resize(pass.keep == Keep::neither ? 0 : pass.square(sequences, shape.heads));
        block.dots.resize(pass.keep == Keep::everything ? block.weights.size() : 0);
        std::vector<float> workspace;
        for (std::size_t s = 0; s < sequences; ++s) {
            if (pass.keep == Keep::neither) {
                attend_tiled(s, block, workspace);
            } else {
                for (std::size_t head = 0; head < shape.heads; ++head) attend_with_weights(s, head, block);
            }
        }
        for (const HeadPlace& place : interventions.ablated) {
            if (place.layer != l) continue;
            for (std::size_t n = from; n < pass.rows(); ++n)
                std::fill_n(block.mixed.begin() + static_cast<std::ptrdiff_t>(n * D + place.head * shape.head_width()),
                            shape.head_width(), 0.0f);
        }
    }

    void layer(std::size_t l, const BasicBlockWeights<const float>& weights, const std::vector<float>& in,
               BlockPass& block) const {
        norm(in, weights.norm1, block.rms1, block.normed1);
        project(block.normed1, weights.qkv, block.qkv);
        attend(l, block);
        project(block.mixed, weights.output, block.attended);
        add(in, block.attended, block.middle);
        if (shape.hidden == 0) {
            block.out = block.middle;
        } else {
            norm(block.middle, weights.norm2, block.rms2, block.normed2);
            project(block.normed2, weights.up, block.hidden);
            block.active.resize(block.hidden.size());
            const auto computed = [&](auto& matrix) { return std::span(matrix).subspan(from * shape.hidden); };
            gelu(computed(block.hidden), computed(block.active));
            project(block.active, weights.down, block.fed);
            add(block.middle, block.fed, block.out);
        }
        patch(l + 1, block.out);
    }

    void score(const TransformerWeights& weights) const {
        const std::size_t D = shape.width;
        const std::size_t V = shape.vocabulary;
        pass.logits.resize(pass.asked.size() * V);
        const bool all = pass.asked.size() == pass.rows();
        std::vector<float> gathered;
        for (std::size_t r = 0; !all && r < pass.asked.size(); ++r) {
            const auto row = pass.normed.begin() + static_cast<std::ptrdiff_t>(pass.asked[r] * D);
            gathered.insert(gathered.end(), row, row + static_cast<std::ptrdiff_t>(D));
        }
        multiplier.multiply(pass.asked.size(), D, V, {all ? pass.normed.data() : gathered.data(), D},
                            {weights.tokens.data.data(), D, true}, pass.logits.data(), V);
    }
};

}  // namespace

std::size_t TransformerPass::square(std::size_t s, std::size_t heads) const {
    std::size_t before = 0;
    for (std::size_t i = 0; i < s; ++i) before += heads * (starts[i + 1] - starts[i]) * (starts[i + 1] - starts[i]);
    return before;
}

void forward_into(const TransformerShape& shape, const TransformerWeights& weights, const Interventions& interventions,
                  Multiplier& multiplier, TransformerPass& pass, std::size_t from) {
    const Forward forward{shape, interventions, multiplier, pass, from};
    forward.embed(weights);
    forward.patch(0, pass.x);
    pass.layers.resize(shape.layers);
    for (std::size_t l = 0; l < shape.layers; ++l)
        forward.layer(l, weights.layers[l], l == 0 ? pass.x : pass.layers[l - 1].out, pass.layers[l]);
    forward.norm(pass.layers.back().out, weights.final_norm, pass.rms, pass.normed);
    forward.score(weights);
}

}  // namespace lab
