#include "engine/models/probes/probe_task.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "engine/base/random.h"

namespace lab {

namespace {

/// One seed of the reader's for three things: none of them must follow from another.
enum class Purpose : std::uint64_t { division = 1, control = 2, shuffle = 3 };
Random random_for(Purpose purpose, std::uint64_t seed) {
    return Random(4 * seed + static_cast<std::uint64_t>(purpose));
}

template <class T>
void shuffle(std::vector<T>& items, Random& random) {
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[static_cast<std::size_t>(random.below(i))]);
}

/// Which words are of the task.
std::vector<std::size_t> words_of(std::span<const std::uint32_t> labels) {
    std::vector<std::size_t> words;
    for (std::size_t n = 0; n < labels.size(); ++n) {
        if (labels[n] != no_class) words.push_back(n);
    }
    return words;
}

}  // namespace

Result<std::vector<ProbePart>> divide(std::span<const std::uint32_t> labels, std::span<const std::uint32_t> groups,
                                      double share, std::uint64_t seed) {
    const auto words = words_of(labels);
    std::set<std::uint32_t> distinct;
    for (const std::size_t n : words) distinct.insert(groups[n]);
    std::vector<std::uint32_t> order(distinct.begin(), distinct.end());
    Random random = random_for(Purpose::division, seed);
    shuffle(order, random);
    const auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<double>(order.size())));
    const std::size_t held = share > 0 ? std::max<std::size_t>(wanted, 1) : 0;
    if (held >= order.size()) {
        return Error{"too-few",
                     "The words with a label stand in " + std::to_string(order.size()) +
                         " texts that can be held out as a whole. Label words in at least two texts, or hold out "
                         "nothing.",
                     ""};
    }
    const std::set<std::uint32_t> out(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(held));
    std::vector<ProbePart> parts(labels.size(), ProbePart::outside);
    for (const std::size_t n : words) parts[n] = out.contains(groups[n]) ? ProbePart::held_out : ProbePart::train;
    return parts;
}

std::vector<std::uint32_t> control_labels(std::span<const std::uint32_t> labels,
                                          std::span<const std::uint32_t> spellings, std::uint64_t seed) {
    const auto words = words_of(labels);
    std::map<std::uint32_t, std::uint32_t> drawn;
    for (const std::size_t n : words) drawn[spellings[n]] = 0;
    Random random = random_for(Purpose::control, seed);
    for (auto& [spelling, label] : drawn) label = labels[words[static_cast<std::size_t>(random.below(words.size()))]];
    std::vector<std::uint32_t> made(labels.size(), no_class);
    for (const std::size_t n : words) made[n] = drawn.at(spellings[n]);
    return made;
}

std::vector<std::uint32_t> shuffled_labels(std::span<const std::uint32_t> labels, std::span<const ProbePart> parts,
                                           std::uint64_t seed) {
    Random random = random_for(Purpose::shuffle, seed);
    std::vector<std::uint32_t> made(labels.size(), no_class);
    for (const ProbePart part : {ProbePart::train, ProbePart::held_out}) {
        std::vector<std::size_t> words = words_of(labels);
        std::erase_if(words, [&](std::size_t n) { return parts[n] != part; });
        std::vector<std::uint32_t> dealt;
        for (const std::size_t n : words) dealt.push_back(labels[n]);
        shuffle(dealt, random);
        for (std::size_t i = 0; i < words.size(); ++i) made[words[i]] = dealt[i];
    }
    return made;
}

}  // namespace lab
