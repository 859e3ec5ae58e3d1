// Examples: labelled rows of numbers, what a classifier is trained on and measured with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"

namespace lab {

/// N rows of `inputs` numbers, each of one of the classes. labels[n] < classes.size() ≤ 256.
struct Examples {
    std::vector<float> rows;           // [N, inputs]
    std::vector<std::uint8_t> labels;  // [N]
    std::vector<std::string> classes;
    std::size_t inputs = 0;

    [[nodiscard]] std::size_t count() const { return labels.size(); }
    [[nodiscard]] MatrixView view() const { return {rows, count(), inputs}; }
    [[nodiscard]] std::span<const float> row(std::size_t n) const { return view().row(n); }
};

/// Examples that hold together. Errors: "bad-shape" (rows is not labels · inputs long, no rows, no inputs),
/// "out-of-range" (a label that is no class; fewer than 2 or more than 256 classes), "not-finite", "bad-word" (an empty
/// or repeated class).
Result<Examples> make_examples(std::vector<float> rows, std::size_t inputs, std::vector<std::uint8_t> labels,
                               std::vector<std::string> classes);

/// Cut in two at random, by seed: the rest, and `held_out` rows. Both keep the order in which they were drawn. Error
/// "out-of-range" unless 1 ≤ held_out < count.
Result<std::pair<Examples, Examples>> split(const Examples& all, std::size_t held_out, std::uint64_t seed);

/// What standardising subtracts and divides by, one of each per column.
struct Standardization {
    std::vector<float> means;
    std::vector<float> deviations;
};

/// Each column's mean and standard deviation (over N), summed in double; a column that never changes gets deviation 1.
Standardization standardization(const Examples& examples);

/// (x − mean) / deviation. Errors: "length-mismatch", "not-finite", "out-of-range" (a deviation that is not above 0).
Result<Examples> standardize(const Examples& examples, const Standardization& by);

}  // namespace lab
