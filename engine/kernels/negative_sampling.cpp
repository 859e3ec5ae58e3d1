#include "engine/kernels/negative_sampling.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/kernels/simd.h"

namespace lab {
namespace {

constexpr float sigmoid_reach = 16.0f;
constexpr std::size_t steps_per_unit = 64;
constexpr std::size_t sigmoid_steps = std::size_t{2} * 16 * steps_per_unit;

const std::array<float, sigmoid_steps + 2>& sigmoid_table() {
    static const auto table = [] {
        std::array<float, sigmoid_steps + 2> values{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double x = static_cast<double>(i) / steps_per_unit - sigmoid_reach;
            values[i] = static_cast<float>(1 / (1 + std::exp(-x)));
        }
        return values;
    }();
    return table;
}

/// scores[k] = input · targets[k] for Count targets at once: each piece of the input is loaded once for all of them.
template <std::size_t Count>
void scores_together(const float* input, float* const* targets, std::size_t d, float* scores) {
    using namespace simd;
    std::array<Float4, Count> sums;
    sums.fill(splat(0));
    std::size_t i = 0;
    for (; i + lanes <= d; i += lanes) {
        const Float4 x = load(input + i);
        for (std::size_t k = 0; k < Count; ++k) sums[k] = multiply_add(x, load(targets[k] + i), sums[k]);
    }
    for (std::size_t k = 0; k < Count; ++k) {
        scores[k] = sum_lanes(sums[k]);
        for (std::size_t j = i; j < d; ++j) scores[k] += input[j] * targets[k][j];
    }
}

/// Moves the input and Count targets in one pass: all scores are known, so that what stands at i moves by nothing but
/// what else stands at i. Count 0: as many targets as are given, known only when running.
template <std::size_t Count>
void move_together(std::span<float> input, std::span<float* const> targets, const float* steps) {
    using namespace simd;
    const std::size_t count = Count == 0 ? targets.size() : Count;
    // Copies of our own: what is stored below might be the steps or the targets, for all the compiler knows.
    std::array<Float4, Count == 0 ? max_targets : Count> step;
    std::array<float*, Count == 0 ? max_targets : Count> rows;
    for (std::size_t k = 0; k < count; ++k) {
        step[k] = splat(steps[k]);
        rows[k] = targets[k];
    }
    float* const x_at = input.data();
    const std::size_t d = input.size();
    std::size_t i = 0;
    for (; i + lanes <= d; i += lanes) {
        const Float4 x = load(x_at + i);
        Float4 total = x;
        for (std::size_t k = 0; k < count; ++k) {
            const Float4 row = load(rows[k] + i);
            total = multiply_add(step[k], row, total);
            store(rows[k] + i, multiply_add(step[k], x, row));
        }
        store(x_at + i, total);
    }
    for (; i < d; ++i) {
        const float x = x_at[i];
        float total = x;
        for (std::size_t k = 0; k < count; ++k) {
            const float row = rows[k][i];
            total += steps[k] * row;
            rows[k][i] = row + steps[k] * x;
        }
        x_at[i] = total;
    }
}

// Six at a time is the usual group (one true word, five negatives) and leaves registers for the input.
constexpr std::size_t group = 6;

void all_scores(const float* input, std::span<float* const> targets, std::size_t d, float* scores) {
    std::size_t k = 0;
    for (; k + group <= targets.size(); k += group) scores_together<group>(input, &targets[k], d, scores + k);
    for (; k < targets.size(); ++k) scores_together<1>(input, &targets[k], d, scores + k);
}

}  // namespace

float sigmoid(float x) {
    if (!(x > -sigmoid_reach)) return x != x ? x : 0.0f;
    if (x >= sigmoid_reach) return 1.0f;
    const float position = (x + sigmoid_reach) * steps_per_unit;
    const auto i = static_cast<std::size_t>(position);
    const float part = position - static_cast<float>(i);
    const auto& table = sigmoid_table();
    return table[i] + part * (table[i + 1] - table[i]);
}

void negative_sampling_step(std::span<float> input, std::span<float* const> targets, float rate,
                            std::span<float> scores) {
    const std::size_t d = input.size();
    assert(!targets.empty() && targets.size() <= max_targets && scores.size() >= targets.size());
    all_scores(input.data(), targets, d, scores.data());

    std::array<float, max_targets> steps;
    for (std::size_t k = 0; k < targets.size(); ++k) steps[k] = rate * ((k == 0 ? 1.0f : 0.0f) - sigmoid(scores[k]));

    (targets.size() == group ? move_together<group> : move_together<0>)(input, targets, steps.data());
}

namespace reference {

void negative_sampling_step(std::span<float> input, std::span<float* const> targets, float rate,
                            std::span<double> scores) {
    std::array<double, max_targets> steps{};
    for (std::size_t k = 0; k < targets.size(); ++k) {
        double score = 0;
        for (std::size_t i = 0; i < input.size(); ++i) score += static_cast<double>(input[i]) * targets[k][i];
        scores[k] = score;
        steps[k] = rate * ((k == 0 ? 1.0 : 0.0) - 1 / (1 + std::exp(-score)));
    }
    for (std::size_t i = 0; i < input.size(); ++i) {
        double nudge = 0;
        for (std::size_t k = 0; k < targets.size(); ++k) {
            const double row = targets[k][i];
            nudge += steps[k] * row;
            targets[k][i] = static_cast<float>(row + steps[k] * input[i]);
        }
        input[i] = static_cast<float>(input[i] + nudge);
    }
}

}  // namespace reference
}  // namespace lab
