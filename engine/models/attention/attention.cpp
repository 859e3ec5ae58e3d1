#include "engine/models/attention/attention.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/kernels/kernels.h"
#include "engine/models/attention/softmax_row.h"

namespace lab {

namespace {

std::string said(const char* name, MatrixView m) {
    return std::string(name) + " is " + std::to_string(m.rows) + " × " + std::to_string(m.columns);
}

/// The Error for a matrix that is empty, or whose numbers are not all finite, if so.
std::optional<Error> check_matrix(const char* name, MatrixView m, bool computed = false) {
    if (m.rows == 0 || m.columns == 0) {
        return Error{"empty-input", said(name, m) + ": give at least one row and one column.", ""};
    }
    const auto bad = std::ranges::find_if_not(m.data, [](float x) { return std::isfinite(x); });
    if (bad == m.data.end()) return std::nullopt;
    const auto place = static_cast<std::size_t>(bad - m.data.begin());
    return Error{"not-finite",
                 std::string(name) + ", row " + std::to_string(place / m.columns + 1) + ", column " +
                     std::to_string(place % m.columns + 1) +
                     (computed ? ": its sum is beyond a 32-bit float (3.4·10³⁸). Make the numbers smaller."
                               : " is NaN or infinite: give finite numbers."),
                 ""};
}

Error mismatch(std::string what) { return {"length-mismatch", std::move(what), ""}; }

/// The shape, or what is wrong with it.
Result<AttentionShape> make_shape(MatrixView query, MatrixView key, MatrixView value, const AttentionOptions& options) {
    for (const auto& [name, m] : {std::pair{"query", query}, {"key", key}, {"value", value}}) {
        if (auto error = check_matrix(name, m)) return *std::move(error);
    }
    if (query.columns != key.columns) {
        return mismatch(said("query", query) + " and " + said("key", key) +
                        ": each query is multiplied with each key, so give both as many columns.");
    }
    if (key.rows != value.rows) {
        return mismatch(said("key", key) + " and " + said("value", value) +
                        ": key s opens value s, so give both as many rows.");
    }
    if (!options.allowed.empty() && options.allowed.size() != query.rows * key.rows) {
        return mismatch("The mask has " + std::to_string(options.allowed.size()) + " entries, and there are " +
                        std::to_string(query.rows) + " queries and " + std::to_string(key.rows) +
                        " keys: give a row for each query and a column for each key.");
    }
    const std::size_t heads = options.heads;
    for (const auto& [name, m] : {std::pair{"query", query}, {"value", value}}) {
        if (heads > 0 && m.columns % heads == 0) continue;
        return Error{"out-of-range",
                     std::to_string(heads) + " heads do not divide the " + std::to_string(m.columns) + " columns of " +
                         name + ": give a number of heads that does.",
                     ""};
    }
    const std::size_t width = query.columns / heads;
    const float scale = options.scale.value_or(static_cast<float>(1 / std::sqrt(static_cast<double>(width))));
    if (!std::isfinite(scale)) return Error{"not-finite", "The scale is NaN or infinite: give a finite number.", ""};
    return AttentionShape{.queries = query.rows,
                          .keys = key.rows,
                          .heads = heads,
                          .head_width = width,
                          .value_width = value.columns / heads,
                          .scale = scale,
                          .mask = options.mask};
}

/// The head's columns, [rows, width] dense.
std::vector<float> part(const std::vector<float>& all, std::size_t rows, std::size_t columns, std::size_t from,
                        std::size_t width) {
    std::vector<float> out(rows * width);
    for (std::size_t r = 0; r < rows; ++r) {
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(r * columns + from), width,
                    out.begin() + static_cast<std::ptrdiff_t>(r * width));
    }
    return out;
}

/// [columns, rows] of all[rows, columns].
std::vector<float> turned(MatrixView m) {
    std::vector<float> out(m.rows * m.columns);
    for (std::size_t r = 0; r < m.rows; ++r) {
        for (std::size_t c = 0; c < m.columns; ++c) out[c * m.rows + r] = m.at(r, c);
    }
    return out;
}

/// left[N, D] · right[D, C]: each number the dot() of a row and a column.
std::vector<float> product(MatrixView left, MatrixView right) {
    const std::vector<float> columns = turned(right);
    std::vector<float> out(left.rows * right.columns);
    for (std::size_t n = 0; n < left.rows; ++n) {
        matvec({columns, right.columns, right.rows}, left.row(n),
               std::span(out).subspan(n * right.columns, right.columns));
    }
    return out;
}

void attend_head(std::size_t h, Attention& out) {
    const auto& [T, S, H, d, e, scale, mask] = out.shape;
    const std::vector<float> keys = part(out.key, S, H * d, h * d, d);
    const std::vector<float> values = part(out.value, S, H * e, h * e, e);
    const std::vector<float> columns = turned({values, S, e});
    std::vector<unsigned char> seen(S);
    for (std::size_t t = 0; t < T; ++t) {
        const std::size_t row = (h * T + t) * S;
        const auto dots = std::span(out.dots).subspan(row, S);
        const auto scores = std::span(out.scores).subspan(row, S);
        const auto weights = std::span(out.weights).subspan(row, S);
        matvec({keys, S, d}, std::span(out.query).subspan(t * H * d + h * d, d), dots);
        for (std::size_t s = 0; s < S; ++s) {
            scores[s] = scale * dots[s];
            seen[s] = out.sees(t, s) ? 1 : 0;
        }
        share_out(scores, seen, weights);
        matvec({columns, e, S}, weights, std::span(out.output).subspan(t * H * e + h * e, e));
    }
}

/// What overflowed on the way, if anything did.
std::optional<Error> check_computed(const Attention& a) {
    const auto& [T, S, H, d, e, scale, mask] = a.shape;
    for (std::size_t place = 0; place < a.scores.size(); ++place) {
        if (std::isfinite(a.scores[place])) continue;
        return Error{"not-finite",
                     "Query " + std::to_string(place / S % T + 1) + " · key " + std::to_string(place % S + 1) +
                         (std::isfinite(a.dots[place]) ? ", scaled," : "") +
                         " is beyond a 32-bit float (3.4·10³⁸): make the numbers smaller.",
                     ""};
    }
    return check_matrix("output", {a.output, T, H * e}, true);
}

}  // namespace

Result<Attention> attend(MatrixView query, MatrixView key, MatrixView value, const AttentionOptions& options) {
    const auto shape = make_shape(query, key, value, options);
    if (!shape) return shape.error();
    Attention out;
    out.shape = shape.value();
    out.allowed.assign(options.allowed.begin(), options.allowed.end());
    out.query.assign(query.data.begin(), query.data.end());
    out.key.assign(key.data.begin(), key.data.end());
    out.value.assign(value.data.begin(), value.data.end());
    out.output.resize(query.rows * value.columns);
    const std::size_t all = out.shape.heads * query.rows * key.rows;
    if (all <= most_kept_weights) {
        for (auto* matrix : {&out.dots, &out.scores, &out.weights}) matrix->resize(all);
        for (std::size_t h = 0; h < out.shape.heads; ++h) attend_head(h, out);
    } else {
        std::vector<float> workspace(attention_workspace(out.shape));
        attention(out.shape, {out.query.data(), query.columns}, {out.key.data(), key.columns},
                  {out.value.data(), value.columns}, out.allowed, workspace, {out.output.data(), value.columns});
    }
    if (auto error = check_computed(out)) return *std::move(error);
    return out;
}

Result<SelfAttention> self_attend(MatrixView x, const SelfAttentionWeights& weights, const AttentionOptions& options) {
    if (auto error = check_matrix("x", x)) return *std::move(error);
    std::vector<float> made[3];
    const std::pair<const char*, MatrixView> matrices[] = {
        {"query", weights.query}, {"key", weights.key}, {"value", weights.value}};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& [name, matrix] = matrices[i];
        if (auto error = check_matrix((std::string("the ") + name + " matrix").c_str(), matrix))
            return *std::move(error);
        if (matrix.rows != x.columns) {
            return mismatch(
                said("x", x) + " and the " + said((std::string(name) + " matrix").c_str(), matrix) +
                ": each row of x is multiplied with each column, so give the matrix a row for each column of x.");
        }
        made[i] = product(x, matrix);
        if (auto error = check_matrix(name, {made[i], x.rows, matrix.columns}, true)) return *std::move(error);
    }
    auto attended = attend({made[0], x.rows, weights.query.columns}, {made[1], x.rows, weights.key.columns},
                           {made[2], x.rows, weights.value.columns}, options);
    if (!attended) return attended.error();
    SelfAttention out{.attention = std::move(attended).value(), .columns = weights.value.columns, .projected = {}};
    out.projected = out.attention.output;
    if (!weights.output) return out;
    const MatrixView last = *weights.output;
    if (auto error = check_matrix("the output matrix", last)) return *std::move(error);
    if (last.rows != out.columns) {
        return mismatch("The heads give " + std::to_string(out.columns) + " numbers per row and the " +
                        said("output matrix", last) + ": give the matrix a row for each of them.");
    }
    out.projected = product({out.attention.output, x.rows, last.rows}, last);
    out.columns = last.columns;
    if (auto error = check_matrix("projected", {out.projected, x.rows, last.columns}, true)) return *std::move(error);
    return out;
}

std::vector<float> column(MatrixView matrix, std::size_t c) {
    std::vector<float> out(matrix.rows);
    for (std::size_t r = 0; r < matrix.rows; ++r) out[r] = matrix.at(r, c);
    return out;
}

}  // namespace lab
