#include "engine/models/words/spelling.h"

#include <algorithm>
#include <cstdint>

#include "engine/base/insertion_sort.h"

namespace lab {

namespace {

/// The lower-case letter of a capital among the alphabets that keep both in a regular order; other characters
/// unchanged.
char32_t lower(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;  // Latin-1: À … Þ, without ×
    if (c >= 0x100 && c <= 0x137 && c != 0x130 && c % 2 == 0)
        return c + 1;                                          // Latin Extended-A, capitals at even places
    if (c >= 0x139 && c <= 0x148 && c % 2 == 1) return c + 1;  // … at odd places
    if (c >= 0x14A && c <= 0x177 && c % 2 == 0) return c + 1;
    if (c >= 0x179 && c <= 0x17E && c % 2 == 1) return c + 1;
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 32;  // Greek …
    if (c == 0x386) return 0x3AC;                               // … with accents
    if (c >= 0x388 && c <= 0x38A) return c + 37;
    if (c == 0x38C) return 0x3CC;
    if (c == 0x38E || c == 0x38F) return c + 63;
    if (c >= 0x410 && c <= 0x42F) return c + 32;  // Cyrillic
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c;
}

/// How many bytes the character at text[i] has if it is well-formed UTF-8 of one or two bytes, else 0.
std::size_t short_character(std::string_view text, std::size_t i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xDF || i + 1 >= text.size()) return 0;
    return (static_cast<unsigned char>(text[i + 1]) & 0xC0) == 0x80 ? 2 : 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t from = text.find_first_not_of(space);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(space) + 1 - from);
}

std::string fold_case(std::string_view text) {
    std::string folded(text);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t bytes = short_character(text, i);
        if (bytes == 1) {
            folded[i] = static_cast<char>(lower(static_cast<unsigned char>(text[i])));
        } else if (bytes == 2) {
            // Every pair of letters above lies within U+0080 … U+07FF, two bytes both: the length stays.
            const char32_t c = lower(static_cast<char32_t>((text[i] & 0x1F) << 6 | (text[i + 1] & 0x3F)));
            folded[i] = static_cast<char>(0xC0 | c >> 6);
            folded[i + 1] = static_cast<char>(0x80 | (c & 0x3F));
        }
        i += std::max<std::size_t>(bytes, 1);
    }
    return folded;
}

std::u32string code_points(std::string_view text) {
    std::u32string points;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t bytes = first < 0x80   ? 1
                                  : first < 0xC2 ? 0
                                  : first < 0xE0 ? 2
                                  : first < 0xF0 ? 3
                                  : first < 0xF5 ? 4
                                                 : 0;
        bool whole = bytes > 0 && i + bytes <= text.size();
        char32_t point = bytes < 2 ? first : first & (0xFFu >> (bytes + 1));
        for (std::size_t k = 1; whole && k < bytes; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            whole = (next & 0xC0) == 0x80;
            point = point << 6 | (next & 0x3F);
        }
        points.push_back(whole ? point : first);
        i += whole ? bytes : 1;
    }
    return points;
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
    // Three rows of the table distance[i][j] between the first i characters of a and the first j of b.
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(before, above);
        std::swap(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::vector<std::size_t> near_spellings(std::string_view text, const std::vector<std::string>& words,
                                        std::size_t count) {
    struct Candidate {
        std::size_t distance;
        std::size_t index;
    };
    const std::u32string wanted = code_points(fold_case(trim(text)));
    const std::size_t limit = wanted.size() / 3 + 1;
    std::vector<Candidate> candidates;
    if (wanted.empty() || wanted.size() > 60) return {};  // not a slip of the hand
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].size() > 4 * (wanted.size() + limit)) continue;
        const std::u32string word = code_points(fold_case(words[i]));
        if (word.size() + limit < wanted.size() || word.size() > wanted.size() + limit) continue;
        const std::size_t distance = edit_distance(wanted, word);
        if (distance <= limit) candidates.push_back({distance, i});
    }
    insertion_sort(candidates, [](const Candidate& a, const Candidate& b) { return a.distance < b.distance; });
    candidates.resize(std::min(count, candidates.size()));
    std::vector<std::size_t> indices;
    indices.reserve(candidates.size());
    for (const Candidate& candidate : candidates) indices.push_back(candidate.index);
    return indices;
}

}  // namespace lab
