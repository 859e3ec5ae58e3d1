// Our own file of word vectors: words, int8 codes, a scale per word.
//
//   bytes            what
//   4                "DBDV"
//   4                version, 1
//   4                V, the number of words
//   4                D, the numbers per vector
//   4                B, the bytes of the word list
//   B                the words, UTF-8, by falling frequency, joined by '\n'
//   4 · V            scales, f32
//   V · D            codes, int8 in [−127, 127], row after row
//   4                CRC-32 (as in gzip) of all before
//
// Integers are unsigned, everything is little-endian. Word i's vector is codes[i] · scales[i].
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lab {

struct WordVectorFile {
    std::vector<std::string> words;  // [V]
    std::vector<std::int8_t> codes;  // [V, D]
    std::vector<float> scales;       // [V]
    std::size_t dimensions = 0;      // D
};

/// Error "bad-file": what is wrong, where, and what to do. Any bytes whatever may be given.
Result<WordVectorFile> read_word_vector_file(std::span<const std::uint8_t> bytes);

/// Error "bad-input" for what the format cannot hold: counts that do not match, an empty word, a newline in a word.
Result<std::vector<std::uint8_t>> write_word_vector_file(const WordVectorFile& file);

/// rows[V, D] as codes: each row by quantize() with the given number of levels. 1 ≤ levels ≤ 127; rows.size() =
/// words.size() · dimensions. Fewer levels cost precision and compress better. Error "bad-input".
Result<WordVectorFile> quantize_word_vectors(std::vector<std::string> words, std::span<const float> rows,
                                             std::size_t dimensions, int levels = 127);

/// CRC-32 with the polynomial 0xEDB88320 (ISO 3309, as in gzip and PNG).
std::uint32_t crc32(std::span<const std::uint8_t> bytes);

}  // namespace lab
