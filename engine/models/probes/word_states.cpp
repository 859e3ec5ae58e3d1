#include "engine/models/probes/word_states.h"

namespace lab {

namespace {

/// What a model would not read, or a word that stands nowhere.
std::optional<Error> check(const LanguageModel& model, const TextOfWords& text) {
    if (auto error = model.check(text.tokens, {})) return error;
    for (const std::uint32_t place : text.places) {
        if (place < text.tokens.size()) continue;
        return Error{"out-of-range",
                     "A word stands at place " + std::to_string(place) + ", and its text has " +
                         std::to_string(text.tokens.size()) + " tokens. Give a place below that.",
                     ""};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Error> WordStates::add(const LanguageModel& model, std::span<const TextOfWords> texts,
                                     Multiplier& multiplier) {
    const TransformerShape& shape = model.shape();
    if (shape.layers != layers() || shape.width != width_)
        return Error{"bad-shape", "These states are of a model of another shape. Make new ones for this model.", ""};
    for (const TextOfWords& text : texts) {
        if (auto error = check(model, text)) return error;
    }
    pass_.keep = Keep::weights;  // not tiled: in a run too every weight is made, and the sums are the same
    pass_.tokens.clear();
    pass_.starts = {0};
    pass_.asked.clear();
    for (const TextOfWords& text : texts) {
        pass_.tokens.insert(pass_.tokens.end(), text.tokens.begin(), text.tokens.end());
        pass_.starts.push_back(pass_.rows());
    }
    if (pass_.rows() == 0) return std::nullopt;
    forward_into(shape, model.weights(), {}, multiplier, pass_);
    for (std::size_t l = 0; l < rows_.size(); ++l) {
        const std::vector<float>& states = l == 0 ? pass_.x : pass_.layers[l - 1].out;
        for (std::size_t s = 0; s < texts.size(); ++s) {
            for (const std::uint32_t place : texts[s].places) {
                const auto row = std::span(states).subspan((pass_.starts[s] + place) * width_, width_);
                rows_[l].insert(rows_[l].end(), row.begin(), row.end());
            }
        }
    }
    return std::nullopt;
}

}  // namespace lab
