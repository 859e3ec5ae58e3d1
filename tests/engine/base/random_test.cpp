#include "engine/base/random.h"

#include <array>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <vector>

#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

std::uint32_t bits_of(float x) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}

}  // namespace

TEST_CASE("the sequences of a seed are pinned: the same lesson on every machine") {
    Random bits(42);
    CHECK(bits.bits() == 0xd0764d4f4476689fu);
    CHECK(bits.bits() == 0x519e4174576f3791u);
    CHECK(bits.bits() == 0xfbe07cfb0c24ed8cu);
    Random zero(0);
    CHECK(zero.bits() == 0x53175d61490b23dfu);
    Random normal(42);
    CHECK(bits_of(normal.normal()) == 0x3f7b3cedu);
    CHECK(bits_of(normal.normal()) == 0xbf10d308u);
    CHECK(bits_of(normal.normal()) == 0x3fab8fcau);
    Random many(7);  // FNV-1a over the bits of 100,000 normals: one differing last bit anywhere shows
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (int i = 0; i < 100000; ++i) hash = (hash ^ bits_of(many.normal())) * 0x100000001b3u;
    CHECK(hash == 0x3186a6c102e7efd1u);
}

TEST_CASE("neighbouring seeds have nothing in common") {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Random a(seed);
        Random b(seed + 1);
        int same = 0;
        for (int i = 0; i < 64; ++i) same += std::popcount(~(a.bits() ^ b.bits()));
        CHECK(std::abs(same - 2048) < 200);  // of 4,096 bits; the standard deviation is 32
    }
}

TEST_CASE("uniform has the moments of the uniform distribution and stays in [0, 1)") {
    for (const std::uint64_t seed : seeds) {
        Random random(seed);
        const int n = 200000;
        double sum = 0;
        double squares = 0;
        bool inside = true;
        for (int i = 0; i < n; ++i) {
            const double x = random.uniform();
            inside = inside && x >= 0 && x < 1;
            sum += x;
            squares += x * x;
        }
        CHECK(inside);
        CHECK(std::abs(sum / n - 0.5) < 5 * std::sqrt(1.0 / 12 / n));
        CHECK(std::abs(squares / n - 1.0 / 3) < 5 * std::sqrt(4.0 / 45 / n));
    }
}

TEST_CASE("below is uniform over its range and stays in it") {
    for (const std::uint64_t seed : seeds)
        for (const std::uint64_t bound : {std::uint64_t{2}, std::uint64_t{7}, std::uint64_t{100}}) {
            Random random(seed);
            std::vector<int> counts(static_cast<std::size_t>(bound));
            const int n = 100000;
            for (int i = 0; i < n; ++i) {
                const std::uint64_t x = random.below(bound);
                REQUIRE(x < bound);
                ++counts[static_cast<std::size_t>(x)];
            }
            double chi_squared = 0;
            const double expected = static_cast<double>(n) / static_cast<double>(bound);
            for (const int count : counts) chi_squared += (count - expected) * (count - expected) / expected;
            const auto freedom = static_cast<double>(bound - 1);
            CHECK(chi_squared < freedom + 6 * std::sqrt(2 * freedom));
        }
    Random random(1);
    CHECK(random.below(1) == 0);
    // Three quarters of 2³²: multiplying without drawing again would make the low third of each half twice as likely.
    const std::uint64_t bound = 3u << 30;
    std::array<int, 3> thirds{};
    for (int i = 0; i < 90000; ++i) ++thirds[static_cast<std::size_t>(random.below(bound) % 3)];
    for (const int count : thirds) CHECK(std::abs(count - 30000) < 700);
}

TEST_CASE("normal has the moments of the standard normal distribution") {
    for (const std::uint64_t seed : seeds) {
        Random random(seed);
        std::vector<float> x(200000);
        random.fill_normal(x);
        double m1 = 0;
        double m2 = 0;
        double m3 = 0;
        double m4 = 0;
        int within_one = 0;
        for (const float value : x) {
            const auto v = static_cast<double>(value);
            m1 += v;
            m2 += v * v;
            m3 += v * v * v;
            m4 += v * v * v * v;
            within_one += std::abs(v) < 1;
        }
        const auto n = static_cast<double>(x.size());
        CHECK(std::abs(m1 / n) < 5 * std::sqrt(1 / n));
        CHECK(std::abs(m2 / n - 1) < 5 * std::sqrt(2 / n));
        CHECK(std::abs(m3 / n) < 5 * std::sqrt(15 / n));
        CHECK(std::abs(m4 / n - 3) < 5 * std::sqrt(96 / n));
        CHECK(std::abs(within_one / n - 0.682689) < 0.006);
    }
}

TEST_CASE("fill_normal is normal called again and again, and writes nothing else") {
    Random one(5);
    Random other(5);
    Floats filled = output(33, 1);
    one.fill_normal(filled.span());
    CHECK(filled.guards_stand());
    for (std::size_t i = 0; i < 33; ++i) CHECK(filled[i] == other.normal());
}

TEST_CASE("a restored state continues the sequence, the spare normal included") {
    Random random(9);
    static_cast<void>(random.normal());
    const Random::State saved = random.state();
    std::vector<float> first(10);
    random.fill_normal(first);
    Random later(1234);
    later.restore(saved);
    std::vector<float> second(10);
    later.fill_normal(second);
    CHECK(first == second);
}
