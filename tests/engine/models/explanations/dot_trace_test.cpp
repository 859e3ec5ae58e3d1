#include "engine/models/explanations/dot_trace.h"

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("a watched dot product makes the kernel's own additions, to the last bit") {
    Random random(17);
    for (std::size_t n = 0; n <= 300; ++n) {
        const auto a = random_vector(random, n);
        const auto b = random_vector(random, n);
        const DotTrace watched = trace(a, b);
        INFO(n);
        REQUIRE(watched.result == dot(a, b));
        // Recombined by hand: four vectors pairwise, then the lanes pairwise.
        const auto& s = watched.accumulators;
        for (std::size_t lane = 0; lane < 4; ++lane) {
            REQUIRE(watched.lanes[lane] == (s[lane] + s[4 + lane]) + (s[8 + lane] + s[12 + lane]));
        }
        const auto& l = watched.lanes;
        REQUIRE((l[0] + l[1]) + (l[2] + l[3]) == watched.result);
        // The other two ways.
        REQUIRE(watched.products.size() == n);
        REQUIRE(watched.running.size() == n);
        float sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            REQUIRE(watched.products[i] == a[i] * b[i]);
            sum += watched.products[i];
            REQUIRE(watched.running[i] == sum);
        }
        REQUIRE(watched.sequential == sum);
        REQUIRE(watched.exact == reference::dot(a, b));
        REQUIRE(std::abs(watched.result - watched.exact) <= dot_error_bound(n, reference::sum_of_magnitudes(a, b)));
    }
}

TEST_CASE("each product goes to the accumulator whose number is its place modulo sixteen") {
    for (std::size_t n = 1; n <= 40; ++n) {
        for (std::size_t i = 0; i < n; ++i) {
            std::vector<float> a(n, 0.0f);
            a[i] = 3;
            const DotTrace watched = trace(a, std::vector<float>(n, 2.0f));
            for (std::size_t k = 0; k < 16; ++k) REQUIRE(watched.accumulators[k] == (k == i % 16 ? 6.0f : 0.0f));
            REQUIRE(watched.lanes[i % 4] == 6);
        }
    }
}

TEST_CASE("two orders of the same sum differ in the last digits, and both are shown") {
    // 2²⁴ swallows each 1 that is added to it alone; sixteen running sums keep most of the ones apart from it.
    std::vector<float> a(17, 1.0f);
    a[0] = 16777216.0f;
    const DotTrace watched = trace(a, std::vector<float>(17, 1.0f));
    CHECK(watched.sequential == 16777216.0f);
    CHECK(watched.result == 16777230.0f);
    CHECK(watched.exact == 16777232.0);
}
