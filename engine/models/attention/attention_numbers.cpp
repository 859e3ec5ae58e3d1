#include "engine/models/attention/attention_numbers.h"

#include <cmath>

#include "engine/kernels/kernels.h"

namespace lab {

using rounding::Bounded;

namespace {

using Part = AttentionNumbers::Part;

std::string_view name(Part part) { return part == Part::query ? "query" : part == Part::key ? "key" : "value"; }

std::string counted(std::string_view what, std::size_t i) { return std::string(what) + " " + std::to_string(i + 1); }

/// "attention/family[row,place]", and "attention/family[row]", to which a place can be added.
std::string address(const std::string& family, std::size_t row) { return at("attention/" + family, row); }
std::string address(const std::string& family, std::size_t row, std::size_t place) {
    return "attention/" + family + "[" + std::to_string(row) + "," + std::to_string(place) + "]";
}

std::string head(std::size_t h) { return "H" + std::to_string(h + 1) + "/"; }

}  // namespace

MatrixView AttentionNumbers::rows(Part part) const {
    if (part == Part::query) return {a.query, a.shape.queries, a.query_columns()};
    if (part == Part::key) return {a.key, a.shape.keys, a.query_columns()};
    return {a.value, a.shape.keys, a.value_columns()};
}

MatrixView AttentionNumbers::matrix(std::string_view name) const {
    if (name == "query") return c.weights->query;
    if (name == "key") return c.weights->key;
    return name == "value" ? c.weights->value : c.weights->output.value_or(MatrixView{});
}

std::string AttentionNumbers::in_head(std::size_t h) const {
    return a.shape.heads == 1 ? "" : " in " + counted("head", h);
}

SoftmaxNames AttentionNumbers::names(std::size_t h, std::size_t t) const {
    return {"attention/" + head(h), std::to_string(t) + ",", "score", " for " + counted("query", t) + in_head(h),
            [](std::size_t s) { return counted("key", s); }};
}

std::string AttentionNumbers::head_row_address(Part part, std::size_t h, std::size_t row) const {
    return address((a.shape.heads == 1 ? "" : head(h)) + std::string(name(part)), row);
}

std::span<const float> AttentionNumbers::head_row(Part part, std::size_t h, std::size_t row) const {
    const std::size_t width = part == Part::value ? a.shape.value_width : a.shape.head_width;
    return rows(part).row(row).subspan(h * width, width);
}

std::vector<unsigned char> AttentionNumbers::seen(std::size_t t) const {
    std::vector<unsigned char> out;
    for (std::size_t s = 0; s < a.shape.keys; ++s) out.push_back(a.sees(t, s) ? 1 : 0);
    return out;
}

std::string AttentionNumbers::hidden_because(std::size_t t, std::size_t s) const {
    const bool causal = a.shape.mask == AttentionMask::causal && s + a.shape.queries > t + a.shape.keys;
    if (!causal) return "the mask hides " + counted("key", s) + " from " + counted("query", t);
    if (a.shape.queries == a.shape.keys) return counted("key", s) + " comes after " + counted("query", t);
    const std::size_t last = t + a.shape.keys < a.shape.queries ? 0 : t + a.shape.keys - a.shape.queries + 1;
    if (last == 0) return "every key comes after " + counted("query", t);
    return counted("query", t) + " may look as far as " + counted("key", last - 1);
}

Explanation AttentionNumbers::entry(Part part, std::size_t row, std::size_t column) const {
    const std::string of(name(part));
    Heading heading{address(of, row, column), placed(counted(of, row), column), "given"};
    const MatrixView all = rows(part);
    if (c.x == nullptr) return make_leaf(std::move(heading), Kind::input, all.at(row, column));
    heading.formula = counted("row", row) + " of x · " + counted("column", column) + " of the " + of + " matrix";
    const Bounded bound = bounded_entry(part, row, column);
    return make_dot(std::move(heading), make_operand(counted("row", row) + " of x", address("x", row), c.x->row(row)),
                    make_operand(counted("column", column) + " of the " + of + " matrix",
                                 address(of + "_weights_column", column), lab::column(matrix(of), column)),
                    all.at(row, column), bound.value, bound.error);
}

Explanation AttentionNumbers::dot(std::size_t h, std::size_t t, std::size_t s) const {
    const Bounded bound = rounding::dot(bounded_head_row(Part::query, h, t), bounded_head_row(Part::key, h, s));
    return make_dot(
        {address(head(h) + "dot", t, s), counted("query", t) + " · " + counted("key", s) + in_head(h), "Σᵢ qᵢ × kᵢ"},
        make_operand(counted("query", t), head_row_address(Part::query, h, t), head_row(Part::query, h, t)),
        make_operand(counted("key", s), head_row_address(Part::key, h, s), head_row(Part::key, h, s)),
        a.row(a.dots, h, t)[s], c.x == nullptr ? bound.value : dot_from_x(h, t, s), bound.error);
}

Explanation AttentionNumbers::score(std::size_t h, std::size_t t, std::size_t s) const {
    const auto scale = static_cast<double>(a.shape.scale);
    const auto usual = static_cast<float>(1 / std::sqrt(static_cast<double>(a.shape.head_width)));
    const Bounded dot = rounding::dot(bounded_head_row(Part::query, h, t), bounded_head_row(Part::key, h, s));
    const Bounded bound = rounding::multiply(dot, {scale, 0});
    return make_sum(
        {address(head(h) + "score", t, s), "score of " + counted("key", s) + " for " + counted("query", t) + in_head(h),
         a.shape.scale == usual ? "(q · k) ÷ √" + std::to_string(a.shape.head_width) : "scale × (q · k)"},
        {{"q · k", address(head(h) + "dot", t, s), scale, a.row(a.dots, h, t)[s]}}, bound.value, bound.error);
}

Explanation AttentionNumbers::of_softmax(std::string_view family, std::size_t h, std::size_t t, std::size_t s) const {
    const SoftmaxNames called = names(h, t);
    const bool of_place = family != "largest" && family != "exp_sum";
    if (of_place && !a.sees(t, s)) {
        if (family == "rest") return explain_rest(called, s, 0, {});
        if (family == "slope") return explain_slope(called, s, 0, {});
        return make_sum({called.address("weight", s), "weight of " + counted("key", s) + called.whose,
                         "0, for " + hidden_because(t, s)},
                        {{hidden_because(t, s), "", 1, 0.0f}}, 0, 0);
    }
    const auto scores = a.row(a.scores, h, t);
    const std::vector<unsigned char> takes_part = seen(t);
    std::vector<float> weights(scores.size());
    const RowTotals totals = share_out(scores, takes_part, weights);
    const SoftmaxBounds bounds = bounded_softmax(h, t);
    const SoftmaxNumbers numbers(called, scores, takes_part, weights, totals, bounds);
    if (family == "largest") return numbers.largest();
    if (family == "gap") return numbers.gap(s);
    if (family == "exp") return numbers.exp(s);
    if (family == "exp_sum") return numbers.exp_sum();
    if (family == "weight") return numbers.weight(s);
    return family == "rest" ? numbers.rest(s) : numbers.slope(s);
}

Explanation AttentionNumbers::output(std::size_t h, std::size_t t, std::size_t i) const {
    const std::size_t place = h * a.shape.value_width + i;
    const Bounded bound = bounded_output(bounded_softmax(h, t).weight, h, i);
    return make_dot({address(head(h) + "output", t, i), placed(counted("output", t) + in_head(h), i), "Σₛ pₛ × vₛ"},
                    make_operand("weights of " + counted("query", t) + in_head(h), address(head(h) + "weight", t),
                                 a.row(a.weights, h, t)),
                    make_operand(counted("place", place) + " of the values", address(head(h) + "value_column", i),
                                 lab::column(rows(Part::value), place)),
                    a.output[t * a.value_columns() + place], bound.value, bound.error);
}

Explanation AttentionNumbers::x(std::size_t t, std::size_t i) const {
    return make_leaf({address("x", t, i), placed(counted("row", t) + " of x", i), "given"}, Kind::input, c.x->at(t, i));
}

Explanation AttentionNumbers::matrix_entry(std::string_view of, std::size_t i, std::size_t j) const {
    return make_leaf({address(std::string(of) + "_weights", i, j),
                      std::string(of) + " matrix, " + counted("row", i) + ", " + counted("column", j), "given"},
                     Kind::input, matrix(of).at(i, j));
}

Explanation AttentionNumbers::projected(std::size_t t, std::size_t j) const {
    const auto row = std::span(a.output).subspan(t * a.value_columns(), a.value_columns());
    std::vector<Bounded> outputs;
    for (std::size_t h = 0; h < a.shape.heads; ++h) {
        const std::vector<Bounded> weights = bounded_softmax(h, t).weight;
        for (std::size_t i = 0; i < a.shape.value_width; ++i) outputs.push_back(bounded_output(weights, h, i));
    }
    const std::vector<float> column = lab::column(matrix("output"), j);
    const Bounded bound = rounding::dot(outputs, rounding::exact(column));
    return make_dot(
        {address("projected", t, j), placed(counted("projected row", t), j),
         counted("output", t) + " · " + counted("column", j) + " of the output matrix"},
        make_operand(counted("output", t), address("output", t), row),
        make_operand(counted("column", j) + " of the output matrix", address("output_weights_column", j), column),
        c.self->projected[t * c.self->columns + j], bound.value, bound.error);
}

}  // namespace lab
