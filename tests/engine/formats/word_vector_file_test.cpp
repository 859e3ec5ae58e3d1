#include "engine/formats/word_vector_file.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <string_view>

#include "engine/base/random.h"
#include "engine/models/words/word_vectors.h"

using namespace lab;

namespace {

std::vector<std::uint8_t> small_file() {
    const std::vector<float> rows{1, -2, 3, 0.5f, 0.25f, -0.125f};
    return write_word_vector_file(quantize_word_vectors({"naïve", "two words"}, rows, 3).value()).value();
}

/// Puts a 32-bit number into the bytes, and the checksum right again.
std::vector<std::uint8_t> with_number(std::vector<std::uint8_t> bytes, std::size_t at, std::uint32_t value) {
    std::memcpy(&bytes[at], &value, 4);
    const std::uint32_t sum = crc32(std::span(bytes).first(bytes.size() - 4));
    std::memcpy(&bytes[bytes.size() - 4], &sum, 4);
    return bytes;
}

}  // namespace

TEST_CASE("the checksum is gzip's") {
    const std::string_view text = "123456789";
    CHECK(crc32({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}) == 0xCBF43926u);
    CHECK(crc32({}) == 0);
}

TEST_CASE("what is written is read again, and makes word vectors") {
    const std::vector<float> rows{1, -2, 3, 0.5f, 0.25f, -0.125f};
    const auto file = quantize_word_vectors({"naïve", "two words"}, rows, 3).value();
    const auto bytes = write_word_vector_file(file).value();
    CHECK(bytes.size() == 20 + 6 + 1 + 9 + 8 + 6 + 4);
    auto again = read_word_vector_file(bytes).value();
    CHECK(again.words == file.words);
    CHECK(again.codes == file.codes);
    CHECK(again.scales == file.scales);
    CHECK(again.dimensions == 3);
    const auto vectors = WordVectors::from_codes(std::move(again.words), std::move(again.codes),
                                                 std::move(again.scales), again.dimensions)
                             .value();
    for (std::size_t i = 0; i < 6; ++i) {
        CHECK(std::abs(vectors.vector(i / 3)[i % 3] - rows[i]) <= 0.5001f * vectors.scale(i / 3));
    }
}

TEST_CASE("fewer levels are kept within their range") {
    const std::vector<float> rows{1, -2, 3, 0.5f, 0.25f, -0.125f};
    const auto file = quantize_word_vectors({"a", "b"}, rows, 3, 7).value();
    for (const auto code : file.codes) CHECK(std::abs(code) <= 7);
    CHECK(file.codes[2] == 7);
}

TEST_CASE("every cut of a file is refused in words") {
    const auto bytes = small_file();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto result = read_word_vector_file(std::span(bytes).first(size));
        INFO(size);
        REQUIRE_FALSE(result.ok());
        REQUIRE(result.error().code == "bad-file");
    }
    auto longer = bytes;
    longer.push_back(0);
    CHECK_FALSE(read_word_vector_file(longer).ok());
}

TEST_CASE("every flipped bit is noticed") {
    const auto bytes = small_file();
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        INFO(bit);
        REQUIRE_FALSE(read_word_vector_file(flipped).ok());
    }
}

TEST_CASE(
    "counts that the bytes cannot hold, and contents that make no sense, are refused even with a right checksum") {
    const auto bytes = small_file();
    for (const std::size_t at : {4, 8, 12, 16}) {
        for (const std::uint32_t value :
             {0u, 1u, 3u, 7u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu, 0x40000000u, 0x55555556u}) {
            std::uint32_t before = 0;
            std::memcpy(&before, &bytes[at], 4);
            if (before == value) continue;
            INFO("the number at " << at << " made " << value);
            const auto result = read_word_vector_file(with_number(bytes, at, value));
            REQUIRE_FALSE(result.ok());
            REQUIRE(result.error().code == "bad-file");
        }
    }
    const auto message = [&](std::size_t at, std::uint32_t value) {
        return read_word_vector_file(with_number(bytes, at, value)).error().message;
    };
    CHECK(message(36, 0x7FC00000).find("scale of word 1") != std::string::npos);  // NaN
    CHECK(message(40, 0xBF800000).find("scale of word 2") != std::string::npos);  // −1
    CHECK(message(44, 0x80808080).find("−128") != std::string::npos);
    CHECK(message(20, 0xFFFFFFFF).find("not UTF-8") != std::string::npos);
    CHECK(message(20, 0x0A0A0A0A).find("empty") != std::string::npos);
    CHECK(message(28, 0x6161610A).find("more than the 2") != std::string::npos);
    auto zipped = bytes;
    zipped[0] = 0x1F;
    zipped[1] = 0x8B;
    CHECK(read_word_vector_file(zipped).error().message.find("gzip") != std::string::npos);
}

TEST_CASE("random bytes with a right head and checksum never break the reader") {
    Random random(53);
    const auto bytes = small_file();
    for (int round = 0; round < 20000; ++round) {
        auto changed = bytes;
        for (std::uint64_t edits = 1 + random.below(6); edits > 0; --edits) {
            changed[4 + random.below(changed.size() - 8)] = static_cast<std::uint8_t>(random.below(256));
        }
        if (random.below(4) == 0) changed.resize(24 + random.below(changed.size() - 24));
        const std::uint32_t sum = crc32(std::span(changed).first(changed.size() - 4));
        std::memcpy(&changed[changed.size() - 4], &sum, 4);
        auto result = read_word_vector_file(changed);
        if (!result.ok()) continue;
        auto& file = result.value();
        (void)WordVectors::from_codes(std::move(file.words), std::move(file.codes), std::move(file.scales),
                                      file.dimensions)
            .ok();
    }
}

TEST_CASE("what the format cannot hold is not written") {
    const auto code = [](const WordVectorFile& file) { return write_word_vector_file(file).error().code; };
    const WordVectorFile good{{"a", "b"}, {1, 2}, {1, 1}, 1};
    REQUIRE(write_word_vector_file(good).ok());
    auto bad = good;
    bad.words[1] = "x\ny";
    CHECK(code(bad) == "bad-input");
    bad.words[1] = "";
    CHECK(code(bad) == "bad-input");
    bad.words[1] = "\xED\xA0\x80";  // half of a surrogate pair
    CHECK(code(bad) == "bad-input");
    bad = good;
    bad.codes.push_back(1);
    CHECK(code(bad) == "bad-input");
    bad = good;
    bad.scales[0] = 0;
    CHECK(code(bad) == "bad-input");
    bad = good;
    bad.codes[0] = -128;
    CHECK(code(bad) == "bad-input");
    CHECK(code({}) == "bad-input");
    const std::vector<float> zero{0, 0};
    CHECK(quantize_word_vectors({"a"}, zero, 2).error().code == "bad-input");
    CHECK(quantize_word_vectors({"a"}, zero, 3).error().code == "bad-input");
    CHECK(quantize_word_vectors({"a"}, std::vector<float>{1, 2}, 2, 128).error().code == "bad-input");
}
