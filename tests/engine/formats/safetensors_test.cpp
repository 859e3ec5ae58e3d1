#include "engine/formats/safetensors.h"

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <string>

#include "engine/base/random.h"

using namespace lab;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A file with this header, and data of so many bytes.
Bytes file(const std::string& header, std::size_t data = 0) {
    const std::uint64_t length = header.size();
    Bytes bytes(8 + header.size() + data);
    std::memcpy(bytes.data(), &length, 8);
    std::memcpy(bytes.data() + 8, header.data(), header.size());
    return bytes;
}

Safetensors small() {
    Safetensors content;
    content.metadata = {{"classes", "yes\nno\t“maybe”"}, {"quote\"d", "back\\slash\r\x01"}};
    content.tensors["b"] = {{2, 3}, {1, -2, 3, 0.5f, 0.25f, -0.125f}};
    content.tensors["a"] = {{3}, {7, 8, 9}};
    content.tensors["scalar"] = {{}, {42}};
    content.tensors["void"] = {{0, 5}, {}};
    content.tensors["codes"] = {.shape = {3, 1}, .type = ElementType::i8, .codes = {-128, 0, 127}};
    content.tensors["joined"] = {.shape = {2, 2}, .type = ElementType::u16, .integers = {0, 256, 65535, 1}};
    return content;
}

/// As many numbers as the shape says, of the one type that the tensor tells.
void whole(const Tensor& tensor) {
    std::size_t product = 1;
    for (const std::size_t size : tensor.shape) product *= size;
    REQUIRE(tensor.values.size() == (tensor.type == ElementType::f32 ? product : 0));
    REQUIRE(tensor.integers.size() == (tensor.type == ElementType::u16 ? product : 0));
    REQUIRE(tensor.codes.size() == (tensor.type == ElementType::i8 ? product : 0));
}

void refused(const Bytes& bytes, const std::string& said) {
    const auto result = read_safetensors(bytes);
    INFO(said);
    REQUIRE_FALSE(result.ok());
    INFO(result.error().message);
    CHECK(result.error().code == "bad-file");
    CHECK(result.error().message.find(said) != std::string::npos);
}

std::string tensor(const std::string& type, const std::string& shape, const std::string& offsets) {
    return R"({"t":{"dtype":")" + type + R"(","shape":[)" + shape + R"(],"data_offsets":[)" + offsets + "]}}";
}

}  // namespace

TEST_CASE("tensors and texts are written and read again, the same content as the same bytes") {
    const Safetensors content = small();
    const Bytes bytes = write_safetensors(content);
    CHECK(bytes == write_safetensors(small()));
    const auto read = read_safetensors(bytes);
    REQUIRE(read.ok());
    CHECK(read.value().metadata == content.metadata);
    REQUIRE(read.value().tensors.size() == content.tensors.size());
    for (const auto& [name, expected] : content.tensors) {
        INFO(name);
        const Tensor& found = read.value().tensors.at(name);
        CHECK(found.shape == expected.shape);
        CHECK(found.type == expected.type);
        CHECK(found.values == expected.values);
        CHECK(found.integers == expected.integers);
        CHECK(found.codes == expected.codes);
        whole(found);
    }
}

TEST_CASE("a file as other programs write it: other order, spaces, escapes") {
    const std::string header =
        "{ \"two\" : {\"data_offsets\":[4, 12],\"shape\":[2],\"dtype\":\"F32\"},\n"
        R"("one":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},)"
        R"("__metadata__":{"format":"pt","na\u00EFve":"\ud83d\ude00\u20ac\/"}}   )";
    Bytes bytes = file(header, 12);
    const float values[] = {1.5f, -2, 3};
    std::memcpy(bytes.data() + 8 + header.size(), values, 12);
    const auto read = read_safetensors(bytes);
    REQUIRE(read.ok());
    CHECK(read.value().tensors.at("one").values == std::vector<float>{1.5f});
    CHECK(read.value().tensors.at("two").values == std::vector<float>{-2, 3});
    CHECK(read.value().metadata.at("format") == "pt");
    CHECK(read.value().metadata.at("naïve") == "😀€/");
}

TEST_CASE("numbers of all three types lie little-endian, each at a multiple of its size, codes with their sign") {
    Safetensors content;
    content.tensors["a"] = {.shape = {3}, .type = ElementType::i8, .codes = {1, -2, 127}};
    content.tensors["b"] = {.shape = {1}, .type = ElementType::u16, .integers = {0x1234}};
    content.tensors["c"] = {{1}, {-2}};
    const Bytes bytes = write_safetensors(content);
    const Bytes data(bytes.end() - 9, bytes.end());
    CHECK(data == Bytes{0, 0, 0, 0xC0, 0x34, 0x12, 1, 0xFE, 127});
    CHECK((bytes.size() - data.size()) % 8 == 0);
    const std::string text(bytes.begin() + 8, bytes.end());
    CHECK(text.starts_with(R"({"__metadata__":{},"c":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                           R"("b":{"dtype":"U16","shape":[1],"data_offsets":[4,6]},)"
                           R"("a":{"dtype":"I8","shape":[3],"data_offsets":[6,9]}})"));
}

TEST_CASE("codes and whole numbers of another program's file, at odd places") {
    const std::string header = R"({"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},)"
                               R"("b":{"dtype":"U16","shape":[2],"data_offsets":[1,5]},)"
                               R"("c":{"dtype":"F32","shape":[1],"data_offsets":[5,9]}})";
    Bytes bytes = file(header);
    for (const int byte : {0x80, 1, 0, 0xFF, 0xFF, 0, 0, 0x80, 0x3F}) bytes.push_back(static_cast<std::uint8_t>(byte));
    const auto read = read_safetensors(bytes);
    REQUIRE(read.ok());
    CHECK(read.value().tensors.at("a").codes == std::vector<std::int8_t>{-128});
    CHECK(read.value().tensors.at("b").integers == std::vector<std::uint16_t>{1, 65535});
    CHECK(read.value().tensors.at("c").values == std::vector<float>{1});
}

TEST_CASE("a file without tensors is a file") {
    CHECK(read_safetensors(file("{}")).ok());
    CHECK(read_safetensors(file(R"({"__metadata__":{}})")).ok());
    CHECK(read_safetensors(write_safetensors({})).ok());
}

TEST_CASE("what is wrong with a safetensors file is said") {
    refused({}, "0 bytes");
    refused(Bytes(8), "header");
    refused(file("[]"), "header");
    refused(file("{"), "header");
    refused(file("{}x"), "header");
    refused(file(R"({"a":true})"), "header");
    refused(file(tensor("F16", "2", "0,4"), 4), "F16");
    refused(file(tensor("I64", "1", "0,8"), 8), "I64");
    refused(file(tensor("U8", "1", "0,1"), 1), "U8");
    refused(file(tensor("", "1", "0,1"), 1), "only F32, U16 and I8");
    refused(file(tensor("F32", "2", "0,4"), 4), "shape");
    refused(file(tensor("I8", "4", "0,8"), 8), "shape");
    refused(file(tensor("U16", "4", "0,4"), 4), "shape");
    refused(file(tensor("U16", "1", "0,3"), 3), "shape");
    refused(file(tensor("F32", "1", "0,4"), 3), "beyond the end");
    refused(file(tensor("F32", "1", "4,0"), 4), "beyond the end");
    refused(file(tensor("F32", "1", "0,4"), 8), "longer");
    refused(file(tensor("F32", "1", "4,8"), 8), "gaps");
    refused(file(tensor("F32", "4294967296,4294967296", "0,0"), 0), "shape");
    refused(file(tensor("F32", "4611686018427387905", "0,4"), 4), "shape");
    refused(file(tensor("F32", "99999999999999999999", "0,4"), 4), "header");
    refused(file(tensor("F32", "-1", "0,4"), 4), "header");
    refused(file(tensor("F32", "1", "0"), 4), "described");
    refused(file(R"({"t":{"dtype":"F32","shape":[1]}})", 4), "described");
    refused(file(R"({"t":[1]})"), "described");
    refused(file(R"({"t":{"dtype":1,"shape":[1],"data_offsets":[0,4]}})", 4), "described");
    refused(file(R"({"__metadata__":[]})"), "metadata");
    refused(file(R"({"__metadata__":{"a":1}})"), "metadata");
    refused(file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                 R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                 8),
            "overlap");
    refused(file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                 R"("a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                 8),
            "header");
    Bytes longest(8, 0xFF);
    refused(longest, "longer than the file");
}

TEST_CASE("tensors that all lie at the same bytes are refused before they take the memory of many files") {
    std::string header = "{";
    for (int i = 0; i < 100; ++i) {
        header +=
            (i ? ",\"" : "\"") + std::to_string(i) + R"(":{"dtype":"I8","shape":[1000000],"data_offsets":[0,1000000]})";
    }
    refused(file(header + "}", 1000000), "its tensors overlap.");  // said at the second, not when all are read
}

TEST_CASE("deep nesting ends in an error, not in the end of the stack") {
    for (const char* opening : {"[", "{\"a\":"}) {
        std::string deep = "{\"t\":";
        for (int i = 0; i < 200000; ++i) deep += opening;
        refused(file(deep), "header");
    }
}

TEST_CASE("every cut of a safetensors file is refused") {
    const Bytes bytes = write_safetensors(small());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        INFO(size);
        const auto result = read_safetensors(std::span(bytes).first(size));
        REQUIRE_FALSE(result.ok());
        REQUIRE(result.error().code == "bad-file");
    }
    Bytes longer = bytes;
    longer.push_back(0);
    CHECK_FALSE(read_safetensors(longer).ok());
}

TEST_CASE("flipped bits and random changes end in tensors of their shape, or in an error") {
    const Bytes good = write_safetensors(small());
    const auto look = [](const Bytes& bytes) {
        const auto result = read_safetensors(bytes);
        if (!result.ok()) {
            REQUIRE(result.error().code == "bad-file");
            return;
        }
        for (const auto& [name, found] : result.value().tensors) whole(found);
    };
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        Bytes flipped = good;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        look(flipped);
    }
    Random random(12);
    constexpr std::string_view alphabet = "{}[]\",:0123456789\\ue FIU";
    for (int round = 0; round < 20000; ++round) {
        Bytes changed = good;
        for (std::uint64_t edits = 1 + random.below(5); edits > 0; --edits) {
            changed[random.below(changed.size())] =
                random.below(2) == 0 ? static_cast<std::uint8_t>(random.below(256))
                                     : static_cast<std::uint8_t>(alphabet[random.below(alphabet.size())]);
        }
        if (random.below(4) == 0) changed.resize(random.below(changed.size()));
        look(changed);
    }
    for (int round = 0; round < 2000; ++round) {
        std::string noise(random.below(200), ' ');
        for (char& c : noise) c = alphabet[random.below(alphabet.size())];
        look(file("{\"" + noise, random.below(20)));
    }
}
