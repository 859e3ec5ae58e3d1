// The numbers of one training step, each as an Explanation. Used by explain_network alone: places are checked there. A
// bias is taken as the weight at place i = inputs, of an input that is always 1.
#pragma once

#include "engine/models/networks/network_numbers.h"

namespace lab {

class StepNumbers {
  public:
    explicit StepNumbers(const NetworkContext& context) : c(context), numbers(context) {}

    [[nodiscard]] Explanation gradient_sum(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation gradient(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation gradient_square(std::size_t l, std::size_t k, std::size_t i) const;
    /// velocity or first moment: decay × before + share × gradient.
    [[nodiscard]] Explanation first(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation second(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation before(std::string_view family, std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation root(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation update(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] Explanation after(std::size_t l, std::size_t k, std::size_t i) const;

  private:
    const NetworkContext& c;
    NetworkNumbers numbers;

    struct Moments {
        rounding::Bounded gradient_sum, gradient, first, second, root, update, after;
    };
    [[nodiscard]] Moments bounds(std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] bool is_bias(std::size_t l, std::size_t i) const { return i == c.layers[l - 1].inputs; }
    /// "network/family[l][k][i]", or "network/family-bias[l][k]".
    [[nodiscard]] std::string address(std::string_view family, std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] std::string called(std::string_view what, std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] float value(const std::vector<Layer>& layers, std::size_t l, std::size_t k, std::size_t i) const;
    [[nodiscard]] std::string_view first_family() const {
        return c.options->optimizer == Optimizer::momentum ? "velocity" : "first";
    }
};

}  // namespace lab
