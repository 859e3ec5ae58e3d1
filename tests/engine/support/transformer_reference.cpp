#include "tests/engine/support/transformer_reference.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

#include "engine/base/random.h"

namespace lab::testing {

namespace {

using Matrix = std::vector<double>;

/// The whole pass; every matrix lies row after row.
struct Reference {
    const TransformerShape& shape;
    std::span<const float> all;
    std::span<const Token> tokens;
    std::span<const std::size_t> starts;
    const Interventions& interventions;

    std::size_t N = tokens.size();
    std::size_t D = shape.width;
    std::size_t H = shape.heads;
    std::size_t d = D / H;
    std::size_t F = shape.hidden;

    /// A tensor by its name, as the table of places says where it lies.
    Matrix tensor(const std::string& name) const {
        for (const TensorPlace& place : tensor_places(shape)) {
            if (place.name == name) {
                const auto values = all.subspan(place.offset, place.rows * place.columns);
                return {values.begin(), values.end()};
            }
        }
        return {};
    }
    Matrix layer_tensor(std::size_t l, const char* name) const {
        return tensor("layers." + std::to_string(l) + "." + name);
    }

    /// out[n, j] = Σᵢ in[n, i] · matrix[i, j]
    Matrix times(const Matrix& in, const Matrix& matrix, std::size_t inner, std::size_t outer) const {
        Matrix out(N * outer);
        for (std::size_t n = 0; n < N; ++n)
            for (std::size_t j = 0; j < outer; ++j)
                for (std::size_t i = 0; i < inner; ++i) out[n * outer + j] += in[n * inner + i] * matrix[i * outer + j];
        return out;
    }

    static Matrix plus(const Matrix& a, const Matrix& b) {
        Matrix out = a;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] += b[i];
        return out;
    }

    void norm(const Matrix& in, const Matrix& gain, Matrix& rms, Matrix& out) const {
        for (std::size_t n = 0; n < N; ++n) {
            double squares = 0;
            for (std::size_t i = 0; i < D; ++i) squares += in[n * D + i] * in[n * D + i];
            rms.push_back(std::sqrt(squares / static_cast<double>(D) + 1e-5));
            for (std::size_t i = 0; i < D; ++i) out.push_back(in[n * D + i] / rms[n] * gain[i]);
        }
    }

    void patch(std::size_t l, Matrix& state) const {
        for (const StatePatch& one : interventions.patches)
            for (std::size_t i = 0; one.layer == l && i < D; ++i)
                state[one.row * D + i] = static_cast<double>(one.state[i]);
    }

    bool ablated(std::size_t l, std::size_t h) const {
        for (const HeadPlace& place : interventions.ablated)
            if (place.layer + 1 == l && place.head == h) return true;
        return false;
    }

    /// Layers count from 1, heads from 0.
    void attend(std::size_t l, ReferenceBlock& block) const {
        block.mixed.resize(N * D);
        for (std::size_t s = 0; s + 1 < starts.size(); ++s)
            for (std::size_t h = 0; h < H; ++h)
                for (std::size_t t = starts[s]; t < starts[s + 1]; ++t) attend_row(l, h, s, t, block);
    }

    void attend_row(std::size_t l, std::size_t h, std::size_t s, std::size_t t, ReferenceBlock& block) const {
        const auto part = [&](std::size_t row, std::size_t third, std::size_t i) {
            return block.qkv[row * 3 * D + third * D + h * d + i];
        };
        double total = 0;
        std::vector<double> exps;
        for (std::size_t other = starts[s]; other < starts[s + 1]; ++other) {
            double dot = 0;
            for (std::size_t i = 0; i < d; ++i) dot += part(t, 0, i) * part(other, 1, i);
            block.dots.push_back(dot);
            const bool seen = !shape.causal || other <= t;
            exps.push_back(seen ? std::exp(dot / std::sqrt(static_cast<double>(d))) : 0);
            total += exps.back();
        }
        for (std::size_t other = 0; other < exps.size(); ++other) {
            const double weight = exps[other] / total;
            block.weights.push_back(weight);
            for (std::size_t i = 0; i < d && !ablated(l, h); ++i)
                block.mixed[t * D + h * d + i] += weight * part(starts[s] + other, 2, i);
        }
    }

    ReferenceBlock layer(std::size_t l, const Matrix& in) const {
        ReferenceBlock block;
        norm(in, layer_tensor(l, "norm1"), block.rms1, block.normed1);
        block.qkv = times(block.normed1, layer_tensor(l, "qkv"), D, 3 * D);
        attend(l, block);
        block.attended = times(block.mixed, layer_tensor(l, "output"), D, D);
        block.middle = plus(in, block.attended);
        block.out = block.middle;
        if (F > 0) {
            norm(block.middle, layer_tensor(l, "norm2"), block.rms2, block.normed2);
            block.hidden = times(block.normed2, layer_tensor(l, "up"), D, F);
            for (const double z : block.hidden) {
                const double t = std::sqrt(2 / std::numbers::pi) * (z + 0.044715 * z * z * z);
                block.active.push_back(0.5 * z * (1 + std::tanh(t)));
            }
            block.fed = times(block.active, layer_tensor(l, "down"), F, D);
            block.out = plus(block.middle, block.fed);
        }
        patch(l, block.out);
        return block;
    }

    ReferencePass pass() const {
        ReferencePass out;
        const Matrix table = tensor("tokens");
        const Matrix positions = tensor("positions");
        for (std::size_t s = 0; s + 1 < starts.size(); ++s)
            for (std::size_t n = starts[s]; n < starts[s + 1]; ++n)
                for (std::size_t i = 0; i < D; ++i)
                    out.x.push_back(table[tokens[n] * D + i] + positions[(n - starts[s]) * D + i]);
        patch(0, out.x);
        for (std::size_t l = 1; l <= shape.layers; ++l)
            out.layers.push_back(layer(l, l == 1 ? out.x : out.layers.back().out));
        norm(out.layers.back().out, tensor("final_norm"), out.rms, out.normed);
        for (std::size_t n = 0; n < N; ++n) {
            for (std::size_t v = 0; v < shape.vocabulary; ++v) {
                double logit = 0;
                for (std::size_t i = 0; i < D; ++i) logit += out.normed[n * D + i] * table[v * D + i];
                out.logits.push_back(logit);
            }
        }
        return out;
    }
};

}  // namespace

ReferencePass reference_forward(const TransformerShape& shape, std::span<const float> all,
                                std::span<const Token> tokens, std::span<const std::size_t> starts,
                                const Interventions& interventions) {
    return Reference{shape, all, tokens, starts, interventions}.pass();
}

std::vector<float> trained_like(const TransformerShape& shape, std::uint64_t seed) {
    std::vector<float> all = initial_weights(shape, seed);
    Random random(seed + 1000);
    for (const TensorPlace& place : tensor_places(shape)) {
        const float spread = place.rows == 1 ? 0.3f
                             : place.name == "tokens" || place.name == "positions"
                                 ? 0.7f
                                 : 1.2f / std::sqrt(static_cast<float>(place.rows));
        for (float& weight : std::span(all).subspan(place.offset, place.size())) weight += spread * random.normal();
    }
    return all;
}

std::vector<Token> random_tokens(const TransformerShape& shape, std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Token> tokens(count);
    for (Token& token : tokens) token = static_cast<Token>(random.below(shape.vocabulary));
    return tokens;
}

TransformerPass forward(const TransformerShape& shape, std::span<const float> all, std::vector<Token> tokens,
                        const Interventions& interventions, Keep keep) {
    TransformerPass pass;
    pass.keep = keep;
    pass.tokens = std::move(tokens);
    pass.starts = {0, pass.rows()};
    pass.asked.resize(pass.rows());
    std::iota(pass.asked.begin(), pass.asked.end(), 0u);
    KernelMultiplier multiplier;
    forward_into(shape, view_weights(shape, all), interventions, multiplier, pass);
    return pass;
}

}  // namespace lab::testing
