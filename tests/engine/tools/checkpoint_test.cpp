#include "engine/tools/support/checkpoint.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

#include "engine/tools/support/files.h"
#include "engine/tools/support/trained_words.h"

using namespace lab;

namespace {

/// A file of this test alone, gone with it.
struct TemporaryFile {
    std::string path = (std::filesystem::temp_directory_path() / "dot_by_dot_checkpoint_test").string();
    ~TemporaryFile() { std::filesystem::remove(path); }
    void fill(const std::string& bytes) const { std::ofstream(path, std::ios::binary) << bytes; }
};

Checkpoint example() {
    return {.settings = "words 3 seed 1",
            .done = 40,
            .blocks = 400,
            .dimensions = 2,
            .words = {"the", "of", "cat"},
            .counts = {30, 20, 10},
            .inputs = {1, 2, 3, 4, 5, 6},
            .outputs = {-1, -2, -3, -4, -5, -6}};
}

std::string written(const TemporaryFile& file) {
    const Checkpoint checkpoint = example();
    REQUIRE(write_checkpoint(file.path, checkpoint, {checkpoint.inputs, 3, 2}, {checkpoint.outputs, 3, 2}).ok());
    return read_file(file.path).value();
}

}  // namespace

TEST_CASE("a checkpoint comes back as it was written") {
    const TemporaryFile file;
    static_cast<void>(written(file));
    const auto back = read_checkpoint(file.path);
    REQUIRE(back.ok());
    const Checkpoint expected = example();
    CHECK(back.value().settings == expected.settings);
    CHECK(back.value().done == expected.done);
    CHECK(back.value().blocks == expected.blocks);
    CHECK(back.value().words == expected.words);
    CHECK(back.value().counts == expected.counts);
    CHECK(back.value().inputs == expected.inputs);
    CHECK(back.value().outputs == expected.outputs);
}

TEST_CASE("the most frequent words are taken, with a share of the output vectors if asked") {
    const auto plain = most_frequent(example(), 2, 0);
    CHECK(plain.words == std::vector<std::string>{"the", "of"});
    CHECK(plain.rows == std::vector<float>{1, 2, 3, 4});
    CHECK(most_frequent(example(), 2, 0.5f).rows == std::vector<float>{0.5f, 1, 1.5f, 2});
    CHECK(most_frequent(example(), 99, 0).words.size() == 3);
}

TEST_CASE("a checkpoint that was cut anywhere is refused, and so is any other file") {
    const TemporaryFile file;
    const std::string whole = written(file);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        file.fill(whole.substr(0, length));
        const auto cut = read_checkpoint(file.path);
        REQUIRE_FALSE(cut.ok());
        REQUIRE(cut.error().code == "bad-file");
    }
    file.fill("something else altogether");
    CHECK(read_checkpoint(file.path).error().code == "bad-file");
    CHECK(read_checkpoint(file.path + ".none").error().code == "no-file");
}

TEST_CASE("a checkpoint that claims to be huge is refused before memory is asked for") {
    const TemporaryFile file;
    const std::string whole = written(file);
    for (std::size_t at = 10; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x7f);
        file.fill(changed);
        const auto read = read_checkpoint(file.path);  // either refused, or of the size it says
        if (read.ok()) CHECK(read.value().inputs.size() == read.value().words.size() * read.value().dimensions);
    }
}

TEST_CASE("a file that cannot be written is named") {
    const auto result = write_file("/no/such/folder/at/all", [](std::ostream& out) { out << "x"; });
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().message.find("/no/such/folder/at/all") != std::string::npos);
}
