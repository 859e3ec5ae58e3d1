#include "engine/models/search/row_index.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

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
    : rows_(rows),
      columns_(columns),
      table_(rows * scan_row_bytes(columns)),
      query_(scan_stride(columns)),
      candidates_(rows),
      values_(rows) {}

Result<RowIndex> RowIndex::of(MatrixView rows) {
    if (rows.rows == 0 || rows.columns == 0 || rows.columns > 130'000)
        return Error{"bad-shape", "An index needs at least one row, and 1 to 130,000 columns.", ""};
    RowIndex index(rows.rows, rows.columns);
    const std::size_t bytes = scan_row_bytes(rows.columns);
    for (std::size_t r = 0; r < rows.rows; ++r) {
        const auto row = rows.row(r);
        if (!std::all_of(row.begin(), row.end(), [](float x) { return std::isfinite(x); }))
            return Error{"not-finite",
                         "Row " + std::to_string(r) + " holds a number that is not finite. Mend or leave out that row.",
                         std::to_string(r)};
        const auto codes = std::span(index.table_).subspan(r * bytes, rows.columns);
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
        const ScanTail tail{sum, scale, rounded_up(std::sqrt(coded)), rounded_up(std::sqrt(lost))};
        std::memcpy(&index.table_[r * bytes + scan_stride(rows.columns)], &tail, sizeof tail);
    }
    return index;
}

std::size_t RowIndex::bytes_for(std::size_t rows, std::size_t columns) {
    return rows * (scan_row_bytes(columns) + 2 * sizeof(float)) + scan_stride(columns) * sizeof(std::int16_t);
}

/// The k best lower bounds so far, the least of them on top.
class RowIndex::Bar {
  public:
    explicit Bar(std::span<Hit> best) : best_(best) {
        std::fill(best_.begin(), best_.end(), Hit{0, -std::numeric_limits<float>::infinity()});
    }
    /// k rows reach at least this: a row whose upper bound is below it is not among the best k.
    [[nodiscard]] float least() const { return best_.front().score; }
    void offer(float lower) {
        if (!(lower > least())) return;  // NaN is not
        const auto higher = [](const Hit& a, const Hit& b) { return a.score > b.score; };
        std::pop_heap(best_.begin(), best_.end(), higher);
        best_.back().score = lower;
        std::push_heap(best_.begin(), best_.end(), higher);
    }

  private:
    std::span<Hit> best_;
};

std::size_t RowIndex::scan(Reach reach, Bar& bar) {
    constexpr std::size_t block = 64;  // rows of each line whose bounds are at hand at a time
    std::array<float, scan_lines * block> lower, upper;
    std::array<std::uint32_t, scan_lines * block> places;
    std::size_t count = 0;
    const auto take = [&](std::size_t first, std::size_t rows, std::size_t apart, std::size_t lines) {
        const std::size_t bounds = scan_lines * rows;
        scan_bounds(table_.data(), first, rows, apart, query_, reach, std::span(lower).first(bounds),
                    std::span(upper).first(bounds));
        const std::size_t found = not_below(std::span(upper).first(bounds), bar.least(), places);
        for (std::size_t i = 0; i < found; ++i) {
            const std::size_t line = places[i] % scan_lines;
            if (line >= lines) continue;  // the same row once more
            candidates_[count] = static_cast<std::uint32_t>(first + places[i] / scan_lines + line * apart);
            values_[count++] = upper[places[i]];
            bar.offer(lower[places[i]]);
        }
    };
    const std::size_t apart = rows_ / scan_lines;
    for (std::size_t i = 0; i < apart; i += block) take(i, std::min(block, apart - i), apart, scan_lines);
    for (std::size_t r = scan_lines * apart; r < rows_; ++r) take(r, 1, 0, 1);

    // The bar has risen since the first were taken.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i)
        if (!(values_[i] < bar.least())) candidates_[kept++] = candidates_[i];
    return kept;
}

Search RowIndex::search(MatrixView rows, std::span<const float> query, std::span<Hit> out) {
    assert(rows.rows == this->rows() && rows.columns == columns_ && query.size() == columns_);
    const std::size_t k = std::min(out.size(), rows.rows);
    if (k == 0) return {0, 0, 0};

    // Of each row: middle ± reach holds its score. A bound that overflowed to NaN is below nothing: its row stays.
    const ScanQuery coded = encode_query(query, query_);
    const double length = reference::norm(query);
    const auto best = out.first(k);
    Bar bar(best);
    const std::size_t count = scan({coded.scale, rounded_up(length * (1 + rounding(columns_))),
                                    rounded_up(coded.residual + length * rounding(columns_))},
                                   bar);
    const float least = bar.least();

    // In order of index, so that ties go to the lower one, as in a search of all rows.
    const auto candidates = std::span(candidates_).first(count);
    std::ranges::make_heap(candidates);  // std::sort is a kilobyte more to download
    std::ranges::sort_heap(candidates);
    for (std::size_t i = 0; i < count; ++i) values_[i] = dot(rows.row(candidates[i]), query);
    top_k(std::span(values_).first(count), best);
    for (Hit& hit : best) hit.index = candidates[hit.index];
    return {k, count, least};
}

}  // namespace lab
