// Trains one digit classifier and measures it on real handwritten digits. Progress goes to standard error, one JSON
// object of figures to standard output.
//
// Real digits (MNIST's IDX files, not compressed) are cut in two by the seed: --held-out of them are never trained on.
// With --train strokes the network is trained on drawn digits alone, and tested on every real one; "heldOutAccuracy" is
// then the share among those held out, which the pen's settings were not chosen on. With --validate N the figures are
// taken on N digits of the training part instead: for choosing settings without a look at what is held out.
#include <cstdio>
#include <memory>
#include <span>
#include <sstream>
#include <string>

#include "engine/formats/idx.h"
#include "engine/formats/network_file.h"
#include "engine/models/networks/stroke_digits.h"
#include "engine/models/networks/training.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/or_stop.h"

namespace {
using namespace lab;

constexpr const char* usage =
    "train_digits --images FILE --labels FILE --train real|strokes --output FILE [--hidden 0] [--rate 0.01]\n"
    "  [--decay 0.0001] [--batch 50] [--epochs 20] [--seed 1] [--held-out 2000] [--validate 0] [--strokes 20000]\n"
    "  [--variation 1]";

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// What is trained on, and what is tested on.
struct Sets {
    std::shared_ptr<const Examples> train;
    std::shared_ptr<const Examples> test;
    std::shared_ptr<const Examples> held_out;  // of the real ones; the same as test unless that is all of them
};

Sets choose(const Arguments& arguments, Examples real) {
    const auto seed = arguments.whole<std::uint64_t>("seed", 1);
    const auto shared = [](Examples set) { return std::make_shared<const Examples>(std::move(set)); };
    const bool strokes = arguments.text("train") == "strokes";
    if (!strokes && arguments.text("train") != "real") arguments.stop("--train is real or strokes.");
    auto parts = value_or_stop(split(real, arguments.whole<std::size_t>("held-out", 2000), seed));
    if (const auto validate = arguments.whole<std::size_t>("validate", 0); validate > 0) {
        parts = value_or_stop(split(parts.first, validate, seed + 1));
        real = parts.second;
    }
    const auto held_out = shared(std::move(parts.second));
    if (!strokes) return {shared(std::move(parts.first)), held_out, held_out};
    const auto count = arguments.whole<std::size_t>("strokes", 20000);
    const auto variation = static_cast<float>(arguments.number("variation", 1));
    return {shared(value_or_stop(stroke_digits(count, seed, variation))), shared(std::move(real)), held_out};
}

/// Trains with Adam, the rate falling by steps of a third to a ninth of what it was at the beginning.
std::shared_ptr<Network> train(const Arguments& arguments, const Sets& sets) {
    const auto hidden = arguments.whole<std::size_t>("hidden", 0);
    NetworkOptions options{.inputs = picture_pixels, .hidden = {}, .classes = sets.train->classes};
    if (hidden > 0) options.hidden = {hidden};
    options.seed = arguments.whole<std::uint64_t>("seed", 1);
    auto network = std::make_shared<Network>(value_or_stop(Network::create(options)));
    const int epochs = arguments.whole<int>("epochs", 20);
    auto rate = static_cast<float>(arguments.number("rate", 0.01));
    for (int part = 0; part < 3; ++part, rate /= 3) {
        const TrainingOptions settings{.optimizer = Optimizer::adam,
                                       .rate = rate,
                                       .batch = arguments.whole<std::size_t>("batch", 50),
                                       .weight_decay = static_cast<float>(arguments.number("decay", 1e-4)),
                                       .seed = options.seed + static_cast<std::uint64_t>(part)};
        auto training = value_or_stop(Training::begin(network, sets.train, nullptr, settings));
        for (int epoch = 0; epoch < epochs / 3 + (part < epochs % 3 ? 1 : 0); ++epoch) {
            for (std::size_t i = 0; i < training.steps_per_epoch(); ++i) {
                if (auto error = training.advance()) stop(*error);
            }
            const CurvePoint& point = training.curve().back();
            std::fprintf(stderr, "rate %.5f, epoch %d: loss %.4f, accuracy %.4f\n", static_cast<double>(rate),
                         epoch + 1, point.loss, point.accuracy);
        }
    }
    return network;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argc, argv, usage);
    const std::string images = value_or_stop(read_file(arguments.text("images")));
    const std::string labels = value_or_stop(read_file(arguments.text("labels")));
    const Sets sets = choose(arguments, value_or_stop(read_idx_digits(bytes_of(images), bytes_of(labels))));
    const auto network = train(arguments, sets);
    const Evaluation found = value_or_stop(network->evaluate(*sets.test));
    const Evaluation held_out = value_or_stop(network->evaluate(*sets.held_out));
    const Evaluation learned = value_or_stop(network->evaluate(*sets.train));
    const auto share = [](const Evaluation& one) {
        return static_cast<double>(one.correct) / static_cast<double>(one.count);
    };

    NetworkFile file{
        {network->layers().begin(), network->layers().end()}, network->activation(), network->classes(), {}};
    file.figures = {{"accuracy", share(found)},
                    {"held-out", static_cast<double>(found.count)},
                    {"train-accuracy", share(learned)},
                    {"train-count", static_cast<double>(learned.count)},
                    {"seed", arguments.number("seed", 1)}};
    // Further figures that the lessons state beside this network, as --figures name=value,name=value.
    std::istringstream more(arguments.text("figures", ""));
    for (std::string pair; std::getline(more, pair, ',');) {
        const auto equals = pair.find('=');
        if (equals == pair.npos) arguments.stop("--figures wants name=value pairs.");
        file.figures[pair.substr(0, equals)] = std::strtod(pair.c_str() + equals + 1, nullptr);
    }
    const auto bytes = write_network_file(file);
    value_or_stop(write_file(arguments.text("output"), [&](std::ostream& out) {
        out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }));

    std::printf(
        "{\"accuracy\": %.6f, \"loss\": %.6f, \"count\": %zu, \"heldOutAccuracy\": %.6f, \"trainAccuracy\": %.6f, "
        "\"trainCount\": %zu, "
        "\"confusion\": [",
        share(found), found.loss, found.count, share(held_out), share(learned), learned.count);
    for (std::size_t i = 0; i < found.confusion.size(); ++i) std::printf("%s%u", i ? ", " : "", found.confusion[i]);
    std::printf("]}\n");
    return 0;
}
