#include "engine/models/transformer/sampling.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/kernels/kernels.h"

namespace lab {

namespace {

/// The best `count` of the scores.
std::vector<Hit> best(std::span<const float> logits, std::size_t count) {
    std::vector<Hit> hits(std::min(count, logits.size()));
    top_k(logits, hits);
    return hits;
}

/// The place at which the running sum of the weights passes `share`, 0 ≤ share < 1; nothing if they do not add up.
std::optional<std::size_t> place_of(std::span<const float> weights, double share) {
    double sum = 0;
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!(weights[i] > 0)) continue;
        sum += static_cast<double>(weights[i]);
        if (sum > share) return i;
        last = i;
    }
    return last;  // the weights are rounded, and may add up to a little less than 1
}

}  // namespace

Token draw(std::span<const float> logits, const SamplingOptions& options, Random& random) {
    if (options.temperature == 0 || options.top_k == 1) return best(logits, 1).front().index;
    std::vector<float> scores;
    std::vector<Hit> hits;
    if (options.top_k > 0) {
        hits = best(logits, options.top_k);
        for (const Hit& hit : hits) scores.push_back(hit.score);
    } else {
        scores.assign(logits.begin(), logits.end());
    }
    softmax(scores, options.temperature, scores);
    const auto place = place_of(scores, random.uniform());
    if (!place) return best(logits, 1).front().index;
    return hits.empty() ? static_cast<Token>(*place) : hits[*place].index;
}

std::vector<Guess> likeliest(std::span<const float> logits, std::size_t count, float temperature) {
    std::vector<float> probabilities(logits.size());
    softmax(logits, temperature, probabilities);
    std::vector<Guess> guesses;
    for (const Hit& hit : best(logits, count)) guesses.push_back({hit.index, hit.score, probabilities[hit.index]});
    return guesses;
}

double surprise(std::span<const float> logits, Token token) {
    const double largest = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    double sum = 0;
    for (const float logit : logits) sum += std::exp(static_cast<double>(logit) - largest);
    return (std::log(sum) + largest - static_cast<double>(logits[token])) / std::log(2.0);
}

Generation::Generation(std::shared_ptr<const LanguageModel> model, std::vector<Token> tokens,
                       const SamplingOptions& options, std::uint64_t seed)
    : model_(std::move(model)), options_(options), random_(seed) {
    pass_.keep = Keep::neither;
    pass_.tokens = std::move(tokens);
}

Result<Generation> Generation::begin(std::shared_ptr<const LanguageModel> model, std::vector<Token> tokens,
                                     const SamplingOptions& options, std::uint64_t seed) {
    if (!model->shape().causal) {
        return Error{"not-causal",
                     "This model reads a text in both directions: it fills blanks and continues nothing. Run it on a "
                     "text with [blank], or take a model that writes.",
                     ""};
    }
    if (tokens.empty()) tokens.push_back(border_token);
    if (auto error = model->check(tokens, {})) return *error;
    return Generation(std::move(model), std::move(tokens), options, seed);
}

std::optional<Token> Generation::next() {
    if (ended_ || pass_.rows() >= model_->shape().context) return std::nullopt;
    pass_.starts = {0, pass_.rows()};
    pass_.asked = {static_cast<std::uint32_t>(pass_.rows() - 1)};
    forward_into(model_->shape(), model_->weights(), {}, multiplier_, pass_, computed_);
    computed_ = pass_.rows();
    const Token token = draw(pass_.logits, options_, random_);
    ended_ = token == border_token;
    if (ended_) return std::nullopt;
    pass_.tokens.push_back(token);
    return token;
}

}  // namespace lab
