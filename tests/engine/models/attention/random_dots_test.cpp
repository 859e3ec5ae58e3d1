#include "engine/models/attention/random_dots.h"

#include <cmath>
#include <numbers>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

std::vector<float> dots_of(std::uint64_t seed, std::size_t dimensions, std::size_t pairs) {
    std::vector<float> out(pairs);
    random_dots(seed, dimensions, 0, out);
    return out;
}

bool close(double x, double y, double share) { return std::abs(x - y) <= share * std::abs(y); }

/// As for every explanation; sums over all pairs are taken in double, and so are not dot() to the last bit.
bool makes_up(const Explanation& e) {
    if (e.formula == "sign(q · k)") return e.result == (e.terms.at(0).value < 0 ? -1.0f : 1.0f);
    const bool of_all = e.address == "random/square_sum" || e.address == "random/magnitude_sum";
    if (e.kind != Kind::dot || !of_all) return recombines(e);
    double sum = 0;
    for (std::size_t i = 0; i < e.products.size(); ++i) {
        sum += static_cast<double>(e.operands[0].values[i]) * static_cast<double>(e.operands[1].values[i]);
    }
    return close(static_cast<double>(e.result), sum, 0x1p-23);
}

}  // namespace

TEST_CASE("a pair can be made again without the others, in any cut") {
    const std::vector<float> all = dots_of(7, 13, 50);
    for (const std::size_t first : {0, 1, 17, 49}) {
        std::vector<float> some(50 - first);
        random_dots(7, 13, first, some);
        CHECK(std::equal(some.begin(), some.end(), all.begin() + static_cast<std::ptrdiff_t>(first)));
    }
    std::vector<float> query(13);
    std::vector<float> key(13);
    random_pair(7, 17, query, key);
    CHECK(dot(query, key) == all[17]);
    CHECK(query != key);
    CHECK(dots_of(8, 13, 50) != all);
}

TEST_CASE("more dimensions add numbers at the end of the same vectors") {
    std::vector<float> few[2] = {std::vector<float>(5), std::vector<float>(5)};
    std::vector<float> many[2] = {std::vector<float>(64), std::vector<float>(64)};
    random_pair(3, 9, few[0], few[1]);
    random_pair(3, 9, many[0], many[1]);
    for (int side = 0; side < 2; ++side) CHECK(std::equal(few[side].begin(), few[side].end(), many[side].begin()));
}

TEST_CASE("the vectors of a seed are the same on every machine") {
    std::vector<float> query(3);
    std::vector<float> key(3);
    random_pair(1, 0, query, key);
    CHECK(query == std::vector<float>{-2.1388104f, 0.271203518f, -0.699850321f});
    CHECK(key == std::vector<float>{0.0321455784f, 0.206214964f, -0.442294657f});
}

TEST_CASE("dot products grow as the root of the dimensions") {
    for (const std::size_t dimensions : {1, 4, 64, 256}) {
        const RandomDotStatistics found = measure_dots(dots_of(11, dimensions, 4000));
        const double root = std::sqrt(static_cast<double>(dimensions));
        INFO(dimensions << ": " << found.root_mean_square << ", " << found.mean_magnitude);
        // The standard error of the mean square of 4,000 is √((κ − 1) ÷ 4,000) of it, κ = 3 + 6/d at most 9.
        CHECK(close(static_cast<double>(found.root_mean_square), root, 0.08));
        if (dimensions >= 64)
            CHECK(close(static_cast<double>(found.mean_magnitude), root * std::sqrt(2 / std::numbers::pi), 0.05));
    }
}

TEST_CASE("no two vectors go together, of one pair or of two, of one seed or of two") {
    // Sums of 20,000 products of independent normals stay within five of their standard deviations, √20,000.
    std::vector<std::vector<float>> all(6, std::vector<float>(20'000));
    random_pair(5, 0, all[0], all[1]);
    random_pair(5, 1, all[2], all[3]);
    random_pair(6, 0, all[4], all[5]);
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(std::abs(dot(all[i], all[i]) - 20'000) < 1'000);
        for (std::size_t j = 0; j < i; ++j) CHECK(std::abs(dot(all[i], all[j])) < 5 * std::sqrt(20'000.0f));
    }
}

TEST_CASE("every number of random pairs leads down to what was drawn") {
    Random random(4);
    for (int round = 0; round < 30; ++round) {
        const std::size_t dimensions = round % 5 == 0 ? 1 : 1 + random.below(70);
        const std::size_t pairs = 1 + random.below(30);
        const auto seed = static_cast<std::uint64_t>(round);
        const std::vector<float> dots = dots_of(seed, dimensions, pairs);
        const Explain explain = [&](const std::string& address) {
            return explain_random_dots(seed, dimensions, dots, address);
        };
        const std::string i = std::to_string(random.below(pairs));
        const std::string j = std::to_string(random.below(dimensions));
        for (const std::string& address :
             {"random/dot[" + i + "]", "random/query[" + i + "," + j + "]", "random/key[" + i + "][" + j + "]",
              "random/sign[" + i + "]", std::string("random/square_sum"), std::string("random/mean_square"),
              std::string("random/root_mean_square"), std::string("random/magnitude_sum"),
              std::string("random/mean_magnitude")}) {
            verify_to_the_ground(explain, address, random, makes_up);
        }
        const RandomDotStatistics found = measure_dots(dots);
        CHECK(explain("random/root_mean_square").value().result == found.root_mean_square);
        CHECK(explain("random/mean_magnitude").value().result == found.mean_magnitude);
        CHECK(explain("random/dot[" + i + "]").value().result == dots[std::stoul(i)]);
    }
}

TEST_CASE("addresses of random pairs that lead nowhere are refused in words") {
    const std::vector<float> dots = dots_of(1, 4, 3);
    for (const auto* address : {"", "random", "random/", "random/dot", "random/dot[3]", "random/query[0]",
                                "random/query[0,4]", "random/key[3,0]", "random/square_sum[1]", "pair/dot"}) {
        INFO(address);
        CHECK(explain_random_dots(1, 4, dots, address).error().code == "unknown-address");
    }
    CHECK_FALSE(explain_random_dots(1, 1, dots_of(1, 1, 3), "random/dot").ok());
}
