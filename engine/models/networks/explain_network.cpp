// From an address to the number of a network that it names.
#include "engine/models/networks/explain_network.h"

#include "engine/models/networks/explain_network_places.h"
#include "engine/models/networks/network_numbers.h"
#include "engine/models/networks/step_numbers.h"

namespace lab {

namespace {

Explanation explain_step_number(const NetworkContext& context, std::string_view name, NetworkPlaces p) {
    const StepNumbers step(context);
    constexpr std::string_view bias = "-bias";
    if (name.ends_with(bias)) {
        name.remove_suffix(bias.size());
        p.i = context.layers[p.l - 1].inputs;
    }
    if (name == "gradient-sum") return step.gradient_sum(p.l, p.k, p.i);
    if (name == "gradient") return step.gradient(p.l, p.k, p.i);
    if (name == "gradient-square") return step.gradient_square(p.l, p.k, p.i);
    if (name == "velocity" || name == "first") return step.first(p.l, p.k, p.i);
    if (name == "second") return step.second(p.l, p.k, p.i);
    if (name == "root") return step.root(p.l, p.k, p.i);
    if (name == "update") return step.update(p.l, p.k, p.i);
    if (name == "after") return step.after(p.l, p.k, p.i);
    return step.before(name, p.l, p.k, p.i);
}

Explanation explain_pass_number(const NetworkContext& context, const Address& address, const NetworkPlaces& p) {
    const NetworkNumbers numbers(context);
    if (address.is("input")) return numbers.input(p.n, p.i);
    if (address.is("weight") || address.is("column")) return numbers.weight(p.l, p.k, p.i);
    if (address.is("bias")) return numbers.bias(p.l, p.k);
    if (address.is("row")) return numbers.row(p.n, p.l, p.k);
    if (address.is("z")) return numbers.z(p.n, p.l, p.k);
    if (address.is("h")) return numbers.h(p.n, p.l, p.k);
    if (address.is("logit")) return numbers.z(p.n, context.layers.size(), p.a);
    if (address.is("largest")) return numbers.largest(p.n);
    if (address.is("gap")) return numbers.gap(p.n, p.a);
    if (address.is("exp")) return numbers.exp(p.n, p.a);
    if (address.is("exp-sum")) return numbers.exp_sum(p.n);
    if (address.is("probability")) return numbers.probability(p.n, p.a);
    if (address.is("log-sum")) return numbers.log_sum(p.n);
    if (address.is("loss")) return numbers.loss(p.n);
    if (address.is("dz") || address.is("dz-of")) return numbers.dz(p.n, p.l, p.k);
    if (address.is("slope")) return numbers.slope(p.n, p.l, p.k);
    if (address.is("dh")) return numbers.dh(p.n, p.l, p.k);
    if (address.is("h-of")) return p.l == 0 ? numbers.input(p.n, p.i) : numbers.h(p.n, p.l, p.i);
    if (address.is("margin")) return numbers.margin(p.n, p.a, p.b);
    if (address.is("difference")) return numbers.difference(p.a, p.b, p.i);
    if (address.is("difference-square")) return numbers.difference_square(p.a, p.b);
    if (address.is("flip-scale")) return numbers.flip_scale(p.n, p.a, p.b);
    return numbers.flip(p.n, p.a, p.b, p.i);
}

}  // namespace

Result<Explanation> explain_network(const NetworkContext& context, std::string_view text) {
    const auto parsed = parse_network_address(context, text);
    if (!parsed) return parsed.error();
    const NetworkAddress& named = parsed.value();
    return named.of_step ? explain_step_number(context, named.address.family->name, named.at)
                         : explain_pass_number(context, named.address, named.at);
}

}  // namespace lab
