#include "engine/models/networks/training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/kernels/kernels.h"

namespace lab {

namespace {

std::vector<Layer> zeros_like(std::span<const Layer> layers) {
    std::vector<Layer> made;
    for (const Layer& layer : layers) made.push_back(zero_layer(layer.inputs, layer.outputs));
    return made;
}

bool all_finite(const std::vector<Layer>& layers) {
    const auto finite = [](float x) { return std::isfinite(x); };
    return std::ranges::all_of(layers, [&](const Layer& layer) {
        return std::ranges::all_of(layer.weights, finite) && std::ranges::all_of(layer.biases, finite);
    });
}

Error diverged(std::uint64_t step) {
    return {
        "diverged",
        "In step " + std::to_string(step) +
            " a weight or its moments would leave the range of 32-bit floats: the learning rate is too high for these "
            "inputs. Take "
            "a smaller rate, or standardise the inputs, and start again. The network is as it was before this step.",
        ""};
}

}  // namespace

Result<Training> Training::begin(std::shared_ptr<Network> network, std::shared_ptr<const Examples> examples,
                                 std::shared_ptr<const Examples> held_out, const TrainingOptions& options) {
    for (const Examples* set : {examples.get(), held_out.get()}) {
        if (set == nullptr) continue;
        if (set->inputs != network->inputs() || set->classes.size() != network->classes().size()) {
            return Error{"length-mismatch",
                         "The examples have " + std::to_string(set->inputs) + " numbers per row and " +
                             std::to_string(set->classes.size()) + " classes; this network takes " +
                             std::to_string(network->inputs()) + " and tells " +
                             std::to_string(network->classes().size()) + " apart.",
                         ""};
        }
    }
    const auto good = [](float x, float most) { return x >= 0 && x <= most; };
    if (!(options.rate > 0) || !std::isfinite(options.rate) || !good(options.momentum, 0.9999f) ||
        !good(options.weight_decay, 1e6f) || options.batch == 0) {
        return Error{"out-of-range",
                     "A rate above 0, a momentum of 0 to 0.9999, a weight decay of 0 or more and a batch of at least 1 "
                     "are wanted.",
                     ""};
    }
    Training made;
    made.network_ = std::move(network);
    made.examples_ = std::move(examples);
    made.held_out_ = std::move(held_out);
    made.options_ = options;
    made.options_.batch = std::min(options.batch, made.examples_->count());
    if (made.options_.every == 0) made.options_.every = made.steps_per_epoch();
    made.random_ = Random(options.seed);
    made.order_.resize(made.examples_->count());
    std::iota(made.order_.begin(), made.order_.end(), 0u);
    made.shuffle();
    made.batch_loss_ = std::numeric_limits<double>::quiet_NaN();
    const auto zeros = zeros_like(made.network_->layers());
    if (options.optimizer != Optimizer::sgd) made.first_ = made.next_first_ = zeros;
    if (options.optimizer == Optimizer::adam) made.second_ = made.next_second_ = zeros;
    made.sums_ = made.gradients_ = made.updates_ = made.after_ = zeros;
    if (made.options_.every != no_curve) made.add_point();
    return made;
}

std::size_t Training::steps_per_epoch() const { return (examples_->count() + options_.batch - 1) / options_.batch; }

void Training::shuffle() {
    for (std::size_t i = order_.size(); i > 1; --i)
        std::swap(order_[i - 1], order_[static_cast<std::size_t>(random_.below(i))]);
}

std::span<const std::uint32_t> Training::batch() const {
    const auto from = static_cast<std::size_t>(step_ % steps_per_epoch()) * options_.batch;
    return std::span(order_).subspan(from, std::min(options_.batch, order_.size() - from));
}

/// Everything of a step but its acceptance: after_ holds the new weights.
std::optional<Error> Training::compute(std::span<const std::uint32_t> batch) {
    rows_.clear();
    labels_.clear();
    for (const std::uint32_t n : batch) {
        const auto row = examples_->row(n);
        rows_.insert(rows_.end(), row.begin(), row.end());
        labels_.push_back(examples_->labels[n]);
    }
    forward_into(network_->layers(), network_->activation(), {rows_, batch.size(), network_->inputs()}, labels_, 1,
                 pass_);
    sum_gradients(batch.size());
    apply_optimizer(static_cast<float>(batch.size()));
    for (const auto* made : {&after_, &updates_, &next_first_, &next_second_}) {
        if (!all_finite(*made)) return diverged(step_ + 1);
    }
    return std::nullopt;
}

/// sums[k,i] = Σₙ dz[n,k] · in[n,i], added in order of n.
void Training::sum_gradients(std::size_t count) {
    for (std::size_t l = 0; l < sums_.size(); ++l) {
        Layer& sum = sums_[l];
        std::ranges::fill(sum.weights, 0.0f);
        std::ranges::fill(sum.biases, 0.0f);
        const std::vector<float>& in = l == 0 ? pass_.x : pass_.layers[l - 1].h;
        const std::vector<float>& dz = pass_.layers[l].dz;
        for (std::size_t n = 0; n < count; ++n) {
            const auto input = std::span(in).subspan(n * sum.inputs, sum.inputs);
            for (std::size_t k = 0; k < sum.outputs; ++k) {
                const float delta = dz[n * sum.outputs + k];
                sum.biases[k] += delta;
                if (delta != 0)
                    plain::add_scaled(input, delta, std::span(sum.weights).subspan(k * sum.inputs, sum.inputs));
            }
        }
    }
}

void Training::apply_optimizer(float batch_size) {
    UpdateRule rule{.optimizer = options_.optimizer,
                    .rate = options_.rate,
                    .momentum = options_.momentum,
                    .share = 1 / batch_size,
                    .correction1 = adam_correction(adam_beta1, step_ + 1),
                    .correction2 = adam_correction(adam_beta2, step_ + 1)};
    for (std::size_t l = 0; l < sums_.size(); ++l) {
        for (const auto part : {&Layer::weights, &Layer::biases}) {
            const auto given = [&](const std::vector<Layer>& layers) {
                return layers.empty() ? std::span<const float>{} : std::span<const float>(layers[l].*part);
            };
            const auto made = [&](std::vector<Layer>& layers) {
                return layers.empty() ? std::span<float>{} : std::span<float>(layers[l].*part);
            };
            rule.decay = part == &Layer::weights ? options_.weight_decay : 0;
            update(rule, {.weights = network_->layers_[l].*part,
                          .gradient_sums = given(sums_),
                          .first = given(first_),
                          .second = given(second_),
                          .gradients = made(gradients_),
                          .updates = made(updates_),
                          .next_first = made(next_first_),
                          .next_second = made(next_second_),
                          .after = made(after_)});
        }
    }
}

/// The computed step becomes the network's state.
void Training::accept() {
    std::swap(network_->layers_, after_);
    std::swap(first_, next_first_);
    std::swap(second_, next_second_);
    ++network_->version_;
    ++step_;
    double sum = 0;
    for (const float loss : pass_.losses) sum += static_cast<double>(loss);
    batch_loss_ = sum / static_cast<double>(pass_.losses.size());
    if (step_ % steps_per_epoch() == 0) shuffle();
    if (step_ % options_.every == 0) add_point();
}

std::optional<Error> Training::advance() {
    if (auto error = compute(batch())) return error;
    accept();
    return std::nullopt;
}

Result<StepRecord> Training::step() {
    const auto chosen = batch();
    StepRecord record;
    record.batch.assign(chosen.begin(), chosen.end());
    record.before.assign(network_->layers().begin(), network_->layers().end());
    record.first_before = first_;
    record.second_before = second_;
    if (auto error = compute(chosen)) return *std::move(error);
    record.pass = pass_;
    record.gradient_sums = sums_;
    record.gradients = gradients_;
    record.updates = updates_;
    record.first = next_first_;
    record.second = next_second_;
    record.after = after_;
    record.correction1 = adam_correction(adam_beta1, step_ + 1);
    record.correction2 = adam_correction(adam_beta2, step_ + 1);
    accept();
    record.step = step_;
    record.loss = batch_loss_;
    return record;
}

void Training::add_point() {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    CurvePoint point{step_, epochs(), nothing, nothing, nothing, nothing};
    const auto measure = [&](const Examples& examples, double& loss, double& accuracy) {
        const auto found = network_->evaluate(examples);
        if (!found.ok()) return;  // the scores overflow: there is nothing to draw
        loss = found.value().loss;
        accuracy = static_cast<double>(found.value().correct) / static_cast<double>(found.value().count);
    };
    measure(*examples_, point.loss, point.accuracy);
    if (held_out_) measure(*held_out_, point.held_out_loss, point.held_out_accuracy);
    curve_.push_back(point);
}

}  // namespace lab
