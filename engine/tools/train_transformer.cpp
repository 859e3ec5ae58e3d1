// Trains a transformer on texts. The state is kept in a checkpoint and taken up again; the result depends on the
// options alone, not on the number of threads or on where a run was cut.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <thread>

#include "engine/kernels/kernels.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/batch.h"
#include "engine/tools/support/blas_multiplier.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/or_stop.h"
#include "engine/tools/support/transformer_checkpoint.h"

using namespace lab;

namespace {

constexpr const char* usage =
    "train_transformer --texts NAME:WEIGHT:WHOLE:FILE,… --tokenizer FILE --checkpoint FILE --steps N\n"
    "  [--kind causal|bidirectional] [--layers 6] [--heads 6] [--width 192] [--hidden 768] [--context 256]\n"
    "  [--batch 4096] [--longest 256] [--rate 0.003] [--warmup 200] [--cooldown 0.5] [--decay 0.1] [--masked 0.2]\n"
    "  [--optimizer muon|adamw] [--seed 1] [--from CHECKPOINT] [--threads 2] [--report 100] [--save 500]\n"
    "  [--stop STEP]: end there, to be taken up later\n"
    "WEIGHT: how often a sequence comes from this text; WHOLE: the share of them that begin with a document.";

using Clock = std::chrono::steady_clock;

/// A batch is computed in two halves, whatever the number of threads, and their gradients are added in order.
constexpr std::size_t halves = 2;

struct Half {
    std::unique_ptr<Multiplier> multiplier = best_multiplier();
    TransformerPass pass;
    TransformerLoss loss;
    BackwardRoom room;
    std::vector<float> gradients;
};

struct Run {
    const Arguments& arguments;
    TransformerShape shape;
    BytePairs pairs;
    std::vector<TokenCorpus> corpora;
    BatchOptions batch;
    TransformerRule rule;
    std::uint64_t steps, warmup, seed;
    double cooldown;
    std::string settings;
};

std::vector<std::pair<Token, Token>> read_merges(const std::string& path) {
    std::istringstream in(value_or_stop(read_file(path)));
    std::vector<std::pair<Token, Token>> merges;
    for (Token left = 0, right = 0; in >> left >> right;) merges.emplace_back(left, right);
    return merges;
}

std::vector<TokenCorpus> read_corpora(const Arguments& arguments, const BytePairs& pairs) {
    std::vector<TokenCorpus> corpora;
    std::istringstream list(arguments.text("texts"));
    for (std::string one; std::getline(list, one, ',');) {
        std::istringstream parts(one);
        std::string name, weight, whole, path;
        std::getline(parts, name, ':');
        std::getline(parts, weight, ':');
        std::getline(parts, whole, ':');
        std::getline(parts, path);
        if (path.empty()) arguments.stop("--texts wants NAME:WEIGHT:WHOLE:FILE.");
        TokenCorpus corpus = value_or_stop(read_corpus(path, name, pairs));
        corpus.weight = std::strtod(weight.c_str(), nullptr);
        corpus.whole = std::strtod(whole.c_str(), nullptr);
        std::printf("%s: %zu tokens, %llu words, %.2f characters per token\n", name.c_str(), corpus.tokens.size(),
                    static_cast<unsigned long long>(corpus.words),
                    static_cast<double>(corpus.characters) / static_cast<double>(corpus.tokens.size()));
        corpora.push_back(std::move(corpus));
    }
    return corpora;
}

Run read_run(const Arguments& arguments) {
    auto pairs = value_or_stop(BytePairs::from_merges(read_merges(arguments.text("tokenizer"))));
    auto corpora = read_corpora(arguments, pairs);
    const bool causal = arguments.text("kind", "causal") == "causal";
    const auto size = [&](const char* name, std::size_t otherwise) {
        return arguments.whole<std::size_t>(name, otherwise);
    };
    const TransformerShape shape{.vocabulary = pairs.size(),
                                 .context = size("context", 256),
                                 .width = size("width", 192),
                                 .heads = size("heads", 6),
                                 .layers = size("layers", 6),
                                 .hidden = size("hidden", 768),
                                 .causal = causal};
    if (const auto error = check_shape(shape)) stop(*error);
    Run run{.arguments = arguments,
            .shape = shape,
            .pairs = std::move(pairs),
            .corpora = std::move(corpora),
            .batch = {.tokens = size("batch", 4096) / halves,
                      .longest = std::min(size("longest", shape.context), shape.context),
                      .causal = causal,
                      .masked = arguments.number("masked", 0.2)},
            .rule = {.rate = static_cast<float>(arguments.number("rate", 0.003)),
                     .weight_decay = static_cast<float>(arguments.number("decay", 0.1)),
                     .muon = arguments.text("optimizer", "muon") == "muon"},
            .steps = size("steps", 1000),
            .warmup = size("warmup", 200),
            .seed = size("seed", 1),
            .cooldown = arguments.number("cooldown", 0.5),
            .settings = ""};
    std::ostringstream line;
    line << "kind " << arguments.text("kind", "causal") << ", layers " << shape.layers << ", heads " << shape.heads
         << ", width " << shape.width << ", hidden " << shape.hidden << ", context " << shape.context << ", batch "
         << run.batch.tokens * halves << ", longest " << run.batch.longest << ", steps " << run.steps << ", rate "
         << run.rule.rate << ", warmup " << run.warmup << ", cooldown " << run.cooldown << ", decay "
         << run.rule.weight_decay << ", masked " << run.batch.masked << ", optimizer "
         << (run.rule.muon ? "muon" : "adamw") << ", seed " << run.seed << ", from "
         << arguments.text("from", "nothing") << ", texts";
    for (const TokenCorpus& one : run.corpora) line << ' ' << one.name << '*' << one.weight << '/' << one.whole;
    run.settings = line.str();
    return run;
}

/// The rate rises over the warm-up, stays, and falls in a straight line to 0 over the last `cooldown` of the steps.
float rate_at(const Run& run, std::uint64_t step) {
    const auto t = static_cast<double>(step);
    const auto all = static_cast<double>(run.steps);
    const double rising = std::min(1.0, (t + 1) / static_cast<double>(run.warmup + 1));
    const double falling = std::min(1.0, (all - t) / (run.cooldown * all + 1));
    return static_cast<float>(rising * falling) * run.rule.rate;
}

TransformerCheckpoint begin(const Run& run, const std::string& path) {
    if (std::ifstream(path).good()) {
        auto checkpoint = value_or_stop(read_transformer_checkpoint(path));
        if (checkpoint.settings != run.settings) {
            stop({"bad-file",
                  path + " was made with other options:\n  " + checkpoint.settings + "\nnot\n  " + run.settings +
                      "\nUse those, or another --checkpoint.",
                  path});
        }
        std::printf("taken up at step %llu\n", static_cast<unsigned long long>(checkpoint.optimizer.steps));
        return checkpoint;
    }
    TransformerCheckpoint fresh;
    fresh.settings = run.settings;
    fresh.shape = run.shape;
    fresh.merges.assign(run.pairs.merges().begin(), run.pairs.merges().end());
    fresh.weights = initial_weights(run.shape, run.seed);
    if (const std::string from = run.arguments.text("from", ""); !from.empty()) {
        auto other = value_or_stop(read_transformer_checkpoint(from));
        if (other.weights.size() != fresh.weights.size() || other.merges != fresh.merges)
            stop({"bad-shape", from + " has another shape or tokenizer.", from});
        fresh.weights = std::move(other.weights);
    }
    return fresh;
}

void compute_half(const Run& run, std::span<const float> weights, std::uint64_t step, std::size_t part, Half& half) {
    Random random(run.seed * 1'000'003 + step * halves + part);
    half.pass.keep = Keep::weights;
    draw_batch(run.corpora, run.pairs, run.batch, random, half.pass, half.loss);
    const TransformerWeights view = view_weights(run.shape, weights);
    forward_into(run.shape, view, {}, *half.multiplier, half.pass);
    softmax_cross_entropy(run.shape, half.pass, half.loss, true,
                          1 / static_cast<float>(half.loss.targets.size() * halves));
    half.gradients.assign(weights.size(), 0.0f);
    backward(run.shape, view, *half.multiplier, half.pass, view_weights(run.shape, std::span(half.gradients)),
             half.room);
}

/// Shortens gradients that are longer than 1, so that one odd batch cannot undo many.
void clip(std::span<float> gradients) {
    const float length = norm(gradients);
    if (length <= 1) return;
    for (float& g : gradients) g /= length;
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const Arguments arguments(argc, argv, usage);
    const std::string path = arguments.text("checkpoint");
    const Run run = read_run(arguments);
    TransformerCheckpoint state = begin(run, path);
    TransformerOptimizer optimizer(run.shape);
    if (state.optimizer.steps > 0) optimizer.restore(state.optimizer);
    const auto threads = arguments.whole<std::size_t>("threads", 2);
    const auto report = arguments.whole<std::uint64_t>("report", 100);
    const auto save = arguments.whole<std::uint64_t>("save", 500);
    const auto last = std::min(run.steps, arguments.whole<std::uint64_t>("stop", run.steps));
    std::printf("%zu weights; products by %s\n%s\n", state.weights.size(), multiplier_name(), run.settings.c_str());

    Half half[halves];
    double loss = 0;
    double asked = 0;
    std::uint64_t tokens = 0;
    auto since = Clock::now();
    for (std::uint64_t step = optimizer.state().steps; step < last; ++step) {
        if (threads > 1) {
            std::thread other([&] { compute_half(run, state.weights, step, 1, half[1]); });
            compute_half(run, state.weights, step, 0, half[0]);
            other.join();
        } else {
            for (std::size_t part = 0; part < halves; ++part) compute_half(run, state.weights, step, part, half[part]);
        }
        add_scaled(half[1].gradients, 1, half[0].gradients);
        clip(half[0].gradients);
        TransformerRule rule = run.rule;
        rule.rate = rate_at(run, step);
        optimizer.step(rule, *half[0].multiplier, half[0].gradients, state.weights);
        for (const Half& one : half) {
            loss += one.loss.sum;
            asked += static_cast<double>(one.loss.targets.size());
            tokens += one.pass.rows();
        }
        if ((step + 1) % report == 0 || step + 1 == last) {
            const double seconds = std::chrono::duration<double>(Clock::now() - since).count();
            char line[120];
            std::snprintf(line, sizeof line, "step %llu loss %.4f", static_cast<unsigned long long>(step) + 1,
                          loss / asked);
            std::printf("%s of %llu, rate %.5f, %.0f tokens/s\n", line, static_cast<unsigned long long>(run.steps),
                        static_cast<double>(rule.rate), static_cast<double>(tokens) / seconds);
            state.curve += std::string(line) + "\n";
            if (!std::isfinite(loss)) stop({"diverged", "The loss is no number any more. Lower --rate.", ""});
            loss = asked = 0;
            tokens = 0;
            since = Clock::now();
        }
        if ((step + 1) % save == 0 || step + 1 == last) {
            state.optimizer = optimizer.state();
            value_or_stop(write_transformer_checkpoint(path, state));
        }
    }
    return 0;
}
