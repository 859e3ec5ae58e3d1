#include "engine/models/networks/singular.h"

#include <limits>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

struct Matrix {
    std::size_t rows;
    std::size_t columns;
    std::vector<float> data;

    [[nodiscard]] MatrixView view() const { return {data, rows, columns}; }
};

Matrix random_matrix(Random& random, std::size_t rows, std::size_t columns) {
    return {rows, columns, random_vector(random, rows * columns)};
}

/// The largest difference between two vectors' products and those of an orthonormal set.
double off_orthonormal(std::span<const float> vectors, std::size_t count, std::size_t size) {
    double most = 0;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            const double product = reference::dot(vectors.subspan(i * size, size), vectors.subspan(j * size, size));
            most = std::max(most, std::abs(product - (i == j ? 1 : 0)));
        }
    }
    return most;
}

/// The largest difference between m and Σ value · left ⊗ right, and the largest value.
std::pair<double, double> off_reconstruction(const Matrix& m, const Singular& found) {
    double most = 0;
    for (std::size_t r = 0; r < m.rows; ++r) {
        for (std::size_t c = 0; c < m.columns; ++c) {
            double sum = 0;
            for (std::size_t i = 0; i < found.count(); ++i) {
                sum += static_cast<double>(found.values[i]) * static_cast<double>(found.left[i * m.rows + r]) *
                       static_cast<double>(found.right[i * m.columns + c]);
            }
            most = std::max(most, std::abs(sum - static_cast<double>(m.view().at(r, c))));
        }
    }
    return {most, found.values[0]};
}

void check_all(const Matrix& m) {
    INFO(m.rows << " × " << m.columns);
    const auto result = singular(m.view());
    REQUIRE(result.ok());
    const Singular& found = result.value();
    REQUIRE(found.count() == std::min(m.rows, m.columns));
    CHECK(std::is_sorted(found.values.rbegin(), found.values.rend()));
    CHECK(found.values.back() >= 0);
    CHECK(off_orthonormal(found.left, found.count(), m.rows) < 1e-6);
    CHECK(off_orthonormal(found.right, found.count(), m.columns) < 1e-6);
    const auto [off, largest] = off_reconstruction(m, found);
    CHECK(off <= 2e-6 * largest);
    // values² add up to the sum of the squares of all entries.
    double squares = 0;
    for (const float x : found.values) squares += static_cast<double>(x) * static_cast<double>(x);
    const double all = reference::sum_of_squares(m.data);
    CHECK(std::abs(squares - all) <= 1e-5 * all);
    // The image of each right vector lies along the left one.
    for (std::size_t i = 0; i < found.count(); ++i) {
        for (std::size_t r = 0; r < m.rows; ++r) {
            const double gap = static_cast<double>(found.image[i * m.rows + r]) -
                               static_cast<double>(found.values[i]) * static_cast<double>(found.left[i * m.rows + r]);
            CHECK(std::abs(gap) <= 2e-6 * largest);
        }
    }
}

}  // namespace

TEST_CASE("a stretch, a quarter turn and a mirror are told apart") {
    const Matrix stretch{2, 2, {0, -3, 2, 0}};  // (1, 0) to (0, 2), (0, 1) to (−3, 0)
    const Singular found = singular(stretch.view()).value();
    CHECK(found.values == std::vector<float>{3, 2});
    CHECK(found.right == std::vector<float>{0, 1, 1, 0});
    CHECK(found.left == std::vector<float>{-1, 0, 0, 1});
    CHECK(found.determinant == 6);
    CHECK(singular(Matrix{2, 2, {0, 1, 1, 0}}.view()).value().determinant == -1);
    CHECK_FALSE(singular(Matrix{1, 2, {3, 4}}.view()).value().determinant.has_value());
    CHECK(singular(Matrix{1, 2, {3, 4}}.view()).value().values == std::vector<float>{5});
    // The shear that Strang draws: golden ratios.
    const auto shear = singular(Matrix{2, 2, {1, 1, 0, 1}}.view()).value();
    CHECK(std::abs(shear.values[0] - std::numbers::phi_v<float>) < 1e-6f);
    CHECK(std::abs(shear.values[1] - 1 / std::numbers::phi_v<float>) < 1e-6f);
}

TEST_CASE("any matrix is put together again from what was found, by unit vectors at right angles") {
    Random random(13);
    for (const auto& [rows, columns] : {std::pair<std::size_t, std::size_t>{1, 1},
                                        {1, 5},
                                        {5, 1},
                                        {2, 2},
                                        {2, 3},
                                        {3, 2},
                                        {3, 3},
                                        {7, 4},
                                        {4, 7},
                                        {16, 16},
                                        {64, 64},
                                        {10, 300}}) {
        for (int round = 0; round < 5; ++round) check_all(random_matrix(random, rows, columns));
    }
    for (const float scale : {1e-15f, 1e15f}) {
        Matrix m = random_matrix(random, 3, 3);
        for (float& x : m.data) x *= scale;
        check_all(m);
    }
}

TEST_CASE("where nothing is stretched the vectors are orthonormal all the same") {
    const Singular zero = singular(Matrix{3, 2, std::vector<float>(6, 0)}.view()).value();
    CHECK(zero.values == std::vector<float>{0, 0});
    CHECK(off_orthonormal(zero.left, 2, 3) == 0);
    CHECK(off_orthonormal(zero.right, 2, 2) == 0);

    Random random(5);
    for (int round = 0; round < 20; ++round) {
        // Rank one: every row a multiple of the first.
        Matrix m = random_matrix(random, 4, 3);
        for (std::size_t r = 1; r < 4; ++r) {
            for (std::size_t c = 0; c < 3; ++c) m.data[r * 3 + c] = static_cast<float>(r) * m.data[c];
        }
        check_all(m);
        const Singular found = singular(m.view()).value();
        CHECK(found.values[1] <= 1e-6f * found.values[0]);
        check_all({3, 3, {m.data[0], m.data[1], m.data[2], 0, 0, 0, m.data[0], m.data[1], m.data[2]}});
    }
    // Two columns that are almost the same.
    check_all({2, 2, {1, 1, 1, std::nextafter(1.0f, 2.0f)}});
}

TEST_CASE("determinants: multiplied under products, negative where rows change places") {
    Random random(3);
    for (const std::size_t n : {1, 2, 3, 4, 5, 9}) {
        const Matrix a = random_matrix(random, n, n);
        const Matrix b = random_matrix(random, n, n);
        Matrix product{n, n, std::vector<float>(n * n)};
        for (std::size_t r = 0; r < n; ++r) {
            for (std::size_t c = 0; c < n; ++c) {
                double sum = 0;
                for (std::size_t k = 0; k < n; ++k)
                    sum += static_cast<double>(a.view().at(r, k)) * static_cast<double>(b.view().at(k, c));
                product.data[r * n + c] = static_cast<float>(sum);
            }
        }
        const auto det = [](const Matrix& m) { return static_cast<double>(*singular(m.view()).value().determinant); };
        INFO(n);
        CHECK(std::abs(det(product) - det(a) * det(b)) <= 1e-3 * (1 + std::abs(det(product))));
        double values = 1;
        const Singular found = singular(a.view()).value();
        for (const float x : found.values) values *= static_cast<double>(x);
        CHECK(std::abs(values - std::abs(det(a))) <= 1e-4 * (1 + values));
        if (n == 1) continue;
        Matrix swapped = a;
        std::swap_ranges(swapped.data.begin(), swapped.data.begin() + static_cast<std::ptrdiff_t>(n),
                         swapped.data.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK(std::abs(det(swapped) + det(a)) <= 1e-5 * (1 + std::abs(det(a))));
    }
}

TEST_CASE("every number of a matrix leads down to its entries and to what was found") {
    Random random(21);
    const auto place = [&](std::size_t n) { return "[" + std::to_string(random.below(n)) + "]"; };
    for (int round = 0; round < 100; ++round) {
        const std::size_t rows = 1 + random.below(5);
        const std::size_t columns = round % 2 == 0 ? rows : 1 + random.below(5);
        Matrix m = random_matrix(random, rows, columns);
        if (round % 9 == 0) m.data.assign(rows * columns, 0.5f);
        const std::size_t count = std::min(rows, columns);
        const Explain explain = [&](const std::string& address) { return explain_singular(m.view(), address); };
        for (const std::string& address :
             {"singular/value" + place(count), "singular/image" + place(count) + place(rows),
              "singular/matrix" + place(rows) + place(columns), "singular/left" + place(count) + place(rows),
              "singular/right" + place(count) + place(columns)}) {
            verify_to_the_ground(explain, address, random);
        }
        if (rows == columns && rows <= 4) verify_to_the_ground(explain, "singular/determinant", random);
        const Singular found = singular(m.view()).value();
        for (std::size_t i = 0; i < count; ++i) {
            CHECK(explain("singular/value[" + std::to_string(i) + "]").value().result == found.values[i]);
        }
        if (rows == columns && rows <= 4) {
            CHECK(explain("singular/determinant").value().result == *found.determinant);
        }
    }
}

TEST_CASE("a determinant is the first row times its cofactors") {
    const Matrix m{3, 3, {2, 0, 1, 1, 3, 2, 1, 1, 4}};
    const auto whole = explain_singular(m.view(), "singular/determinant").value();
    CHECK(whole.result == 18);
    CHECK(whole.operands[1].values == std::vector<float>{10, -2, -2});
    CHECK(explain_singular(m.view(), "singular/minor[0,2]").value().result == 2);
    CHECK(explain_singular(m.view(), "singular/minor[2]").value().address == "singular/matrix[2][2]");
    CHECK(explain_singular(m.view(), "singular/cofactor[0,1,2][1]").value().terms[0].coefficient == -1);
}

TEST_CASE("matrices and addresses that lead nowhere are refused in words") {
    CHECK(singular(Matrix{0, 2, {}}.view()).error().code == "empty-input");
    CHECK(singular(Matrix{2, 0, {}}.view()).error().code == "empty-input");
    const auto bad = singular(Matrix{2, 2, {1, 2, std::numeric_limits<float>::infinity(), 4}}.view());
    CHECK(bad.error().code == "not-finite");
    CHECK(bad.error().message.find("Row 1, column 0") != std::string::npos);
    CHECK(singular(Matrix{1, 2, {3e38f, 3e38f}}.view()).error().code == "out-of-range");

    const Matrix m{2, 3, {1, 2, 3, 4, 5, 6}};
    const Matrix square{5, 5, std::vector<float>(25, 1)};
    for (const std::string address :
         {"", "singular", "singular/value", "singular/value[2]", "singular/left[0][2]", "singular/right[0][3]",
          "singular/matrix[2][0]", "singular/determinant", "singular/minor[0,1]", "pair/dot", "singular/value[x]"}) {
        INFO(address);
        CHECK(explain_singular(m.view(), address).error().code == "unknown-address");
    }
    for (const std::string address : {"singular/minor[1,0]", "singular/minor[]", "singular/minor[0,0]",
                                      "singular/minor[00,1]", "singular/cofactor[0][0]", "singular/part[0,1][2]"}) {
        INFO(address);
        CHECK(explain_singular(Matrix{2, 2, {1, 2, 3, 4}}.view(), address).error().code == "unknown-address");
    }
    CHECK(explain_singular(square.view(), "singular/determinant").error().code == "unknown-address");
}
