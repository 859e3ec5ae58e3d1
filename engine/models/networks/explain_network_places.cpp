#include "engine/models/networks/explain_network_places.h"

#include <algorithm>
#include <array>

namespace lab {

namespace {

/// What the groups of a family count, a letter each: n rows, l layers, k outputs of layer l, i inputs of layer l, c
/// classes, m rows again, as the last group; p the units of the layer below, l from 0 (the input).
struct Family {
    AddressFamily family;
    std::string_view groups;
    enum Needs { nothing, labels, linear, step } needs = nothing;
};

constexpr std::array families{
    Family{{"input", 2, "network/input[0][0]"}, "nx"},
    Family{{"weight", 3, "network/weight[1][0][0]"}, "lki"},
    Family{{"column", 3, "network/column[1][0][0]"}, "lik"},
    Family{{"bias", 2, "network/bias[1][0]"}, "lk"},
    Family{{"row", 3, "network/row[0][1][0]"}, "nlk"},
    Family{{"z", 3, "network/z[0][1][0]"}, "nlk"},
    Family{{"h", 3, "network/h[0][1][0]"}, "nlk"},
    Family{{"logit", 2, "network/logit[0][0]"}, "nc"},
    Family{{"largest", 1, "network/largest[0]"}, "n"},
    Family{{"gap", 2, "network/gap[0][0]"}, "nc"},
    Family{{"exp", 2, "network/exp[0][0]"}, "nc"},
    Family{{"exp-sum", 1, "network/exp-sum[0]"}, "n"},
    Family{{"probability", 2, "network/probability[0][0]"}, "nc"},
    Family{{"log-sum", 1, "network/log-sum[0]"}, "n", Family::labels},
    Family{{"loss", 1, "network/loss[0]"}, "n", Family::labels},
    Family{{"dz", 3, "network/dz[0][1][0]"}, "nlk", Family::labels},
    Family{{"slope", 3, "network/slope[0][1][0]"}, "nlk", Family::labels},
    Family{{"dh", 3, "network/dh[0][1][0]"}, "nlk", Family::labels},
    Family{{"margin", 3, "network/margin[0][0][1]"}, "ncc", Family::linear},
    Family{{"difference", 3, "network/difference[0][1][0]"}, "ccx", Family::linear},
    Family{{"difference-square", 2, "network/difference-square[0][1]"}, "cc", Family::linear},
    Family{{"flip-scale", 3, "network/flip-scale[0][0][1]"}, "ncc", Family::linear},
    Family{{"flip", 4, "network/flip[0][0][1][0]"}, "nccx", Family::linear},
    Family{{"dz-of", 3, "network/dz-of[1][0][0]"}, "lkn", Family::step},
    Family{{"h-of", 3, "network/h-of[0][0][0]"}, "bpn", Family::step},
    Family{{"gradient-sum", 3, "network/gradient-sum[1][0][0]"}, "lki", Family::step},
    Family{{"gradient", 3, "network/gradient[1][0][0]"}, "lki", Family::step},
    Family{{"gradient-square", 3, "network/gradient-square[1][0][0]"}, "lki", Family::step},
    Family{{"velocity", 3, "network/velocity[1][0][0]"}, "lki", Family::step},
    Family{{"first", 3, "network/first[1][0][0]"}, "lki", Family::step},
    Family{{"second", 3, "network/second[1][0][0]"}, "lki", Family::step},
    Family{{"velocity-before", 3, "network/velocity-before[1][0][0]"}, "lki", Family::step},
    Family{{"first-before", 3, "network/first-before[1][0][0]"}, "lki", Family::step},
    Family{{"second-before", 3, "network/second-before[1][0][0]"}, "lki", Family::step},
    Family{{"root", 3, "network/root[1][0][0]"}, "lki", Family::step},
    Family{{"update", 3, "network/update[1][0][0]"}, "lki", Family::step},
    Family{{"after", 3, "network/after[1][0][0]"}, "lki", Family::step},
    Family{{"gradient-sum-bias", 2, "network/gradient-sum-bias[1][0]"}, "lk", Family::step},
    Family{{"gradient-bias", 2, "network/gradient-bias[1][0]"}, "lk", Family::step},
    Family{{"gradient-square-bias", 2, "network/gradient-square-bias[1][0]"}, "lk", Family::step},
    Family{{"velocity-bias", 2, "network/velocity-bias[1][0]"}, "lk", Family::step},
    Family{{"first-bias", 2, "network/first-bias[1][0]"}, "lk", Family::step},
    Family{{"second-bias", 2, "network/second-bias[1][0]"}, "lk", Family::step},
    Family{{"velocity-before-bias", 2, "network/velocity-before-bias[1][0]"}, "lk", Family::step},
    Family{{"first-before-bias", 2, "network/first-before-bias[1][0]"}, "lk", Family::step},
    Family{{"second-before-bias", 2, "network/second-before-bias[1][0]"}, "lk", Family::step},
    Family{{"root-bias", 2, "network/root-bias[1][0]"}, "lk", Family::step},
    Family{{"update-bias", 2, "network/update-bias[1][0]"}, "lk", Family::step},
    Family{{"after-bias", 2, "network/after-bias[1][0]"}, "lk", Family::step},
};

const Family& family_of(const Address& address) {
    return *std::ranges::find_if(families, [&](const Family& f) { return f.family.name == address.family->name; });
}

/// Parses the address. A vector of one place may be named without its "[0]", as a number of its own.
Result<Address> parse(std::string_view text) {
    static const auto plain_families = [] {
        std::array<AddressFamily, families.size()> all;
        std::ranges::transform(families, all.begin(), [](const Family& f) { return f.family; });
        return all;
    }();
    auto parsed = parse_address(text, "network", plain_families);
    if (parsed.ok()) return parsed;
    auto completed = parse_address(std::string(text) + "[0]", "network", plain_families);
    return completed.ok() && completed.value().text.size() > text.size() ? completed : parsed;
}

/// The places of the address, each within what there is.
Result<NetworkPlaces> places(const NetworkContext& context, const Address& address, bool completed) {
    NetworkPlaces p;
    bool seen_class = false;
    const std::string_view kinds = family_of(address).groups;
    for (std::size_t g = 0; g < kinds.size(); ++g) {
        const std::size_t layers = context.layers.size();
        const auto layer = [&]() -> const Layer& { return context.layers[p.l - 1]; };
        std::size_t size = 0;
        switch (kinds[g]) {
            case 'n':
                size = context.pass->count();
                break;
            case 'l':
                size = layers + 1;
                break;
            case 'b':
                size = layers;
                break;
            case 'k':
                size = layer().outputs;
                break;
            case 'i':
                size = layer().inputs;
                break;
            case 'p':
                size = context.layers[p.l].inputs;
                break;
            case 'x':
                size = context.layers.front().inputs;
                break;
            default:
                size = context.layers.back().outputs;
                break;
        }
        const auto place = parse_place(address, g, size);
        if (!place) return place.error();
        if (completed && g + 1 == kinds.size() && size > 1) {
            return unknown_address(address.text.substr(0, address.text.size() - 3), "a place is missing at its end.",
                                   address.family->example);
        }
        if (kinds[g] == 'l' && place.value() == 0) {
            return unknown_address(address.text, "layers count from 1.", address.family->example);
        }
        switch (kinds[g]) {
            case 'n':
                p.n = place.value();
                break;
            case 'l':
            case 'b':
                p.l = place.value();
                break;
            case 'k':
                p.k = place.value();
                break;
            case 'i':
            case 'x':
            case 'p':
                p.i = place.value();
                break;
            default:
                (seen_class ? p.b : p.a) = place.value();
                seen_class = true;
        }
    }
    if (kinds.find("cc") != kinds.npos && p.a == p.b) {
        return unknown_address(address.text, "it names one class twice; two are compared.", address.family->example);
    }
    return p;
}

/// What is wrong with asking for this number here, if anything is.
std::optional<Error> unavailable(const NetworkContext& context, const Address& address, const NetworkPlaces& p) {
    const auto refuse = [&](std::string_view what) {
        return unknown_address(address.text, what, "network/logit[0][0]");
    };
    switch (family_of(address).needs) {
        case Family::nothing:
            break;
        case Family::labels:
            if (context.pass->labels.empty()) return refuse("there are no labels, and so no loss and no derivatives.");
            break;
        case Family::linear:
            if (context.layers.size() > 1)
                return refuse("a network with hidden layers has no class vectors in its input.");
            break;
        case Family::step: {
            if (context.step == nullptr) return refuse("it belongs to a training step; ask the step.");
            const std::string_view name = address.family->name;
            const Optimizer optimizer = context.options->optimizer;
            const bool of_momentum = name.starts_with("velocity");
            const bool of_adam = name.starts_with("first") || name.starts_with("second") || name.starts_with("root") ||
                                 name.starts_with("gradient-square");
            if ((of_momentum && optimizer != Optimizer::momentum) || (of_adam && optimizer != Optimizer::adam)) {
                return refuse("another optimizer keeps such a number.");
            }
            break;
        }
    }
    const bool hidden_only = address.is("slope") || address.is("dh");
    if (hidden_only && p.l == context.layers.size())
        return refuse("the last layer has no activation; its numbers are the logits.");
    return std::nullopt;
}

}  // namespace

Result<NetworkAddress> parse_network_address(const NetworkContext& context, std::string_view text) {
    const auto parsed = parse(text);
    if (!parsed) return parsed.error();
    const Address& address = parsed.value();
    const auto found = places(context, address, address.text.size() > text.size());
    if (!found) return found.error();
    if (auto error = unavailable(context, address, found.value())) return *std::move(error);
    const bool of_step = family_of(address).needs == Family::step && !address.is("dz-of") && !address.is("h-of");
    return NetworkAddress{address, found.value(), of_step};
}

}  // namespace lab
