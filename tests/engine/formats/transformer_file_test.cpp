#include "engine/formats/transformer_file.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/base/random.h"
#include "engine/formats/safetensors.h"

using namespace lab;

namespace {

using Bytes = std::vector<std::uint8_t>;

TransformerFile small(std::size_t hidden = 5) {
    TransformerFile file;
    file.shape = {.vocabulary = 259, .context = 3, .width = 4, .heads = 2, .layers = 2, .hidden = hidden};
    file.weights = initial_weights(file.shape, 7);
    Random(8).fill_normal(file.weights);  // no zeros among them: those would hide a wrong place
    file.merges = {{'t', 'h'}, {256, 'e'}, {' ', 257}};
    file.figures = {{"bits-per-byte", 1.625}, {"change", -0.5}};
    return file;
}

TransformerFile read_again(const Bytes& bytes) {
    auto read = read_transformer_file(bytes);
    INFO((read.ok() ? "" : read.error().message));
    REQUIRE(read.ok());
    return std::move(read).value();
}

/// What is wrong with the file after a change to what it is made of.
template <class Change>
std::string refused(Change change, int levels = 127) {
    auto content = read_safetensors(write_transformer_file(small(), levels)).value();
    change(content);
    const auto result = read_transformer_file(write_safetensors(content));
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == "bad-file");
    return result.error().message;
}

bool says(const std::string& message, const std::string& part) {
    UNSCOPED_INFO(message);
    return message.find(part) != std::string::npos;
}

/// Damage may leave a file whole, with other numbers in it: then all that read_transformer_file promises must hold, and
/// what was read must come through another file as it is.
bool error_or_whole(const Bytes& bytes) {
    const auto result = read_transformer_file(bytes);
    if (!result.ok()) {
        REQUIRE(result.error().code == "bad-file");
        REQUIRE_FALSE(result.error().message.empty());
        return false;
    }
    const TransformerFile& file = result.value();
    REQUIRE_FALSE(check_shape(file.shape).has_value());
    REQUIRE(file.weights.size() == weight_count(file.shape));
    REQUIRE(std::ranges::all_of(file.weights, [](float weight) { return std::isfinite(weight); }));
    REQUIRE(file.shape.vocabulary == 256 + file.merges.size());
    for (std::size_t m = 0; m < file.merges.size(); ++m)
        REQUIRE(std::max(file.merges[m].first, file.merges[m].second) < 256 + m);
    const auto tokenizer = BytePairs::from_merges(file.merges);
    REQUIRE((tokenizer.ok() || tokenizer.error().code == "bad-file"));
    const auto again = read_transformer_file(write_transformer_file(file, 0));
    REQUIRE(again.ok());
    REQUIRE(again.value().shape == file.shape);
    REQUIRE(again.value().weights == file.weights);
    REQUIRE(again.value().merges == file.merges);
    return true;
}

}  // namespace

TEST_CASE("a transformer comes back from floats as it was, with its tokenizer and what was measured") {
    for (const std::size_t hidden : {std::size_t{0}, std::size_t{5}}) {
        TransformerFile file = small(hidden);
        file.shape.causal = hidden == 0;
        const Bytes bytes = write_transformer_file(file, 0);
        CHECK(bytes == write_transformer_file(file, 0));
        const TransformerFile found = read_again(bytes);
        CHECK(found.shape == file.shape);
        CHECK(found.weights == file.weights);
        CHECK(found.merges == file.merges);
        CHECK(found.figures == file.figures);
    }
}

TEST_CASE("a transformer comes back from codes within half the scale of each row, its gains as they were") {
    const TransformerFile file = small();
    for (const int levels : {127, 7, 1}) {
        const Bytes bytes = write_transformer_file(file, levels);
        CHECK(bytes.size() < write_transformer_file(file, 0).size());
        const TransformerFile found = read_again(bytes);
        CHECK(found.merges == file.merges);
        for (const TensorPlace& place : tensor_places(file.shape)) {
            INFO(place.name);
            for (std::size_t r = 0; r < place.rows; ++r) {
                float largest = 0;
                const std::size_t from = place.offset + r * place.columns;
                for (std::size_t i = from; i < from + place.columns; ++i)
                    largest = std::max(largest, std::abs(file.weights[i]));
                const double bound = place.rows == 1 ? 0 : static_cast<double>(largest) / levels / 2 * (1 + 1e-5);
                for (std::size_t i = from; i < from + place.columns; ++i)
                    REQUIRE(std::abs(static_cast<double>(found.weights[i]) - static_cast<double>(file.weights[i])) <=
                            bound);
            }
        }
        // The largest of a row is a code of its own, so that a second time changes nothing but by rounding.
        const TransformerFile twice = read_again(write_transformer_file(found, levels));
        for (std::size_t i = 0; i < found.weights.size(); ++i)
            REQUIRE(std::abs(twice.weights[i] - found.weights[i]) <= 1e-6f * std::abs(found.weights[i]));
    }
}

TEST_CASE("a row of zeros, one place of context and no merges are a transformer too") {
    TransformerFile file;
    file.shape = {.vocabulary = 256, .context = 1, .width = 2, .heads = 1, .layers = 1};
    file.weights = initial_weights(file.shape, 3);
    for (std::size_t i = 0; i < 8; ++i) file.weights[i] = 0;
    const TransformerFile found = read_again(write_transformer_file(file, 127));
    CHECK(std::ranges::all_of(std::span(found.weights).first(8), [](float weight) { return weight == 0; }));
    CHECK(found.merges.empty());
    CHECK(read_again(write_transformer_file(file, 0)).weights == file.weights);
}

TEST_CASE("sizes that are missing, no numbers or do not fit are named") {
    const auto with = [](const char* name, const char* text) {
        return refused([&](Safetensors& c) { c.metadata[name] = text; });
    };
    for (const char* name : {"vocabulary", "context", "width", "heads", "layers", "hidden"}) {
        CHECK(says(refused([&](Safetensors& c) { c.metadata.erase(name); }), "“" + std::string(name) + "”"));
        for (const char* text : {"", "four", "1.5", "-1", "1000000001", "99999999999999999999"})
            CHECK(says(with(name, text), "whole number for “" + std::string(name) + "”"));
    }
    CHECK(says(with("causal", "1"), "“causal”"));
    CHECK(says(with("heads", "3"), "heads must divide"));
    CHECK(says(with("heads", "0"), "heads"));
    CHECK(says(with("layers", "65"), "layers"));
    CHECK(says(with("vocabulary", "255"), "256 bytes"));
    CHECK(says(with("vocabulary", "260"), "“merges”"));
    CHECK(says(with("context", "4"), "“positions” does not have the shape [4, 4]"));
    CHECK(says(with("hidden", "4"), "“layers.1.up” does not have the shape [4, 4]"));
    CHECK(says(with("layers", "3"), "“layers.3.norm1” is missing"));
    CHECK(says(with("layers", "1"), "“layers.2.down” has no place"));
    CHECK(says(with("hidden", "0"), "has no place"));
    CHECK(says(with("figure.change", "-"), "“figure.change”"));
}

TEST_CASE("sizes that ask for gigabytes are refused before any memory is taken") {
    const std::string message = refused([](Safetensors& c) {
        c.metadata["width"] = "4096";
        c.metadata["context"] = "65536";
        c.metadata["layers"] = "64";
        c.metadata["hidden"] = "16384";
    });
    CHECK(says(message, "more than it has bytes"));
}

TEST_CASE("what is wrong with a tensor is said") {
    for (const TensorPlace& place : tensor_places(small().shape)) {
        CHECK(says(refused([&](Safetensors& c) { c.tensors.erase(place.name); }), "“" + place.name + "” is missing"));
        CHECK(says(refused([&](Safetensors& c) { c.tensors[place.name].shape.push_back(1); }),
                   "“" + place.name + "” does not have the shape"));
        const auto spoil = [&](float value) {
            return refused([&](Safetensors& c) { c.tensors[place.name].values.back() = value; }, 0);
        };
        const std::string last = "row " + std::to_string(place.rows) + " of the tensor “" + place.name + "” holds";
        CHECK(says(spoil(std::numeric_limits<float>::quiet_NaN()), last));
        CHECK(says(spoil(-std::numeric_limits<float>::infinity()), last));
    }
    CHECK(says(refused([](Safetensors& c) { c.tensors["extra"] = {{1}, {1}}; }), "“extra” has no place"));
    CHECK(says(refused(
                   [](Safetensors& c) {
                       c.tensors["tokens.scale"] = {{259}, std::vector<float>(259)};
                   },
                   0),
               "“tokens.scale” has no place"));
    CHECK(says(refused([](Safetensors& c) {
                   c.tensors["tokens"] = {
                       .shape = {259, 4}, .type = ElementType::u16, .integers = std::vector<std::uint16_t>(259 * 4)};
               }),
               "“tokens” is not of type F32, nor of I8"));
    CHECK(says(refused([](Safetensors& c) {
                   c.tensors["final_norm"] = {
                       .shape = {4}, .type = ElementType::i8, .codes = std::vector<std::int8_t>(4)};
               }),
               "“final_norm” is not of type F32, as vectors"));
}

TEST_CASE("what is wrong with codes and scales is said") {
    const std::string row = "row 2 of the tensor “layers.1.qkv” ";
    const auto scale = [](float value) {
        return refused([&](Safetensors& c) { c.tensors["layers.1.qkv.scale"].values[1] = value; });
    };
    CHECK(says(scale(-1), row + "has a scale that is negative"));
    CHECK(says(scale(std::numeric_limits<float>::quiet_NaN()), row + "has a scale"));
    CHECK(says(scale(std::numeric_limits<float>::infinity()), row + "has a scale"));
    CHECK(says(scale(std::numeric_limits<float>::max()), row + "holds a number that is not finite"));
    CHECK(says(refused([](Safetensors& c) { c.tensors["layers.1.qkv"].codes[12] = -128; }), row + "holds the code"));
    CHECK(says(refused([](Safetensors& c) { c.tensors.erase("layers.1.qkv.scale"); }),
               "“layers.1.qkv.scale” is missing"));
    CHECK(says(refused([](Safetensors& c) {
                   c.tensors["layers.1.qkv.scale"].shape = {4, 1};
               }),
               "“layers.1.qkv.scale” does not have the shape [4]"));
    CHECK(says(refused([](Safetensors& c) {
                   c.tensors["layers.1.qkv.scale"] = {
                       .shape = {4}, .type = ElementType::i8, .codes = std::vector<std::int8_t>(4)};
               }),
               "“layers.1.qkv.scale” is not of type F32"));
}

TEST_CASE("merges name tokens that are there, and make no token of gigabytes") {
    CHECK(says(refused([](Safetensors& c) { c.tensors.erase("merges"); }), "“merges” is missing"));
    CHECK(says(refused([](Safetensors& c) { c.tensors["merges"].shape = {2, 3}; }), "“merges” does not have"));
    CHECK(says(refused([](Safetensors& c) { c.tensors["merges"].integers[3] = 257; }), "merge 2 in"));
    CHECK(says(refused([](Safetensors& c) {
                   c.tensors["merges"] = {{3, 2}, std::vector<float>(6)};
               }),
               "“merges” is not of type U16"));
    TransformerFile doubling = small();
    doubling.shape.vocabulary = 256 + 40;
    doubling.weights = initial_weights(doubling.shape, 1);
    doubling.merges = {{'a', 'a'}};
    for (Token m = 0; m + 1 < 40; ++m) doubling.merges.emplace_back(256 + m, 256 + m);
    const auto result = read_transformer_file(write_transformer_file(doubling, 0));
    REQUIRE_FALSE(result.ok());
    CHECK(says(result.error().message, "merge 11 in the tensor “merges” makes a token"));
}

TEST_CASE("every cut of a transformer's file is refused") {
    const Bytes bytes = write_transformer_file(small(), 127);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        INFO(size);
        REQUIRE_FALSE(error_or_whole({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}));
    }
}

TEST_CASE("changed bytes in a transformer's file end in an error or in a transformer with other numbers") {
    Random random(21);
    int whole = 0;
    int rounds = 0;
    for (const int levels : {0, 127}) {
        const Bytes good = write_transformer_file(small(), levels);
        REQUIRE(error_or_whole(good));
        for (int round = 0; round < 2000; ++round, ++rounds) {
            Bytes changed = good;
            for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits)
                changed[random.below(changed.size())] ^= static_cast<std::uint8_t>(1u << random.below(8));
            whole += error_or_whole(changed) ? 1 : 0;
        }
    }
    CHECK(whole > rounds / 10);  // or the numbers were not reached
    CHECK(whole < rounds * 9 / 10);
}

TEST_CASE("changed headers of a transformer's file end in an error or in a transformer") {
    Random random(22);
    const Bytes good = write_transformer_file(small(), 127);
    std::uint64_t length = 0;
    std::memcpy(&length, good.data(), 8);
    const std::string header(good.begin() + 8, good.begin() + 8 + static_cast<std::ptrdiff_t>(length));
    const auto any_of = [&](const auto& list) { return list[random.below(std::size(list))]; };
    constexpr std::string_view digits = "0123456789";
    constexpr const char* numbers[] = {"0",   "1",    "2",     "3",     "4",     "5",         "12",         "15",
                                       "259", "1024", "16384", "65535", "65536", "999999999", "4294967296", "-7"};
    constexpr const char* words[] = {"F32", "I8", "U16", "true", "false", "width", "tokens", "layers.1.qkv", ".scale"};
    int whole = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string text = header;
        for (std::uint64_t edits = 1 + random.below(2); edits > 0; --edits) {
            const std::size_t at = random.below(text.size());
            if (const auto kind = random.below(4); kind == 0) {  // another number
                const std::size_t from = text.find_first_of(digits, at);
                if (from == text.npos) continue;
                const std::size_t to = std::min(text.find_first_not_of(digits, from), text.size());
                text.replace(from, to - from, any_of(numbers));
            } else if (kind == 1) {  // another word
                const std::string word = any_of(words);
                if (const std::size_t from = text.find(word, at); from != text.npos)
                    text.replace(from, word.size(), any_of(words));
            } else if (kind == 2) {
                text.erase(at, 1 + random.below(3));
            } else {
                text[at] = static_cast<char>(32 + random.below(95));
            }
        }
        Bytes changed(8);
        const std::uint64_t size = text.size();
        std::memcpy(changed.data(), &size, 8);
        changed.insert(changed.end(), text.begin(), text.end());
        changed.insert(changed.end(), good.begin() + 8 + static_cast<std::ptrdiff_t>(length), good.end());
        whole += error_or_whole(changed) ? 1 : 0;
    }
    CHECK(whole > 0);  // such as another figure
    CHECK(whole < 2000);
}
