#include "engine/models/attention/explain_softmax.h"

#include "engine/models/attention/softmax_numbers.h"

namespace lab {

namespace {

using rounding::Bounded;

constexpr AddressFamily families[] = {
    {"weight", 1, "softmax/weight[0]"}, {"score", 1, "softmax/score[0]"}, {"scaled", 1, "softmax/scaled[0]"},
    {"largest", 0, "softmax/largest"},  {"gap", 1, "softmax/gap[0]"},     {"exp", 1, "softmax/exp[0]"},
    {"exp_sum", 0, "softmax/exp_sum"},  {"rest", 1, "softmax/rest[0]"},   {"slope", 1, "softmax/slope[0]"},
};

Explanation explain_scaled(const SoftmaxRow& row, std::size_t i, Bounded bound) {
    return make_sum(
        {at("softmax/scaled", i), "score " + std::to_string(i + 1) + ", scaled", "scale × score"},
        {{"score " + std::to_string(i + 1), at("softmax/score", i), static_cast<double>(row.scale), row.scores[i]}},
        bound.value, bound.error);
}

}  // namespace

Result<Explanation> explain_softmax(const SoftmaxRow& row, std::string_view text) {
    const auto parsed = parse_address(text, "softmax", families);
    if (!parsed) return parsed.error();
    const Address& address = parsed.value();
    std::size_t i = 0;
    if (address.family->groups == 1) {
        const auto place = parse_place(address, 0, row.scores.size());
        if (!place) return place.error();
        i = place.value();
    }
    if (address.is("score")) {
        return make_leaf({address.text, "score " + std::to_string(i + 1), "given"}, Kind::input, row.scores[i]);
    }
    std::vector<Bounded> scaled;
    for (const float score : row.scores) scaled.push_back(rounding::multiply({score, 0}, {row.scale, 0}));
    if (address.is("scaled")) return explain_scaled(row, i, scaled[i]);

    const SoftmaxNames names{"softmax/", "", "scaled", "",
                             [](std::size_t k) { return "place " + std::to_string(k + 1); }};
    const SoftmaxBounds bounds = bound_softmax(scaled, {});
    const SoftmaxNumbers numbers(names, row.scaled, {}, row.weights, row.totals, bounds);
    if (address.is("largest")) return numbers.largest();
    if (address.is("gap")) return numbers.gap(i);
    if (address.is("exp")) return numbers.exp(i);
    if (address.is("exp_sum")) return numbers.exp_sum();
    if (address.is("weight")) return numbers.weight(i);
    if (address.is("rest")) return numbers.rest(i);
    return numbers.slope(i);
}

}  // namespace lab
