// What the tests of probes share: states of a tiny model, and clouds of points that a line tells apart.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/random.h"
#include "engine/models/probes/probe.h"

namespace lab::testing {

inline const std::vector<std::string> two_classes{"no", "yes"};

/// N points in D dimensions; class 1 where a hidden direction says so, and far enough from the border.
struct Cloud {
    std::size_t dimensions;
    std::vector<float> direction;
    std::vector<float> rows;
    std::vector<std::uint32_t> labels;

    Cloud(std::size_t count, std::size_t width, std::uint64_t seed, float gap = 0.5f) : dimensions(width) {
        Random random(seed);
        direction.resize(width);
        random.fill_normal(direction);
        std::vector<float> point(width);
        while (labels.size() < count) {
            random.fill_normal(point);
            float along = 0;
            for (std::size_t i = 0; i < width; ++i) along += point[i] * direction[i];
            if (along > -gap && along < gap) continue;
            rows.insert(rows.end(), point.begin(), point.end());
            labels.push_back(along > 0 ? 1 : 0);
        }
    }
    [[nodiscard]] MatrixView view() const { return {rows, labels.size(), dimensions}; }
    /// Each row its own group.
    [[nodiscard]] std::vector<std::uint32_t> groups() const {
        std::vector<std::uint32_t> all(labels.size());
        for (std::size_t n = 0; n < all.size(); ++n) all[n] = static_cast<std::uint32_t>(n);
        return all;
    }
};

inline double share(std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace lab::testing
