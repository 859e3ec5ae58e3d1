#include "engine/models/words/vocabulary.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lab {
namespace {

/// Calls on_word(word) for every run of non-blank characters and on_line() at every newline.
template <class OnWord, class OnLine>
void scan(std::string_view text, OnWord on_word, OnLine on_line) {
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : '\n';
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') continue;
        if (i > start) on_word(text.substr(start, i - start));
        start = i + 1;
        if (c == '\n') on_line();
    }
}

}  // namespace

std::uint64_t Vocabulary::words_in(std::string_view text) {
    std::uint64_t words = 0;
    scan(
        text, [&](std::string_view) { ++words; }, [] {});
    return words;
}

Result<Vocabulary> Vocabulary::count(std::string_view text, std::uint64_t minimum_count, std::size_t most_words) {
    std::unordered_map<std::string_view, std::uint64_t> counts;
    bool fits = true;
    scan(
        text,
        [&](std::string_view word) {
            if (const auto found = counts.find(word); found != counts.end())
                ++found->second;
            else if (counts.size() < most_words)
                counts.emplace(word, 1);
            else
                fits = false;
        },
        [] {});
    if (!fits)
        return Error{"out-of-range",
                     "The text has more than " + std::to_string(most_words) + " different words. Give a shorter one.",
                     ""};

    std::vector<std::pair<std::string_view, std::uint64_t>> kept;
    for (const auto& entry : counts)
        if (entry.second >= minimum_count) kept.push_back(entry);
    if (kept.empty())
        return Error{"empty-vocabulary",
                     "No word occurs " + std::to_string(minimum_count) +
                         " times or more in this text. Give a longer text or a smaller minimum count.",
                     ""};
    std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });

    Vocabulary vocabulary;
    for (const auto& [word, times] : kept) {
        vocabulary.words_.emplace_back(word);
        vocabulary.counts_.push_back(times);
        vocabulary.total_ += times;
    }
    vocabulary.build_index();
    return vocabulary;
}

void Vocabulary::build_index() {
    index_.clear();
    index_.reserve(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) index_.emplace(words_[i], static_cast<std::uint32_t>(i));
}

std::vector<std::uint32_t> Vocabulary::encode(std::string_view text) const {
    std::vector<std::uint32_t> tokens;
    tokens.reserve(static_cast<std::size_t>(total_));
    scan(
        text,
        [&](std::string_view word) {
            if (const auto found = index_.find(word); found != index_.end()) tokens.push_back(found->second);
        },
        [&] {
            if (!tokens.empty() && tokens.back() != boundary) tokens.push_back(boundary);
        });
    return tokens;
}

std::vector<float> Vocabulary::keep_probabilities(double threshold) const {
    std::vector<float> keep(size(), 1.0f);
    if (threshold <= 0) return keep;
    for (std::size_t i = 0; i < size(); ++i) {
        const double ratio = threshold * static_cast<double>(total_) / static_cast<double>(counts_[i]);
        keep[i] = static_cast<float>(std::min(1.0, std::sqrt(ratio) + ratio));
    }
    return keep;
}

NegativeSampler::NegativeSampler(const std::vector<std::uint64_t>& counts, double power) : cells_(counts.size()) {
    std::vector<double> weight(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) weight[i] = std::pow(static_cast<double>(counts[i]), power);
    const double mean = std::accumulate(weight.begin(), weight.end(), 0.0) / static_cast<double>(weight.size());

    // Cells poorer than the mean are topped up by one richer cell each.
    std::vector<std::uint32_t> poor;
    std::vector<std::uint32_t> rich;
    for (std::uint32_t i = 0; i < weight.size(); ++i) {
        weight[i] /= mean;
        (weight[i] < 1 ? poor : rich).push_back(i);
    }
    while (!poor.empty() && !rich.empty()) {
        const std::uint32_t from = rich.back();
        const std::uint32_t to = poor.back();
        poor.pop_back();
        cells_[to] = {static_cast<float>(weight[to]), from};
        weight[from] -= 1 - weight[to];
        if (weight[from] < 1) {
            rich.pop_back();
            poor.push_back(from);
        }
    }
    for (const auto& rest : {poor, rich})
        for (const std::uint32_t i : rest) cells_[i] = {1.0f, i};
}

}  // namespace lab
