// Skip-gram trained on a text. The text comes as bytes in the memory and goes again; what is made of it stays here.
#include <cmath>
#include <string_view>

#include "engine/bindings/handles.h"
#include "engine/bindings/shortage.h"
#include "engine/models/words/text_training.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(SkipGramOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SkipGramProgressOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SkipGramFloatsOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SkipGramMatrixOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SkipGramHitsOutcome);

/// Different words of a text at most: what is counted of them takes 160 bytes each.
constexpr std::size_t most_words = std::size_t{1} << 22;

Opened<TextTraining>& trainings() {
    static Opened<TextTraining> all("training");
    return all;
}

/// A training on the UTF-8 text at an address.
SkipGramOutcome make(std::uintptr_t bytes, std::size_t length, double minimum_count, std::uint32_t dimensions,
                     std::uint32_t window, std::uint32_t negatives, bool share_negatives, double sample, double seed) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), length);
    const SkipGramOptions options{.dimensions = dimensions,
                                  .window = window,
                                  .negatives = negatives,
                                  .share_negatives = share_negatives,
                                  .sample = sample,
                                  .seed = static_cast<std::uint64_t>(seed)};
    if (const auto error =
            shortage(TextTraining::bytes_for_text(text, most_words), "this training", "Give a shorter text"))
        return SkipGramOutcome(failure(*error));
    auto counted = Vocabulary::count(text, static_cast<std::uint64_t>(minimum_count), most_words);
    if (!counted.ok()) return SkipGramOutcome(failure(counted.error()));
    if (const auto error = shortage(TextTraining::bytes_for_model(counted.value().size(), options), "this training",
                                    "Give fewer dimensions or a shorter text"))
        return SkipGramOutcome(failure(*error));
    auto begun = TextTraining::begin(std::move(counted).value(), text, options);
    if (!begun.ok()) return SkipGramOutcome(failure(begun.error()));
    const Vocabulary& vocabulary = begun.value().vocabulary();
    std::string words;
    for (const auto& word : vocabulary.words()) (words += word) += '\n';
    val out = val::object();
    out.set("words", words);
    // A text in this memory has less than 2³² words.
    const std::vector<std::uint32_t> counts(vocabulary.counts().begin(), vocabulary.counts().end());
    out.set("counts", to_js(counts));
    out.set("tokens", static_cast<double>(vocabulary.total()));
    out.set("handle", trainings().keep(std::make_shared<TextTraining>(std::move(begun).value())));
    return SkipGramOutcome(success(out));
}

SkipGramProgressOutcome advance(Handle handle, double words, float rate) {
    return SkipGramProgressOutcome(trainings().with(handle, [&](TextTraining& training) {
        const SkipGramProgress done = training.advance(static_cast<std::uint64_t>(words), rate);
        if (!std::isfinite(done.loss))
            return failure({"diverged",
                            "The training ran away: its numbers are no longer finite. Begin again with a smaller "
                            "learning rate.",
                            ""});
        val out = val::object();
        out.set("tokens", static_cast<double>(done.tokens));
        out.set("pairs", static_cast<double>(done.pairs));
        out.set("loss", done.measured > 0 ? done.mean_loss() : std::nan(""));
        out.set("measured", static_cast<double>(done.measured));
        return success(out);
    }));
}

SkipGramFloatsOutcome vector(Handle handle, std::size_t word) {
    return SkipGramFloatsOutcome(trainings().with(
        handle, [&](const TextTraining& training) { return success(to_js(training.model().inputs().row(word))); }));
}

SkipGramMatrixOutcome vectors(Handle handle) {
    return SkipGramMatrixOutcome(trainings().with(handle, [&](const TextTraining& training) {
        const MatrixView all = training.model().inputs();
        return success(matrix(all.data, all.rows, all.columns));
    }));
}

/// The words nearest to one, as {index, score}.
SkipGramHitsOutcome nearest(Handle handle, std::uint32_t word, std::size_t count) {
    return SkipGramHitsOutcome(trainings().with(handle, [&](const TextTraining& training) {
        std::vector<Hit> hits(std::min(count, training.vocabulary().size()));
        hits.resize(training.nearest(word, hits));
        return success(array(hits, [](const Hit& hit) {
            val out = val::object();
            out.set("index", hit.index);
            out.set("score", hit.score);
            return out;
        }));
    }));
}

void close(Handle handle) { trainings().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(skip_gram) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<SkipGramOutcome>("import('./errors.ts').Outcome<import('./skip_gram_protocol.ts').SkipGramParts>");
    register_type<SkipGramProgressOutcome>(
        "import('./errors.ts').Outcome<import('./skip_gram_types.ts').SkipGramProgress>");
    register_type<SkipGramFloatsOutcome>("import('./errors.ts').Outcome<Float32Array>");
    register_type<SkipGramMatrixOutcome>("import('./errors.ts').Outcome<import('./types.ts').Matrix>");
    register_type<SkipGramHitsOutcome>("import('./errors.ts').Outcome<import('./types.ts').Hit[]>");
    function("skipGramMake", &make);
    function("skipGramAdvance", &advance);
    function("skipGramVector", &vector);
    function("skipGramVectors", &vectors);
    function("skipGramNearest", &nearest);
    function("skipGramClose", &close);
}
