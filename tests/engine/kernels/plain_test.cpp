// The kernels that training is computed with: dot, matvec, matmul and add_scaled, each product rounded before it is
// added.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// What the contract says, one float operation at a time: sixteen running sums, added in pairs. A volatile product
/// cannot be fused with the addition that follows.
float by_hand(std::span<const float> a, std::span<const float> b) {
    std::array<float, 16> sums{};
    for (std::size_t i = 0; i < a.size(); ++i) {
        const volatile float product = a[i] * b[i];
        sums[i % 16] += product;
    }
    std::array<float, 4> lanes{};
    for (std::size_t l = 0; l < 4; ++l) lanes[l] = (sums[l] + sums[4 + l]) + (sums[8 + l] + sums[12 + l]);
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

}  // namespace

TEST_CASE("plain dot is its contract to the last bit, at every lane edge and alignment, and near its twin") {
    for (const std::uint64_t seed : seeds)
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(seed, n, shift);
                const Floats a = normals(n, seed, shift);
                const Floats b = normals(n, seed + 7, (shift * 3) % 4);
                const float found = plain::dot(a.view(), b.view());
                CHECK(found == by_hand(a.view(), b.view()));
                const double bound = dot_error_bound(n, reference::sum_of_magnitudes(a.view(), b.view()));
                CHECK(std::abs(static_cast<double>(found) - reference::dot(a.view(), b.view())) <= bound);
            }
}

TEST_CASE("plain dot rounds each product before it adds it") {
    // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴: the last part is lost to rounding, unless it is fused with the sum.
    const float x = 1 + 0x1p-12f;
    const std::array<float, 17> a{-(1 + 0x1p-11f), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, x};
    const std::array<float, 17> b{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, x};
    CHECK(plain::dot(a, b) == 0);
    Floats y = output(5);
    for (std::size_t i = 0; i < 5; ++i) y[i] = -(1 + 0x1p-11f);
    plain::add_scaled(std::vector<float>(5, x), x, y.span());
    for (std::size_t i = 0; i < 5; ++i) CHECK(y[i] == 0);
}

TEST_CASE("every place of plain matvec is the plain dot of its row, to the last bit") {
    for (const std::size_t rows : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}})
        for (const std::size_t columns : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(rows, columns, shift);
                const Floats data = normals(rows * columns, 21, shift);
                const MatrixView matrix{data.view(), rows, columns};
                const Floats x = normals(columns, 22, (shift + 2) % 4);
                Floats out = output(rows, shift);
                plain::matvec(matrix, x.view(), out.span());
                REQUIRE(out.guards_stand());
                for (std::size_t r = 0; r < rows; ++r) CHECK(out[r] == plain::dot(matrix.row(r), x.view()));
            }
}

TEST_CASE("every place of plain matmul is products summed in order, block after block, to the last bit") {
    constexpr std::size_t block = 256;
    for (const std::size_t m : {std::size_t{1}, std::size_t{4}, std::size_t{7}})
        for (const std::size_t k : {std::size_t{1}, std::size_t{17}, std::size_t{300}})
            for (const std::size_t n : {std::size_t{1}, std::size_t{8}, std::size_t{13}}) {
                CAPTURE(m, k, n);
                const Floats a = normals(m * k, 31);
                const Floats b = normals(k * n, 32);
                std::vector<float> workspace(matmul_workspace(m, k, n));
                Floats out = output(m * n);
                plain::matmul({a.view(), m, k}, {b.view(), k, n}, workspace, {out.span(), m, n});
                REQUIRE(out.guards_stand());
                for (std::size_t r = 0; r < m; ++r)
                    for (std::size_t c = 0; c < n; ++c) {
                        float sum = 0;
                        for (std::size_t from = 0; from < k; from += block) {
                            float part = 0;
                            for (std::size_t i = from; i < std::min(k, from + block); ++i) {
                                const volatile float product = a.view()[r * k + i] * b.view()[i * n + c];
                                part += product;
                            }
                            sum = from == 0 ? part : sum + part;
                        }
                        CHECK(out[r * n + c] == sum);
                    }
            }
}

TEST_CASE("plain add_scaled is a product and a sum in every place, to the last bit, and touches nothing else") {
    for (const float scale : {0.0f, 1.0f, -1.0f, 0.3f})
        for (const std::size_t n : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(scale, n, shift);
                const Floats x = normals(n, 11, shift);
                const Floats before = normals(n, 12);
                Floats y = output(n, (shift + 1) % 4);
                for (std::size_t i = 0; i < n; ++i) y[i] = before.view()[i];
                plain::add_scaled(x.view(), scale, y.span());
                REQUIRE(y.guards_stand());
                for (std::size_t i = 0; i < n; ++i) {
                    const volatile float product = x.view()[i] * scale;
                    CHECK(y[i] == product + before.view()[i]);
                }
            }
}

TEST_CASE("NaN, infinity and denormals go through the plain kernels as through the others") {
    for (const std::size_t n : {std::size_t{1}, std::size_t{5}, std::size_t{16}, std::size_t{33}})
        for (std::size_t at = 0; at < n; ++at) {
            std::vector<float> a(n, 1.0f);
            std::vector<float> b(n, 1.0f);
            const auto matvec = [&] {
                float out = 0;
                plain::matvec({a, 1, n}, b, {&out, 1});
                return out;
            };
            a[at] = not_a_number;
            CHECK(std::isnan(plain::dot(a, b)));
            CHECK(std::isnan(matvec()));
            a[at] = infinity;
            CHECK(plain::dot(a, b) == infinity);
            CHECK(matvec() == infinity);
            std::vector<float> y(n, 1.0f);
            plain::add_scaled(a, 0, y);  // 0 · ∞
            for (std::size_t i = 0; i < n; ++i) CHECK(std::isnan(y[i]) == (i == at));
            b[at] = 0;
            CHECK(std::isnan(plain::dot(a, b)));
        }
    const std::array<float, 5> tiny{smallest_denormal, 3 * smallest_denormal, smallest_normal / 2, 0,
                                    smallest_denormal};
    const std::array<float, 5> ones{1, 1, 1, 1, 1};
    CHECK(plain::dot(tiny, ones) == 5 * smallest_denormal + smallest_normal / 2);
    std::array<float, 5> y{};
    plain::add_scaled(tiny, 2, y);
    CHECK(y[0] == 2 * smallest_denormal);
}
