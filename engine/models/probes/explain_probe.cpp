#include "engine/models/probes/explain_probe.h"

#include <string>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/models/attention/softmax_numbers.h"
#include "engine/models/transformer/transformer_numbers.h"

namespace lab {

using rounding::Bounded;

namespace {

/// A family and what its places count: t rows of the pass, k classes, i components of a state.
struct Family {
    AddressFamily family;
    std::string_view counts;
};
constexpr Family families[] = {
    {{"score", 2, "probe/score[0,0]"}, "tk"},
    {{"dot", 2, "probe/dot[0,0]"}, "tk"},
    {{"weight", 2, "probe/weight[0,0]"}, "ki"},
    {{"bias", 1, "probe/bias[0]"}, "k"},
    {{"largest", 1, "probe/largest[0]"}, "t"},
    {{"gap", 2, "probe/gap[0,0]"}, "tk"},
    {{"exp", 2, "probe/exp[0,0]"}, "tk"},
    {{"exp_sum", 1, "probe/exp_sum[0]"}, "t"},
    {{"probability", 2, "probe/probability[0,0]"}, "tk"},
    // Of two classes alone.
    {{"margin", 1, "probe/margin[0]"}, "t"},
    {{"projection", 1, "probe/projection[0]"}, "t"},
    {{"difference", 1, "probe/difference[0]"}, "i"},
    {{"bias_difference", 0, "probe/bias_difference"}, ""},
};
constexpr std::size_t of_any_probe = 9;

std::string spelled(std::string_view name, std::size_t a) {
    return "probe/" + std::string(name) + "[" + std::to_string(a) + "]";
}
std::string spelled(std::string_view name, std::size_t a, std::size_t b) {
    return "probe/" + std::string(name) + "[" + std::to_string(a) + "," + std::to_string(b) + "]";
}

class ProbeNumbers {
  public:
    explicit ProbeNumbers(const ProbeContext& context) : c(context) {}

    [[nodiscard]] Explanation score(std::size_t t, std::size_t k) const {
        const Bounded bound = bounded_score(t, k);
        return make_sum({spelled("score", t, k), "score of “" + name(k) + "” at " + rows.called(t), "w · x + b"},
                        {{"w · x", spelled("dot", t, k), 1, product(t, layer().row(k))},
                         {"b", spelled("bias", k), 1, layer().biases[k]}},
                        bound.value, bound.error);
    }

    [[nodiscard]] Explanation dot(std::size_t t, std::size_t k) const {
        return explain_dot(spelled("dot", t, k), "class vector of “" + name(k) + "” · " + state(t).label, t,
                           make_operand("w", spelled("weight", k), layer().row(k)));
    }

    [[nodiscard]] Explanation weight(std::size_t k, std::size_t i) const {
        return make_leaf({spelled("weight", k, i), placed("class vector of “" + name(k) + "”", i), "learned"},
                         Kind::weight, layer().row(k)[i]);
    }

    [[nodiscard]] Explanation bias(std::size_t k) const {
        return make_leaf({spelled("bias", k), "bias of “" + name(k) + "”", "learned"}, Kind::weight, layer().biases[k]);
    }

    [[nodiscard]] Explanation margin(std::size_t t) const {
        const Bounded along = bounded_product(t, between.weights);
        const Bounded bound = rounding::add(along, {static_cast<double>(between.bias), 0});
        return make_sum({spelled("margin", t), "how far " + rows.called(t) + " is on the side of “" + name(1) + "”",
                         "(w₁ − w₀) · x + (b₁ − b₀)"},
                        {{"(w₁ − w₀) · x", spelled("projection", t), 1, product(t, between.weights)},
                         {"b₁ − b₀", "probe/bias_difference", 1, between.bias}},
                        bound.value, bound.error);
    }

    [[nodiscard]] Explanation projection(std::size_t t) const {
        return explain_dot(spelled("projection", t),
                           "direction from “" + name(0) + "” to “" + name(1) + "” · " + state(t).label, t,
                           make_operand("w₁ − w₀", "probe/difference", between.weights));
    }

    [[nodiscard]] Explanation component(std::size_t i) const {
        const std::string label = placed("direction from “" + name(0) + "” to “" + name(1) + "”", i);
        return step(spelled("difference", i), label, {"w₁", spelled("weight", 1, i), 1, layer().row(1)[i]},
                    {"w₀", spelled("weight", 0, i), -1, layer().row(0)[i]});
    }

    [[nodiscard]] Explanation bias_difference() const {
        return step("probe/bias_difference", "bias of “" + name(1) + "” less that of “" + name(0) + "”",
                    {"b₁", spelled("bias", 1), 1, layer().biases[1]},
                    {"b₀", spelled("bias", 0), -1, layer().biases[0]});
    }

    [[nodiscard]] Explanation of_softmax(std::string_view family, std::size_t t, std::size_t k) const {
        std::vector<float> scores(layer().outputs);
        std::vector<float> shares(layer().outputs);
        std::vector<Bounded> exact;
        c.probe.scores(state(t).values, scores);
        for (std::size_t j = 0; j < scores.size(); ++j) exact.push_back(bounded_score(t, j));
        const RowTotals totals = share_out(scores, {}, shares);
        const SoftmaxBounds bounds = bound_softmax(exact, {});
        const SoftmaxNames names{"probe/", std::to_string(t) + ",", "score", " at " + rows.called(t),
                                 [&](std::size_t j) { return "“" + name(j) + "”"; }};
        const SoftmaxNumbers numbers(names, scores, {}, shares, totals, bounds);
        if (family == "largest") return numbers.largest();
        if (family == "gap") return numbers.gap(k);
        if (family == "exp") return numbers.exp(k);
        if (family == "exp_sum") return numbers.exp_sum();
        Explanation made = numbers.weight(k);
        made.address = spelled("probability", t, k);
        made.label = "probability of “" + name(k) + "” at " + rows.called(t);
        return made;
    }

  private:
    const ProbeContext& c;
    TransformerRows rows{c.transformer};
    ProbeDirection between = layer().outputs == 2 ? direction(layer()) : ProbeDirection{};

    [[nodiscard]] const Layer& layer() const { return c.probe.layer; }
    [[nodiscard]] const std::string& name(std::size_t k) const { return c.probe.classes[k]; }
    [[nodiscard]] TransformerRows::Row state(std::size_t t) const { return rows.state(c.layer, t); }

    [[nodiscard]] float product(std::size_t t, std::span<const float> weights) const {
        return plain::dot(weights, state(t).values);
    }
    [[nodiscard]] Bounded bounded_product(std::size_t t, std::span<const float> weights) const {
        return rounding::dot(rounding::exact(weights), rounding::exact(state(t).values));
    }
    [[nodiscard]] Bounded bounded_score(std::size_t t, std::size_t k) const {
        return rounding::add(bounded_product(t, layer().row(k)), {static_cast<double>(layer().biases[k]), 0});
    }
    [[nodiscard]] Explanation explain_dot(std::string address, std::string label, std::size_t t, Operand w) const {
        const Bounded bound = bounded_product(t, w.values);
        const float result = product(t, w.values);
        const auto row = state(t);
        return make_dot({std::move(address), std::move(label), "Σᵢ wᵢ × xᵢ"}, std::move(w),
                        make_operand("x", row.address(), row.values), result, bound.value, bound.error);
    }
    [[nodiscard]] static Explanation step(std::string address, std::string label, Term a, Term b) {
        const Bounded bound = rounding::add({static_cast<double>(a.value), 0}, {-static_cast<double>(b.value), 0});
        std::string formula = a.label + " − " + b.label;
        return make_sum({std::move(address), std::move(label), std::move(formula)}, {std::move(a), std::move(b)},
                        bound.value, bound.error);
    }
};

std::size_t size_of(char counted, const ProbeContext& context) {
    if (counted == 't') return context.transformer.pass.rows();
    return counted == 'k' ? context.probe.layer.outputs : context.probe.layer.inputs;
}

}  // namespace

Result<Explanation> explain_probe(const ProbeContext& context, std::string_view text) {
    if (text.starts_with("transformer/")) return explain_transformer(context.transformer, text);
    std::string separated(text);
    for (std::size_t i = 0; (i = separated.find(',', i)) != separated.npos; ++i) separated.replace(i, 1, "][");
    std::vector<AddressFamily> known;
    for (const Family& one :
         std::span(families).first(context.probe.layer.outputs == 2 ? std::size(families) : of_any_probe))
        known.push_back(one.family);
    const auto parsed = parse_address(separated, "probe", known);
    if (!parsed) return parsed.error();
    const Address& at = parsed.value();
    const std::string_view counts = families[static_cast<std::size_t>(at.family - known.data())].counts;
    std::size_t places[] = {0, 0};
    for (std::size_t g = 0; g < counts.size(); ++g) {
        const auto place = parse_place(at, g, size_of(counts[g], context));
        if (!place) return place.error();
        places[g] = place.value();
    }
    const auto [first, second] = places;
    const ProbeNumbers numbers(context);
    if (at.is("score")) return numbers.score(first, second);
    if (at.is("dot")) return numbers.dot(first, second);
    if (at.is("weight")) return numbers.weight(first, second);
    if (at.is("bias")) return numbers.bias(first);
    if (at.is("margin")) return numbers.margin(first);
    if (at.is("projection")) return numbers.projection(first);
    if (at.is("difference")) return numbers.component(first);
    if (at.is("bias_difference")) return numbers.bias_difference();
    return numbers.of_softmax(at.family->name, first, second);
}

}  // namespace lab
