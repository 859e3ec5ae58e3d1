#include "engine/models/attention/softmax_row.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

namespace lab {

RowTotals share_out(std::span<const float> scores, std::span<const unsigned char> seen, std::span<float> weights) {
    assert(weights.size() == scores.size() && (seen.empty() || seen.size() == scores.size()));
    const auto takes_part = [&](std::size_t i) { return seen.empty() || seen[i] != 0; };
    RowTotals totals;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!takes_part(i)) continue;
        if (totals.seen++ > 0 && !(scores[i] > totals.largest)) continue;
        totals.largest = scores[i];
        totals.top = i;
    }
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        weights[i] = takes_part(i) ? softmax_exp(softmax_gap(scores[i], totals.largest)) : 0.0f;
        sum += static_cast<double>(weights[i]);
    }
    totals.exp_sum = static_cast<float>(sum);
    if (totals.seen == 0) return totals;
    for (float& weight : weights) weight /= totals.exp_sum;
    return totals;
}

Result<SoftmaxRow> softmax_row(std::span<const float> scores, float scale) {
    if (scores.empty()) return Error{"empty-input", "There are no scores: give at least one number.", ""};
    if (!std::isfinite(scale)) return Error{"not-finite", "The scale is NaN or infinite: give a finite number.", ""};
    SoftmaxRow row{.scale = scale,
                   .scores = {scores.begin(), scores.end()},
                   .scaled = {},
                   .weights = {},
                   .slopes = {},
                   .totals = {}};
    for (std::size_t i = 0; i < scores.size(); ++i) {
        row.scaled.push_back(scale * scores[i]);
        if (std::isfinite(row.scaled.back())) continue;
        const std::string name = "scores[" + std::to_string(i) + "]";
        return Error{"not-finite",
                     std::isfinite(scores[i])
                         ? name + " times the scale is beyond a 32-bit float (3.4·10³⁸): make one of them smaller."
                         : name + " is NaN or infinite: give finite numbers.",
                     ""};
    }
    row.weights.resize(scores.size());
    row.totals = share_out(row.scaled, {}, row.weights);
    row.slopes.resize(scores.size());
    std::ranges::transform(row.weights, row.slopes.begin(), softmax_slope);
    return row;
}

}  // namespace lab
