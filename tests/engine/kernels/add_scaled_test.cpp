#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("add_scaled is y + scale · x in every place and touches nothing else") {
    for (const float scale : {0.0f, 1.0f, -1.0f, 0.3f})
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(scale, n, shift);
                const Floats x = normals(n, 11, shift);
                const Floats before = normals(n, 12);
                Floats y = output(n, (shift + 1) % 4);
                for (std::size_t i = 0; i < n; ++i) y[i] = before.view()[i];
                add_scaled(x.view(), scale, y.span());
                REQUIRE(y.guards_stand());
                for (std::size_t i = 0; i < n; ++i) {
                    const double product = static_cast<double>(scale) * static_cast<double>(x.view()[i]);
                    const double exact = static_cast<double>(before.view()[i]) + product;
                    CHECK(std::abs(static_cast<double>(y[i]) - exact) <=
                          0x1p-24 * (std::abs(product) + std::abs(exact)) * 1.0001);
                }
            }
}

TEST_CASE("a value does not depend on the place where it stands") {
    for (const std::size_t n : edge_lengths) {
        Floats x(n);
        Floats y = output(n);
        for (std::size_t i = 0; i < n; ++i) {
            x[i] = 1.1f;
            y[i] = 0.7f;
        }
        add_scaled(x.view(), 0.3f, y.span());
        for (std::size_t i = 1; i < n; ++i) CHECK(y[i] == y[0]);
    }
}

TEST_CASE("adding and taking away gives back small whole numbers exactly") {
    const std::size_t n = 65;
    Floats x(n);
    Floats y = output(n);
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = static_cast<float>(i);
        y[i] = static_cast<float>(100 - static_cast<int>(i));
    }
    add_scaled(x.view(), 3, y.span());
    for (std::size_t i = 0; i < n; ++i) CHECK(y[i] == static_cast<float>(100 + 2 * static_cast<int>(i)));
    add_scaled(x.view(), -3, y.span());
    for (std::size_t i = 0; i < n; ++i) CHECK(y[i] == static_cast<float>(100 - static_cast<int>(i)));
}

TEST_CASE("add_scaled agrees with its twin to the last place or two") {
    const Floats x = normals(300, 13);
    Floats fast = normals(300, 14);
    Floats plain = normals(300, 14);
    add_scaled(x.view(), -0.77f, fast.span());
    reference::add_scaled(x.view(), -0.77f, plain.span());
    for (std::size_t i = 0; i < 300; ++i)
        CHECK(std::abs(fast[i] - plain[i]) <= 0x1p-23f * (std::abs(plain[i]) + std::abs(x.view()[i])));
}

TEST_CASE("NaN and infinity pass through add_scaled in their own place only") {
    for (std::size_t at = 0; at < 7; ++at) {
        Floats x(7);
        Floats y = output(7);
        for (std::size_t i = 0; i < 7; ++i) x[i] = y[i] = 1;
        x[at] = infinity;
        add_scaled(x.view(), 0, y.span());  // 0 · ∞
        for (std::size_t i = 0; i < 7; ++i) CHECK(std::isnan(y[i]) == (i == at));
        y[at] = smallest_denormal;
        x[at] = smallest_denormal;
        add_scaled(x.view(), 2, y.span());
        CHECK(y[at] == 3 * smallest_denormal);
    }
}
