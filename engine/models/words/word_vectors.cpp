// Building the table, finding a word in it, and the nearest words to a vector.
#include "engine/models/words/word_vectors.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/models/words/spelling.h"

namespace lab {

namespace {

/// A word as it stands in a message: in quotation marks, long ones shortened at a character's edge.
std::string quoted(std::string_view word) {
    constexpr std::size_t limit = 40;
    std::size_t end = std::min(word.size(), limit);
    while (end < word.size() && end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    return "“" + std::string(word.substr(0, end)) + (end < word.size() ? "…" : "") + "”";
}

bool all_finite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
}

/// Whether count answers may be asked for.
std::optional<Error> check_count(std::size_t count) {
    if (count >= 1) return std::nullopt;
    return Error{"bad-count", "Asked for 0 words: count must be at least 1.", ""};
}

}  // namespace

Result<WordVectors> WordVectors::from_rows(std::vector<std::string> words, std::vector<float> rows,
                                           std::size_t dimensions) {
    WordVectors made;
    made.words_ = std::move(words);
    made.rows_ = std::move(rows);
    made.dimensions_ = dimensions;
    if (auto error = made.build()) return *std::move(error);
    return made;
}

Result<WordVectors> WordVectors::from_codes(std::vector<std::string> words, std::vector<std::int8_t> codes,
                                            std::vector<float> scales, std::size_t dimensions) {
    if (scales.size() != words.size()) {
        return Error{"length-mismatch",
                     "There are " + std::to_string(words.size()) + " words and " + std::to_string(scales.size()) +
                         " scales: give one scale per word.",
                     ""};
    }
    if (dimensions == 0 || codes.size() % dimensions != 0 || codes.size() / dimensions != words.size()) {
        return Error{"length-mismatch",
                     std::to_string(codes.size()) + " codes do not make " + std::to_string(words.size()) + " rows of " +
                         std::to_string(dimensions) + ".",
                     ""};
    }
    const auto bad = std::find(codes.begin(), codes.end(), std::int8_t{-128});
    if (bad != codes.end()) {
        const auto row = static_cast<std::size_t>(bad - codes.begin()) / dimensions;
        return Error{"bad-code",
                     "The vector of " + quoted(words[row]) + " holds the code −128: codes go from −127 to 127.", ""};
    }
    WordVectors made;
    made.words_ = std::move(words);
    made.codes_ = std::move(codes);
    made.scales_ = std::move(scales);
    made.dimensions_ = dimensions;
    made.rows_.resize(made.codes_.size());
    for (std::size_t row = 0; row < made.scales_.size(); ++row) {
        const float scale = made.scales_[row];
        for (std::size_t i = row * dimensions; i < (row + 1) * dimensions; ++i) {
            made.rows_[i] = static_cast<float>(made.codes_[i]) * scale;
        }
    }
    if (auto error = made.build()) return *std::move(error);
    return made;
}

std::optional<Error> WordVectors::build() {
    const std::size_t count = words_.size();
    if (count == 0 || dimensions_ == 0) {
        return Error{"empty-input", "Word vectors need at least one word and one dimension.", ""};
    }
    if (count >= no_answer) return Error{"bad-count", "Too many words: at most 4,294,967,294.", ""};
    if (rows_.size() % dimensions_ != 0 || rows_.size() / dimensions_ != count) {
        return Error{"length-mismatch",
                     std::to_string(rows_.size()) + " numbers do not make " + std::to_string(count) + " rows of " +
                         std::to_string(dimensions_) + ".",
                     ""};
    }
    units_.resize(rows_.size());
    lengths_.resize(count);
    index_ = WordIndex(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& word = words_[i];
        if (word.empty()) {
            return Error{"bad-word", "Word number " + std::to_string(i + 1) + " is empty: every vector needs a word.",
                         ""};
        }
        if (!index_.add(static_cast<std::uint32_t>(i), words_)) {
            return Error{"duplicate-word", quoted(word) + " is there twice: leave one of the two out.", word};
        }
        if (!all_finite(vector(i))) {
            return Error{"not-finite", "The vector of " + quoted(word) + " holds NaN or infinity: leave the word out.",
                         word};
        }
        lengths_[i] = normalize(vector(i), std::span(units_).subspan(i * dimensions_, dimensions_));
        if (!(lengths_[i] >= shortest && lengths_[i] <= longest)) {
            return Error{"zero-vector",
                         "The vector of " + quoted(word) +
                             " is too short or too long to have a direction in 32-bit floats (its length must lie "
                             "between 1e-15 and "
                             "1e15): leave the word out or rescale the vectors.",
                         word};
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> WordVectors::index(std::string_view word) const { return index_.find(word, words_); }

Result<std::uint32_t> WordVectors::find(std::string_view typed) const {
    const std::string_view word = trim(typed);
    if (word.empty()) return Error{"unknown-word", "No word was given: type one of the words of these vectors.", ""};
    if (const auto exact = index(word)) return *exact;
    if (const auto lowered = index(fold_case(word))) return *lowered;

    std::string names;
    std::string detail;
    for (const std::size_t i : near_spellings(word, words_, 5)) {
        names += (names.empty() ? "" : ", ") + words_[i];
        detail += (detail.empty() ? "" : ",") + words_[i];
    }
    std::string message = quoted(word) + " is not among the " + std::to_string(size()) + " words of these vectors. ";
    message += names.empty() ? "Try another spelling or another word." : "Did you mean: " + names + "?";
    return Error{"unknown-word", std::move(message), std::move(detail)};
}

Result<std::vector<Neighbor>> WordVectors::nearest(std::string_view word, std::size_t count) const {
    const auto found = find(word);
    if (!found) return found.error();
    const std::uint32_t itself[] = {found.value()};
    return nearest(vector(found.value()), count, itself);
}

Result<std::vector<Neighbor>> WordVectors::nearest(std::span<const float> vector, std::size_t count,
                                                   std::span<const std::uint32_t> exclude) const {
    if (auto error = check_count(count)) return *std::move(error);
    if (vector.size() != dimensions_) {
        return Error{"length-mismatch",
                     "The vector has " + std::to_string(vector.size()) + " numbers; the words' vectors have " +
                         std::to_string(dimensions_) + ": give as many.",
                     ""};
    }
    if (!all_finite(vector)) {
        return Error{"not-finite", "The vector holds NaN or infinity: give finite numbers only.", ""};
    }
    std::vector<float> direction(dimensions_);
    const float length = normalize(vector, direction);
    if (!(length >= shortest && length <= longest)) {
        return Error{
            "zero-vector",
            "The vector is too short or too long to have a direction: its length must lie between 1e-15 and 1e15.", ""};
    }
    std::vector<float> scores(size());  // scores[V] = unit[V,D] · direction[D]
    matvec(units(), direction, scores);

    // NaN ranks below every score: the excluded words come last, and the list ends before them.
    for (const std::uint32_t i : exclude) scores[i] = std::numeric_limits<float>::quiet_NaN();
    std::vector<Hit> hits(std::min(count, size()));
    hits.resize(top_k(scores, hits));
    std::vector<Neighbor> neighbors;
    neighbors.reserve(hits.size());
    for (const Hit& hit : hits) {
        if (std::isnan(hit.score)) break;
        neighbors.push_back(
            {hit.index, words_[hit.index], hit.score, static_cast<std::uint32_t>(neighbors.size() + 1), {}});
    }
    return neighbors;
}

}  // namespace lab
