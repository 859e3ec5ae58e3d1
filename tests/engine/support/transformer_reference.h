// A transformer's forward pass straight from its definition (Vaswani et al. 2017; Radford et al. 2019; Zhang & Sennrich
// 2019), in plain double loops: what the engine's pass is compared with. And models to compare them on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/transformer/transformer_pass.h"

namespace lab::testing {

/// The names and shapes of BlockPass, in double.
struct ReferenceBlock {
    std::vector<double> rms1, normed1, qkv, dots, weights, mixed, attended, middle, rms2, normed2, hidden, active, fed,
        out;
};
struct ReferencePass {
    std::vector<double> x;
    std::vector<ReferenceBlock> layers;
    std::vector<double> rms, normed;
    std::vector<double> logits;  // [N, V], of every row
};

/// starts: the first row of each sequence, and the number of rows. all: weights as they lie in a file.
ReferencePass reference_forward(const TransformerShape& shape, std::span<const float> all,
                                std::span<const Token> tokens, std::span<const std::size_t> starts,
                                const Interventions& interventions);

/// Weights as training might leave them: none 0 or 1, rows of about size 1, attention that is neither even nor one
/// place alone.
std::vector<float> trained_like(const TransformerShape& shape, std::uint64_t seed);

std::vector<Token> random_tokens(const TransformerShape& shape, std::size_t count, std::uint64_t seed);

/// The engine's pass of one sequence; logits of every row.
TransformerPass forward(const TransformerShape& shape, std::span<const float> all, std::vector<Token> tokens,
                        const Interventions& interventions = {}, Keep keep = Keep::everything);

}  // namespace lab::testing
