#include "engine/models/networks/explain_network.h"

#include <algorithm>

#include "engine/models/networks/flip.h"
#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// A network of random weights with biases, and rows to ask it about.
struct Case {
    Network network;
    std::vector<float> x;
    std::vector<std::uint8_t> labels;
    std::size_t rows;
};

Case random_case(std::uint64_t seed, std::vector<std::size_t> hidden, Activation activation, std::size_t rows = 3,
                 std::size_t inputs = 5) {
    Random random(seed);
    std::vector<Layer> layers;
    hidden.push_back(3);
    std::size_t before = inputs;
    for (const std::size_t width : hidden) {
        layers.push_back({before, width, random_vector(random, before * width), random_vector(random, width)});
        before = width;
    }
    Case made{Network::from_layers(layers, activation, {"cat", "dog", "owl"}).value(),
              random_vector(random, rows * inputs),
              {},
              rows};
    for (std::size_t n = 0; n < rows; ++n) made.labels.push_back(static_cast<std::uint8_t>(random.below(3)));
    return made;
}

/// f(x) in double, f by the formula that the explanation shows.
double function_of(const std::string& formula, double x, const NetworkContext& context) {
    const bool softened = formula == "exp((z − max z) ÷ T)";
    if (formula == "exp(z − max z)" || softened)
        return std::exp(x / (softened ? static_cast<double>(context.pass->temperature) : 1));
    if (formula == "ln(Σ exp)") return std::log(x);
    if (formula == "√(mean of squares ÷ (1 − β₂ᵗ)) + ε")
        return std::sqrt(x / static_cast<double>(context.step->correction2)) + static_cast<double>(adam_epsilon);
    const std::string f(name(context.activation));
    if (formula == f + "(z)") return reference::activate(context.activation, x);
    if (formula == f + "′(z)") return reference::slope(context.activation, x);
    FAIL("no such function: " << formula);
    return 0;
}

/// The parts of a network's number make up its result: as for every other, a dot product to the last bit. Products of
/// a batch are added one example after the other, others as the kernel adds them.
bool makes_up(const Explanation& e, const NetworkContext& context) {
    if (e.kind == Kind::activation) {
        const double x = static_cast<double>(e.terms.at(0).value);
        const double value = function_of(e.formula, x, context);
        return std::abs(value - static_cast<double>(e.result)) <= 4 * 0x1p-24 * std::abs(value) + 1e-11;
    }
    if (e.kind != Kind::dot) return recombines(e);
    float in_order = 0;
    for (std::size_t i = 0; i < e.products.size(); ++i) {
        if (e.products[i] != e.operands[0].values[i] * e.operands[1].values[i]) return false;
        in_order += e.products[i];
    }
    if (e.address.starts_with("network/gradient-sum")) return e.result == in_order;
    return e.result == plain::dot(e.operands[0].values, e.operands[1].values);
}

std::string random_address(std::string_view family, std::string_view kinds, const NetworkContext& context,
                           Random& random) {
    std::string text = "network/" + std::string(family);
    std::size_t l = 1;
    std::size_t first_class = 0;
    bool seen_class = false;
    for (const char kind : kinds) {
        std::size_t place = 0;
        const auto& layers = context.layers;
        switch (kind) {
            case 'n':
                place = random.below(context.pass->count());
                break;
            case 'l':
                place = l = 1 + random.below(layers.size());
                break;
            case 'H':
                place = l = 1 + random.below(layers.size() - 1);
                break;
            case 'b':
                place = l = random.below(layers.size());
                break;
            case 'k':
                place = random.below(layers[l - 1].outputs);
                break;
            case 'i':
                place = random.below(layers[l - 1].inputs);
                break;
            case 'p':
                place = random.below(layers[l].inputs);
                break;
            case 'x':
                place = random.below(layers[0].inputs);
                break;
            default:
                place = seen_class ? (first_class + 1 + random.below(2)) % 3 : random.below(3);
                if (!seen_class) first_class = place;
                seen_class = true;
        }
        text += "[" + std::to_string(place) + "]";
    }
    return text;
}

struct Asked {
    std::string_view family, kinds;
};

constexpr Asked of_every_pass[] = {{"input", "nx"},      {"weight", "lki"}, {"column", "lik"}, {"bias", "lk"},
                                   {"row", "nlk"},       {"z", "nlk"},      {"h", "nlk"},      {"logit", "nc"},
                                   {"largest", "n"},     {"gap", "nc"},     {"exp", "nc"},     {"exp-sum", "n"},
                                   {"probability", "nc"}};
constexpr Asked with_labels[] = {{"log-sum", "n"}, {"loss", "n"}, {"dz", "nlk"}};
constexpr Asked of_hidden[] = {{"slope", "nHk"}, {"dh", "nHk"}};
constexpr Asked of_linear[] = {
    {"margin", "ncc"}, {"difference", "ccx"}, {"difference-square", "cc"}, {"flip-scale", "ncc"}, {"flip", "nccx"}};
constexpr Asked of_step[] = {
    {"dz-of", "lkn"},      {"h-of", "bpn"},     {"gradient-sum", "lki"},     {"gradient", "lki"},
    {"update", "lki"},     {"after", "lki"},    {"gradient-sum-bias", "lk"}, {"gradient-bias", "lk"},
    {"update-bias", "lk"}, {"after-bias", "lk"}};
constexpr Asked of_momentum[] = {
    {"velocity", "lki"}, {"velocity-before", "lki"}, {"velocity-bias", "lk"}, {"velocity-before-bias", "lk"}};
constexpr Asked of_adam[] = {{"first", "lki"},
                             {"second", "lki"},
                             {"root", "lki"},
                             {"gradient-square", "lki"},
                             {"first-before", "lki"},
                             {"second-before", "lki"},
                             {"first-bias", "lk"},
                             {"second-bias", "lk"},
                             {"root-bias", "lk"},
                             {"gradient-square-bias", "lk"},
                             {"first-before-bias", "lk"},
                             {"second-before-bias", "lk"}};

void follow(std::span<const Asked> families, const NetworkContext& context, Random& random, int rounds) {
    const Explain explain = [&](const std::string& address) { return explain_network(context, address); };
    for (const auto& [family, kinds] : families) {
        for (int round = 0; round < rounds; ++round)
            verify_to_the_ground(explain, random_address(family, kinds, context, random), random,
                                 [&](const Explanation& e) { return makes_up(e, context); });
    }
}

}  // namespace

TEST_CASE("every number of a pass leads down to inputs and weights, each within its bound") {
    Random random(11);
    for (int round = 0; round < 12; ++round) {
        const auto activation = static_cast<Activation>(round % 3);
        const std::vector<std::size_t> shapes[] = {{}, {4}, {3, 6}, {1}};
        const auto hidden = shapes[static_cast<std::size_t>(round) % 4];
        const Case made = random_case(static_cast<std::uint64_t>(round), hidden, activation, 1 + random.below(4),
                                      1 + random.below(20));
        const bool labelled = round % 2 == 0;
        const auto pass = made.network.forward(
            {made.x, made.rows, made.network.inputs()},
            labelled ? std::span<const std::uint8_t>(made.labels) : std::span<const std::uint8_t>{},
            labelled ? 1 : 0.7f);
        REQUIRE(pass.ok());
        const NetworkContext context{made.network.layers(), activation, made.network.classes(), &pass.value()};
        follow(of_every_pass, context, random, 20);
        if (labelled) follow(with_labels, context, random, 20);
        if (labelled && !hidden.empty()) follow(of_hidden, context, random, 20);
        if (hidden.empty()) follow(of_linear, context, random, 20);
    }
}

TEST_CASE("every number of a step leads down, for each optimizer") {
    Random random(12);
    for (int round = 0; round < 9; ++round) {
        const auto optimizer = static_cast<Optimizer>(round % 3);
        const auto activation = static_cast<Activation>(round / 3);
        const std::vector<std::size_t> hidden =
            round % 2 == 0 ? std::vector<std::size_t>{3} : std::vector<std::size_t>{};
        Case made = random_case(100 + static_cast<std::uint64_t>(round), hidden, activation, 7, 4);
        auto network = std::make_shared<Network>(std::move(made.network));
        auto examples =
            std::make_shared<const Examples>(make_examples(made.x, 4, made.labels, {"cat", "dog", "owl"}).value());
        TrainingOptions options{.optimizer = optimizer,
                                .rate = 0.05f,
                                .batch = round == 8 ? 1u : 3u,
                                .weight_decay = round % 2 ? 0.01f : 0};
        auto training = Training::begin(network, examples, nullptr, options);
        REQUIRE(training.ok());
        for (int i = 0; i < 4; ++i) REQUIRE_FALSE(training.value().advance().has_value());
        const auto step = training.value().step();
        REQUIRE(step.ok());
        const StepRecord& record = step.value();
        const NetworkContext context{record.before, activation, network->classes(),
                                     &record.pass,  &record,    &training.value().options()};
        follow(of_step, context, random, 12);
        if (optimizer == Optimizer::momentum) follow(of_momentum, context, random, 12);
        if (optimizer == Optimizer::adam) follow(of_adam, context, random, 12);
        // What is explained as the new weight is the network's weight now.
        const auto after = explain_network(context, "network/after[1][1][2]");
        CHECK(after.value().result == network->layers()[0].row(1)[2]);
        const auto bias = explain_network(context, "network/after-bias[1][1]");
        CHECK(bias.value().result == network->layers()[0].biases[1]);
    }
}

TEST_CASE("a logit is the template times the input plus the bias, in words that a reader knows") {
    const auto network =
        Network::from_layers({{2, 2, {1, 2, -3, 0.5f}, {0.25f, -1}}}, Activation::relu, {"7", "9"}).value();
    const std::vector<float> x{2, -1};
    const auto pass = network.forward({x, 1, 2}).value();
    const NetworkContext context{network.layers(), Activation::relu, network.classes(), &pass};
    const auto logit = explain_network(context, "network/logit[0][1]").value();
    CHECK(logit.label == "logit of 9");
    CHECK(logit.result == -7.5f);
    CHECK(logit.terms.size() == 2);
    const auto row = explain_network(context, logit.terms[0].address).value();
    CHECK(row.products == std::vector<float>{-6, -0.5f});
    CHECK(row.operands[0].address == "network/weight[1][1]");
    CHECK(explain_network(context, "network/z[0][1][1]").value().address == "network/logit[0][1]");
    CHECK(explain_network(context, "network/h[0][1][1]").value().address == "network/logit[0][1]");
    CHECK(explain_network(context, "network/weight[1][0][1]").value().kind == Kind::weight);
    CHECK(explain_network(context, "network/weight[1][0][1]").value().label == "class vector of 7, place 2");
    CHECK(explain_network(context, "network/input[0][1]").value().kind == Kind::input);
}

TEST_CASE("the changed input of a flip is the one that is explained") {
    const Case made = random_case(5, {}, Activation::relu, 1);
    const auto flipped = flip(made.network, made.x, std::nullopt).value();
    const auto pass = made.network.forward({made.x, 1, 5}).value();
    const NetworkContext context{made.network.layers(), Activation::relu, made.network.classes(), &pass};
    for (std::size_t i = 0; i < 5; ++i) {
        const auto told = explain_network(context, "network/flip[0][" + std::to_string(flipped.from) + "][" +
                                                       std::to_string(flipped.to) + "][" + std::to_string(i) + "]");
        CHECK(told.value().result == flipped.changed[i]);
    }
}

TEST_CASE("addresses that lead nowhere are refused in words") {
    const Case linear = random_case(1, {}, Activation::relu);
    const Case deep = random_case(1, {2}, Activation::tanh);
    const auto linear_pass = linear.network.forward({linear.x, 3, 5}).value();
    const auto deep_pass = deep.network.forward({deep.x, 3, 5}).value();
    const NetworkContext a{linear.network.layers(), Activation::relu, linear.network.classes(), &linear_pass};
    const NetworkContext b{deep.network.layers(), Activation::tanh, deep.network.classes(), &deep_pass};
    for (const auto* address : {"",
                                "network",
                                "network/",
                                "network/nothing",
                                "network/logit",
                                "network/logit[0]",
                                "network/logit[0][3]",
                                "network/logit[3][0]",
                                "network/logit[0][0][1]",
                                "network/logit[-1][0]",
                                "network/logit[x][0]",
                                "network/logit[0][0",
                                "network/z[0][0][0]",
                                "network/z[0][2][0]",
                                "network/weight[1][0][5]",
                                "network/weight[1][0]",
                                "network/h[0][2][0]",
                                "network/slope[0][1][0]",
                                "network/bias-difference[0][1]",
                                "network/loss[0]",
                                "network/dz[0][1][0]",
                                "network/gradient[1][0][0]",
                                "network/margin[0][1][1]",
                                "pair/dot",
                                "network/input[0][99999999999999999999]"}) {
        INFO(address);
        const auto refused = explain_network(a, address);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == "unknown-address");
        CHECK(refused.error().message.find("network/") != std::string::npos);
    }
    CHECK_FALSE(explain_network(b, "network/margin[0][0][1]").ok());
    CHECK_FALSE(explain_network(b, "network/difference[0][1][0]").ok());
}
