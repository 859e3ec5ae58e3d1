#include "engine/models/search/row_index.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

namespace {

struct Table {
    std::size_t rows, columns;
    std::vector<float> data;
    [[nodiscard]] MatrixView view() const { return {data, rows, columns}; }
};

Table normal(std::size_t rows, std::size_t columns, std::uint64_t seed) {
    Table table{rows, columns, std::vector<float>(rows * columns)};
    Random random(seed);
    random.fill_normal(table.data);
    return table;
}

std::vector<Hit> by_floats(const Table& table, std::span<const float> query, std::size_t k) {
    std::vector<float> scores(table.rows);
    matvec(table.view(), query, scores);
    std::vector<Hit> hits(k);
    hits.resize(top_k(scores, hits));
    return hits;
}

/// Searches by the index, holds the hits against those of floats alone, to the last bit, and gives what it did.
Search same_hits(const Table& table, std::span<const float> query, std::size_t k) {
    auto index = RowIndex::of(table.view());
    REQUIRE(index.ok());
    std::vector<Hit> hits(k);
    const Search search = index.value().search(table.view(), query, hits);
    const auto expected = by_floats(table, query, k);
    REQUIRE(search.found == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        INFO("rank " << i << " of " << table.rows << " × " << table.columns);
        CHECK(hits[i].index == expected[i].index);
        CHECK(hits[i].score == expected[i].score);
    }
    return search;
}

}  // namespace

TEST_CASE("the hits are those of a search in floats, whatever the shape") {
    for (const std::size_t columns : {1, 3, 15, 16, 17, 100, 129})
        for (const std::size_t rows : {1, 2, 5, 63, 1000})
            for (const std::size_t k : {1, 3, 10, 2000}) {
                const Table table = normal(rows, columns, 11 * rows + columns);
                std::vector<float> query(columns);
                Random(k).fill_normal(query);
                same_hits(table, query, k);
            }
}

TEST_CASE("few rows are scored in floats when scores differ as those of random vectors do") {
    const Table table = normal(20'000, 128, 3);
    std::vector<float> query(128);
    Random(4).fill_normal(query);
    const Search search = same_hits(table, query, 10);
    CHECK(search.rescored >= 10);
    CHECK(search.rescored < 400);
}

TEST_CASE("scores that lie closer together than int8 can tell are still ranked as floats rank them") {
    Table table = normal(1, 64, 5);
    table.rows = 500;
    const std::vector<float> base = table.data;
    Random random(6);
    for (std::size_t r = 1; r < table.rows; ++r)
        for (const float x : base) table.data.push_back(x * (1 + 1e-6f * static_cast<float>(random.uniform())));
    std::vector<float> query(64);
    random.fill_normal(query);
    CHECK(same_hits(table, query, 10).rescored > 100);  // int8 alone could not say
}

TEST_CASE("rows of very different lengths, equal rows and rows of zeros are ranked as floats rank them") {
    Table table = normal(300, 40, 9);
    for (std::size_t r = 0; r < table.rows; ++r) {
        const float scale = std::pow(10.0f, static_cast<float>(r % 7) - 3);
        for (std::size_t c = 0; c < table.columns; ++c) table.data[r * 40 + c] *= scale;
        if (r % 10 == 0) std::fill_n(&table.data[r * 40], 40, 0.0f);
        if (r % 5 == 1)
            std::copy_n(table.data.begin() + 40 * 3, 40, table.data.begin() + static_cast<std::ptrdiff_t>(r) * 40);
    }
    std::vector<float> query(40);
    Random(10).fill_normal(query);
    same_hits(table, query, 150);
    for (float& x : query) x = 0;
    CHECK(same_hits(table, query, 5).rescored == table.rows);  // every score is 0: nothing can be ruled out
}

TEST_CASE("one outlying component, which makes an int8 row coarse, does not mislead the search") {
    Table table = normal(2000, 48, 12);
    for (std::size_t r = 0; r < table.rows; ++r) table.data[r * 48 + r % 48] = r % 2 == 0 ? 300.0f : -300.0f;
    std::vector<float> query(48);
    Random(13).fill_normal(query);
    query[7] = 0;
    same_hits(table, query, 20);
}

TEST_CASE("numbers so large that bounds overflow, or so small that they are denormal, give what floats give") {
    for (const float scale : {1e30f, 1e19f, 1e-25f, 1e-38f}) {
        Table table = normal(50, 20, 14);
        for (float& x : table.data) x *= scale;
        std::vector<float> query(20);
        Random(15).fill_normal(query);
        for (float& x : query) x *= 1e6f;
        same_hits(table, query, 5);
    }
}

TEST_CASE("an index says what it cannot take") {
    const Table table = normal(4, 4, 1);
    CHECK(RowIndex::of({table.data, 0, 4}).error().code == "bad-shape");
    CHECK(RowIndex::of({table.data, 4, 0}).error().code == "bad-shape");
    Table broken = table;
    broken.data[9] = std::numeric_limits<float>::quiet_NaN();
    const auto refused = RowIndex::of(broken.view());
    REQUIRE(!refused.ok());
    CHECK(refused.error().code == "not-finite");
    CHECK(refused.error().detail == "2");
}
