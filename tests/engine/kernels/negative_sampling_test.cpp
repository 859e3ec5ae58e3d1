#include "engine/kernels/negative_sampling.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/base/random.h"

namespace {

struct Group {
    std::vector<float> input;
    std::vector<std::vector<float>> rows;

    Group(std::size_t d, std::size_t count, std::uint64_t seed) : input(d), rows(count, std::vector<float>(d)) {
        lab::Random random(seed);
        random.fill_normal(input);
        for (auto& row : rows) random.fill_normal(row);
    }
    std::vector<float*> pointers() {
        std::vector<float*> result;
        for (auto& row : rows) result.push_back(row.data());
        return result;
    }
};

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(static_cast<double>(a[i]) - b[i]));
    return worst;
}

double loss(const std::vector<float>& input, const std::vector<std::vector<float>>& rows) {
    double total = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        double score = 0;
        for (std::size_t i = 0; i < input.size(); ++i) score += static_cast<double>(input[i]) * rows[k][i];
        total += std::log1p(std::exp(k == 0 ? -score : score));
    }
    return total;
}

}  // namespace

TEST_CASE("sigmoid is within 4e-6 of the exact curve and settles at 0 and 1") {
    for (int i = -1700; i <= 1700; ++i) {
        const float x = static_cast<float>(i) / 100;
        const double exact = 1 / (1 + std::exp(-static_cast<double>(x)));
        INFO("x = " << x);
        CHECK(std::abs(static_cast<double>(lab::sigmoid(x)) - exact) < 4e-6);
    }
    CHECK(lab::sigmoid(1000) == 1.0f);
    CHECK(lab::sigmoid(-1000) == 0.0f);
    CHECK(std::isnan(lab::sigmoid(NAN)));
}

TEST_CASE("a step agrees with the reference at every length and group size") {
    for (const std::size_t d : {1u, 3u, 4u, 5u, 7u, 8u, 15u, 16u, 17u, 100u, 255u, 256u, 257u, 300u})
        for (const std::size_t count : {1u, 2u, 5u, 6u, 7u, 12u, 13u, 32u}) {
            Group fast(d, count, 7 * d + count);
            Group plain = fast;
            std::vector<float> scores(count);
            std::vector<double> expected(count);
            lab::negative_sampling_step(fast.input, fast.pointers(), 0.05f, scores);
            lab::reference::negative_sampling_step(plain.input, plain.pointers(), 0.05f, expected);
            INFO("d " << d << ", " << count << " targets");
            for (std::size_t k = 0; k < count; ++k) REQUIRE(std::abs(scores[k] - expected[k]) < 1e-4);
            REQUIRE(largest_difference(fast.input, plain.input) < 2e-5);
            for (std::size_t k = 0; k < count; ++k) REQUIRE(largest_difference(fast.rows[k], plain.rows[k]) < 2e-5);
        }
}

TEST_CASE("a step moves against the gradient of the loss, as finite differences measure it") {
    const Group before(9, 6, 3);
    Group after = before;
    std::vector<float> scores(6);
    constexpr float rate = 1e-2f;
    lab::negative_sampling_step(after.input, after.pointers(), rate, scores);
    constexpr float h = 1e-2f;
    for (std::size_t i = 0; i < before.input.size(); ++i) {
        Group up = before;
        Group down = before;
        up.input[i] += h;
        down.input[i] -= h;
        const double gradient = (loss(up.input, up.rows) - loss(down.input, down.rows)) / (2 * static_cast<double>(h));
        CHECK(std::abs((after.input[i] - before.input[i]) / rate + gradient) < 2e-3);
        for (std::size_t k = 0; k < before.rows.size(); ++k) {
            Group right = before;
            Group left = before;
            right.rows[k][i] += h;
            left.rows[k][i] -= h;
            const double slope =
                (loss(right.input, right.rows) - loss(left.input, left.rows)) / (2 * static_cast<double>(h));
            CHECK(std::abs((after.rows[k][i] - before.rows[k][i]) / rate + slope) < 2e-3);
        }
    }
}

TEST_CASE("a row that is drawn twice is moved twice") {
    Group group(8, 2, 5);
    Group twin = group;
    std::vector<float*> twice = {group.rows[0].data(), group.rows[1].data(), group.rows[1].data()};
    std::vector<float*> once = {twin.rows[0].data(), twin.rows[1].data()};
    std::vector<float> scores(3);
    lab::negative_sampling_step(group.input, twice, 0.05f, scores);
    lab::negative_sampling_step(twin.input, once, 0.05f, std::span(scores).first(2));
    std::vector<float> original = Group(8, 2, 5).rows[1];
    for (std::size_t i = 0; i < 8; ++i)
        CHECK(std::abs((group.rows[1][i] - original[i]) - 2 * (twin.rows[1][i] - original[i])) < 1e-6);
}
