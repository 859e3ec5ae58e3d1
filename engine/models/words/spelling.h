// Spellings: what a person may have meant by a word that is not there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// Without the white space at both ends.
std::string_view trim(std::string_view text);

/// Capitals lowered: ASCII, Latin-1, Greek and Cyrillic; anything else (and anything that is not UTF-8) stays as it is.
std::string fold_case(std::string_view text);

/// How many insertions, deletions, replacements and swaps of neighbours turn a into b, counted in characters (code
/// points); no place is edited twice ("optimal string alignment"; Damerau 1964, Levenshtein 1966).
std::size_t edit_distance(std::u32string_view a, std::u32string_view b);

/// UTF-8 to code points; bytes that are not UTF-8 stand for themselves.
std::u32string code_points(std::string_view text);

/// Indices of up to count words nearest in spelling to text, capitals aside; equal distances keep the list's order (the
/// more frequent word first). Only what a slip of the hand explains: one edit for every three characters, and one more.
std::vector<std::size_t> near_spellings(std::string_view text, const std::vector<std::string>& words,
                                        std::size_t count);

}  // namespace lab
