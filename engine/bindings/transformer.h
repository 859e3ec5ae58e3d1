// What the bindings of transformers share: opened models and runs.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/bindings/handles.h"
#include "engine/models/transformer/language_model.h"

namespace lab::bindings {

struct OpenedModel {
    LanguageModel model;
    std::vector<std::string> names;  // [V] how the page calls each token
};

/// A pass and what it was made with: a run outlives the closing of its model.
struct Run {
    std::shared_ptr<const OpenedModel> of;
    Interventions interventions;
    TransformerPass pass;

    [[nodiscard]] const TransformerShape& shape() const { return of->model.shape(); }
    [[nodiscard]] std::size_t rows() const { return pass.rows(); }
    [[nodiscard]] std::span<const float> logits(std::size_t row) const {
        return std::span(pass.logits).subspan(row * shape().vocabulary, shape().vocabulary);
    }
};

Opened<OpenedModel>& opened_models();
Opened<const Run>& opened_runs();

}  // namespace lab::bindings
