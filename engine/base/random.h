// Seeded random numbers: the same seed gives the same sequence on every machine, in WASM and natively.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lab {

/// xoshiro256++ (Blackman & Vigna 2019, "Scrambled linear pseudorandom number generators"), seeded by splitmix64.
/// Nothing here calls std:: distributions: their sequences differ between standard libraries.
class Random {
  public:
    explicit Random(std::uint64_t seed);

    /// The next 64 random bits.
    std::uint64_t bits();
    /// Uniform in [0, 1), 53 random bits.
    double uniform();
    /// Uniform integer in [0, bound); 0 < bound < 2^32. Unbiased (Lemire 2019, "Fast random integer generation in an
    /// interval").
    std::uint64_t below(std::uint64_t bound);
    /// Standard normal, by the polar method (Marsaglia & Bray 1964). Computed in double, with a logarithm of
    /// its own because those of the C libraries differ in the last bit, and rounded to float.
    float normal();
    /// Fills out[n] with standard normals.
    void fill_normal(std::span<float> out);

    /// The whole state, to be saved with a checkpoint and restored.
    struct State {
        std::uint64_t words[4];
        double spare;
        bool has_spare;
    };
    [[nodiscard]] const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

  private:
    State state_{};
};

}  // namespace lab
