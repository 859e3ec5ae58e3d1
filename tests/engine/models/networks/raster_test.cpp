#include "engine/models/networks/raster.h"

#include <algorithm>
#include <array>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/base/random.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using Catch::Approx;

namespace {

struct Ink {
    double mass = 0, x = 0, y = 0;  // x and y of the centre, in pixels
    std::size_t left = picture_side, right = 0, top = picture_side, bottom = 0;
};

/// How much there is, where its centre lies, and which pixels hold any.
Ink ink_of(const std::vector<float>& pixels) {
    REQUIRE(pixels.size() == picture_pixels);
    Ink ink;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        REQUIRE(pixels[i] >= 0);
        REQUIRE(pixels[i] <= 1);
        if (pixels[i] == 0) continue;
        const std::size_t column = i % picture_side;
        const std::size_t row = i / picture_side;
        const auto value = static_cast<double>(pixels[i]);
        ink.mass += value;
        ink.x += value * (static_cast<double>(column) + 0.5);
        ink.y += value * (static_cast<double>(row) + 0.5);
        ink.left = std::min(ink.left, column);
        ink.right = std::max(ink.right, column);
        ink.top = std::min(ink.top, row);
        ink.bottom = std::max(ink.bottom, row);
    }
    ink.x /= ink.mass;
    ink.y /= ink.mass;
    return ink;
}

std::vector<float> picture(const std::vector<Stroke>& strokes, float thickness = 0.08f) {
    auto result = rasterize(strokes, thickness);
    REQUIRE(result.ok());
    return std::move(result).value();
}

/// The largest difference between two pictures.
float furthest(const std::vector<float>& a, const std::vector<float>& b) {
    float most = 0;
    for (std::size_t i = 0; i < picture_pixels; ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

std::string refusal(const std::vector<Stroke>& strokes, float thickness = 0.08f) {
    const auto result = rasterize(strokes, thickness);
    return result.ok() ? "drawn" : result.error().code;
}

const std::vector<Stroke> hook{{0.2f, 0.1f, 0.8f, 0.15f, 0.5f, 0.9f}, {0.3f, 0.5f, 0.7f, 0.5f}};

}  // namespace

TEST_CASE("a drawing fills 20 × 20 pixels, its centre of mass in the middle of 28 × 28") {
    const Ink ink = ink_of(picture(hook));
    CHECK(ink.x == Approx(14).margin(0.15));
    CHECK(ink.y == Approx(14).margin(0.15));
    const std::size_t height = ink.bottom - ink.top + 1;
    CHECK(height >= 20);
    CHECK(height <= 22);  // an edge pixel may be touched on either side
    CHECK(ink.right - ink.left + 1 < height);
    CHECK(ink.mass > 30);
}

TEST_CASE("proportions are kept: a long flat line stays flat, a tall one tall") {
    const Ink flat = ink_of(picture({{0.1f, 0.5f, 0.9f, 0.5f}}));
    CHECK(flat.right - flat.left + 1 >= 20);
    CHECK(flat.bottom - flat.top + 1 <= 5);
    const Ink tall = ink_of(picture({{0.5f, 0.9f, 0.5f, 0.1f}}));
    CHECK(tall.bottom - tall.top + 1 >= 20);
    CHECK(tall.right - tall.left + 1 <= 5);
}

TEST_CASE("where and how large one draws does not matter") {
    const auto expected = picture(hook);
    for (const auto [scale, dx, dy] :
         {std::array{0.25f, 0.0f, 0.0f}, std::array{1.0f, 3.0f, -2.0f}, std::array{8.0f, -16.0f, 4.0f}}) {
        auto moved = hook;
        for (Stroke& stroke : moved) {
            for (std::size_t i = 0; i < stroke.size(); ++i) stroke[i] = stroke[i] * scale + (i % 2 == 0 ? dx : dy);
        }
        CHECK(furthest(picture(moved, 0.08f * scale), expected) < 1e-3f);
    }
}

TEST_CASE("the direction in which a line is drawn does not matter, nor a point that is drawn twice") {
    const auto expected = picture({{0.1f, 0.2f, 0.6f, 0.3f, 0.4f, 0.9f}});
    CHECK(furthest(picture({{0.4f, 0.9f, 0.6f, 0.3f, 0.1f, 0.2f}}), expected) < 1e-4f);
    CHECK(picture({{0.1f, 0.2f, 0.6f, 0.3f, 0.6f, 0.3f, 0.4f, 0.9f}}) == expected);
    CHECK(picture({{0.1f, 0.2f, 0.6f, 0.3f}, {}, {0.6f, 0.3f, 0.4f, 0.9f}}) == expected);
}

TEST_CASE("a pen of more width leaves more ink, within bounds") {
    double before = 0;
    for (const float thickness : {0.06f, 0.1f, 0.14f}) {
        const double mass = ink_of(picture(hook, thickness)).mass;
        CHECK(mass > before);
        before = mass;
    }
    CHECK(ink_of(picture(hook, 1e-6f)).mass > 20);  // still to be seen
    CHECK(ink_of(picture(hook, 1e6f)).mass < 400);  // and never a blot over all
    CHECK(ink_of(picture(hook, 1e30f)).mass < 400);
}

TEST_CASE("a dot is drawn, in the middle") {
    for (const Stroke& dot : {Stroke{0.3f, 0.8f}, Stroke{-5, 7, -5, 7}, Stroke{9e5f, -9e5f}}) {
        const Ink ink = ink_of(picture({dot}));
        CHECK(ink.mass > 2);
        CHECK(ink.x == Approx(14).margin(0.05));
        CHECK(ink.y == Approx(14).margin(0.05));
    }
    const Ink two = ink_of(picture({{0.1f, 0.5f}, {0.9f, 0.5f}}));
    CHECK(two.right - two.left + 1 >= 20);
}

TEST_CASE("what cannot be drawn is refused") {
    CHECK(refusal({}) == "empty-vector");
    CHECK(refusal({{}, {}}) == "empty-vector");
    CHECK(refusal({{0.5f}}) == "length-mismatch");
    CHECK(refusal({{0.1f, 0.2f}, {0.1f, 0.2f, 0.3f}}) == "length-mismatch");
    CHECK(refusal({{0.1f, testing::not_a_number}}) == "not-finite");
    CHECK(refusal({{testing::infinity, 0.1f}}) == "not-finite");
    CHECK(refusal({{3e38f, -3e38f}}) == "not-finite");
    CHECK(refusal(hook, 0) == "out-of-range");
    CHECK(refusal(hook, -1) == "out-of-range");
    CHECK(refusal(hook, testing::not_a_number) == "out-of-range");
    CHECK(refusal(hook, testing::infinity) == "out-of-range");
}

TEST_CASE("random drawings, tiny, huge and far off, become pictures in the middle") {
    Random random(17);
    for (int round = 0; round < 2000; ++round) {
        std::vector<Stroke> strokes(1 + random.below(4));
        const float scale = std::pow(10.0f, static_cast<float>(random.uniform() * 8 - 4));
        const float dx = random.normal() * scale;
        for (Stroke& stroke : strokes) {
            for (std::uint64_t points = random.below(6); points > 0; --points) {
                stroke.push_back(random.normal() * scale + dx);
                stroke.push_back(random.normal() * scale);
            }
        }
        strokes[0].insert(strokes[0].end(), {dx, 0});
        const Ink ink = ink_of(picture(strokes, scale * static_cast<float>(random.uniform() + 1e-3)));
        REQUIRE(ink.mass > 2);
        REQUIRE(ink.x == Approx(14).margin(1));
        REQUIRE(ink.y == Approx(14).margin(1));
    }
}
