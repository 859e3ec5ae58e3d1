#include "engine/models/transformer/transformer_operations.h"

#include <catch2/catch_test_macros.hpp>

using namespace lab;

namespace {

/// The pass as its formulas are written, counting instead of computing.
OperationCount counted(const TransformerShape& shape, std::size_t T) {
    OperationCount count;
    const auto dot = [&](std::size_t n) { count.dot += n; };
    const auto row_norm = [&] {
        dot(shape.width);
        count.other += 3;  // mean, + ε, √
        for (std::size_t i = 0; i < shape.width; ++i) count.other += 2;
    };
    for (std::size_t t = 0; t < T; ++t) {
        count.other += shape.width;
        for (std::size_t l = 0; l < shape.layers; ++l) {
            row_norm();
            for (std::size_t j = 0; j < 3 * shape.width; ++j) dot(shape.width);
            for (std::size_t h = 0; h < shape.heads; ++h) {
                const std::size_t seen = shape.causal ? t + 1 : T;
                for (std::size_t s = 0; s < seen; ++s) {
                    dot(shape.head_width());
                    count.other += 1 + 4;
                }
                for (std::size_t i = 0; i < shape.head_width(); ++i) dot(seen);
            }
            for (std::size_t j = 0; j < shape.width; ++j) dot(shape.width);
            count.other += shape.width;
            if (shape.hidden == 0) continue;
            row_norm();
            for (std::size_t j = 0; j < shape.hidden; ++j) {
                dot(shape.width);
                count.other += 7;
            }
            for (std::size_t j = 0; j < shape.width; ++j) dot(shape.hidden);
            count.other += shape.width;
        }
        row_norm();
        for (std::size_t v = 0; v < shape.vocabulary; ++v) dot(shape.width);
    }
    return count;
}

}  // namespace

TEST_CASE("operations are counted as a pass would meet them one by one") {
    for (const bool causal : {true, false}) {
        for (const std::size_t hidden : {0, 20}) {
            const TransformerShape shape{.vocabulary = 300,
                                         .context = 24,
                                         .width = 12,
                                         .heads = 3,
                                         .layers = 2,
                                         .hidden = hidden,
                                         .causal = causal};
            for (const std::size_t T : {1, 2, 7, 24}) {
                const auto count = count_operations(shape, T);
                const auto wanted = counted(shape, T);
                CHECK(count.dot == wanted.dot);
                CHECK(count.other == wanted.other);
            }
        }
    }
}
