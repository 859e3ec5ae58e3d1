#include "engine/formats/idx.h"

#include <algorithm>
#include <optional>
#include <string>

namespace lab {

namespace {

constexpr std::uint32_t images_magic = 0x00000803;  // unsigned bytes, three dimensions
constexpr std::uint32_t labels_magic = 0x00000801;  // unsigned bytes, one dimension
constexpr std::size_t side = 28;

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 8 | static_cast<std::uint32_t>(bytes[at + 3]);
}

Error bad_file(const char* which, const std::string& what) {
    return {"bad-file", std::string("The file of ") + which + " " + what, which};
}

/// What is wrong with the head of a file, if anything is.
std::optional<Error> check_magic(std::span<const std::uint8_t> bytes, const char* which, std::uint32_t wanted,
                                 std::uint32_t other, std::size_t head) {
    const auto too_short = [&] {
        return bad_file(which, "is only " + std::to_string(bytes.size()) + " bytes long. Get it once more.");
    };
    if (bytes.size() < 4) return too_short();
    const std::uint32_t magic = big_endian(bytes, 0);
    if (magic == other) {
        return bad_file(which, std::string("holds ") + (wanted == images_magic ? "labels" : "images") +
                                   ": the two were exchanged. Give each in its place.");
    }
    if (magic == wanted && bytes.size() < head) return too_short();
    if (magic == wanted) return std::nullopt;
    if (bytes[0] == 0x1F && bytes[1] == 0x8B) {
        return bad_file(which, "is still compressed by gzip. Decompress it first.");
    }
    return bad_file(which, "is no IDX file of " + std::string(which) + " (it begins with " + std::to_string(magic) +
                               ", not " + std::to_string(wanted) + "). MNIST's are called …-" +
                               (wanted == images_magic ? "images-idx3-ubyte" : "labels-idx1-ubyte") + ".");
}

}  // namespace

Result<Examples> read_idx_digits(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels) {
    constexpr std::size_t images_head = 16;
    constexpr std::size_t labels_head = 8;
    if (auto error = check_magic(images, "images", images_magic, labels_magic, images_head)) return *std::move(error);
    if (auto error = check_magic(labels, "labels", labels_magic, images_magic, labels_head)) return *std::move(error);
    const std::uint64_t count = big_endian(images, 4);
    const std::uint64_t rows = big_endian(images, 8);
    const std::uint64_t columns = big_endian(images, 12);
    if (rows != side || columns != side) {
        return bad_file("images", "holds pictures of " + std::to_string(rows) + " × " + std::to_string(columns) +
                                      " pixels. Give ones of 28 × 28, as MNIST's.");
    }
    if (count == 0) return bad_file("images", "holds no picture.");
    constexpr std::uint64_t pixels = side * side;
    if ((images.size() - images_head) / pixels != count || (images.size() - images_head) % pixels != 0) {
        return bad_file("images", "says that it holds " + std::to_string(count) + " pictures, but its " +
                                      std::to_string(images.size()) + " bytes are not as many. Get it once more.");
    }
    const std::uint64_t label_count = big_endian(labels, 4);
    if (labels.size() - labels_head != label_count) {
        return bad_file("labels", "says that it holds " + std::to_string(label_count) + " labels, but has " +
                                      std::to_string(labels.size() - labels_head) + ". Get it once more.");
    }
    if (label_count != count) {
        return bad_file("labels", "has " + std::to_string(label_count) + " labels for " + std::to_string(count) +
                                      " pictures. Take the two files that belong together.");
    }
    Examples out;
    out.inputs = pixels;
    out.labels.assign(labels.begin() + labels_head, labels.end());
    const auto bad = std::ranges::find_if(out.labels, [](std::uint8_t label) { return label > 9; });
    if (bad != out.labels.end()) {
        return bad_file("labels", "has the label " + std::to_string(*bad) + " at place " +
                                      std::to_string(bad - out.labels.begin() + 1) + ". Digits go from 0 to 9.");
    }
    out.rows.reserve(images.size() - images_head);
    for (const std::uint8_t byte : images.subspan(images_head)) out.rows.push_back(static_cast<float>(byte) / 255);
    for (char digit = '0'; digit <= '9'; ++digit) out.classes.emplace_back(1, digit);
    return out;
}

}  // namespace lab
