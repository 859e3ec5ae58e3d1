#include "engine/models/transformer/multiplier.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <span>

#include "engine/base/random.h"
#include "engine/kernels/kernels.h"

using namespace lab;

namespace {

/// A factor [rows, columns] of random numbers, its rows further apart than they are long, or its transpose so.
struct Lying {
    std::vector<float> floats;
    Factor factor;

    Lying(std::size_t rows, std::size_t columns, bool transposed, std::size_t gap, Random& random)
        : floats((transposed ? columns : rows) * ((transposed ? rows : columns) + gap)),
          factor{nullptr, (transposed ? rows : columns) + gap, transposed} {
        random.fill_normal(floats);
        factor.data = floats.data();
    }
    [[nodiscard]] double at(std::size_t r, std::size_t c) const {
        const std::size_t place = factor.transposed ? c * factor.stride + r : r * factor.stride + c;
        return static_cast<double>(floats[place]);
    }
};

/// The largest share of its bound that an output is off by; the floats between the rows of out must stay.
double worst(KernelMultiplier& multiplier, std::size_t m, std::size_t k, std::size_t n, const Lying& a, const Lying& b,
             std::size_t gap, bool add, Random& random) {
    std::vector<float> out(m * (n + gap));
    random.fill_normal(out);
    const auto before = out;
    multiplier.multiply(m, k, n, a.factor, b.factor, out.data(), n + gap, add);
    double most = 0;
    for (std::size_t r = 0; r < m; ++r) {
        for (std::size_t c = 0; c < n + gap; ++c) {
            const std::size_t at = r * (n + gap) + c;
            if (c >= n) {
                if (out[at] != before[at]) return 1e9;
                continue;
            }
            double sum = 0;
            double magnitudes = 0;
            for (std::size_t i = 0; i < k; ++i) {
                sum += a.at(r, i) * b.at(i, c);
                magnitudes += std::abs(a.at(r, i) * b.at(i, c));
            }
            const double wanted = sum + (add ? static_cast<double>(before[at]) : 0);
            const double bound = std::max(dot_error_bound(k, magnitudes), matmul_error_bound(k, magnitudes)) +
                                 0x1p-24 * (std::abs(wanted) + magnitudes);
            most = std::max(most, std::abs(static_cast<double>(out[at]) - wanted) / bound);
        }
    }
    return most;
}

}  // namespace

TEST_CASE("products of factors however they lie, of every size after any other") {
    Random random(1);
    KernelMultiplier multiplier;
    for (int round = 0; round < 400; ++round) {
        const std::size_t m = round % 3 == 0 ? 1 : 1 + random.below(20);
        const std::size_t k = 1 + random.below(round % 7 == 0 ? 300 : 40);
        const std::size_t n = 1 + random.below(30);
        const auto gap = [&] { return random.below(2) == 0 ? 0 : random.below(5); };
        const Lying a(m, k, random.below(2) == 0, gap(), random);
        const Lying b(k, n, random.below(2) == 0, gap(), random);
        CHECK(worst(multiplier, m, k, n, a, b, gap(), random.below(2) == 0, random) <= 1);
    }
}

TEST_CASE("the plain multiplier multiplies by the plain kernels, to the last bit") {
    Random random(5);
    KernelMultiplier multiplier(Arithmetic::plain);
    std::vector<float> a(3 * 20), b(20 * 9), out(3 * 9), wanted(3 * 9), workspace(matmul_workspace(3, 20, 9));
    random.fill_normal(a);
    random.fill_normal(b);
    multiplier.multiply(3, 20, 9, {a.data(), 20}, {b.data(), 9}, out.data(), 9);
    plain::matmul({a, 3, 20}, {b, 20, 9}, workspace, {wanted, 3, 9});
    CHECK(out == wanted);
    multiplier.multiply(1, 20, 9, {a.data(), 20}, {b.data(), 20, true}, out.data(), 9);  // row by row
    plain::matvec({b, 9, 20}, std::span(a).first(20), std::span(wanted).first(9));
    CHECK(std::equal(out.begin(), out.begin() + 9, wanted.begin()));
}
