// Measures a transformer: held-out texts, the grammar probe, and what it writes or fills in. Prints JSON.
#include <cmath>
#include <cstdio>
#include <memory>
#include <sstream>

#include "engine/formats/json.h"
#include "engine/formats/transformer_file.h"
#include "engine/models/transformer/sampling.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/blas_multiplier.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/language_scores.h"
#include "engine/tools/support/or_stop.h"
#include "engine/tools/support/transformer_checkpoint.h"

using namespace lab;

namespace {

constexpr const char* usage =
    "evaluate_transformer --model FILE | --checkpoint FILE  [--texts NAME:FILE,…] [--most 30000] [--grammar FILE]\n"
    "  [--prompts FILE]: a text in each line; a causal model continues it by seeds 1 to 3 (temperature 0.7, the 40\n"
    "  likeliest) and greedily; the other fills its [blank].";

LanguageModel read_model(const Arguments& arguments) {
    const std::string path = arguments.text("model", "");
    if (path.empty()) {
        auto file = value_or_stop(read_transformer_checkpoint(arguments.text("checkpoint")));
        return value_or_stop(LanguageModel::create(file.shape, std::move(file.weights),
                                                   value_or_stop(BytePairs::from_merges(std::move(file.merges)))));
    }
    const std::string bytes = value_or_stop(read_file(path));
    auto file =
        value_or_stop(read_transformer_file({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
    return value_or_stop(LanguageModel::create(file.shape, std::move(file.weights),
                                               value_or_stop(BytePairs::from_merges(std::move(file.merges)))));
}

void print_score(const char* name, const TextScore& score) {
    const double characters = static_cast<double>(score.characters);
    std::printf(
        "{\"name\": \"%s\", \"tokens\": %zu, \"words\": %zu, \"characters\": %zu, \"bitsPerCharacter\": %.5f, "
        "\"perplexityPerWord\": %.3f, \"natsPerToken\": %.5f, \"tokenAccuracy\": %.5f}",
        name, score.tokens, score.words, score.characters, score.nats / std::log(2.0) / characters,
        std::exp(score.nats / static_cast<double>(score.words)), score.nats / static_cast<double>(score.tokens),
        static_cast<double>(score.right) / static_cast<double>(score.tokens));
}

void print_texts(const Arguments& arguments, const LanguageModel& model, Multiplier& multiplier) {
    const auto most = arguments.whole<std::size_t>("most", 30000);
    std::istringstream list(arguments.text("texts", ""));
    const char* comma = "";
    std::printf("\"texts\": [");
    for (std::string one; std::getline(list, one, ',');) {
        const auto colon = one.find(':');
        if (colon == one.npos) arguments.stop("--texts wants NAME:FILE.");
        const auto corpus = value_or_stop(read_corpus(one.substr(colon + 1), one.substr(0, colon), model.pairs()));
        std::printf("%s\n  ", comma);
        print_score(corpus.name.c_str(), score_text(model, corpus, most, multiplier));
        comma = ",";
    }
    std::printf("]");
}

void print_grammar(const Arguments& arguments, const LanguageModel& model, Multiplier& multiplier) {
    const std::string path = arguments.text("grammar", "");
    if (path.empty()) return;
    const char* comma = "";
    std::printf(",\n\"grammar\": [");
    for (const GrammarScore& one : score_grammar(model, value_or_stop(read_grammar_pairs(path)), multiplier)) {
        std::printf("%s\n  {\"phenomenon\": \"%s\", \"passed\": %.1f, \"pairs\": %zu}", comma, one.phenomenon.c_str(),
                    one.passed, one.pairs);
        comma = ",";
    }
    std::printf("]");
}

/// A prompt with its blank as the byte that stands for it, and without the space before.
std::string with_blank(std::string text) {
    for (const char* written : {" [blank]", "[blank]"}) {
        for (std::size_t at = text.find(written); at != text.npos; at = text.find(written))
            text.replace(at, std::string(written).size(), std::string(1, static_cast<char>(blank_token)));
    }
    return text;
}

void print_continuations(const std::shared_ptr<const LanguageModel>& model, const std::string& prompt) {
    for (const std::uint64_t seed : {0, 1, 2, 3}) {  // 0: greedily
        const SamplingOptions options{.temperature = seed == 0 ? 0.0f : 0.7f, .top_k = 40};
        auto text = value_or_stop(Generation::begin(model, model->tokens(prompt), options, seed));
        for (int i = 0; i < 80 && text.next(); ++i) {
        }
        std::printf("%s{\"seed\": %d, \"text\": %s}", seed == 0 ? "" : ", ", static_cast<int>(seed),
                    json_string(model->pairs().decode(text.tokens().subspan(1))).c_str());
    }
}

void print_fillings(const LanguageModel& model, const std::string& prompt, Multiplier& multiplier) {
    const auto pass = value_or_stop(model.run(model.tokens(with_blank(prompt)), {}, multiplier));
    const std::size_t V = model.shape().vocabulary;
    const char* comma = "";
    for (std::size_t t = 0; t < pass.tokens.size(); ++t) {
        if (pass.tokens[t] != blank_token) continue;
        for (const Guess& guess : likeliest(std::span(pass.logits).subspan(t * V, V), 10, 1)) {
            std::printf("%s{\"text\": %s, \"probability\": %.4f}", comma,
                        json_string(model.pairs().text(guess.token)).c_str(), static_cast<double>(guess.probability));
            comma = ", ";
        }
        return;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argc, argv, usage);
    const auto model = std::make_shared<const LanguageModel>(read_model(arguments));
    const auto multiplier = best_multiplier();
    std::printf("{");
    print_texts(arguments, *model, *multiplier);
    print_grammar(arguments, *model, *multiplier);
    if (const std::string path = arguments.text("prompts", ""); !path.empty()) {
        std::istringstream lines(value_or_stop(read_file(path)));
        const char* comma = "";
        std::printf(",\n\"prompts\": [");
        for (std::string prompt; std::getline(lines, prompt);) {
            std::printf("%s\n  {\"prompt\": %s, \"answers\": [", comma, json_string(prompt).c_str());
            if (model->shape().causal) {
                print_continuations(model, prompt);
            } else {
                print_fillings(*model, prompt, *multiplier);
            }
            std::printf("]}");
            comma = ",";
        }
        std::printf("]");
    }
    std::printf("}\n");
    return 0;
}
