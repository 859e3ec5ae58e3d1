#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

struct Shape {
    std::size_t m, k, n;
};

/// out[M,N] = a[M,K] · b[K,N] on guarded memory, with a workspace of exactly the promised size that begins as NaN.
Floats multiply(const Floats& a, const Floats& b, Shape shape, std::size_t shift = 0) {
    const auto [m, k, n] = shape;
    Floats out = output(m * n, shift);
    Floats workspace = output(matmul_workspace(m, k, n));
    for (float& x : out.span()) x = not_a_number;
    for (float& x : workspace.span()) x = not_a_number;
    matmul({a.view(), m, k}, {b.view(), k, n}, workspace.span(), {out.span(), m, n});
    CHECK(out.guards_stand());
    CHECK(workspace.guards_stand());
    return out;
}

void check_against_twin(Shape shape, std::uint64_t seed, std::size_t shift = 0) {
    const auto [m, k, n] = shape;
    CAPTURE(m, k, n, seed, shift);
    const Floats a = normals(m * k, seed, shift);
    const Floats b = normals(k * n, seed + 1, (shift + 1) % 4);
    const Floats out = multiply(a, b, shape, (shift + 2) % 4);
    std::vector<double> exact(m * n);
    reference::matmul({a.view(), m, k}, {b.view(), k, n}, exact);
    std::size_t outside = 0;
    for (std::size_t r = 0; r < m; ++r)
        for (std::size_t c = 0; c < n; ++c) {
            double magnitudes = 0;
            for (std::size_t i = 0; i < k; ++i)
                magnitudes +=
                    std::abs(static_cast<double>(a.view()[r * k + i]) * static_cast<double>(b.view()[i * n + c]));
            const double difference = std::abs(static_cast<double>(out.view()[r * n + c]) - exact[r * n + c]);
            if (!(difference <= matmul_error_bound(k, magnitudes))) ++outside;
        }
    CHECK(outside == 0);
}

}  // namespace

TEST_CASE("matmul of a small product is exact") {
    Floats a(4);
    Floats b(6);
    for (std::size_t i = 0; i < 4; ++i) a[i] = static_cast<float>(i + 1);  // 1 2 / 3 4
    for (std::size_t i = 0; i < 6; ++i) b[i] = static_cast<float>(i + 5);  // 5 6 7 / 8 9 10
    const Floats out = multiply(a, b, {2, 2, 3});
    CHECK(std::vector<float>(out.view().begin(), out.view().end()) == std::vector<float>{21, 24, 27, 47, 54, 61});
}

TEST_CASE("matmul agrees with its twin for every height of tile and width of panel") {
    for (std::size_t m = 0; m <= 13; ++m)
        for (std::size_t n = 0; n <= 17; ++n)
            for (const std::size_t k :
                 {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{16}})
                check_against_twin({m, k, n}, 31, (m + n) % 4);
}

TEST_CASE("matmul agrees with its twin across the edges of its blocks") {
    for (const std::size_t k : {std::size_t{255}, std::size_t{256}, std::size_t{257}, std::size_t{513}})
        check_against_twin({7, k, 9}, 32);
    for (const std::size_t n :
         {std::size_t{511}, std::size_t{512}, std::size_t{513}, std::size_t{520}, std::size_t{1025}})
        check_against_twin({5, 3, n}, 33, n % 4);
    check_against_twin({3, 300, 600}, 34);
    check_against_twin({64, 64, 64}, 35);
    check_against_twin({129, 65, 33}, 36);
}

TEST_CASE("every place of matmul is the dot product of a row and a column") {
    const Shape shape{9, 33, 10};
    const Floats a = normals(shape.m * shape.k, 37);
    const Floats b = normals(shape.k * shape.n, 38);
    const Floats out = multiply(a, b, shape);
    for (std::size_t c = 0; c < shape.n; ++c) {
        Floats column(shape.k);
        for (std::size_t i = 0; i < shape.k; ++i) column[i] = b.view()[i * shape.n + c];
        for (std::size_t r = 0; r < shape.m; ++r) {
            const auto row = a.view().subspan(r * shape.k, shape.k);
            const double magnitudes = reference::sum_of_magnitudes(row, column.view());
            const double difference = static_cast<double>(out.view()[r * shape.n + c] - dot(row, column.view()));
            CHECK(std::abs(difference) <=
                  dot_error_bound(shape.k, magnitudes) + matmul_error_bound(shape.k, magnitudes));
        }
    }
}

TEST_CASE("the identity changes nothing, on either side, and matmul is associative on whole numbers") {
    const std::size_t n = 21;
    Floats identity(n * n);
    for (std::size_t i = 0; i < n * n; ++i) identity[i] = i % (n + 1) == 0 ? 1.0f : 0.0f;
    const Floats a = normals(n * n, 39);
    const Floats right = multiply(a, identity, {n, n, n});
    const Floats left = multiply(identity, a, {n, n, n});
    for (std::size_t i = 0; i < n * n; ++i) {
        CHECK(right.view()[i] == a.view()[i]);
        CHECK(left.view()[i] == a.view()[i]);
    }
    Random random(40);
    Floats x(n * n);
    Floats y(n * n);
    Floats z(n * n);
    for (Floats* matrix : {&x, &y, &z})
        for (float& value : matrix->span()) value = static_cast<float>(random.below(9)) - 4;
    const Floats first = multiply(multiply(x, y, {n, n, n}), z, {n, n, n});
    const Floats second = multiply(x, multiply(y, z, {n, n, n}), {n, n, n});
    for (std::size_t i = 0; i < n * n; ++i) CHECK(first.view()[i] == second.view()[i]);
}

TEST_CASE("NaN and infinity reach exactly the row and the column that hold them") {
    const Shape shape{8, 12, 11};  // the panel's zeros at the right edge must not turn ∞ into NaN elsewhere
    for (const float bad : {not_a_number, infinity}) {
        Floats a(shape.m * shape.k);
        Floats b(shape.k * shape.n);
        for (float& x : a.span()) x = 1;
        for (float& x : b.span()) x = 1;
        a[3 * shape.k + 5] = bad;
        b[7 * shape.n + 10] = bad;
        const Floats out = multiply(a, b, shape);
        for (std::size_t r = 0; r < shape.m; ++r)
            for (std::size_t c = 0; c < shape.n; ++c)
                CHECK(std::isfinite(out.view()[r * shape.n + c]) == (r != 3 && c != 10));
    }
}
