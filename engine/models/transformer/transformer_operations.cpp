#include "engine/models/transformer/transformer_operations.h"

namespace lab {

OperationCount count_operations(const TransformerShape& shape, std::size_t places) {
    constexpr std::uint64_t per_gelu = 7;  // z·z, ·b, + a, ·z, exp, 1 +, z ÷
    const std::uint64_t T = places;
    const std::uint64_t D = shape.width;
    const std::uint64_t F = shape.hidden;
    const std::uint64_t pairs = shape.heads * (shape.causal ? T * (T + 1) / 2 : T * T);
    OperationCount count;
    const auto norm = [&] {
        count.dot += T * D;
        count.other += T * (2 * D + 3);
    };
    count.other += T * D;  // token + position
    for (std::size_t l = 0; l < shape.layers; ++l) {
        norm();
        count.dot += T * D * 3 * D + 2 * pairs * shape.head_width() + T * D * D;
        count.other += 5 * pairs + T * D;
        if (F == 0) continue;
        norm();
        count.dot += 2 * T * D * F;
        count.other += per_gelu * T * F + T * D;
    }
    norm();
    count.dot += T * D * shape.vocabulary;
    return count;
}

}  // namespace lab
