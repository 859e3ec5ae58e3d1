#include "engine/models/transformer/transformer_optimizer.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/models/networks/optimizer.h"

namespace lab {

TransformerOptimizer::TransformerOptimizer(const TransformerShape& shape)
    : shape_(shape), places_(tensor_places(shape)) {
    state_.first.assign(weight_count(shape), 0.0f);
    state_.second.assign(weight_count(shape), 0.0f);
}

void TransformerOptimizer::step(const TransformerRule& rule, Multiplier& multiplier, std::span<float> gradients,
                                std::span<float> weights) {
    ++state_.steps;
    for (const TensorPlace& place : places_) {
        const bool inner = place.rows > 1 && place.name.starts_with("layers.");
        if (!inner || !rule.muon) {
            adam(rule, inner ? rule.weight_decay : 0, place, gradients, weights);
        } else if (place.name.ends_with("qkv")) {  // three matrices that only lie in one
            const std::size_t third = place.columns / 3;
            for (std::size_t part = 0; part < 3; ++part)
                muon(rule, multiplier, place, part * third, third, gradients, weights);
        } else {
            muon(rule, multiplier, place, 0, place.columns, gradients, weights);
        }
    }
}

void TransformerOptimizer::adam(const TransformerRule& rule, float decay, const TensorPlace& place,
                                std::span<const float> gradients, std::span<float> weights) {
    const float correction1 = adam_correction(rule.beta1, state_.steps);
    const float correction2 = adam_correction(rule.beta2, state_.steps);
    for (std::size_t i = place.offset; i < place.offset + place.size(); ++i) {
        const float g = gradients[i];
        float& first = state_.first[i];
        float& second = state_.second[i];
        first += (1 - rule.beta1) * (g - first);
        second += (1 - rule.beta2) * (g * g - second);
        const float update = first / correction1 / (std::sqrt(second / correction2) + rule.epsilon);
        weights[i] -= rule.rate * (update + decay * weights[i]);
    }
}

/// Columns `column` … of the tensor as a matrix of its own.
void TransformerOptimizer::muon(const TransformerRule& rule, Multiplier& multiplier, const TensorPlace& place,
                                std::size_t column, std::size_t columns, std::span<float> gradients,
                                std::span<float> weights) {
    const std::size_t rows = place.rows;
    const bool turned = rows > columns;  // the shorter side goes first: the iteration squares it
    const auto at = [&](std::size_t r, std::size_t c) { return place.offset + r * place.columns + column + c; };
    const auto in_room = [&](std::size_t r, std::size_t c) { return turned ? c * rows + r : r * columns + c; };
    x_.resize(rows * columns);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            const float g = gradients[at(r, c)];
            float& velocity = state_.first[at(r, c)];
            velocity = rule.momentum * velocity + (1 - rule.momentum) * g;
            x_[in_room(r, c)] = rule.momentum * velocity + (1 - rule.momentum) * g;  // Nesterov's look ahead
        }
    }
    orthogonalize(multiplier, x_, std::min(rows, columns), std::max(rows, columns), gram_, square_, next_);
    // The update's entries get the root mean square 0.2 that AdamW's have, so that one rate serves both.
    const float scale = 0.2f * std::sqrt(static_cast<float>(std::max(rows, columns)));
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            float& w = weights[at(r, c)];
            w -= rule.rate * (scale * x_[in_room(r, c)] + rule.weight_decay * w);
        }
    }
}

void orthogonalize(Multiplier& multiplier, std::span<float> x, std::size_t rows, std::size_t columns,
                   std::vector<float>& gram, std::vector<float>& square, std::vector<float>& next) {
    const float length = std::sqrt(plain::dot(x, x));
    if (!(length > 0)) return;
    for (float& value : x) value /= length;
    gram.resize(rows * rows);
    square.resize(rows * rows);
    next.resize(rows * columns);
    // x ← a x + b (x xᵀ) x + c (x xᵀ)² x: each singular value s becomes a s + b s³ + c s⁵.
    constexpr float a = 3.4445f;
    constexpr float b = -4.7750f;
    constexpr float c = 2.0315f;
    for (int round = 0; round < 5; ++round) {
        multiplier.multiply(rows, columns, rows, {x.data(), columns}, {x.data(), columns, true}, gram.data(), rows);
        multiplier.multiply(rows, rows, rows, {gram.data(), rows}, {gram.data(), rows}, square.data(), rows);
        for (std::size_t i = 0; i < gram.size(); ++i) square[i] = b * gram[i] + c * square[i];
        multiplier.multiply(rows, rows, columns, {square.data(), rows}, {x.data(), columns}, next.data(), columns);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = a * x[i] + next[i];
    }
}

}  // namespace lab
