// A transformer small enough for any test: random weights, and a tokenizer that was really learned. Its numbers mean
// nothing; all of its parts are there.
#pragma once

#include <cmath>
#include <memory>

#include "engine/base/random.h"
#include "engine/formats/transformer_file.h"
#include "engine/models/transformer/language_model.h"

namespace lab::testing {

inline constexpr std::string_view tiny_text =
    "The dog ran to the cat. The cat ran to the tree, and the dog sat under the tree. \"Come down,\" said the dog. "
    "\"Come up,\" said the cat. The sun went down and the dog went home. Then the cat came down and went home too.";

inline BytePairs tiny_pairs() { return BytePairs::train(tiny_text, 300).value(); }

inline TransformerShape tiny_shape(bool causal) {
    return {.vocabulary = tiny_pairs().size(),
            .context = 24,
            .width = 12,
            .heads = 3,
            .layers = 2,
            .hidden = 20,
            .causal = causal};
}

/// Every weight random: none is 0, and gains lie around 1.
inline std::vector<float> tiny_weights(const TransformerShape& shape, std::uint64_t seed) {
    std::vector<float> all(weight_count(shape));
    Random random(seed);
    random.fill_normal(all);
    for (const TensorPlace& place : tensor_places(shape)) {
        const bool gain = place.rows == 1;
        const float spread = gain ? 0.2f : 1 / std::sqrt(static_cast<float>(place.rows > 100 ? 2 : place.rows));
        for (std::size_t i = 0; i < place.size(); ++i) {
            float& weight = all[place.offset + i];
            weight = (gain ? 1.0f : 0.0f) + spread * weight;
        }
    }
    return all;
}

inline std::shared_ptr<const LanguageModel> tiny_model(bool causal = true, std::uint64_t seed = 1) {
    const TransformerShape shape = tiny_shape(causal);
    return std::make_shared<const LanguageModel>(
        LanguageModel::create(shape, tiny_weights(shape, seed), tiny_pairs(), {{"bitsPerByte", 1.5}}).value());
}

/// The same as a file with int8 codes: what tests/web/engine opens. It lies beside this header, and
/// tests/engine/formats/tiny_transformer_test.cpp holds it to be this.
inline std::vector<std::uint8_t> tiny_file(bool causal) {
    const TransformerShape shape = tiny_shape(causal);
    const BytePairs pairs = tiny_pairs();
    const auto merges = pairs.merges();
    return write_transformer_file(
        {shape, tiny_weights(shape, 1), {merges.begin(), merges.end()}, {{"bitsPerByte", 1.5}}}, 127);
}

}  // namespace lab::testing
