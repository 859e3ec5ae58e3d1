#include "engine/formats/idx.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/random.h"

using namespace lab;

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::size_t pixels = 784;

void append(Bytes& to, std::uint32_t number) {
    for (const int shift : {24, 16, 8, 0}) to.push_back(static_cast<std::uint8_t>(number >> shift));
}

/// Pixel p of picture n is (n + p) mod 256.
Bytes images(std::size_t count) {
    Bytes bytes;
    for (const std::size_t number : {std::size_t{0x803}, count, std::size_t{28}, std::size_t{28}})
        append(bytes, static_cast<std::uint32_t>(number));
    for (std::size_t n = 0; n < count; ++n) {
        for (std::size_t p = 0; p < pixels; ++p) bytes.push_back(static_cast<std::uint8_t>(n + p));
    }
    return bytes;
}

Bytes labels(const std::vector<std::uint8_t>& values) {
    Bytes bytes;
    append(bytes, 0x801);
    append(bytes, static_cast<std::uint32_t>(values.size()));
    bytes.insert(bytes.end(), values.begin(), values.end());
    return bytes;
}

Bytes with_number(Bytes bytes, std::size_t at, std::uint32_t value) {
    Bytes written;
    append(written, value);
    std::ranges::copy(written, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
}

/// The error must blame the right file, name what was found, and be a "bad-file".
void refused(const Bytes& pictures, const Bytes& answers, const std::string& which, const std::string& said) {
    const auto result = read_idx_digits(pictures, answers);
    INFO(which << ": " << said);
    REQUIRE_FALSE(result.ok());
    INFO(result.error().message);
    CHECK(result.error().code == "bad-file");
    CHECK(result.error().detail == which);
    CHECK(result.error().message.find("file of " + which) != std::string::npos);
    CHECK(result.error().message.find(said) != std::string::npos);
}

}  // namespace

TEST_CASE("pictures and labels in IDX become examples") {
    const auto read = read_idx_digits(images(3), labels({7, 0, 9}));
    REQUIRE(read.ok());
    const Examples& found = read.value();
    CHECK(found.count() == 3);
    CHECK(found.inputs == pixels);
    CHECK(found.labels == std::vector<std::uint8_t>{7, 0, 9});
    CHECK(found.classes == std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
    CHECK(found.row(0)[0] == 0);
    CHECK(found.row(0)[255] == 1);
    CHECK(found.row(2)[100] == 102.0f / 255);
    CHECK(found.rows.size() == 3 * pixels);
}

TEST_CASE("what is wrong with an IDX file is said of the right one of the two") {
    const Bytes pictures = images(2);
    const Bytes answers = labels({1, 2});
    REQUIRE(read_idx_digits(pictures, answers).ok());
    refused({}, answers, "images", "0 bytes");
    refused(pictures, {}, "labels", "0 bytes");
    refused(answers, pictures, "images", "exchanged");
    refused(pictures, pictures, "labels", "exchanged");
    refused(with_number(pictures, 0, 0x1F8B0808), answers, "images", "gzip");
    refused(pictures, with_number(answers, 0, 0x1F8B0808), "labels", "gzip");
    refused(with_number(pictures, 0, 0x0D03), answers, "images", "3331");  // floats in three dimensions
    refused(with_number(pictures, 4, 3), answers, "images", "3 pictures");
    refused(with_number(pictures, 4, 0xFFFFFFFF), answers, "images", "4294967295 pictures");
    refused(with_number(Bytes(pictures.begin(), pictures.begin() + 16), 4, 0), answers, "images", "no picture");
    refused(with_number(pictures, 8, 32), answers, "images", "32 × 28");
    refused(with_number(pictures, 12, 0), answers, "images", "28 × 0");
    refused(with_number(pictures, 8, 0xFFFFFFFF), answers, "images", "4294967295 × 28");
    refused(pictures, with_number(answers, 4, 3), "labels", "3 labels");
    refused(pictures, with_number(answers, 4, 0xFFFFFFFF), "labels", "4294967295 labels");
    refused(pictures, labels({1}), "labels", "1 labels for 2 pictures");
    refused(pictures, labels({1, 10}), "labels", "label 10 at place 2");
}

TEST_CASE("every cut of an IDX file is refused") {
    const Bytes pictures = images(2);
    const Bytes answers = labels({1, 2});
    for (std::size_t size = 0; size < pictures.size(); ++size) {
        INFO(size);
        const auto result = read_idx_digits(std::span(pictures).first(size), answers);
        REQUIRE_FALSE(result.ok());
        REQUIRE(result.error().detail == "images");
    }
    for (std::size_t size = 0; size < answers.size(); ++size) {
        INFO(size);
        const auto result = read_idx_digits(pictures, std::span(answers).first(size));
        REQUIRE_FALSE(result.ok());
        REQUIRE(result.error().detail == "labels");
    }
    Bytes longer = pictures;
    longer.push_back(0);
    CHECK_FALSE(read_idx_digits(longer, answers).ok());
    longer = answers;
    longer.push_back(0);
    CHECK_FALSE(read_idx_digits(pictures, longer).ok());
}

TEST_CASE("random changes of IDX files end in examples that hold together, or in an error") {
    Random random(11);
    for (int round = 0; round < 3000; ++round) {
        Bytes pictures = images(2);
        Bytes answers = labels({1, 2});
        Bytes& damaged = random.below(2) == 0 ? pictures : answers;
        for (std::uint64_t edits = 1 + random.below(4); edits > 0; --edits) {
            const std::size_t reach = std::min<std::size_t>(damaged.size(), 20);
            damaged[random.below(reach)] = static_cast<std::uint8_t>(random.below(256));
        }
        if (random.below(4) == 0) damaged.resize(random.below(damaged.size()));
        const auto result = read_idx_digits(pictures, answers);
        if (!result.ok()) {
            REQUIRE(result.error().code == "bad-file");
            continue;
        }
        const Examples& found = result.value();
        REQUIRE(make_examples(found.rows, found.inputs, found.labels, found.classes).ok());
    }
}

TEST_CASE("MNIST's own test set is read") {
    const char* folder = std::getenv("DOT_DATA");
    const std::string data = std::string(folder ? folder : "../shared/data") + "/img_mnist_t10k/";
    const std::string packed = data + "t10k-images-idx3-ubyte.gz";
    if (!std::filesystem::exists(packed)) SKIP("no MNIST at " << data << ": set DOT_DATA to its folder");
    const auto unpacked = [&](const char* name) {
        Bytes bytes;
        FILE* pipe = popen(("gzip -dc '" + data + name + "'").c_str(), "r");
        if (!pipe) return bytes;
        Bytes part(1 << 16);
        for (std::size_t got; (got = fread(part.data(), 1, part.size(), pipe)) > 0;)
            bytes.insert(bytes.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(got));
        pclose(pipe);
        return bytes;
    };
    const Bytes pictures = unpacked("t10k-images-idx3-ubyte.gz");
    if (pictures.empty()) SKIP("gzip is not at hand to unpack MNIST");
    const auto read = read_idx_digits(pictures, unpacked("t10k-labels-idx1-ubyte.gz"));
    REQUIRE(read.ok());
    const Examples& found = read.value();
    CHECK(found.count() == 10000);
    CHECK(std::vector<std::uint8_t>(found.labels.begin(), found.labels.begin() + 10) ==
          std::vector<std::uint8_t>{7, 2, 1, 0, 4, 1, 4, 9, 5, 9});
    double sum = 0;
    for (const float pixel : found.rows) sum += static_cast<double>(pixel);
    const double mean = sum / static_cast<double>(found.rows.size());
    CHECK(mean > 0.130);  // the mean of the test set is published as about 0.1325
    CHECK(mean < 0.135);
}
