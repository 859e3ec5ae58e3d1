#include "engine/models/networks/stroke_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>

#include "engine/base/random.h"
#include "engine/models/networks/digit_styles.h"

namespace lab {

namespace {

/// A line along the points of a curve, eight pieces between two of them. roundness 0: through every point (Catmull &
/// Rom 1974); 1: a cubic B-spline, which cuts corners. The ends are met in any case.
Stroke smooth(const PenCurve& curve, float roundness) {
    constexpr int pieces = 8;
    Stroke line{curve[0].x, curve[0].y};
    const auto n = static_cast<int>(curve.size());
    const auto at = [&](int i) -> PenPoint {
        const auto point = [&](int k) { return curve[static_cast<std::size_t>(k)]; };
        if (i < 0) return {2 * point(0).x - point(1).x, 2 * point(0).y - point(1).y};
        if (i >= n) return {2 * point(n - 1).x - point(n - 2).x, 2 * point(n - 1).y - point(n - 2).y};
        return point(i);
    };
    const auto along = [&](float p, float q, float r, float s, float t) {
        const float through =
            0.5f * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
        const float u = 1 - t;
        const float by = (u * u * u * p + (3 * t * t * t - 6 * t * t + 4) * q + (3 * u * u * u - 6 * u * u + 4) * r +
                          t * t * t * s) /
                         6;
        return through + roundness * (by - through);
    };
    for (int i = 0; i + 1 < n; ++i) {
        const auto [a, b, c, d] = std::tuple{at(i - 1), at(i), at(i + 1), at(i + 2)};
        for (int piece = 1; piece <= pieces; ++piece) {
            const float t = static_cast<float>(piece) / pieces;
            line.push_back(along(a.x, b.x, c.x, d.x, t));
            line.push_back(along(a.y, b.y, c.y, d.y, t));
        }
    }
    return line;
}

/// A seed of its own for row i.
Random random_of(std::uint64_t seed, std::uint64_t i) { return Random(seed * 0x9e3779b97f4a7c15u + i + 1); }

const DigitStyle& choose_style(std::size_t digit, Random& random, float variation) {
    const auto ways = digit_styles(digit);
    if (variation == 0) return ways[0];
    std::uint64_t sum = 0;
    for (const DigitStyle& way : ways) sum += way.weight;
    std::uint64_t left = random.below(sum);
    for (const DigitStyle& way : ways) {
        if (left < way.weight) return way;
        left -= way.weight;
    }
    return ways[0];
}

/// How one hand differs from the copybook.
struct Hand {
    float slant, sine, cosine, width, middle;
    std::array<float, 6> bends;  // of lines that would be straight
    float wobble, roundness;

    Hand(Random& random, float variation) {
        const auto normal = [&](float deviation) { return variation * deviation * random.normal(); };
        slant = normal(0.36f) + 0.1f * std::min(variation, 1.0f);
        const float turn = normal(0.03f);  // tangent of half the angle
        sine = 2 * turn / (1 + turn * turn);
        cosine = (1 - turn * turn) / (1 + turn * turn);
        width = 0.95f * std::clamp(1 + normal(0.12f), 0.45f, 1.9f);
        middle = 0.5f + normal(0.032f);
        for (float& bend : bends) bend = normal(0.26f);
        wobble = variation * 0.052f * (0.6f + 0.4f * std::abs(random.normal()));
        roundness = std::min(variation, 1.0f) * 0.75f * static_cast<float>(random.uniform());
    }

    [[nodiscard]] PenPoint operator()(PenPoint p, Random& random) const {
        p.x += wobble * random.normal();
        p.y += wobble * random.normal();
        // Upper and lower half in other proportions.
        p.y = p.y < 0.5f ? 2 * middle * p.y : middle + (2 * p.y - 1) * (1 - middle);
        const float u = p.x - 0.5f;
        const float v = p.y - 0.5f;
        const float x = width * (u + bends[0] * u * u + bends[1] * u * v + bends[2] * v * v) - slant * v;
        const float y = v + bends[3] * u * u + bends[4] * u * v + bends[5] * v * v;
        return {cosine * x - sine * y, sine * x + cosine * y};
    }
};

std::vector<Stroke> write_digit(std::size_t digit, Random& random, float variation) {
    const DigitStyle& style = choose_style(digit, random, variation);
    const Hand hand(random, variation);
    std::vector<Stroke> strokes;
    PenPoint last{};       // where the style's last curve ended
    PenPoint last_done{};  // and the hand's
    for (const PenCurve& curve : style.curves) {
        PenCurve done;
        for (const PenPoint p : curve) done.push_back(hand(p, random));
        const bool joined = !strokes.empty() && curve.front() == last;
        const auto stretch = [&](PenPoint& end, PenPoint next) {
            const float by = std::clamp(variation * 0.3f * random.normal(), -0.5f, 0.5f);
            end = {end.x + by * (end.x - next.x), end.y + by * (end.y - next.y)};
        };
        if (joined) {
            done.front() = last_done;
        } else {
            stretch(done[0], done[1]);
        }
        last = curve.back();
        last_done = done.back();
        if (&curve == &style.curves.back()) stretch(done.back(), done[done.size() - 2]);
        strokes.push_back(smooth(done, hand.roundness));
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
        const float thickness = 0.12f * (1 + std::clamp(0.3f * variation * random.normal(), -0.5f, 0.9f));
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
