#include "engine/models/networks/determinant.h"

#include <cmath>
#include <utility>

#include "engine/kernels/kernels.h"

namespace lab {

std::vector<std::size_t> without(std::span<const std::size_t> columns, std::size_t j) {
    std::vector<std::size_t> left(columns.begin(), columns.end());
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(j));
    return left;
}

std::vector<float> minor_row(MatrixView m, std::span<const std::size_t> columns) {
    std::vector<float> row;
    for (const std::size_t c : columns) row.push_back(m.at(m.rows - columns.size(), c));
    return row;
}

std::vector<float> cofactors(MatrixView m, std::span<const std::size_t> columns) {
    std::vector<float> all;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        all.push_back((j % 2 == 0 ? 1.0f : -1.0f) * minor(m, without(columns, j)));
    }
    return all;
}

float minor(MatrixView m, std::span<const std::size_t> columns) {
    const std::vector<float> row = minor_row(m, columns);
    return columns.size() == 1 ? row[0] : dot(row, cofactors(m, columns));
}

rounding::Bounded bounded_minor(MatrixView m, std::span<const std::size_t> columns) {
    const auto row = rounding::exact(minor_row(m, columns));
    if (columns.size() == 1) return row[0];
    std::vector<rounding::Bounded> others;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        others.push_back(bounded_minor(m, without(columns, j)));
        if (j % 2 == 1) others.back().value = -others.back().value;
    }
    return rounding::dot(row, others);
}

double reference::minor(MatrixView m, std::span<const std::size_t> columns) {
    const std::size_t n = columns.size();
    std::vector<std::vector<double>> rows(n);
    for (std::size_t r = 0; r < n; ++r) {
        for (const std::size_t c : columns) rows[r].push_back(m.at(m.rows - n + r, c));
    }
    double product = 1;
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t r = k + 1; r < n; ++r) {
            if (std::abs(rows[r][k]) > std::abs(rows[pivot][k])) pivot = r;
        }
        if (rows[pivot][k] == 0) return 0;
        if (pivot != k) {
            std::swap(rows[pivot], rows[k]);
            product = -product;
        }
        product *= rows[k][k];
        for (std::size_t r = k + 1; r < n; ++r) {
            const double factor = rows[r][k] / rows[k][k];
            for (std::size_t c = k; c < n; ++c) rows[r][c] -= factor * rows[k][c];
        }
    }
    return product;
}

}  // namespace lab
