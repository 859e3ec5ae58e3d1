// Measures how far a linear classifier comes on short texts that are each the mean of their word vectors. Progress goes
// to standard error, one JSON object of figures to standard output.
//
// A file of texts has a line for each: the class, a tab, the text. Either --test names a second file, or --held-out
// lines of the first are held out by the seed.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <sstream>
#include <string>
#include <tuple>

#include "engine/formats/word_vector_file.h"
#include "engine/models/networks/training.h"
#include "engine/models/words/text_vector.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/or_stop.h"

namespace {
using namespace lab;

constexpr const char* usage =
    "measure_texts --vectors FILE --texts FILE (--test FILE | --held-out COUNT) [--rate 0.01] [--decay 0.001]\n"
    "  [--batch 50] [--epochs 15] [--seed 1]";

WordVectors read_vectors(const std::string& path) {
    const std::string bytes = value_or_stop(read_file(path));
    auto file =
        value_or_stop(read_word_vector_file({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
    return value_or_stop(
        WordVectors::from_codes(std::move(file.words), std::move(file.codes), std::move(file.scales), file.dimensions));
}

/// Words that are in the vocabulary, and all of them.
struct Coverage {
    std::size_t known = 0;
    std::size_t all = 0;
};

/// A text per row. Classes are numbered as they first appear; `classes` is completed.
Examples read_texts(const std::string& path, const WordVectors& vectors, std::vector<std::string>& classes,
                    Coverage& coverage) {
    std::istringstream lines(value_or_stop(read_file(path)));
    std::vector<float> rows;
    std::vector<std::uint8_t> labels;
    for (std::string line; std::getline(lines, line);) {
        const auto tab = line.find('\t');
        if (tab == line.npos)
            stop({"bad-file", std::string(path).append(" has a line without a tab: “").append(line).append("”."), ""});
        const std::string name = line.substr(0, tab);
        auto place = std::ranges::find(classes, name);
        if (place == classes.end()) place = classes.insert(place, name);
        const TextVector text = text_vector(vectors, std::string_view(line).substr(tab + 1));
        coverage.known += text.used.size();
        coverage.all += text.used.size() + text.unknown.size();
        rows.insert(rows.end(), text.unit.begin(), text.unit.end());
        labels.push_back(static_cast<std::uint8_t>(place - classes.begin()));
    }
    return value_or_stop(make_examples(std::move(rows), vectors.dimensions(), std::move(labels), classes));
}

/// Softmax regression by Adam, the rate falling in three steps as in train_digits.
Network train(const Arguments& arguments, const std::shared_ptr<const Examples>& examples) {
    auto network = std::make_shared<Network>(
        value_or_stop(Network::create({.inputs = examples->inputs, .hidden = {}, .classes = examples->classes})));
    const int epochs = arguments.whole<int>("epochs", 15);
    auto rate = static_cast<float>(arguments.number("rate", 0.01));
    for (int part = 0; part < 3; ++part, rate /= 3) {
        TrainingOptions settings{.optimizer = Optimizer::adam, .rate = rate};
        settings.batch = arguments.whole<std::size_t>("batch", 50);
        settings.weight_decay = static_cast<float>(arguments.number("decay", 1e-3));
        settings.seed = arguments.whole<std::uint64_t>("seed", 1) + static_cast<std::uint64_t>(part);
        auto training = value_or_stop(Training::begin(network, examples, nullptr, settings));
        const auto steps = training.steps_per_epoch() * static_cast<std::size_t>(std::max(1, epochs / 3));
        for (std::size_t i = 0; i < steps; ++i) {
            if (auto error = training.advance()) stop(*error);
        }
        std::fprintf(stderr, "rate %.5f: loss %.4f, accuracy %.4f\n", static_cast<double>(rate),
                     training.curve().back().loss, training.curve().back().accuracy);
    }
    return *network;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argc, argv, usage);
    const WordVectors vectors = read_vectors(arguments.text("vectors"));
    std::vector<std::string> classes;
    Coverage coverage;
    Examples train_set = read_texts(arguments.text("texts"), vectors, classes, coverage);
    Examples test_set;
    if (const std::string path = arguments.text("test", ""); !path.empty()) {
        test_set = read_texts(path, vectors, classes, coverage);
        if (classes.size() != train_set.classes.size())
            arguments.stop("--test holds a class that --texts does not have.");
    } else {
        std::tie(train_set, test_set) = value_or_stop(split(train_set, arguments.whole<std::size_t>("held-out", 1000),
                                                            arguments.whole<std::uint64_t>("seed", 1)));
    }
    // Columns of text vectors are small and unequal: each is brought to mean 0 and deviation 1 of the training part.
    const Standardization by = standardization(train_set);
    const auto examples = std::make_shared<const Examples>(value_or_stop(standardize(train_set, by)));
    const Network network = train(arguments, examples);
    const Evaluation found = value_or_stop(network.evaluate(value_or_stop(standardize(test_set, by))));
    std::size_t most = 0;  // of one class: what always answering it would get right
    for (std::size_t c = 0; c < classes.size(); ++c)
        most =
            std::max(most, static_cast<std::size_t>(std::ranges::count(test_set.labels, static_cast<std::uint8_t>(c))));
    const auto share = [](std::size_t part, std::size_t whole) {
        return static_cast<double>(part) / static_cast<double>(whole);
    };
    std::printf(
        "{\"accuracy\": %.6f, \"count\": %zu, \"trainCount\": %zu, \"majority\": %.6f, \"known\": %.6f, \"loss\": "
        "%.6f}\n",
        share(found.correct, found.count), found.count, examples->count(), share(most, found.count),
        share(coverage.known, coverage.all), found.loss);
    return 0;
}
