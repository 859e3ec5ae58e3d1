#include "engine/models/transformer/language_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace lab {

namespace {

Error out_of_range(const std::string& what, std::size_t given, std::size_t low, std::size_t high) {
    return {
        "out-of-range",
        what + " is " + std::to_string(given) + ". Give " + std::to_string(low) + " to " + std::to_string(high) + ".",
        ""};
}

std::optional<Error> check_weights(const TransformerShape& shape, std::size_t count) {
    if (auto error = check_shape(shape)) return error;
    if (count == weight_count(shape)) return std::nullopt;
    return Error{"bad-file",
                 "The model has " + std::to_string(count) + " weights, and its shape asks for " +
                     std::to_string(weight_count(shape)) + ".",
                 ""};
}

std::optional<Error> check_patch(const TransformerShape& shape, std::size_t rows, const StatePatch& patch) {
    if (patch.layer > shape.layers) return out_of_range("The layer of a patch", patch.layer, 0, shape.layers);
    if (patch.row >= rows) return out_of_range("The place of a patch", patch.row, 0, rows - 1);
    if (patch.state.size() != shape.width) {
        return Error{"length-mismatch",
                     "The state of a patch has " + std::to_string(patch.state.size()) +
                         " numbers, and a place of this model has " + std::to_string(shape.width) + ".",
                     ""};
    }
    for (std::size_t i = 0; i < patch.state.size(); ++i) {
        if (std::isfinite(patch.state[i])) continue;
        return Error{"not-finite",
                     "Number " + std::to_string(i) + " of a patch is not finite. Give finite 32-bit floats.", ""};
    }
    return std::nullopt;
}

}  // namespace

LanguageModel::LanguageModel(const TransformerShape& shape, std::vector<float> weights, BytePairs pairs,
                             std::map<std::string, double> figures)
    : shape_(shape),
      all_(std::move(weights)),
      weights_(view_weights(shape_, std::span<const float>(all_))),
      pairs_(std::move(pairs)),
      figures_(std::move(figures)) {}

Result<LanguageModel> LanguageModel::create(const TransformerShape& shape, std::vector<float> weights, BytePairs pairs,
                                            std::map<std::string, double> figures) {
    if (auto error = check_weights(shape, weights.size())) return *error;
    if (pairs.size() != shape.vocabulary) {
        return Error{"bad-file",
                     "The tokenizer knows " + std::to_string(pairs.size()) + " tokens, and the model " +
                         std::to_string(shape.vocabulary) + ": they were not trained together.",
                     ""};
    }
    return LanguageModel(shape, std::move(weights), std::move(pairs), std::move(figures));
}

Result<LanguageModel> LanguageModel::create_without_text(const TransformerShape& shape, std::vector<float> weights) {
    if (auto error = check_weights(shape, weights.size())) return *error;
    return LanguageModel(shape, std::move(weights), BytePairs::from_merges({}).value(), {});
}

std::vector<Token> LanguageModel::tokens(std::string_view text) const {
    std::vector<Token> all{border_token};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(std::string_view("\0\1", 2)), text.size());
        const auto part = pairs_.encode(text.substr(0, end));
        all.insert(all.end(), part.begin(), part.end());
        if (end < text.size()) all.push_back(static_cast<unsigned char>(text[end]));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

std::optional<Error> LanguageModel::check(std::span<const Token> tokens, const Interventions& interventions) const {
    if (tokens.size() > shape_.context) {
        return Error{"too-long",
                     "There are " + std::to_string(tokens.size()) + " tokens, and this model reads at most " +
                         std::to_string(shape_.context) + ". Give a shorter text.",
                     ""};
    }
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        if (tokens[t] >= shape_.vocabulary)
            return out_of_range("Token " + std::to_string(t), tokens[t], 0, shape_.vocabulary - 1);
    }
    for (const HeadPlace& place : interventions.ablated) {
        if (place.layer >= shape_.layers) return out_of_range("The layer of a head", place.layer + 1, 1, shape_.layers);
        if (place.head >= shape_.heads) return out_of_range("A head", place.head + 1, 1, shape_.heads);
    }
    for (const StatePatch& patch : interventions.patches) {
        if (auto error = check_patch(shape_, tokens.size(), patch)) return error;
    }
    return std::nullopt;
}

Result<TransformerPass> LanguageModel::run(std::vector<Token> tokens, const Interventions& interventions,
                                           Multiplier& multiplier) const {
    if (tokens.empty()) tokens.push_back(border_token);
    if (auto error = check(tokens, interventions)) return *error;
    TransformerPass pass;
    pass.keep = Keep::everything;
    pass.tokens = std::move(tokens);
    pass.starts = {0, pass.rows()};
    pass.asked.resize(pass.rows());
    std::iota(pass.asked.begin(), pass.asked.end(), 0u);
    forward_into(shape_, weights_, interventions, multiplier, pass);
    return pass;
}

}  // namespace lab
