// The same numbers in double, from the inputs on, each with how far f32 may land from it: the checks.
#include "engine/models/attention/attention_numbers.h"

namespace lab {

using rounding::Bounded;

Bounded AttentionNumbers::bounded_entry(Part part, std::size_t row, std::size_t column) const {
    if (c.x == nullptr) return {static_cast<double>(rows(part).at(row, column)), 0};
    const MatrixView matrix = part == Part::query ? c.weights->query
                              : part == Part::key ? c.weights->key
                                                  : c.weights->value;
    return rounding::dot(rounding::exact(c.x->row(row)), rounding::exact(lab::column(matrix, column)));
}

std::vector<Bounded> AttentionNumbers::bounded_head_row(Part part, std::size_t h, std::size_t row) const {
    const std::size_t width = part == Part::value ? a.shape.value_width : a.shape.head_width;
    std::vector<Bounded> out;
    for (std::size_t i = 0; i < width; ++i) out.push_back(bounded_entry(part, row, h * width + i));
    return out;
}

std::vector<Bounded> AttentionNumbers::bounded_dots(std::size_t h, std::size_t t) const {
    const std::vector<Bounded> query = bounded_head_row(Part::query, h, t);
    std::vector<Bounded> out;
    for (std::size_t s = 0; s < a.shape.keys; ++s)
        out.push_back(rounding::dot(query, bounded_head_row(Part::key, h, s)));
    return out;
}

SoftmaxBounds AttentionNumbers::bounded_softmax(std::size_t h, std::size_t t) const {
    std::vector<Bounded> scores = bounded_dots(h, t);
    for (Bounded& score : scores) score = rounding::multiply(score, {static_cast<double>(a.shape.scale), 0});
    return bound_softmax(scores, seen(t));
}

Bounded AttentionNumbers::bounded_output(std::span<const Bounded> weights, std::size_t h, std::size_t i) const {
    std::vector<Bounded> values;
    for (std::size_t s = 0; s < a.shape.keys; ++s) {
        values.push_back(bounded_entry(Part::value, s, h * a.shape.value_width + i));
    }
    return rounding::dot(weights, values);
}

double AttentionNumbers::dot_from_x(std::size_t h, std::size_t t, std::size_t s) const {
    // The other way round: what the query's matrix makes of the key, and that times the row.
    const std::vector<Bounded> key = bounded_head_row(Part::key, h, s);
    double sum = 0;
    for (std::size_t i = 0; i < c.x->columns; ++i) {
        double along = 0;
        for (std::size_t j = 0; j < key.size(); ++j) {
            along += static_cast<double>(c.weights->query.at(i, h * key.size() + j)) * key[j].value;
        }
        sum += static_cast<double>(c.x->at(t, i)) * along;
    }
    return sum;
}

}  // namespace lab
