// A linear probe (Alain & Bengio 2016, "Understanding intermediate layers using linear classifier probes"): softmax
// regression on states of words, standardised and trained as a network without hidden layers; standardisation is then
// worked into its weights, so that a score is one dot product with the state as it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/matrix_view.h"
#include "engine/base/result.h"
#include "engine/models/networks/network.h"
#include "engine/models/probes/probe_task.h"

namespace lab {

/// Score k of a state x[D] is plain::dot(layer.row(k), x) + layer.biases[k].
struct Probe {
    Layer layer;  // [C, D] and [C]
    std::vector<std::string> classes;

    /// out[C].
    void scores(std::span<const float> state, std::span<float> out) const;
    /// The class of the largest score of each row, the first of equal ones; rows[N, D].
    [[nodiscard]] std::vector<std::uint8_t> answers(MatrixView rows) const;
};

/// What a probe with two classes comes to: one vector. A state x is of class 1 where its margin, plain::dot(weights, x)
/// + bias, is above 0.
struct ProbeDirection {
    std::vector<float> weights;  // [D] row 1 − row 0
    float bias;                  // bias 1 − bias 0

    [[nodiscard]] float margin(std::span<const float> state) const;
};
ProbeDirection direction(const Layer& layer);

struct ProbeOptions {
    /// c of Σ −ln probability + c/2 · Σ weight², over standardised states.
    float decay = 10;
    std::uint64_t seed = 1;  // of the order of training
};

/// Trains on the words whose part is `train`. rows[N, D], labels[N], parts[N]. The same bits on every machine for the
/// same rows. Errors: "too-few" (not two classes with two words to train on; detail: the class that lacks them),
/// "out-of-range" (a label, the decay), "not-finite" (a state), "bad-word" (an empty or repeated class).
Result<Probe> train_probe(MatrixView rows, std::span<const std::uint32_t> labels, std::span<const ProbePart> parts,
                          const std::vector<std::string>& classes, const ProbeOptions& options);

/// How many answers are right.
struct ProbeScore {
    std::size_t count = 0;  // words held out
    std::size_t correct = 0;
    std::size_t trained = 0;  // words trained on
    std::size_t trained_correct = 0;
    std::vector<std::uint32_t> confusion;  // [C, C] by truth and answer, of the words held out
};
ProbeScore score(std::span<const std::uint8_t> answers, std::span<const std::uint32_t> labels,
                 std::span<const ProbePart> parts, std::size_t classes);

}  // namespace lab
