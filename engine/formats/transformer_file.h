// A trained transformer with its tokenizer as a safetensors file. Tensors: those of
// engine/models/transformer/transformer.h by their names, and "merges" [M, 2] of U16. A matrix [rows, columns] is F32,
// or I8 beside "<name>.scale" [rows] of F32: a weight is then code · scale of its row. A vector [columns] is F32. In
// the metadata "vocabulary", "context", "width", "heads", "layers", "hidden", "causal" ("true" or "false"), and
// "figure.<name>" for what was measured.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/formats/figures.h"
#include "engine/models/transformer/byte_pairs.h"
#include "engine/models/transformer/transformer.h"

namespace lab {

struct TransformerFile {
    TransformerShape shape;
    std::vector<float> weights;                   // [weight_count(shape)], as tensor_places has them
    std::vector<std::pair<Token, Token>> merges;  // [shape.vocabulary − 256]
    Figures figures;
};

/// Error "bad-file", saying what is wrong with which tensor or text. What is read has a shape that check_shape lets
/// pass, finite weights, and merges of earlier tokens whose texts are at most 1,024 bytes; whether a merge stands twice
/// is asked by BytePairs::from_merges. Takes memory for a few times the bytes of the file, whatever they say.
Result<TransformerFile> read_transformer_file(std::span<const std::uint8_t> bytes);

/// levels: 0 writes floats, which come back as they were; 1 to 127 writes codes of so many levels (as `quantize` makes
/// them), which come back within half the scale of their row, max |weight of the row| / levels. The weights are finite.
/// The same content gives the same bytes.
std::vector<std::uint8_t> write_transformer_file(const TransformerFile& file, int levels);

}  // namespace lab
