#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

TEST_CASE("every place of matvec is the dot product of its row, to the last bit") {
    for (const std::size_t rows : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{4},
                                   std::size_t{7}, std::size_t{12}})
        for (const std::size_t columns : edge_lengths)
            for (std::size_t shift = 0; shift < 4; ++shift) {
                CAPTURE(rows, columns, shift);
                const Floats data = normals(rows * columns, 21, shift);
                const MatrixView matrix{data.view(), rows, columns};
                const Floats x = normals(columns, 22, (shift + 2) % 4);
                Floats out = output(rows, shift);
                matvec(matrix, x.view(), out.span());
                REQUIRE(out.guards_stand());
                for (std::size_t r = 0; r < rows; ++r) CHECK(out[r] == dot(matrix.row(r), x.view()));
            }
}

TEST_CASE("a matrix too large for the cache gives the same, row by row") {
    const std::size_t columns = 256;
    for (const std::size_t rows : {std::size_t{1024}, std::size_t{1025}, std::size_t{1030}}) {  // a megabyte, and more
        CAPTURE(rows);
        const Floats data = normals(rows * columns, 25);
        const MatrixView matrix{data.view(), rows, columns};
        const Floats x = normals(columns, 26);
        Floats out = output(rows);
        matvec(matrix, x.view(), out.span());
        REQUIRE(out.guards_stand());
        std::size_t same = 0;
        for (std::size_t r = 0; r < rows; ++r) same += out[r] == dot(matrix.row(r), x.view());
        CHECK(same == rows);
    }
}

TEST_CASE("matvec agrees with its twin within dot's bound") {
    const std::size_t rows = 10;
    const std::size_t columns = 300;
    const Floats data = normals(rows * columns, 23);
    const MatrixView matrix{data.view(), rows, columns};
    const Floats x = normals(columns, 24);
    Floats out = output(rows);
    std::vector<double> exact(rows);
    matvec(matrix, x.view(), out.span());
    reference::matvec(matrix, x.view(), exact);
    for (std::size_t r = 0; r < rows; ++r) {
        const double bound = dot_error_bound(columns, reference::sum_of_magnitudes(matrix.row(r), x.view()));
        CHECK(std::abs(static_cast<double>(out[r]) - exact[r]) <= bound);
    }
}

TEST_CASE("a matrix that only moves places moves them exactly") {
    const std::size_t n = 37;  // out[r] = x[n − 1 − r]
    std::vector<float> data(n * n, 0.0f);
    for (std::size_t r = 0; r < n; ++r) data[r * n + (n - 1 - r)] = 1;
    const Floats x = normals(n, 25);
    Floats out = output(n);
    matvec({data, n, n}, x.view(), out.span());
    for (std::size_t r = 0; r < n; ++r) CHECK(out[r] == x.view()[n - 1 - r]);
}

TEST_CASE("NaN in one row stays in its row; NaN in x reaches every row") {
    const std::size_t rows = 7;
    const std::size_t columns = 19;
    for (std::size_t bad = 0; bad < rows; ++bad) {
        std::vector<float> data(rows * columns, 1.0f);
        std::vector<float> x(columns, 1.0f);
        data[bad * columns + 18] = not_a_number;
        Floats out = output(rows);
        matvec({data, rows, columns}, x, out.span());
        for (std::size_t r = 0; r < rows; ++r) CHECK(std::isnan(out[r]) == (r == bad));
        data[bad * columns + 18] = 1;
        x[bad] = not_a_number;
        matvec({data, rows, columns}, x, out.span());
        for (std::size_t r = 0; r < rows; ++r) CHECK(std::isnan(out[r]));
    }
}
