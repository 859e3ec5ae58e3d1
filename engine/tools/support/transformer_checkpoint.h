// The state of a transformer's training between two steps, on disk.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/models/transformer/byte_pairs.h"
#include "engine/models/transformer/transformer.h"
#include "engine/models/transformer/transformer_optimizer.h"

namespace lab {

/// Random numbers need no saving: each step seeds its own from the run's seed and its number.
struct TransformerCheckpoint {
    std::string settings;  // every option that shapes the result, as one line; a resumed run must have the same
    TransformerShape shape;
    std::vector<std::pair<Token, Token>> merges;
    std::vector<float> weights;
    TransformerOptimizer::State optimizer;
    std::string curve;  // a line for each report: "step loss"
};

Result<bool> write_transformer_checkpoint(const std::string& path, const TransformerCheckpoint& checkpoint);
/// Errors "no-file", "bad-file".
Result<TransformerCheckpoint> read_transformer_checkpoint(const std::string& path);

}  // namespace lab
