// Trains word vectors on a file of normalised words (see normalize_text), on all cores, with checkpoints.
//
// The corpus is cut into blocks. A block's random numbers depend only on the seed, the epoch and the block, so a run
// can stop after any block and go on later. With --threads 1 the same command gives the same bytes on every run; with
// more, threads update shared rows without locks, and only the measured quality is the same.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "engine/models/words/word2vec.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/checkpoint.h"
#include "engine/tools/support/files.h"

namespace {

constexpr const char* usage =
    "train_word2vec --corpus WORDS --checkpoint FILE [--dimensions 100] [--epochs 5] [--window 5] [--negatives 5]\n"
    "  [--sample 1e-4] [--learning-rate 0.05] [--minimum-count 10] [--seed 1] [--threads all] [--save-every 120 "
    "(seconds)]\n"
    "Goes on from FILE if it is there. The finished FILE holds the words, their counts and both vectors of each.";

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr std::uint64_t blocks_per_epoch = 400;

}  // namespace

int main(int argc, char** argv) {
    using namespace lab;
    const Arguments arguments(argc, argv, usage);
    const std::string corpus_path = arguments.text("corpus");
    const std::string checkpoint_path = arguments.text("checkpoint");
    const auto epochs = arguments.whole<std::uint64_t>("epochs", 5);
    const auto minimum_count = arguments.whole<std::uint64_t>("minimum-count", 10);
    const auto threads = arguments.whole<unsigned>("threads", std::max(1u, std::thread::hardware_concurrency()));
    const double save_every = arguments.number("save-every", 120);
    SkipGramOptions options;
    options.dimensions = arguments.whole("dimensions", options.dimensions);
    options.window = arguments.whole("window", options.window);
    options.negatives = arguments.whole("negatives", options.negatives);
    options.sample = arguments.number("sample", options.sample);
    options.learning_rate = static_cast<float>(arguments.number("learning-rate", options.learning_rate));
    options.seed = arguments.whole("seed", options.seed);
    const auto fail = [](const Error& error) {
        std::fprintf(stderr, "%s\n", error.message.c_str());
        return 1;
    };

    const auto text = read_file(corpus_path);
    if (!text) return fail(text.error());
    const auto counted = Vocabulary::count(text.value(), minimum_count);
    if (!counted) return fail(counted.error());
    const Vocabulary& vocabulary = counted.value();
    const std::vector<std::uint32_t> tokens = vocabulary.encode(text.value());
    std::printf("%zu words, %llu of them in a vocabulary of %zu\n", tokens.size(),
                static_cast<unsigned long long>(vocabulary.total()), vocabulary.size());

    SkipGram model(vocabulary, options);
    char settings[400];
    std::snprintf(settings, sizeof settings,
                  "words %zu tokens %zu dimensions %u epochs %llu window %u negatives %u sample %g learning-rate %g "
                  "minimum-count %llu seed %llu",
                  vocabulary.size(), tokens.size(), options.dimensions, static_cast<unsigned long long>(epochs),
                  options.window, options.negatives, options.sample, static_cast<double>(options.learning_rate),
                  static_cast<unsigned long long>(minimum_count), static_cast<unsigned long long>(options.seed));
    Checkpoint state{.settings = settings,
                     .done = 0,
                     .blocks = epochs * blocks_per_epoch,
                     .dimensions = options.dimensions,
                     .words = vocabulary.words(),
                     .counts = vocabulary.counts(),
                     .inputs = {},
                     .outputs = {}};
    if (auto saved = read_checkpoint(checkpoint_path)) {
        if (saved.value().settings != state.settings) {
            std::fprintf(stderr, "%s belongs to another run (%s). Name another file, or delete it.\n",
                         checkpoint_path.c_str(), saved.value().settings.c_str());
            return 1;
        }
        state.done = saved.value().done;
        std::ranges::copy(saved.value().inputs, model.inputs().data.begin());
        std::ranges::copy(saved.value().outputs, model.outputs().data.begin());
        std::printf("going on from block %llu of %llu\n", static_cast<unsigned long long>(state.done),
                    static_cast<unsigned long long>(state.blocks));
    }
    std::printf("%s\n%s, %u threads\n", settings, corpus_path.c_str(), threads);

    const auto start = Clock::now();
    auto last_save = start;
    const std::uint64_t first = state.done;
    const auto block_tokens = [&](std::uint64_t block) {
        const std::uint64_t place = block % blocks_per_epoch;
        const std::size_t from = tokens.size() * place / blocks_per_epoch;
        const std::size_t to = tokens.size() * (place + 1) / blocks_per_epoch;
        return std::span(tokens).subspan(from, to - from);
    };
    // A slice of blocks is shared out among the threads; between slices nothing runs, and the state can be saved.
    const std::uint64_t slice = blocks_per_epoch / 10;
    while (state.done < state.blocks) {
        const std::uint64_t end = std::min(state.blocks, (state.done / slice + 1) * slice);
        std::atomic<std::uint64_t> next = state.done;
        std::vector<SkipGramProgress> progress(threads);
        std::vector<std::thread> workers;
        for (unsigned t = 0; t < threads; ++t)
            workers.emplace_back([&, t] {
                for (std::uint64_t block = next++; block < end; block = next++) {
                    Random random(options.seed * 0x9e3779b97f4a7c15u + block);
                    const double done = static_cast<double>(block) / static_cast<double>(state.blocks);
                    progress[t].add(model.train(block_tokens(block), model.learning_rate(done), random));
                }
            });
        for (auto& worker : workers) worker.join();
        SkipGramProgress all;
        for (const auto& part : progress) all.add(part);
        state.done = end;

        const double elapsed = seconds_since(start);
        const double part = static_cast<double>(end - first) / static_cast<double>(state.blocks - first);
        std::printf(
            "epoch %6.2f of %llu · loss %.4f · %.0f thousand words/s · %.0f s left\n",
            static_cast<double>(end) / blocks_per_epoch, static_cast<unsigned long long>(epochs), all.mean_loss(),
            static_cast<double>(end - first) * static_cast<double>(tokens.size()) / blocks_per_epoch / elapsed / 1e3,
            elapsed * (1 - part) / part);
        std::fflush(stdout);
        if (state.done == state.blocks || seconds_since(last_save) > save_every) {
            if (auto saved = write_checkpoint(checkpoint_path, state, model.inputs(), model.outputs()); !saved)
                return fail(saved.error());
            last_save = Clock::now();
        }
    }
    std::printf("trained in %.0f s: %s\n", seconds_since(start), checkpoint_path.c_str());
    return 0;
}
