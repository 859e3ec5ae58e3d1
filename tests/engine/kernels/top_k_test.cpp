#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// The answer by sorting everything: higher first, NaN last, lower index first among equals.
std::vector<std::uint32_t> by_sorting(std::span<const float> scores, std::size_t k) {
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::isnan(scores[a]) ? false : std::isnan(scores[b]) || scores[a] > scores[b];
    });
    order.resize(std::min(k, order.size()));
    return order;
}

void check_top_k(std::span<const float> scores, std::size_t k) {
    CAPTURE(scores.size(), k);
    const Hit untouched{4242, -1};
    std::vector<Hit> hits(k + 2, untouched);
    std::vector<Hit> plain(k);
    const std::size_t written = top_k(scores, std::span(hits).first(k));
    CHECK(reference::top_k(scores, plain) == written);
    const auto expected = by_sorting(scores, k);
    REQUIRE(written == expected.size());
    for (std::size_t i = 0; i < written; ++i) {
        CHECK(hits[i].index == expected[i]);
        CHECK(plain[i].index == expected[i]);
        CHECK((hits[i].score == scores[expected[i]] || (std::isnan(hits[i].score) && std::isnan(scores[expected[i]]))));
    }
    for (std::size_t i = written; i < hits.size(); ++i) CHECK(hits[i].index == untouched.index);
}

constexpr std::array<std::size_t, 8> counts{0, 1, 2, 5, 10, 16, 64, 400};

}  // namespace

TEST_CASE("top_k is the head of the sorted scores") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (const std::size_t k : counts) check_top_k(normals(n, seed, n % 4).view(), k);
    check_top_k(normals(20000, 3).view(), 10);
}

TEST_CASE("equal scores go to the lower index") {
    for (const std::size_t n : edge_lengths)
        for (const std::size_t k : counts) {
            Floats same(n);
            Floats few(n);  // three different values, many ties
            Random random(n);
            for (std::size_t i = 0; i < n; ++i) {
                same[i] = 0.5f;
                few[i] = static_cast<float>(random.below(3));
            }
            check_top_k(same.view(), k);
            check_top_k(few.view(), k);
        }
    const std::array<float, 2> zeros{-0.0f, 0.0f};
    check_top_k(zeros, 1);
}

TEST_CASE("ascending and descending scores, the worst and the best for a heap") {
    std::vector<float> scores(300);
    std::iota(scores.begin(), scores.end(), -7.0f);
    for (const std::size_t k : counts) check_top_k(scores, k);
    std::reverse(scores.begin(), scores.end());
    for (const std::size_t k : counts) check_top_k(scores, k);
}

TEST_CASE("NaN ranks below everything, even −∞") {
    for (const std::size_t k : counts) {
        for (const std::size_t n : edge_lengths) {
            Floats scores = normals(n, 61);
            Random random(n + 1);
            for (float& score : scores.span()) {
                const auto dice = random.below(4);
                if (dice == 0) score = not_a_number;
                if (dice == 1) score = -infinity;
            }
            check_top_k(scores.view(), k);
        }
        std::vector<float> late(100, not_a_number);  // NaN fill the heap, and what counts comes after
        late[70] = -infinity;
        late[99] = 1;
        check_top_k(late, k);
        std::vector<float> infinite(50, infinity);
        check_top_k(infinite, k);
    }
}

TEST_CASE("one high score is found wherever it stands") {
    for (std::size_t at = 0; at < 100; ++at) {
        std::vector<float> scores(100, 0.0f);
        scores[at] = 1;
        Hit hit{};
        REQUIRE(top_k(scores, std::span(&hit, 1)) == 1);
        CHECK(hit.index == at);
        CHECK(hit.score == 1);
    }
}
