// How much arithmetic a pass through a transformer is, and how much of it lies in dot products. Counted from the shape;
// what is counted is what the formulas ask for, however the machine goes about it.
#pragma once

#include <cstdint>

#include "engine/models/transformer/transformer.h"

namespace lab {

struct OperationCount {
    /// Multiply-adds within dot products: of rows with columns of weights (queries, keys and values; output; up and
    /// down), of a query with each key it may look at, of weights with the values they weigh, of the final rows with
    /// the row of every token; and of a row with itself, for its root mean square.
    std::uint64_t dot = 0;
    /// Everything else, each addition, multiplication, division, root or exponential as one, though a multiply-add is
    /// two of these: token row + position row and the sums that carry a row past a part (1 each); a normalized number
    /// (÷ root, · gain: 2) and its root (mean, + ε, √: 3 a row); a score (· 1/√d) and its softmax (− largest, exp, sum,
    /// ÷ sum: 4); an active unit (gelu as z ÷ (1 + e^(−z (a + b z²))): 7).
    std::uint64_t other = 0;
};

/// Of one text of `places` tokens, with the logits at every place. A pair of places that a causal model hides counts as
/// nothing.
OperationCount count_operations(const TransformerShape& shape, std::size_t places);

}  // namespace lab
