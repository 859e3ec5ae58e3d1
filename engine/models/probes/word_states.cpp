#include "engine/models/probes/word_states.h"

namespace lab {

std::optional<Error> WordStates::add(const LanguageModel& model, std::vector<Token> tokens,
                                     std::span<const std::uint32_t> places, Multiplier& multiplier) {
    const TransformerShape& shape = model.shape();
    if (shape.layers != layers() || shape.width != width_)
        return Error{"bad-shape", "These states are of a model of another shape. Make new ones for this model.", ""};
    if (tokens.empty()) tokens.push_back(border_token);
    if (auto error = model.check(tokens, {})) return error;
    for (const std::uint32_t place : places) {
        if (place < tokens.size()) continue;
        return Error{"out-of-range",
                     "A word stands at place " + std::to_string(place) + ", and the text has places 0 to " +
                         std::to_string(tokens.size() - 1) + ".",
                     ""};
    }
    pass_.keep = Keep::weights;  // not tiled: in a run too every weight is made, and the sums are the same
    pass_.tokens = std::move(tokens);
    pass_.starts = {0, pass_.rows()};
    pass_.asked.clear();
    forward_into(shape, model.weights(), {}, multiplier, pass_);
    for (std::size_t l = 0; l < rows_.size(); ++l) {
        const std::vector<float>& states = l == 0 ? pass_.x : pass_.layers[l - 1].out;
        for (const std::uint32_t place : places) {
            const auto row = std::span(states).subspan(place * width_, width_);
            rows_[l].insert(rows_[l].end(), row.begin(), row.end());
        }
    }
    return std::nullopt;
}

}  // namespace lab
