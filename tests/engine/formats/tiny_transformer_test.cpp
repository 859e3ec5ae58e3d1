// The tiny transformers that tests/web/engine opens. DOT_WRITE_TINY=1 writes them anew.
#include "tests/engine/support/tiny_transformer.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace lab;
using namespace lab::testing;

TEST_CASE("the tiny files are what the engine writes, and open as models") {
    for (const bool causal : {true, false}) {
        const std::string path =
            std::string("tests/engine/support/tiny_") + (causal ? "writer" : "reader") + ".safetensors";
        const auto bytes = tiny_file(causal);
        if (std::getenv("DOT_WRITE_TINY")) {
            std::ofstream(path, std::ios::binary)
                .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        }
        std::ifstream file(path, std::ios::binary);
        REQUIRE(file);
        const std::string found{std::istreambuf_iterator<char>(file), {}};
        CHECK(std::equal(found.begin(), found.end(), bytes.begin(), bytes.end(),
                         [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }));

        auto parts = read_transformer_file(bytes).value();
        CHECK(parts.shape == tiny_shape(causal));
        auto pairs = BytePairs::from_merges(parts.merges).value();
        CHECK(LanguageModel::create(parts.shape, parts.weights, std::move(pairs), parts.figures).ok());
    }
}
