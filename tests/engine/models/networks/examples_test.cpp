#include "engine/models/networks/examples.h"

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <limits>

using namespace lab;

namespace {

const std::vector<std::string> two{"a", "b"};

/// count rows of one number, their own place.
Examples counted(std::size_t count) {
    std::vector<float> rows;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < count; ++i) {
        rows.push_back(static_cast<float>(i));
        labels.push_back(i % 2);
    }
    return make_examples(rows, 1, labels, two).value();
}

}  // namespace

TEST_CASE("a split is a partition, the same for the same seed") {
    const Examples all = counted(50);
    const auto [train, held_out] = split(all, 20, 7).value();
    CHECK(train.count() == 30);
    CHECK(held_out.count() == 20);
    auto both = train.rows;
    both.insert(both.end(), held_out.rows.begin(), held_out.rows.end());
    CHECK(both != all.rows);
    std::ranges::sort(both);
    CHECK(both == all.rows);
    for (std::size_t n = 0; n < train.count(); ++n) CHECK(train.labels[n] == static_cast<int>(train.rows[n]) % 2);
    CHECK(split(all, 20, 7).value().first.rows == train.rows);
    CHECK(split(all, 20, 8).value().first.rows != train.rows);
    CHECK(split(all, 0, 1).error().code == "out-of-range");
    CHECK(split(all, 50, 1).error().code == "out-of-range");
}

TEST_CASE("standardised columns have mean 0 and deviation 1; a column that stands still is only moved") {
    const Examples all = make_examples({1, 7, 3, 7, 8, 7}, 2, {0, 1, 0}, two).value();
    const Standardization by = standardization(all);
    CHECK(by.means == std::vector<float>{4, 7});
    CHECK(by.deviations[1] == 1);
    const Examples done = standardize(all, by).value();
    double sum = 0;
    double squares = 0;
    for (std::size_t n = 0; n < 3; ++n) {
        sum += done.row(n)[0];
        squares += static_cast<double>(done.row(n)[0]) * static_cast<double>(done.row(n)[0]);
        CHECK(done.row(n)[1] == 0);
    }
    CHECK(sum == Catch::Approx(0).margin(1e-6));
    CHECK(squares / 3 == Catch::Approx(1).epsilon(1e-6));
    CHECK(standardize(all, {{1}, {1}}).error().code == "length-mismatch");
    CHECK(standardize(all, {{1, 1}, {1, 0}}).error().code == "out-of-range");
    CHECK(standardize(all, {{1, std::numeric_limits<float>::infinity()}, {1, 1}}).error().code == "not-finite");
    CHECK(standardize(all, {{1, 1}, {1, 1e-44f}}).error().code == "not-finite");
}

TEST_CASE("rows that do not hold together are refused, by row and column") {
    CHECK(make_examples({}, 1, {}, two).error().code == "bad-shape");
    CHECK(make_examples({1, 2, 3}, 2, {0, 1}, two).error().code == "bad-shape");
    CHECK(make_examples({1}, 1, {2}, two).error().code == "out-of-range");
    CHECK(make_examples({1}, 1, {0}, {"a"}).error().code == "out-of-range");
    CHECK(make_examples({1}, 1, {0}, {"a", "a"}).error().code == "bad-word");
    CHECK(make_examples({1}, 1, {0}, {"a", ""}).error().code == "bad-word");
    const auto error = make_examples({1, 2, 3, std::numeric_limits<float>::quiet_NaN()}, 2, {0, 1}, two).error();
    CHECK(error.code == "not-finite");
    CHECK(error.message.find("Row 2, column 2") != std::string::npos);
}
