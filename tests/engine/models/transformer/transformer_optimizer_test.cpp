#include "engine/models/transformer/transformer_optimizer.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

namespace {

const TransformerShape shape{.vocabulary = 5, .context = 3, .width = 4, .heads = 2, .layers = 1, .hidden = 8};

std::vector<float> normals(std::size_t n, std::uint64_t seed) {
    std::vector<float> all(n);
    Random random(seed);
    random.fill_normal(all);
    return all;
}

}  // namespace

TEST_CASE("AdamW follows its definition in double over several steps") {
    TransformerOptimizer optimizer(shape);
    KernelMultiplier multiplier;
    const TransformerRule rule{.rate = 0.01f, .weight_decay = 0.1f, .muon = false};
    std::vector<float> weights = normals(weight_count(shape), 1);
    std::vector<double> exact(weights.begin(), weights.end());
    std::vector<double> first(exact.size(), 0.0);
    std::vector<double> second(exact.size(), 0.0);
    for (int step = 1; step <= 5; ++step) {
        std::vector<float> gradients = normals(weights.size(), 10 + static_cast<std::uint64_t>(step));
        const std::vector<float> kept = gradients;
        optimizer.step(rule, multiplier, gradients, weights);
        for (const TensorPlace& place : tensor_places(shape)) {
            const bool decays = place.name == "layers.1.qkv" || place.name == "layers.1.output" ||
                                place.name == "layers.1.up" || place.name == "layers.1.down";
            for (std::size_t i = place.offset; i < place.offset + place.size(); ++i) {
                const double g = static_cast<double>(kept[i]);
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.98 * second[i] + 0.02 * g * g;
                const double update =
                    first[i] / (1 - std::pow(0.9, step)) / (std::sqrt(second[i] / (1 - std::pow(0.98, step))) + 1e-8);
                exact[i] -= 0.01 * (update + (decays ? 0.1 : 0) * exact[i]);
                CAPTURE(place.name, i, step);
                CHECK(std::abs(static_cast<double>(weights[i]) - exact[i]) < 2e-6);
            }
        }
    }
}

TEST_CASE("orthogonalize brings every singular value near 1 and keeps the directions") {
    KernelMultiplier multiplier;
    std::vector<float> gram, square, next;
    for (const auto& [rows, columns] : {std::pair{4, 4}, std::pair{3, 7}, std::pair{16, 40}}) {
        const auto R = static_cast<std::size_t>(rows);
        const auto C = static_cast<std::size_t>(columns);
        std::vector<float> x = normals(R * C, 5);
        const std::vector<float> before = x;
        orthogonalize(multiplier, x, R, C, gram, square, next);
        // x xᵀ has the squares of the singular values as its eigenvalues: their sum is near R, of their squares too.
        double trace = 0;
        double squares = 0;
        double together = 0;
        for (std::size_t r = 0; r < R; ++r) {
            for (std::size_t s = 0; s < R; ++s) {
                double product = 0;
                for (std::size_t c = 0; c < C; ++c)
                    product += static_cast<double>(x[r * C + c]) * static_cast<double>(x[s * C + c]);
                trace += r == s ? product : 0;
                squares += product * product;
            }
            for (std::size_t c = 0; c < C; ++c)
                together += static_cast<double>(x[r * C + c]) * static_cast<double>(before[r * C + c]);
        }
        CAPTURE(R, C, trace, squares);
        CHECK(trace > 0.4 * static_cast<double>(R));
        CHECK(trace < 1.5 * static_cast<double>(R));
        CHECK(squares - trace * trace / static_cast<double>(R) < 0.2 * static_cast<double>(R));  // all about the same
        CHECK(together > 0);
    }
    std::vector<float> zeros(12, 0.0f);
    orthogonalize(multiplier, zeros, 3, 4, gram, square, next);
    for (const float value : zeros) CHECK(value == 0);  // no direction, and no NaN
}

TEST_CASE("Muon moves a matrix against its gradient by a step of known size, and turns no other part over") {
    TransformerOptimizer optimizer(shape);
    KernelMultiplier multiplier;
    const TransformerRule rule{.rate = 0.01f, .weight_decay = 0};
    const std::vector<float> before = normals(weight_count(shape), 1);
    std::vector<float> weights = before;
    std::vector<float> gradients = normals(weights.size(), 2);
    const std::vector<float> kept = gradients;
    optimizer.step(rule, multiplier, gradients, weights);
    for (const TensorPlace& place : tensor_places(shape)) {
        double against = 0;
        double squares = 0;
        for (std::size_t i = place.offset; i < place.offset + place.size(); ++i) {
            const double change = static_cast<double>(weights[i]) - static_cast<double>(before[i]);
            against -= change * static_cast<double>(kept[i]);
            squares += change * change;
        }
        CAPTURE(place.name);
        CHECK(against > 0);
        const double size = std::sqrt(squares / static_cast<double>(place.size()));
        const bool inner = place.rows > 1 && place.name.starts_with("layers.");
        CHECK(size < (inner ? 0.0026 : 0.0101));
        CHECK(size > (inner ? 0.001 : 0.0099));
    }
}

TEST_CASE("a run taken up from its state goes on as if it had not been cut") {
    const TransformerRule rule;
    KernelMultiplier multiplier;
    TransformerOptimizer whole(shape);
    std::vector<float> weights = normals(weight_count(shape), 1);
    const auto advance = [&](TransformerOptimizer& optimizer, std::vector<float>& at, std::uint64_t seed) {
        std::vector<float> gradients = normals(at.size(), seed);
        optimizer.step(rule, multiplier, gradients, at);
    };
    advance(whole, weights, 2);
    TransformerOptimizer resumed(shape);
    resumed.restore(whole.state());
    std::vector<float> other = weights;
    advance(whole, weights, 3);
    advance(resumed, other, 3);
    CHECK(weights == other);
    CHECK(resumed.state().steps == 2);
}
