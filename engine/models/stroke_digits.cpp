#include "engine/models/stroke_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>

#include "engine/base/random.h"

namespace lab {

namespace {

struct Point {
    float x, y;
};
/// Points that a curve goes through; a corner ends a curve and begins the next.
using Curve = std::vector<Point>;
using Style = std::vector<Curve>;

/// The ways of writing each digit, the commonest first. x to the right, y down, in a box of 1 × 1.
const std::array<std::vector<Style>, 10>& styles() {
    static const std::array<std::vector<Style>, 10> all{{
        // 0: an oval, closed at the top; begun on the right; left a little open.
        {{{{.55f, .01f},
           {.25f, .1f},
           {.06f, .4f},
           {.1f, .75f},
           {.38f, .99f},
           {.72f, .92f},
           {.94f, .6f},
           {.88f, .25f},
           {.6f, .02f},
           {.5f, .03f}}},
         {{{.7f, .04f},
           {.35f, .03f},
           {.08f, .3f},
           {.06f, .7f},
           {.35f, .98f},
           {.75f, .9f},
           {.95f, .5f},
           {.8f, .12f},
           {.55f, .06f}}},
         {{{.35f, .05f}, {.08f, .35f}, {.12f, .8f}, {.45f, 1}, {.85f, .8f}, {.92f, .35f}, {.65f, .02f}, {.35f, .06f}}}},
        // 1: one stroke; with a flag; with flag and foot.
        {{{{.5f, 0}, {.5f, .5f}, {.5f, 1}}},
         {{{.5f, 0}, {.49f, .5f}, {.5f, 1}}},
         {{{.3f, .22f}, {.45f, .1f}, {.55f, 0}}, {{.55f, 0}, {.54f, .5f}, {.53f, 1}}},
         {{{.3f, .2f}, {.52f, 0}}, {{.52f, 0}, {.52f, 1}}, {{.28f, 1}, {.78f, 1}}}},
        // 2: with a flat foot; with a loop; rounded.
        {{{{.08f, .25f}, {.25f, .05f}, {.6f, .01f}, {.85f, .22f}, {.68f, .52f}, {.35f, .8f}, {.06f, .98f}},
          {{.06f, .98f}, {.5f, .95f}, {.96f, .97f}}},
         {{{.1f, .22f},
           {.38f, .01f},
           {.78f, .12f},
           {.76f, .45f},
           {.42f, .82f},
           {.14f, .98f},
           {.04f, .85f},
           {.22f, .77f},
           {.55f, .92f},
           {.97f, .94f}}},
         {{{.05f, .15f}, {.4f, 0}, {.8f, .08f}, {.85f, .35f}, {.5f, .7f}, {.05f, .97f}},
          {{.05f, .97f}, {.4f, .88f}, {.95f, .98f}}}},
        // 3: two bowls; flat on top; in one line with a small loop between.
        {{{{.1f, .12f}, {.4f, 0}, {.8f, .09f}, {.8f, .32f}, {.42f, .46f}},
          {{.42f, .46f}, {.88f, .58f}, {.9f, .86f}, {.48f, 1}, {.05f, .9f}}},
         {{{.1f, .03f}, {.85f, .02f}},
          {{.85f, .02f}, {.42f, .42f}},
          {{.42f, .42f}, {.85f, .52f}, {.88f, .82f}, {.5f, 1}, {.08f, .92f}}},
         {{{.12f, .08f},
           {.5f, 0},
           {.82f, .14f},
           {.7f, .38f},
           {.45f, .47f},
           {.38f, .5f},
           {.5f, .5f},
           {.85f, .62f},
           {.8f, .92f},
           {.4f, 1},
           {.04f, .88f}}}},
        // 4: open; closed; in the manner of a y.
        {{{{.22f, .04f}, {.1f, .35f}, {.06f, .56f}},
          {{.06f, .56f}, {.5f, .56f}, {.95f, .52f}},
          {{.74f, .06f}, {.7f, .5f}, {.66f, 1}}},
         {{{.66f, 0}, {.3f, .38f}, {.03f, .66f}}, {{.03f, .66f}, {.97f, .64f}}, {{.66f, 0}, {.66f, 1}}},
         {{{.12f, .05f}, {.08f, .35f}, {.25f, .52f}, {.6f, .48f}, {.84f, .36f}},
          {{.88f, .02f}, {.82f, .5f}, {.76f, 1}}}},
        // 5: with its roof drawn last; in one line; sharp.
        {{{{.26f, .04f}, {.2f, .25f}, {.16f, .44f}},
          {{.16f, .44f}, {.55f, .36f}, {.9f, .55f}, {.82f, .88f}, {.42f, 1}, {.05f, .9f}},
          {{.26f, .03f}, {.6f, .03f}, {.93f, 0}}},
         {{{.9f, .02f}, {.45f, .05f}, {.24f, .26f}, {.42f, .42f}, {.76f, .6f}, {.74f, .9f}, {.36f, 1}, {.05f, .9f}}},
         {{{.92f, .02f}, {.3f, .03f}},
          {{.3f, .03f}, {.2f, .45f}},
          {{.2f, .45f}, {.6f, .4f}, {.86f, .62f}, {.74f, .92f}, {.35f, 1}, {.04f, .94f}}}},
        // 6: a long back and a loop; upright; curled.
        {{{{.72f, .01f},
           {.38f, .24f},
           {.12f, .6f},
           {.18f, .9f},
           {.5f, 1},
           {.84f, .84f},
           {.78f, .6f},
           {.45f, .56f},
           {.15f, .78f}}},
         {{{.45f, 0},
           {.18f, .35f},
           {.08f, .72f},
           {.3f, .99f},
           {.7f, .95f},
           {.86f, .72f},
           {.62f, .55f},
           {.28f, .62f},
           {.1f, .8f}}},
         {{{.85f, .08f},
           {.5f, .04f},
           {.18f, .35f},
           {.08f, .75f},
           {.35f, 1},
           {.75f, .93f},
           {.85f, .68f},
           {.55f, .5f},
           {.18f, .66f}}}},
        // 7: plain; with a bar; with a hook; curved.
        {{{{.06f, .06f}, {.5f, .06f}, {.92f, .03f}}, {{.92f, .03f}, {.6f, .48f}, {.38f, 1}}},
         {{{.06f, .06f}, {.92f, .03f}}, {{.92f, .03f}, {.6f, .5f}, {.42f, 1}}, {{.25f, .52f}, {.82f, .48f}}},
         {{{.06f, .24f}, {.1f, .05f}}, {{.1f, .05f}, {.55f, .08f}, {.9f, .03f}}, {{.9f, .03f}, {.65f, .42f}, {.5f, 1}}},
         {{{.05f, .12f}, {.3f, .03f}, {.6f, .08f}, {.88f, .04f}, {.8f, .3f}, {.55f, .65f}, {.45f, 1}}}},
        // 8: in one line, as an S that comes back; two loops; begun in the middle.
        {{{{.8f, .14f},
           {.48f, 0},
           {.18f, .2f},
           {.46f, .46f},
           {.82f, .74f},
           {.52f, 1},
           {.14f, .8f},
           {.46f, .48f},
           {.8f, .24f},
           {.74f, .08f}}},
         {{{.5f, .47f},
           {.2f, .28f},
           {.35f, .02f},
           {.7f, .04f},
           {.8f, .28f},
           {.5f, .47f},
           {.12f, .7f},
           {.3f, .98f},
           {.75f, .96f},
           {.86f, .7f},
           {.5f, .47f}}},
         {{{.72f, .06f},
           {.35f, .03f},
           {.22f, .24f},
           {.55f, .5f},
           {.78f, .78f},
           {.48f, 1},
           {.2f, .82f},
           {.4f, .55f},
           {.82f, .22f},
           {.68f, .04f}}}},
        // 9: a loop and a straight stem; a curved stem; in one line.
        {{{{.84f, .16f}, {.52f, 0}, {.14f, .2f}, {.24f, .46f}, {.62f, .42f}, {.86f, .14f}},
          {{.86f, .14f}, {.82f, .55f}, {.76f, 1}}},
         {{{.82f, .14f}, {.46f, .01f}, {.12f, .24f}, {.3f, .48f}, {.7f, .36f}, {.84f, .12f}},
          {{.84f, .12f}, {.84f, .6f}, {.6f, .96f}, {.22f, .96f}}},
         {{{.84f, .22f},
           {.55f, 0},
           {.16f, .16f},
           {.2f, .42f},
           {.58f, .44f},
           {.82f, .2f},
           {.84f, .45f},
           {.62f, .8f},
           {.5f, 1}}}},
    }};
    return all;
}

/// Lines through the points of a curve (Catmull & Rom 1974): eight pieces between two points.
Stroke smooth(const Curve& curve) {
    constexpr int pieces = 8;
    Stroke line{curve[0].x, curve[0].y};
    const auto at = [&](std::size_t i) { return curve[std::min(i, curve.size() - 1)]; };
    for (std::size_t i = 0; i + 1 < curve.size(); ++i) {
        const Point before = i > 0 ? curve[i - 1] : curve[0];
        const auto [a, b, c] = std::tuple{at(i), at(i + 1), at(i + 2)};
        const auto along = [](float p, float q, float r, float s, float t) {
            return 0.5f *
                   (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
        };
        for (int piece = 1; piece <= pieces; ++piece) {
            const float t = static_cast<float>(piece) / pieces;
            line.push_back(along(before.x, a.x, b.x, c.x, t));
            line.push_back(along(before.y, a.y, b.y, c.y, t));
        }
    }
    return line;
}

/// A seed of its own for row i.
Random random_of(std::uint64_t seed, std::uint64_t i) { return Random(seed * 0x9e3779b97f4a7c15u + i + 1); }

std::vector<Stroke> write_digit(std::size_t digit, Random& random, float variation) {
    const auto& ways = styles()[digit];
    // The first way is the commonest; at variation 0 it is the only one.
    const std::size_t way = variation > 0 ? static_cast<std::size_t>(random.below(ways.size())) : 0;
    const auto normal = [&](float deviation) { return variation * deviation * random.normal(); };
    const float slant = normal(0.22f) + (variation > 0 ? 0.08f : 0.0f);
    const float turn = normal(0.05f);  // tangent of half the angle
    const float width = 0.62f * std::clamp(1 + normal(0.22f), 0.5f, 1.8f);
    const float bend = normal(0.06f);  // of the upright
    const float wobble = 0.035f;
    const float cosine = (1 - turn * turn) / (1 + turn * turn);
    const float sine = 2 * turn / (1 + turn * turn);
    const float middle = 0.5f + normal(0.05f);  // where upper and lower half meet
    std::vector<Stroke> strokes;
    for (Curve curve : ways[way]) {
        for (Point& p : curve) {
            p.x += normal(wobble);
            p.y += normal(wobble);
            // Upper and lower half in other proportions.
            p.y = p.y < 0.5f ? 2 * middle * p.y : middle + (2 * p.y - 1) * (1 - middle);
            const float x = width * (p.x - 0.5f) + slant * (0.5f - p.y) + bend * (p.y - 0.5f) * (p.y - 0.5f) * 4;
            const float y = p.y - 0.5f;
            p = {cosine * x - sine * y, sine * x + cosine * y};
        }
        strokes.push_back(smooth(curve));
    }
    return strokes;
}

}  // namespace

std::vector<Stroke> digit_strokes(std::size_t digit, std::uint64_t seed, float variation) {
    Random random(seed);
    return write_digit(digit, random, variation);
}

Result<Examples> stroke_digits(std::size_t count, std::uint64_t seed, float variation) {
    if (count < 1 || count > 60'000 || !(variation >= 0 && variation <= 2)) {
        return Error{"out-of-range", "1 to 60,000 digits can be drawn, with a variation of 0 to 2.", ""};
    }
    Examples out;
    out.inputs = picture_pixels;
    for (char digit = '0'; digit <= '9'; ++digit) out.classes.emplace_back(1, digit);
    out.rows.reserve(count * picture_pixels);
    std::array<std::uint8_t, 10> order{};
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 10 == 0) {
            Random shuffler = random_of(seed ^ 0x6469676974u, i / 10);
            for (std::size_t d = 0; d < 10; ++d) order[d] = static_cast<std::uint8_t>(d);
            for (std::size_t d = 10; d > 1; --d)
                std::swap(order[d - 1], order[static_cast<std::size_t>(shuffler.below(d))]);
        }
        const std::uint8_t digit = order[i % 10];
        Random random = random_of(seed, i);
        const auto strokes = write_digit(digit, random, variation);
        const float thickness = 0.12f * (1 + std::clamp(0.35f * variation * random.normal(), -0.5f, 0.9f));
        auto pixels = rasterize(strokes, thickness);
        if (!pixels.ok()) return pixels.error();
        // In 255 steps, as a scanner has them: and so that no last bit of a distance can tell machines apart.
        for (float& pixel : pixels.value()) pixel = std::floor(pixel * 255 + 0.5f) / 255;
        out.rows.insert(out.rows.end(), pixels.value().begin(), pixels.value().end());
        out.labels.push_back(digit);
    }
    return out;
}

}  // namespace lab
