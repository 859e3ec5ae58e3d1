// The numbers of a network, each as an Explanation. Used by explain_network alone: places are checked there. n counts
// rows, l layers from 1, k outputs, i inputs.
#pragma once

#include <string>

#include "engine/models/explanations/explain_parts.h"
#include "engine/models/networks/explain_network.h"
#include "engine/models/networks/network_bounds.h"

namespace lab {

/// "network/family[a][b]…".
template <class... Places>
std::string network_address(std::string_view family, Places... places) {
    std::string text = "network/" + std::string(family);
    ((text = at(text, static_cast<std::size_t>(places))), ...);
    return text;
}

/// A unit is called by its place, "layer 1, unit 3", one of the last layer by its class: "logit of 7".
class NetworkNumbers {
  public:
    explicit NetworkNumbers(const NetworkContext& context) : c(context) {}

    [[nodiscard]] Explanation input(std::size_t n, std::size_t i) const;
    [[nodiscard]] Explanation weight(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation bias(std::size_t l, std::size_t k) const;
    [[nodiscard]] Explanation row(std::size_t n, std::size_t l, std::size_t k) const;
    [[nodiscard]] Explanation z(std::size_t n, std::size_t l, std::size_t k) const;
    [[nodiscard]] Explanation h(std::size_t n, std::size_t l, std::size_t k) const;
    [[nodiscard]] Explanation largest(std::size_t n) const;
    [[nodiscard]] Explanation gap(std::size_t n, std::size_t k) const;
    [[nodiscard]] Explanation exp(std::size_t n, std::size_t k) const;
    [[nodiscard]] Explanation exp_sum(std::size_t n) const;
    [[nodiscard]] Explanation probability(std::size_t n, std::size_t k) const;

    [[nodiscard]] Explanation log_sum(std::size_t n) const;
    [[nodiscard]] Explanation loss(std::size_t n) const;
    [[nodiscard]] Explanation dz(std::size_t n, std::size_t l, std::size_t k) const;
    [[nodiscard]] Explanation slope(std::size_t n, std::size_t l, std::size_t k) const;
    [[nodiscard]] Explanation dh(std::size_t n, std::size_t l, std::size_t i) const;

    [[nodiscard]] Explanation margin(std::size_t n, std::size_t a, std::size_t b) const;
    [[nodiscard]] Explanation difference(std::size_t a, std::size_t b, std::size_t i) const;
    [[nodiscard]] Explanation difference_square(std::size_t a, std::size_t b) const;
    [[nodiscard]] Explanation flip_scale(std::size_t n, std::size_t a, std::size_t b) const;
    [[nodiscard]] Explanation flip(std::size_t n, std::size_t a, std::size_t b, std::size_t i) const;

    /// What the parts are called, shared with the numbers of a step.
    [[nodiscard]] bool is_last(std::size_t l) const { return l == c.layers.size(); }
    [[nodiscard]] std::string unit(std::size_t l, std::size_t k) const;
    /// Row k of layer l's weights: of a network without hidden layers a class vector.
    [[nodiscard]] std::string template_name(std::size_t l, std::size_t k) const;
    /// The address under which z of layer l is known: that of the last layer is the logit.
    [[nodiscard]] std::string z_address(std::size_t n, std::size_t l, std::size_t k) const;
    /// Layer l's input in row n: h of the layer before, or the input itself. l from 1.
    [[nodiscard]] std::span<const float> layer_input(std::size_t n, std::size_t l) const;
    [[nodiscard]] std::string input_address(std::size_t n, std::size_t l) const;
    /// A value of the pass: matrix[N, columns] at row n, column k.
    [[nodiscard]] static float in_row(const std::vector<float>& matrix, std::size_t n, std::size_t columns,
                                      std::size_t k) {
        return matrix[n * columns + k];
    }

  private:
    const NetworkContext& c;

    [[nodiscard]] const Layer& layer(std::size_t l) const { return c.layers[l - 1]; }
    [[nodiscard]] std::size_t classes() const { return c.layers.back().outputs; }
    [[nodiscard]] float logit(std::size_t n, std::size_t k) const {
        return in_row(c.pass->layers.back().z, n, classes(), k);
    }
    [[nodiscard]] std::vector<float> differences(std::size_t a, std::size_t b) const;
    [[nodiscard]] std::vector<rounding::Bounded> bounded_differences(std::size_t a, std::size_t b) const;
    [[nodiscard]] rounding::Bounded bounded_margin(std::size_t n, std::size_t a, std::size_t b) const;
};

/// A leaf that says what it is.
inline Explanation network_leaf(std::string address, std::string label, std::string formula, Kind kind, float value) {
    return make_leaf({std::move(address), std::move(label), std::move(formula)}, kind, value);
}

}  // namespace lab
