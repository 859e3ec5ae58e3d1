#include "engine/models/attention/random_dots.h"

#include <cassert>
#include <cmath>

#include "engine/base/random.h"
#include "engine/kernels/kernels.h"
#include "engine/models/explanations/explain_parts.h"

namespace lab {

void random_pair(std::uint64_t seed, std::size_t i, std::span<float> query, std::span<float> key) {
    assert(query.size() == key.size());
    // Random spreads neighbouring seeds over its whole state, and so 2i and 2i + 1 from a random place on will do.
    const std::uint64_t first = Random(seed).bits() + 2 * i;
    Random(first).fill_normal(query);
    Random(first + 1).fill_normal(key);
}

void random_dots(std::uint64_t seed, std::size_t dimensions, std::size_t first, std::span<float> out) {
    std::vector<float> query(dimensions);
    std::vector<float> key(dimensions);
    for (std::size_t k = 0; k < out.size(); ++k) {
        random_pair(seed, first + k, query, key);
        out[k] = dot(query, key);
    }
}

RandomDotStatistics measure_dots(std::span<const float> dots) {
    double squares = 0;
    double magnitudes = 0;
    for (const float x : dots) {
        squares += static_cast<double>(x) * static_cast<double>(x);
        magnitudes += std::abs(static_cast<double>(x));
    }
    const auto count = static_cast<float>(dots.size());
    RandomDotStatistics out;
    out.square_sum = static_cast<float>(squares);
    out.mean_square = out.square_sum / count;
    out.root_mean_square = std::sqrt(out.mean_square);
    out.magnitude_sum = static_cast<float>(magnitudes);
    out.mean_magnitude = out.magnitude_sum / count;
    return out;
}

namespace {

using rounding::Bounded;

constexpr AddressFamily families[] = {
    {"dot", 1, "random/dot[0]"},
    {"query", 2, "random/query[0,0]"},
    {"key", 2, "random/key[0,0]"},
    {"square_sum", 0, "random/square_sum"},
    {"mean_square", 0, "random/mean_square"},
    {"root_mean_square", 0, "random/root_mean_square"},
    {"magnitude_sum", 0, "random/magnitude_sum"},
    {"mean_magnitude", 0, "random/mean_magnitude"},
    {"sign", 1, "random/sign[0]"},
};

float sign(float x) { return x < 0 ? -1.0f : 1.0f; }

class RandomNumbers {
  public:
    RandomNumbers(std::uint64_t seed, std::size_t dimensions, std::span<const float> dots)
        : seed_(seed), dimensions_(dimensions), dots_(dots), found_(measure_dots(dots)) {
        for (const float x : dots) {
            squares_.value += static_cast<double>(x) * static_cast<double>(x);
            magnitudes_.value += std::abs(static_cast<double>(x));
        }
        // Added in double: each addition rounds to 53 bits. Then to f32, once.
        const double roundings = static_cast<double>(dots.size() + 1) * 0x1p-53;
        squares_ = rounding::rounded(squares_.value, roundings * squares_.value);
        magnitudes_ = rounding::rounded(magnitudes_.value, roundings * magnitudes_.value);
    }

    [[nodiscard]] Explanation of_pair(const Address& address, std::size_t i, std::size_t j) const {
        std::vector<float> query(dimensions_);
        std::vector<float> key(dimensions_);
        random_pair(seed_, i, query, key);
        const std::string pair = std::to_string(i + 1);
        if (!address.is("dot")) {
            const bool first = address.is("query");
            const std::string place = "[" + std::to_string(i) + "," + std::to_string(j) + "]";
            return make_leaf({(first ? "random/query" : "random/key") + place,
                              placed((first ? "query " : "key ") + pair, j), "drawn at random: standard normal"},
                             Kind::input, (first ? query : key)[j]);
        }
        const Bounded bound = rounding::dot(rounding::exact(query), rounding::exact(key));
        return make_dot({at("random/dot", i), "query " + pair + " · key " + pair, "Σᵢ qᵢ × kᵢ"},
                        make_operand("query " + pair, at("random/query", i), query),
                        make_operand("key " + pair, at("random/key", i), key), reference::dot(query, key), bound.error);
    }

    [[nodiscard]] Explanation sign_of(std::size_t i) const {
        return make_activation({at("random/sign", i), "sign of dot product " + std::to_string(i + 1), "sign(q · k)"},
                               {"q · k", at("random/dot", i), 1, dots_[i]}, sign(dots_[i]),
                               static_cast<double>(sign(dots_[i])), 0);
    }

    [[nodiscard]] Explanation square_sum() const {
        const Operand all = make_operand("dot products", "random/dot", dots_);
        return make_dot({"random/square_sum", "the sum of the squares", "Σ (q · k)²"}, all, all, found_.square_sum,
                        squares_.value, squares_.error);
    }

    [[nodiscard]] Explanation magnitude_sum() const {
        std::vector<float> signs;
        for (const float x : dots_) signs.push_back(sign(x));
        return make_dot({"random/magnitude_sum", "the sum of the sizes", "Σ |q · k|"},
                        make_operand("dot products", "random/dot", dots_),
                        make_operand("their signs", "random/sign", signs), found_.magnitude_sum, magnitudes_.value,
                        magnitudes_.error);
    }

    [[nodiscard]] Explanation mean(std::string_view family) const {
        const bool square = family == "mean_square";
        const Bounded bound = mean_of(square ? squares_ : magnitudes_);
        return make_quotient({"random/" + std::string(family), square ? "the mean square" : "the mean size",
                              square ? "Σ (q · k)² ÷ pairs" : "Σ |q · k| ÷ pairs"},
                             {square ? Term{"the sum of the squares", "random/square_sum", 1, found_.square_sum}
                                     : Term{"the sum of the sizes", "random/magnitude_sum", 1, found_.magnitude_sum},
                              {"pairs", "", 1, static_cast<float>(dots_.size())}},
                             bound.value, bound.error);
    }

    [[nodiscard]] Explanation root_mean_square() const {
        const Bounded bound = rounding::root(mean_of(squares_));
        return make_activation({"random/root_mean_square", "root mean square of the dot products", "√(mean square)"},
                               {"mean square", "random/mean_square", 1, found_.mean_square}, found_.root_mean_square,
                               bound.value, bound.error);
    }

  private:
    std::uint64_t seed_;
    std::size_t dimensions_;
    std::span<const float> dots_;
    RandomDotStatistics found_;
    Bounded squares_, magnitudes_;

    [[nodiscard]] Bounded mean_of(Bounded sum) const {
        return rounding::divide(sum, {static_cast<double>(dots_.size()), 0});
    }
};

}  // namespace

Result<Explanation> explain_random_dots(std::uint64_t seed, std::size_t dimensions, std::span<const float> dots,
                                        std::string_view text) {
    std::string spelt(text);
    for (std::size_t i = 0; (i = spelt.find(',', i)) != spelt.npos; ++i) spelt.replace(i, 1, "][");
    auto parsed = parse_address(spelt, "random", families);
    if (!parsed.ok() && dimensions == 1) {  // a vector of one place may be named without its "[0]"
        auto again = parse_address(spelt + "[0]", "random", families);
        if (again.ok() && again.value().family->groups == 2) parsed = std::move(again);
    }
    if (!parsed) return parsed.error();
    const Address& address = parsed.value();
    std::size_t places[2] = {0, 0};
    for (std::size_t g = 0; g < address.family->groups; ++g) {
        const auto place = parse_place(address, g, g == 0 ? dots.size() : dimensions);
        if (!place) return place.error();
        places[g] = place.value();
    }
    const RandomNumbers numbers(seed, dimensions, dots);
    if (address.is("sign")) return numbers.sign_of(places[0]);
    if (address.is("square_sum")) return numbers.square_sum();
    if (address.is("magnitude_sum")) return numbers.magnitude_sum();
    if (address.is("mean_square") || address.is("mean_magnitude")) return numbers.mean(address.family->name);
    if (address.is("root_mean_square")) return numbers.root_mean_square();
    return numbers.of_pair(address, places[0], places[1]);
}

}  // namespace lab
