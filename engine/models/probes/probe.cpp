#include "engine/models/probes/probe.h"

#include <algorithm>
#include <memory>

#include "engine/kernels/kernels.h"
#include "engine/models/networks/training.h"

namespace lab {

namespace {

// Mini-batches by Adam, the rate falling in three parts. So many steps come near enough to the least of the loss, which
// is convex, that no held-out figure moves by more than a few words (measured in tests/engine/models/probes).
constexpr std::size_t batch = 64;
constexpr std::size_t epochs = 6;
constexpr std::size_t fewest_steps = 240;
constexpr std::size_t rate_parts = 3;
constexpr float first_rate = 0.02f;

Error too_few(const std::vector<std::string>& classes, std::span<const std::size_t> counts) {
    std::string lacking;
    for (std::size_t k = 0; k < classes.size(); ++k) {
        if (counts[k] < 2 && lacking.empty()) lacking = classes[k];
    }
    return {"too-few",
            "To learn from there are fewer than two words of “" + lacking +
                "”, and no two other classes have two. Label at least two words of each of two classes, in several "
                "texts where texts are held out.",
            lacking};
}

/// The words to train on, with their states.
Result<Examples> training_examples(MatrixView rows, std::span<const std::uint32_t> labels,
                                   std::span<const ProbePart> parts, const std::vector<std::string>& classes) {
    std::vector<float> states;
    std::vector<std::uint8_t> chosen;
    std::vector<std::size_t> counts(classes.size());
    for (std::size_t n = 0; n < rows.rows; ++n) {
        if (labels[n] == no_class) continue;
        if (labels[n] >= classes.size()) {
            return Error{"out-of-range",
                         "Word " + std::to_string(n) + " is of class " + std::to_string(labels[n]) +
                             ", and classes go from 0 to " + std::to_string(classes.size() - 1) + ".",
                         ""};
        }
        if (parts[n] != ProbePart::train) continue;
        const auto row = rows.row(n);
        states.insert(states.end(), row.begin(), row.end());
        chosen.push_back(static_cast<std::uint8_t>(labels[n]));
        ++counts[labels[n]];
    }
    if (std::ranges::count_if(counts, [](std::size_t count) { return count >= 2; }) < 2)
        return too_few(classes, counts);
    return make_examples(std::move(states), rows.columns, std::move(chosen), classes);
}

/// w · (x − mean) / deviation + b as w′ · x + b′.
Layer worked_in(const Layer& layer, const Standardization& by) {
    Layer made = layer;
    for (std::size_t k = 0; k < layer.outputs; ++k) {
        double bias = static_cast<double>(layer.biases[k]);
        for (std::size_t i = 0; i < layer.inputs; ++i) {
            const double weight = static_cast<double>(layer.row(k)[i]) / static_cast<double>(by.deviations[i]);
            made.weights[k * layer.inputs + i] = static_cast<float>(weight);
            bias -= weight * static_cast<double>(by.means[i]);
        }
        made.biases[k] = static_cast<float>(bias);
    }
    return made;
}

}  // namespace

void Probe::scores(std::span<const float> state, std::span<float> out) const {
    plain::matvec(layer.view(), state, out);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] += layer.biases[k];
}

std::vector<std::uint8_t> Probe::answers(MatrixView rows) const {
    std::vector<std::uint8_t> found(rows.rows);
    std::vector<float> of_row(layer.outputs);
    for (std::size_t n = 0; n < rows.rows; ++n) {
        scores(rows.row(n), of_row);
        found[n] = static_cast<std::uint8_t>(std::ranges::max_element(of_row) - of_row.begin());
    }
    return found;
}

float ProbeDirection::margin(std::span<const float> state) const { return plain::dot(weights, state) + bias; }

ProbeDirection direction(const Layer& layer) {
    ProbeDirection made{{layer.row(1).begin(), layer.row(1).end()}, layer.biases[1] - layer.biases[0]};
    for (std::size_t i = 0; i < made.weights.size(); ++i) made.weights[i] -= layer.row(0)[i];
    return made;
}

Result<Probe> train_probe(MatrixView rows, std::span<const std::uint32_t> labels, std::span<const ProbePart> parts,
                          const std::vector<std::string>& classes, const ProbeOptions& options) {
    if (!(options.decay >= 0) || !(options.decay <= 1e6f))
        return Error{"out-of-range", "The decay is not from 0 to a million. Give 1 where you have no other.", ""};
    auto chosen = training_examples(rows, labels, parts, classes);
    if (!chosen.ok()) return chosen.error();
    const Standardization by = standardization(chosen.value());
    auto standardized = standardize(chosen.value(), by);
    if (!standardized.ok()) return standardized.error();
    const auto examples = std::make_shared<const Examples>(std::move(standardized).value());
    auto made = Network::create({.inputs = rows.columns, .hidden = {}, .classes = classes});
    if (!made.ok()) return made.error();
    const auto network = std::make_shared<Network>(std::move(made).value());

    const std::size_t per_epoch = (examples->count() + batch - 1) / batch;
    const std::size_t steps = std::max(fewest_steps, epochs * per_epoch) / rate_parts;
    TrainingOptions settings{.optimizer = Optimizer::adam, .rate = first_rate, .batch = batch};
    settings.weight_decay = options.decay / static_cast<float>(examples->count());
    settings.every = no_curve;
    for (std::size_t part = 0; part < rate_parts; ++part, settings.rate /= 3) {
        settings.seed = rate_parts * options.seed + part;
        auto training = Training::begin(network, examples, nullptr, settings);
        if (!training.ok()) return training.error();
        for (std::size_t step = 0; step < steps; ++step) {
            if (auto error = training.value().advance()) return *error;
        }
    }
    return Probe{worked_in(network->layers()[0], by), classes};
}

ProbeScore score(std::span<const std::uint8_t> answers, std::span<const std::uint32_t> labels,
                 std::span<const ProbePart> parts, std::size_t classes) {
    ProbeScore found;
    found.confusion.resize(classes * classes);
    for (std::size_t n = 0; n < answers.size(); ++n) {
        if (labels[n] == no_class || parts[n] == ProbePart::outside) continue;
        const bool right = answers[n] == labels[n];
        if (parts[n] == ProbePart::train) {
            ++found.trained;
            found.trained_correct += right;
        } else {
            ++found.count;
            found.correct += right;
            ++found.confusion[labels[n] * classes + answers[n]];
        }
    }
    return found;
}

}  // namespace lab
