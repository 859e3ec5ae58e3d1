#include "engine/models/words/text_normalizer.h"

#include <array>
#include <cstdint>

namespace lab {
namespace {

constexpr std::array<std::string_view, 10> digit_names = {"zero", "one", "two",   "three", "four",
                                                          "five", "six", "seven", "eight", "nine"};

// U+00C0 … U+017F without their accents, one entry per code point; a space where the sign is not a letter (× and ÷).
constexpr std::array<std::string_view, 0x180 - 0xC0> folded = {
    // clang-format off
    "a","a","a","a","a","a","ae","c","e","e","e","e","i","i","i","i",  // À
    "d","n","o","o","o","o","o"," ","o","u","u","u","u","y","th","ss", // Ð
    "a","a","a","a","a","a","ae","c","e","e","e","e","i","i","i","i",  // à
    "d","n","o","o","o","o","o"," ","o","u","u","u","u","y","th","y",  // ð
    "a","a","a","a","a","a","c","c","c","c","c","c","c","c","d","d",   // Ā
    "d","d","e","e","e","e","e","e","e","e","e","e","g","g","g","g",   // Đ
    "g","g","g","g","h","h","h","h","i","i","i","i","i","i","i","i",   // Ġ
    "i","i","ij","ij","j","j","k","k","k","l","l","l","l","l","l","l", // İ
    "l","l","l","n","n","n","n","n","n","n","n","n","o","o","o","o",   // ŀ
    "o","o","oe","oe","r","r","r","r","r","r","s","s","s","s","s","s", // Ő
    "s","s","t","t","t","t","t","t","u","u","u","u","u","u","u","u",   // Š
    "u","u","u","u","w","w","y","y","y","z","z","z","z","z","z","s",   // Ű
    // clang-format on
};

/// Reads one code point at text[i] and moves i behind it; 0 for a byte that starts no valid sequence.
char32_t next_code_point(std::string_view text, std::size_t& i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(i++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
    if (more == 0 || first > 0xF4 || i + static_cast<std::size_t>(more) > text.size()) return 0;
    char32_t point = static_cast<char32_t>(first & (0x3F >> more));
    for (int k = 0; k < more; ++k) {
        const unsigned char next = byte(i + static_cast<std::size_t>(k));
        if ((next & 0xC0) != 0x80) return 0;
        point = (point << 6) | (next & 0x3Fu);
    }
    i += static_cast<std::size_t>(more);
    return point;
}

bool is_combining_mark(char32_t point) { return point >= 0x300 && point <= 0x36F; }

}  // namespace

void normalize_line(std::string_view line, std::string& out) {
    const std::size_t start = out.size();
    const auto separate = [&] {
        if (out.size() > start && out.back() != ' ') out.push_back(' ');
    };
    for (std::size_t i = 0; i < line.size();) {
        const char32_t point = next_code_point(line, i);
        if (point >= 'a' && point <= 'z') {
            out.push_back(static_cast<char>(point));
        } else if (point >= 'A' && point <= 'Z') {
            out.push_back(static_cast<char>(point - 'A' + 'a'));
        } else if (point >= '0' && point <= '9') {
            separate();
            out.append(digit_names[point - '0']);
            out.push_back(' ');
        } else if (point >= 0xC0 && point < 0x180 && folded[point - 0xC0] != " ") {
            out.append(folded[point - 0xC0]);
        } else if (!is_combining_mark(point)) {
            separate();
        }
    }
    while (out.size() > start && out.back() == ' ') out.pop_back();
}

}  // namespace lab
