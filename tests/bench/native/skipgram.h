// The corpus of the skip-gram comparison and how it is cut: every contestant trains on the same slices in the same
// order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "engine/models/words/vocabulary.h"
#include "tests/bench/native/talk.h"

namespace bench {

inline constexpr float learning_rate = 0.025f;
inline constexpr double thinning = 1e-4;
inline constexpr std::uint32_t dimensions = 100, window = 5, negatives = 5;

struct Corpus {
    lab::Vocabulary vocabulary;
    std::vector<std::uint32_t> tokens;
    [[nodiscard]] std::span<const std::uint32_t> slice(std::size_t i, std::size_t of) const {
        const std::size_t from = tokens.size() * i / of;
        return std::span(tokens).subspan(from, tokens.size() * (i + 1) / of - from);
    }
};

inline Corpus read_corpus(const char* path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    auto counted = lab::Vocabulary::count(text, 1);
    if (!counted.ok()) {
        std::fprintf(stderr, "%s: %s\n", path, counted.error().message.c_str());
        std::exit(1);
    }
    auto tokens = counted.value().encode(text);
    return {std::move(counted).value(), std::move(tokens)};
}

/// What a slice of training came to; loss in nats a pair, of the pairs that were measured.
struct Slice {
    std::uint64_t words = 0, measured = 0;
    double loss = 0;
};

/// Reads "train I OF" and answers "seconds words loss measured".
template <class Train>
void train_on_request(const Corpus& corpus, Train train) {
    talk([&](std::istringstream& words) {
        std::string what;
        std::size_t i = 0;
        std::size_t of = 1;
        words >> what >> i >> of;
        const auto start = std::chrono::steady_clock::now();
        const Slice slice = train(corpus.slice(i, of));
        std::ostringstream out;
        out.precision(9);
        out << seconds_since(start) << ' ' << slice.words << ' ' << slice.loss << ' ' << slice.measured;
        return out.str();
    });
}

}  // namespace bench
