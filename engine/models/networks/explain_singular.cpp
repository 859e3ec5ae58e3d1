// Where the singular values and the determinant of a matrix come from.
#include <algorithm>
#include <charconv>
#include <numeric>

#include "engine/kernels/kernels.h"
#include "engine/models/explanations/explain_parts.h"
#include "engine/models/networks/determinant.h"
#include "engine/models/networks/singular.h"

namespace lab {

namespace {

constexpr AddressFamily families[] = {
    {"value", 1, "singular/value[0]"},      {"image", 2, "singular/image[0][0]"},
    {"matrix", 2, "singular/matrix[0][0]"}, {"left", 2, "singular/left[0][0]"},
    {"right", 2, "singular/right[0][0]"},   {"determinant", 0, "singular/determinant"},
    {"minor", 1, "singular/minor[0,1]"},    {"cofactor", 2, "singular/cofactor[0,1][0]"},
    {"part", 2, "singular/part[0,1][0]"},
};

using Places = std::vector<std::size_t>;

std::string row_name(std::size_t r) { return "row " + std::to_string(r + 1); }

/// "[0,2]", as addresses spell columns.
std::string bracketed(const Places& columns) {
    std::string text = "[";
    for (std::size_t j = 0; j < columns.size(); ++j) text += (j == 0 ? "" : ",") + std::to_string(columns[j]);
    return text + "]";
}

/// "column 1", "columns 1 and 3", "columns 1, 2 and 3".
std::string listed(const Places& columns) {
    std::string text = columns.size() == 1 ? "column " : "columns ";
    for (std::size_t j = 0; j < columns.size(); ++j) {
        if (j > 0) text += j + 1 == columns.size() ? " and " : ", ";
        text += std::to_string(columns[j] + 1);
    }
    return text;
}

struct Numbers {
    MatrixView m;
    Singular found;

    [[nodiscard]] std::span<const float> left(std::size_t i) const {
        return std::span(found.left).subspan(i * m.rows, m.rows);
    }
    [[nodiscard]] std::span<const float> right(std::size_t i) const {
        return std::span(found.right).subspan(i * m.columns, m.columns);
    }
    [[nodiscard]] std::span<const float> image(std::size_t i) const {
        return std::span(found.image).subspan(i * m.rows, m.rows);
    }

    [[nodiscard]] Explanation value(std::size_t i) const {
        // The check goes the other way round: what each column gives along the left vector, times the right vector.
        double exact = 0;
        for (std::size_t c = 0; c < m.columns; ++c) {
            double along = 0;
            for (std::size_t r = 0; r < m.rows; ++r) along += static_cast<double>(left(i)[r]) * m.at(r, c);
            exact += along * static_cast<double>(right(i)[c]);
        }
        std::vector<rounding::Bounded> images;
        for (std::size_t r = 0; r < m.rows; ++r) {
            images.push_back(rounding::dot(rounding::exact(m.row(r)), rounding::exact(right(i))));
        }
        return make_dot({at("singular/value", i), "singular value " + std::to_string(i + 1),
                         subscripted("u", i) + " · (W " + subscripted("v", i) + ")"},
                        make_operand(subscripted("u", i), at("singular/left", i), left(i)),
                        make_operand("W " + subscripted("v", i), at("singular/image", i), image(i)), exact,
                        rounding::dot(rounding::exact(left(i)), images).error);
    }

    [[nodiscard]] Explanation image(std::size_t i, std::size_t r) const {
        return make_dot({at(at("singular/image", i), r), placed("W " + subscripted("v", i), r),
                         row_name(r) + " of W · " + subscripted("v", i)},
                        make_operand(row_name(r) + " of W", at("singular/matrix", r), m.row(r)),
                        make_operand(subscripted("v", i), at("singular/right", i), right(i)),
                        reference::dot(m.row(r), right(i)),
                        rounding::dot(rounding::exact(m.row(r)), rounding::exact(right(i))).error);
    }

    [[nodiscard]] Explanation entry(std::size_t r, std::size_t c) const {
        return make_leaf(
            {at(at("singular/matrix", r), c), "W, " + row_name(r) + ", column " + std::to_string(c + 1), "given"},
            Kind::weight, m.at(r, c));
    }

    [[nodiscard]] Explanation found_vector(std::string_view family, std::string_view symbol, std::size_t i,
                                           std::size_t place, float value) const {
        return make_leaf({at(at("singular/" + std::string(family), i), place), placed(subscripted(symbol, i), place),
                          "found by turning columns until they stand at right angles (Hestenes 1958)"},
                         Kind::weight, value);
    }

    /// The determinant of the last rows in these columns. The whole has a name of its own.
    [[nodiscard]] Explanation minor(const Places& columns) const {
        const bool whole = columns.size() == m.rows;
        if (columns.size() == 1 && !whole) return entry(m.rows - 1, columns[0]);
        Heading heading{whole ? "singular/determinant" : "singular/minor" + bracketed(columns),
                        whole ? "determinant" : "minor of " + listed(columns), ""};
        if (columns.size() == 1) {
            heading.formula = "the one entry";
            return make_sum(std::move(heading), {{"W₁", "singular/matrix[0][0]", 1, m.at(0, 0)}}, m.at(0, 0), 0);
        }
        const std::string row = row_name(m.rows - columns.size());
        heading.formula = row + " · its cofactors";
        return make_dot(std::move(heading),
                        make_operand(row, "singular/part" + bracketed(columns), minor_row(m, columns)),
                        make_operand("cofactors", "singular/cofactor" + bracketed(columns), cofactors(m, columns)),
                        reference::minor(m, columns), bounded_minor(m, columns).error);
    }

    [[nodiscard]] Explanation cofactor(const Places& columns, std::size_t j) const {
        const Places others = without(columns, j);
        const double sign = j % 2 == 0 ? 1 : -1;
        const rounding::Bounded bounded = bounded_minor(m, others);
        return make_sum(
            {at("singular/cofactor" + bracketed(columns), j), "cofactor of column " + std::to_string(columns[j] + 1),
             std::string(sign > 0 ? "" : minus_sign) + "minor of " + listed(others)},
            {{"minor of " + listed(others), "singular/minor" + bracketed(others), sign, lab::minor(m, others)}},
            sign * reference::minor(m, others), bounded.error);
    }
};

/// The columns of group 0: at least `least`, rising, of a square matrix that is small enough.
Result<Places> parse_columns(const Address& address, const MatrixView& m, std::size_t least) {
    Places columns;
    for (const std::string& part : split(address.groups[0], ',')) {
        std::size_t column = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), column);
        if (error != std::errc() || end != part.data() + part.size() || part != std::to_string(column) ||
            column >= m.columns || (!columns.empty() && column <= columns.back())) {
            return unknown_address(address.text, "“" + address.groups[0] + "” is no list of columns in rising order.",
                                   address.family->example);
        }
        columns.push_back(column);
    }
    if (columns.size() < least) {
        return unknown_address(address.text, "it needs at least " + std::to_string(least) + " columns.",
                               address.family->example);
    }
    return columns;
}

}  // namespace

Result<Explanation> explain_singular(MatrixView m, std::string_view text) {
    auto found = singular(m);
    if (!found) return found.error();
    const auto parsed = parse_address(text, "singular", families);
    if (!parsed) return parsed.error();
    const Address& address = parsed.value();
    const Numbers numbers{m, std::move(found).value()};

    if (address.is("determinant") || address.is("minor") || address.is("cofactor") || address.is("part")) {
        if (m.rows != m.columns || m.rows > most_cofactor_rows) {
            return unknown_address(text, "a determinant unfolds for square matrices of at most 4 rows.",
                                   families[0].example);
        }
        if (address.is("determinant")) {
            Places all(m.columns);
            std::iota(all.begin(), all.end(), std::size_t{0});
            return numbers.minor(all);
        }
        const auto columns = parse_columns(address, m, address.is("cofactor") ? 2 : 1);
        if (!columns) return columns.error();
        if (address.is("minor")) return numbers.minor(columns.value());
        const auto j = parse_place(address, 1, columns.value().size());
        if (!j) return j.error();
        if (address.is("cofactor")) return numbers.cofactor(columns.value(), j.value());
        return numbers.entry(m.rows - columns.value().size(), columns.value()[j.value()]);
    }

    const auto first = parse_place(address, 0, address.is("matrix") ? m.rows : numbers.found.count());
    if (!first) return first.error();
    if (address.is("value")) return numbers.value(first.value());
    const bool along_columns = address.is("matrix") || address.is("right");
    const auto second = parse_place(address, 1, along_columns ? m.columns : m.rows);
    if (!second) return second.error();
    if (address.is("matrix")) return numbers.entry(first.value(), second.value());
    if (address.is("image")) return numbers.image(first.value(), second.value());
    if (address.is("left")) {
        return numbers.found_vector("left", "u", first.value(), second.value(),
                                    numbers.left(first.value())[second.value()]);
    }
    return numbers.found_vector("right", "v", first.value(), second.value(),
                                numbers.right(first.value())[second.value()]);
}

}  // namespace lab
