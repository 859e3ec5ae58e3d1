#include "engine/models/search/row_index.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <string>

#include "engine/kernels/scan.h"

namespace lab {

namespace {

constexpr double u = 0x1p-24;

/// The float at or above x ≥ 0.
float rounded_up(double x) {
    const auto nearest = static_cast<float>(x);
    return static_cast<double>(nearest) >= x ? nearest
                                             : std::nextafter(nearest, std::numeric_limits<float>::infinity());
}

/// What all roundings together may add, as a share of |q|·|x|: those of the float score (dot_error_bound, with
/// Σ|qᵢxᵢ| ≤ |q|·|x|) and a dozen of the scan's own scaling, bounds and comparisons.
double rounding(std::size_t columns) { return (static_cast<double>(columns) / 16 + 8 + 12) * u; }

}  // namespace

RowIndex::RowIndex(std::size_t rows, std::size_t columns)
    : columns_(columns),
      codes_(rows * scan_stride(columns)),
      sums_(rows),
      scales_(rows),
      coded_lengths_(rows),
      remainders_(rows),
      query_(scan_stride(columns)),
      scores_(rows),
      lower_(rows),
      upper_(rows),
      candidates_(rows) {}

Result<RowIndex> RowIndex::of(MatrixView rows) {
    if (rows.rows == 0 || rows.columns == 0 || rows.columns > 130'000)
        return Error{"bad-shape", "An index needs at least one row, and 1 to 130,000 columns.", ""};
    RowIndex index(rows.rows, rows.columns);
    const std::size_t stride = scan_stride(rows.columns);
    for (std::size_t r = 0; r < rows.rows; ++r) {
        const auto row = rows.row(r);
        if (!std::all_of(row.begin(), row.end(), [](float x) { return std::isfinite(x); }))
            return Error{"not-finite",
                         "Row " + std::to_string(r) + " holds a number that is not finite. Mend or leave out that row.",
                         std::to_string(r)};
        const auto codes = std::span(index.codes_).subspan(r * stride, rows.columns);
        const float scale = quantize(row, 127, codes);
        double coded = 0;
        double lost = 0;
        std::int32_t sum = 0;
        for (std::size_t c = 0; c < rows.columns; ++c) {
            const double value = static_cast<double>(scale) * codes[c];
            const double rest = static_cast<double>(row[c]) - value;
            coded += value * value;
            lost += rest * rest;
            sum += codes[c];
        }
        index.sums_[r] = sum;
        index.scales_[r] = scale;
        index.coded_lengths_[r] = rounded_up(std::sqrt(coded));
        index.remainders_[r] = rounded_up(std::sqrt(lost));
    }
    return index;
}

std::size_t RowIndex::bytes_for(std::size_t rows, std::size_t columns) {
    const std::size_t stride = scan_stride(columns);
    return rows * (stride + 8 * sizeof(float)) + stride * sizeof(std::int16_t);
}

Search RowIndex::search(MatrixView rows, std::span<const float> query, std::span<Hit> out) {
    assert(rows.rows == this->rows() && rows.columns == columns_ && query.size() == columns_);
    const std::size_t k = std::min(out.size(), rows.rows);
    if (k == 0) return {0, 0, 0};

    const ScanQuery coded = encode_query(query, query_);
    scan_int8(codes_, sums_, query_, scores_);

    // Of each row: middle ± reach holds its score.
    const double length = reference::norm(query);
    const Reach reach{coded.scale, rounded_up(length * (1 + rounding(columns_))),
                      rounded_up(coded.residual + length * rounding(columns_))};
    score_bounds(scores_, scales_, remainders_, coded_lengths_, reach, lower_, upper_);

    // k rows reach at least `least`; so a row whose upper bound is below it is not among the best k. A bound that
    // overflowed to NaN is below nothing: its row stays.
    const auto best = out.first(k);
    top_k(lower_, best);
    const float least = best.back().score;
    const auto candidates = std::span(candidates_).first(not_below(upper_, least, candidates_));

    // The candidates in order of index, so that ties go to the lower one, as in a search of all rows.
    auto& scores = lower_;
    for (std::size_t i = 0; i < candidates.size(); ++i) scores[i] = dot(rows.row(candidates[i]), query);
    top_k(std::span(scores).first(candidates.size()), best);
    for (Hit& hit : best) hit.index = candidates[hit.index];
    return {k, candidates.size(), least};
}

}  // namespace lab
