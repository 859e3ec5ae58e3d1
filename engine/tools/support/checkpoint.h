// The state of a word2vec training run between two blocks of work, on disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"

namespace lab {

/// Block `done` of `blocks` comes next. Random numbers need no saving: each block seeds its own from the run's seed and
/// its number.
struct Checkpoint {
    std::string settings;  // every option that shapes the result, as one line; a resumed run must have the same
    std::uint64_t done = 0;
    std::uint64_t blocks = 0;
    std::size_t dimensions = 0;
    std::vector<std::string> words;
    std::vector<std::uint64_t> counts;
    std::vector<float> inputs;   // [V, D]
    std::vector<float> outputs;  // [V, D]
};

Result<bool> write_checkpoint(const std::string& path, const Checkpoint& checkpoint, MatrixView inputs,
                              MatrixView outputs);
Result<Checkpoint> read_checkpoint(const std::string& path);

}  // namespace lab
