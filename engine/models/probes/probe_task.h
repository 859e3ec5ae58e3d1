// What a probe is to tell apart, which words it may learn from, and the labels of its controls. All by seed: the same
// division and the same labels on every machine, in every layer and for every model.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/base/result.h"

namespace lab {

/// The label of a word that is no part of a task.
inline constexpr std::uint32_t no_class = std::numeric_limits<std::uint32_t>::max();

/// What a word of a task is for.
enum class ProbePart : std::uint8_t { train, held_out, outside };

/// Parts[N] of N words with labels[N] (no_class: outside). Words with one group are never divided; of the groups that
/// have a word of the task, round(share · groups), but at least one, are held out, drawn by the seed. groups[N],
/// 0 ≤ share < 1; with share 0 nothing is held out. Error "too-few": nothing would be left to train on.
Result<std::vector<ProbePart>> divide(std::span<const std::uint32_t> labels, std::span<const std::uint32_t> groups,
                                      double share, std::uint64_t seed);

/// The control task (Hewitt & Liang 2019, "Designing and Interpreting Probes with Control Tasks"): each spelling gets
/// the label of a word of the task drawn at random, so that labels are as common as they were, and keeps it wherever it
/// stands. spellings[N] are numbers. Words outside stay outside.
std::vector<std::uint32_t> control_labels(std::span<const std::uint32_t> labels,
                                          std::span<const std::uint32_t> spellings, std::uint64_t seed);

/// The labels of the task dealt out anew: those of the words to train on among these, those of the words held out among
/// these, so that both parts have of each class what they had. parts[N].
std::vector<std::uint32_t> shuffled_labels(std::span<const std::uint32_t> labels, std::span<const ProbePart> parts,
                                           std::uint64_t seed);

}  // namespace lab
