#include "engine/models/networks/examples.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/base/random.h"

namespace lab {

Result<Examples> make_examples(std::vector<float> rows, std::size_t inputs, std::vector<std::uint8_t> labels,
                               std::vector<std::string> classes) {
    if (inputs == 0 || labels.empty() || rows.size() != labels.size() * inputs) {
        return Error{"bad-shape",
                     std::to_string(labels.size()) + " rows of " + std::to_string(inputs) + " numbers take " +
                         std::to_string(labels.size() * inputs) + ", and there are " + std::to_string(rows.size()) +
                         ". Give every row all of its numbers, and at least one row.",
                     ""};
    }
    if (classes.size() < 2 || classes.size() > 256) {
        return Error{"out-of-range", "There are " + std::to_string(classes.size()) + " classes. Give 2 to 256.", ""};
    }
    const std::set<std::string> distinct(classes.begin(), classes.end());
    if (distinct.size() < classes.size() || distinct.contains("")) {
        return Error{"bad-word", "A class has no name, or the name of another. Give each a name of its own.", ""};
    }
    const auto label = std::ranges::find_if(labels, [&](std::uint8_t one) { return one >= classes.size(); });
    if (label != labels.end()) {
        return Error{"out-of-range",
                     "Row " + std::to_string(label - labels.begin() + 1) + " is of class " + std::to_string(*label) +
                         ", and classes go from 0 to " + std::to_string(classes.size() - 1) + ".",
                     ""};
    }
    const auto bad = std::ranges::find_if_not(rows, [](float x) { return std::isfinite(x); });
    if (bad != rows.end()) {
        const auto at = static_cast<std::size_t>(bad - rows.begin());
        return Error{"not-finite",
                     "Row " + std::to_string(at / inputs + 1) + ", column " + std::to_string(at % inputs + 1) +
                         " is NaN or infinite. Give finite numbers.",
                     ""};
    }
    return Examples{std::move(rows), std::move(labels), std::move(classes), inputs};
}

Result<std::pair<Examples, Examples>> split(const Examples& all, std::size_t held_out, std::uint64_t seed) {
    if (held_out == 0 || held_out >= all.count()) {
        return Error{"out-of-range",
                     std::to_string(held_out) + " of " + std::to_string(all.count()) +
                         " rows cannot be held out. Hold out at least 1, and leave at least 1.",
                     ""};
    }
    std::vector<std::size_t> order(all.count());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Random random(seed);
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
    const auto take = [&](std::size_t from, std::size_t to) {
        Examples part{{}, {}, all.classes, all.inputs};
        part.rows.reserve((to - from) * all.inputs);
        for (std::size_t i = from; i < to; ++i) {
            const auto row = all.row(order[i]);
            part.rows.insert(part.rows.end(), row.begin(), row.end());
            part.labels.push_back(all.labels[order[i]]);
        }
        return part;
    };
    return std::pair{take(held_out, all.count()), take(0, held_out)};
}

Standardization standardization(const Examples& examples) {
    const auto count = static_cast<double>(examples.count());
    Standardization found;
    for (std::size_t c = 0; c < examples.inputs; ++c) {
        double sum = 0;
        for (std::size_t n = 0; n < examples.count(); ++n) sum += static_cast<double>(examples.row(n)[c]);
        const double mean = sum / count;
        double squares = 0;
        for (std::size_t n = 0; n < examples.count(); ++n) {
            const double apart = static_cast<double>(examples.row(n)[c]) - mean;
            squares += apart * apart;
        }
        const auto deviation = static_cast<float>(std::sqrt(squares / count));
        found.means.push_back(static_cast<float>(mean));
        // A column of one number over and over is left as wide as it is; so is one that only rounding moves.
        const bool moves = static_cast<double>(deviation) > 1e-6 * std::abs(mean) && deviation > 0;
        found.deviations.push_back(moves ? deviation : 1);
    }
    return found;
}

Result<Examples> standardize(const Examples& examples, const Standardization& by) {
    if (by.means.size() != examples.inputs || by.deviations.size() != examples.inputs) {
        return Error{"length-mismatch",
                     "The rows have " + std::to_string(examples.inputs) + " columns; given are " +
                         std::to_string(by.means.size()) + " means and " + std::to_string(by.deviations.size()) +
                         " deviations. Give one of each for every column.",
                     ""};
    }
    for (std::size_t c = 0; c < examples.inputs; ++c) {
        const std::string column = "column " + std::to_string(c + 1);
        if (!std::isfinite(by.means[c]) || !std::isfinite(by.deviations[c])) {
            return Error{"not-finite", "The mean or deviation of " + column + " is NaN or infinite.", ""};
        }
        if (!(by.deviations[c] > 0)) {
            return Error{"out-of-range", "The deviation of " + column + " is not above 0.", ""};
        }
    }
    Examples out = examples;
    const MutableMatrixView rows{out.rows, out.count(), out.inputs};
    for (std::size_t n = 0; n < rows.rows; ++n) {
        for (std::size_t c = 0; c < rows.columns; ++c) {
            float& x = rows.at(n, c);
            x = (x - by.means[c]) / by.deviations[c];
            if (std::isfinite(x)) continue;
            return Error{"not-finite",
                         "Row " + std::to_string(n + 1) + ", column " + std::to_string(c + 1) +
                             " leaves the range of 32-bit floats when it is standardised.",
                         ""};
        }
    }
    return out;
}

}  // namespace lab
