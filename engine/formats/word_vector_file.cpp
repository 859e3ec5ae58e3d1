#include "engine/formats/word_vector_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/kernels/kernels.h"

namespace lab {

namespace {

static_assert(std::endian::native == std::endian::little,
              "the file is little-endian, and so are all targets of this engine");

constexpr std::string_view magic = "DBDV";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_bytes = 20;
constexpr std::size_t checksum_bytes = 4;

Error bad_file(std::string what) {
    return {"bad-file", "This is not a whole file of word vectors: " + std::move(what), ""};
}

Error bad_input(std::string what) { return {"bad-input", std::move(what), ""}; }

template <class T>
T read(std::span<const std::uint8_t> bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

/// Writes one after the other into bytes of a known size.
struct Writer {
    std::uint8_t* to;
    void bytes(const void* from, std::size_t count) {
        if (count > 0) std::memcpy(to, from, count);
        to += count;
    }
    void number(std::uint32_t value) { bytes(&value, sizeof value); }
};

/// Whether text is UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) -> unsigned {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0;
        };
        const unsigned first = byte(0);
        const std::size_t count = first < 0x80   ? 1
                                  : first < 0xC2 ? 0
                                  : first < 0xE0 ? 2
                                  : first < 0xF0 ? 3
                                  : first < 0xF5 ? 4
                                                 : 0;
        if (count == 0) return false;
        for (std::size_t k = 1; k < count; ++k) {
            if ((byte(k) & 0xC0) != 0x80) return false;
        }
        if (first == 0xE0 && byte(1) < 0xA0) return false;
        if (first == 0xED && byte(1) > 0x9F) return false;
        if (first == 0xF0 && byte(1) < 0x90) return false;
        if (first == 0xF4 && byte(1) > 0x8F) return false;
        i += count;
    }
    return true;
}

/// The words of a list joined by newlines; an Error if they are not exactly count words.
Result<std::vector<std::string>> split_words(std::string_view list, std::size_t count) {
    std::vector<std::string> words;
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t to = std::min(list.find('\n', from), list.size());
        const std::string_view word = list.substr(from, to - from);
        const std::string place = "word " + std::to_string(words.size() + 1);
        if (words.size() == count)
            return bad_file("the word list holds more than the " + std::to_string(count) + " words announced.");
        if (word.empty()) return bad_file(place + " of the list is empty.");
        if (!is_utf8(word)) return bad_file(place + " of the list is not UTF-8.");
        words.emplace_back(word);
        from = to + 1;
    }
    if (words.size() != count) {
        return bad_file("the word list holds " + std::to_string(words.size()) + " words where " +
                        std::to_string(count) + " are announced.");
    }
    return words;
}

}  // namespace

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
    // Made for each file: as a constant it would be a kilobyte more to download, and a file has a thousand times more.
    std::array<std::uint32_t, 256> table;
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t remainder = i;
        for (int bit = 0; bit < 8; ++bit) remainder = remainder & 1 ? remainder >> 1 ^ 0xEDB88320u : remainder >> 1;
        table[i] = remainder;
    }
    std::uint32_t remainder = 0xFFFFFFFFu;
    for (const std::uint8_t byte : bytes) remainder = remainder >> 8 ^ table[(remainder ^ byte) & 0xFF];
    return ~remainder;
}

Result<WordVectorFile> read_word_vector_file(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < header_bytes + checksum_bytes) {
        return bad_file("it has " + std::to_string(bytes.size()) +
                        " bytes, too few even for its header. Load it again.");
    }
    if (std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) {
        return bad_file(bytes[0] == 0x1F && bytes[1] == 0x8B
                            ? "it is still compressed by gzip. Decompress it first."
                            : "it does not begin with “DBDV”. Give a words.bin made by this project.");
    }
    if (const auto found = read<std::uint32_t>(bytes, 4); found != version) {
        return bad_file("it has version " + std::to_string(found) + "; this program reads version " +
                        std::to_string(version) + ".");
    }
    // 64 bits hold every product of two 32-bit counts; only sums of them must be watched: each part is compared with
    // the whole first.
    const std::uint64_t words = read<std::uint32_t>(bytes, 8);
    const std::uint64_t dimensions = read<std::uint32_t>(bytes, 12);
    const std::uint64_t word_bytes = read<std::uint32_t>(bytes, 16);
    const std::uint64_t size = bytes.size();
    if (words == 0 || dimensions == 0) return bad_file("it announces no words or no dimensions.");
    if (words > size || words * dimensions > size ||
        header_bytes + word_bytes + 4 * words + words * dimensions + checksum_bytes != size) {
        return bad_file("it announces " + std::to_string(words) + " words of " + std::to_string(dimensions) +
                        " numbers and " + std::to_string(word_bytes) + " bytes of words, which does not fit its " +
                        std::to_string(size) + " bytes. It may have been cut off: load it again.");
    }
    if (crc32(bytes.first(bytes.size() - checksum_bytes)) !=
        read<std::uint32_t>(bytes, bytes.size() - checksum_bytes)) {
        return bad_file("its checksum does not match: some bytes were changed on the way. Load it again.");
    }

    // From here on the counts are known to fit the bytes, and so the machine's own size.
    const auto V = static_cast<std::size_t>(words);
    const auto D = static_cast<std::size_t>(dimensions);
    WordVectorFile file;
    file.dimensions = D;
    std::size_t at = header_bytes;
    auto list =
        split_words({reinterpret_cast<const char*>(bytes.data()) + at, static_cast<std::size_t>(word_bytes)}, V);
    if (!list) return list.error();
    file.words = std::move(list).value();
    at += static_cast<std::size_t>(word_bytes);

    file.scales.resize(V);
    std::memcpy(file.scales.data(), bytes.data() + at, 4 * V);
    at += 4 * V;
    for (std::size_t i = 0; i < V; ++i) {
        if (!std::isfinite(file.scales[i]) || !(file.scales[i] > 0)) {
            return bad_file("the scale of word " + std::to_string(i + 1) + " is not a positive number.");
        }
    }
    file.codes.resize(V * D);
    std::memcpy(file.codes.data(), bytes.data() + at, V * D);
    const auto bad = std::find(file.codes.begin(), file.codes.end(), std::int8_t{-128});
    if (bad != file.codes.end()) {
        const auto row = static_cast<std::size_t>(bad - file.codes.begin()) / D;
        return bad_file("the vector of word " + std::to_string(row + 1) +
                        " holds the code −128; codes go from −127 to 127.");
    }
    return file;
}

Result<std::vector<std::uint8_t>> write_word_vector_file(const WordVectorFile& file) {
    const std::size_t count = file.words.size();
    if (count == 0 || file.dimensions == 0) return bad_input("Nothing to write: there are no words or no dimensions.");
    if (file.scales.size() != count || file.codes.size() % file.dimensions != 0 ||
        file.codes.size() / file.dimensions != count) {
        return bad_input("The counts do not match: " + std::to_string(count) + " words, " +
                         std::to_string(file.scales.size()) + " scales, " + std::to_string(file.codes.size()) +
                         " codes for " + std::to_string(file.dimensions) + " dimensions.");
    }
    std::uint64_t word_bytes = count - 1;
    for (const std::string& word : file.words) {
        if (word.empty() || word.find('\n') != std::string::npos || !is_utf8(word)) {
            return bad_input("“" + word +
                             "” cannot be written: a word is at least one character of UTF-8, without a newline.");
        }
        word_bytes += word.size();
    }
    for (const float scale : file.scales) {
        if (!std::isfinite(scale) || !(scale > 0))
            return bad_input("A scale is not a positive number: leave zero vectors out.");
    }
    if (std::find(file.codes.begin(), file.codes.end(), std::int8_t{-128}) != file.codes.end()) {
        return bad_input("A code is −128: codes go from −127 to 127.");
    }
    constexpr std::uint64_t limit = 0xFFFFFFFFu;
    if (count > limit || file.dimensions > limit || word_bytes > limit)
        return bad_input("Too large for the file's 32-bit counts.");

    std::vector<std::uint8_t> bytes(header_bytes + static_cast<std::size_t>(word_bytes) + 4 * count +
                                    file.codes.size() + checksum_bytes);
    Writer writer{bytes.data()};
    writer.bytes(magic.data(), magic.size());
    writer.number(version);
    writer.number(static_cast<std::uint32_t>(count));
    writer.number(static_cast<std::uint32_t>(file.dimensions));
    writer.number(static_cast<std::uint32_t>(word_bytes));
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) writer.bytes("\n", 1);
        writer.bytes(file.words[i].data(), file.words[i].size());
    }
    writer.bytes(file.scales.data(), 4 * count);
    writer.bytes(file.codes.data(), file.codes.size());
    writer.number(crc32(std::span(bytes).first(bytes.size() - checksum_bytes)));
    return bytes;
}

Result<WordVectorFile> quantize_word_vectors(std::vector<std::string> words, std::span<const float> rows,
                                             std::size_t dimensions, int levels) {
    if (levels < 1 || levels > 127) return bad_input("levels must lie between 1 and 127.");
    if (dimensions == 0 || rows.size() % dimensions != 0 || rows.size() / dimensions != words.size()) {
        return bad_input(std::to_string(rows.size()) + " numbers do not make " + std::to_string(words.size()) +
                         " rows of " + std::to_string(dimensions) + ".");
    }
    WordVectorFile file;
    file.dimensions = dimensions;
    file.codes.resize(rows.size());
    file.scales.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        file.scales[i] = quantize(rows.subspan(i * dimensions, dimensions), levels,
                                  std::span(file.codes).subspan(i * dimensions, dimensions));
        if (!(file.scales[i] > 0)) {
            return bad_input("The vector of “" + words[i] + "” is zero or not finite: leave the word out.");
        }
    }
    file.words = std::move(words);
    return file;
}

}  // namespace lab
