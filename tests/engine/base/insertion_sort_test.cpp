#include "engine/base/insertion_sort.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>
#include <vector>

#include "engine/base/random.h"

TEST_CASE("short lists are sorted, equal ones in their order") {
    lab::Random random(1);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::pair<int, int>> items;
        for (std::size_t i = 0; i < random.below(30); ++i) {
            items.emplace_back(static_cast<int>(random.below(6)), static_cast<int>(i));
        }
        auto wanted = items;
        std::stable_sort(wanted.begin(), wanted.end(), [](auto a, auto b) { return a.first > b.first; });
        lab::insertion_sort(items, [](auto a, auto b) { return a.first > b.first; });
        CHECK(items == wanted);
    }
}
