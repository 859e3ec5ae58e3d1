#include "engine/models/networks/raster.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace lab {

namespace {

constexpr float box = 20;         // pixels that the drawing fills
constexpr float thinnest = 1.6f;  // pixels
constexpr float thickest = 4;

struct Point {
    float x, y;
};

/// Distance of p from the line from a to b.
float distance(Point p, Point a, Point b) {
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float square = dx * dx + dy * dy;
    const float along = square > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0f, 1.0f) : 0.0f;
    const float ex = p.x - (a.x + along * dx);
    const float ey = p.y - (a.y + along * dy);
    return std::sqrt(ex * ex + ey * ey);
}

/// Where the drawing lies, and how it comes into the picture: pixel = (point − middle) · scale + to.
struct Placing {
    Point middle{0, 0};
    float scale = 1;
    Point to{picture_side / 2.0f, picture_side / 2.0f};

    [[nodiscard]] Point operator()(float x, float y) const {
        return {(x - middle.x) * scale + to.x, (y - middle.y) * scale + to.y};
    }
};

/// Ink of every pixel: full within the pen, and over one pixel's width down to none.
std::vector<float> draw(std::span<const Stroke> strokes, const Placing& placing, float radius) {
    std::vector<float> pixels(picture_pixels);
    const auto line = [&](Point a, Point b) {
        const float reach = radius + 1;
        const auto within = [](float v) { return static_cast<std::size_t>(std::clamp(v, 0.0f, float{picture_side})); };
        for (std::size_t row = within(std::min(a.y, b.y) - reach); row < within(std::max(a.y, b.y) + reach + 1);
             ++row) {
            for (std::size_t c = within(std::min(a.x, b.x) - reach); c < within(std::max(a.x, b.x) + reach + 1); ++c) {
                const Point centre{static_cast<float>(c) + 0.5f, static_cast<float>(row) + 0.5f};
                const float ink = std::clamp(radius + 0.5f - distance(centre, a, b), 0.0f, 1.0f);
                float& pixel = pixels[row * picture_side + c];
                pixel = std::max(pixel, ink);
            }
        }
    };
    for (const Stroke& stroke : strokes) {
        for (std::size_t i = 0; i + 1 < stroke.size(); i += 2) {
            const std::size_t next = i + 3 < stroke.size() ? i + 2 : i;
            if (next == i && i > 0) break;
            line(placing(stroke[i], stroke[i + 1]), placing(stroke[next], stroke[next + 1]));
        }
    }
    return pixels;
}

std::optional<Error> check(std::span<const Stroke> strokes, float thickness) {
    std::size_t points = 0;
    for (std::size_t s = 0; s < strokes.size(); ++s) {
        const std::string which = "Stroke " + std::to_string(s + 1);
        if (strokes[s].size() % 2 == 1) {
            return Error{"length-mismatch", which + " ends with a point that has no y. Points come in pairs, x then y.",
                         ""};
        }
        points += strokes[s].size() / 2;
        for (const float v : strokes[s]) {
            if (!(std::abs(v) < 1e6f)) {
                return Error{"not-finite", which + " holds a number that is NaN, infinite or beyond a million.", ""};
            }
        }
    }
    if (points == 0) return Error{"empty-vector", "Nothing is drawn. Draw at least one point.", ""};
    if (!(thickness > 0) || !std::isfinite(thickness)) {
        return Error{"out-of-range", "The pen must be thicker than 0.", ""};
    }
    return std::nullopt;
}

}  // namespace

Result<std::vector<float>> rasterize(std::span<const Stroke> strokes, float thickness) {
    if (auto error = check(strokes, thickness)) return *std::move(error);
    constexpr float far = std::numeric_limits<float>::max();
    Point low{far, far};
    Point high{-far, -far};
    for (const Stroke& stroke : strokes) {
        for (std::size_t i = 0; i < stroke.size(); i += 2) {
            low = {std::min(low.x, stroke[i]), std::min(low.y, stroke[i + 1])};
            high = {std::max(high.x, stroke[i]), std::max(high.y, stroke[i + 1])};
        }
    }
    Placing placing;
    placing.middle = {(low.x + high.x) / 2, (low.y + high.y) / 2};
    // The pen's own width belongs to the drawing: scale by what is drawn, ink and all.
    const float extent = std::max({high.x - low.x, high.y - low.y, thickness}) + thickness;
    const float width = std::clamp(thickness * box / extent, thinnest, thickest);
    placing.scale = (box - width) / std::max({high.x - low.x, high.y - low.y, thickness});
    const std::vector<float> first = draw(strokes, placing, width / 2);
    double mass = 0;
    double x = 0;
    double y = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const auto ink = static_cast<double>(first[i]);
        const std::size_t row = i / picture_side;
        const std::size_t column = i % picture_side;
        mass += ink;
        x += ink * (static_cast<double>(column) + 0.5);
        y += ink * (static_cast<double>(row) + 0.5);
    }
    constexpr double middle = picture_side / 2.0;
    placing.to = {static_cast<float>(2 * middle - x / mass), static_cast<float>(2 * middle - y / mass)};
    return draw(strokes, placing, width / 2);
}

}  // namespace lab
