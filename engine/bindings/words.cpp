// Questions about word vectors. They live here, under numbers that JavaScript holds; a list of words crosses as one
// string, each word followed by a line end, which costs a hundredth of crossing one by one.
#include <algorithm>

#include "engine/bindings/handles.h"
#include "engine/formats/word_vector_file.h"
#include "engine/kernels/kernels.h"
#include "engine/models/words/projection.h"
#include "engine/models/words/text_vector.h"
#include "engine/models/words/word_vectors.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(OpenOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatsOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(NumberOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(NeighborsOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(AnalogyOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(PlaneOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(TextsOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(Indices);

Opened<WordVectors>& opened() {
    static Opened<WordVectors> all("set of word vectors");
    return all;
}

OpenOutcome keep(Result<WordVectors> vectors) {
    if (!vectors.ok()) return OpenOutcome(failure(vectors.error()));
    auto kept = std::make_shared<WordVectors>(std::move(vectors).value());
    val out = val::object();
    out.set("size", kept->size());
    out.set("dimensions", kept->dimensions());
    out.set("handle", opened().keep(std::move(kept)));
    return OpenOutcome(success(out));
}

/// Word vectors from the bytes of our file.
OpenOutcome open(std::uintptr_t bytes, std::size_t size) {
    auto file = read_word_vector_file(std::span(reinterpret_cast<const std::uint8_t*>(bytes), size));
    if (!file.ok()) return OpenOutcome(failure(file.error()));
    auto& content = file.value();
    return keep(WordVectors::from_codes(std::move(content.words), std::move(content.codes), std::move(content.scales),
                                        content.dimensions));
}

/// Word vectors from rows[V, D].
OpenOutcome open_rows(const std::string& words, std::uintptr_t rows, std::size_t count, std::size_t dimensions) {
    const auto values = floats_at(rows, count * dimensions);
    return keep(WordVectors::from_rows(lines(words), std::vector<float>(values.begin(), values.end()), dimensions));
}

void close(Handle handle) { opened().close(handle); }

/// The vectors under a handle, handed to `ask`; an error if they were closed.
template <class Ask>
val with(Handle handle, Ask ask) {
    if (const auto found = opened().find(handle)) return ask(std::as_const(*found));
    return failure({"disposed", "These word vectors were disposed of. Load them again.", ""});
}

std::string all_words(Handle handle) {
    std::string out;
    const auto found = opened().find(handle);
    if (!found) return out;
    for (const auto& word : found->words()) (out += word) += '\n';
    return out;
}

/// The place of each word as it is spelled, or no_answer.
Indices indices(Handle handle, const std::string& words) {
    std::vector<std::uint32_t> out;
    const auto found = opened().find(handle);
    for (const auto& word : lines(words)) {
        out.push_back(found ? found->index(word).value_or(no_answer) : no_answer);
    }
    return Indices(val::global("Uint32Array").new_(val(emscripten::typed_memory_view(out.size(), out.data()))));
}

FloatsOutcome vector(Handle handle, const std::string& word, bool unit) {
    return FloatsOutcome(with(handle, [&](const WordVectors& vectors) {
        return outcome(vectors.find(word),
                       [&](std::uint32_t i) { return to_js(unit ? vectors.unit(i) : vectors.vector(i)); });
    }));
}

NumberOutcome similarity(Handle handle, const std::string& a, const std::string& b) {
    return NumberOutcome(with(handle, [&](const WordVectors& vectors) {
        const auto first = vectors.find(a);
        if (!first.ok()) return failure(first.error());
        const auto second = vectors.find(b);
        if (!second.ok()) return failure(second.error());
        return success(val(dot(vectors.unit(first.value()), vectors.unit(second.value()))));
    }));
}

NeighborsOutcome nearest(Handle handle, const std::string& word, std::size_t count) {
    return NeighborsOutcome(with(handle, [&](const WordVectors& vectors) {
        return outcome(vectors.nearest(word, count), [](const auto& neighbors) { return to_js(neighbors); });
    }));
}

NeighborsOutcome nearest_to(Handle handle, std::uintptr_t vector, std::size_t n, std::size_t count) {
    return NeighborsOutcome(with(handle, [&](const WordVectors& vectors) {
        return outcome(vectors.nearest(floats_at(vector, n), count),
                       [](const auto& neighbors) { return to_js(neighbors); });
    }));
}

AnalogyOutcome analogy(Handle handle, const std::string& plus, const std::string& minus, std::size_t count,
                       bool keep_question, bool multiply) {
    const auto method = multiply ? Method::mul : Method::add;
    return AnalogyOutcome(with(handle, [&](const WordVectors& vectors) {
        return outcome(vectors.solve({lines(plus), lines(minus), count, keep_question, method}),
                       [&](const auto& solution) {
                           val out = val::object();
                           out.set("terms", array(solution.terms, [](const SignedWord& term) {
                                       val one = val::object();
                                       one.set("word", term.word);
                                       one.set("sign", term.sign);
                                       return one;
                                   }));
                           out.set("expression", solution.expression);
                           out.set("length", solution.length);
                           out.set("target", to_js(solution.unit_target));
                           out.set("neighbors", to_js(solution.neighbors));
                           out.set("excluded", to_js(solution.excluded));
                           out.set("method", std::string(multiply ? "mul" : "add"));
                           return out;
                       });
    }));
}

/// Answers to questions[count], three indices each, into answers[count]; no_answer where there is none.
void answer(Handle handle, std::uintptr_t questions, std::size_t count, bool keep_question, bool multiply,
            std::uintptr_t answers) {
    const auto found = opened().find(handle);
    const std::span out(reinterpret_cast<std::uint32_t*>(answers), count);
    if (!found) {
        std::ranges::fill(out, no_answer);
        return;
    }
    static_assert(sizeof(Question) == 12);
    found->answer(std::span(reinterpret_cast<const Question*>(questions), count), multiply ? Method::mul : Method::add,
                  keep_question, out);
}

/// The words' unit vectors in the plane of their two principal components.
PlaneOutcome plane(Handle handle, const std::string& words) {
    return PlaneOutcome(with(handle, [&](const WordVectors& vectors) {
        const auto asked = lines(words);
        const std::size_t D = vectors.dimensions();
        std::vector<float> rows(asked.size() * D);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const auto place = vectors.find(asked[i]);
            if (!place.ok()) return failure(place.error());
            std::ranges::copy(vectors.unit(place.value()), &rows[i * D]);
        }
        const MatrixView view{rows, asked.size(), D};
        const auto components = principal_components(view, 2);
        if (!components.ok()) return failure(components.error());
        return outcome(project(components.value(), view), [&](const std::vector<float>& points) {
            val out = val::object();
            out.set("points", to_js(points));
            out.set("axes", to_js(components.value().axes));
            out.set("explained", array(components.value().explained, [](float share) { return val(share); }));
            return out;
        });
    }));
}

/// Texts as vectors, a line each; the words that went in, and those that are not there, as lines of words between
/// spaces.
TextsOutcome texts(Handle handle, const std::string& asked) {
    return TextsOutcome(with(handle, [&](const WordVectors& vectors) {
        std::string used;
        std::string unknown;
        const auto list = [](std::string& out, const std::vector<std::string>& words) {
            for (const auto& word : words) (out += word) += ' ';
            out += '\n';
        };
        const auto all = lines(asked);
        const std::size_t D = vectors.dimensions();
        std::vector<float> rows(all.size() * D);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const TextVector made = text_vector(vectors, all[i]);
            std::ranges::copy(made.unit, &rows[i * D]);
            list(used, made.used);
            list(unknown, made.unknown);
        }
        val out = val::object();
        out.set("vectors", matrix(rows, all.size(), D));
        out.set("used", used);
        out.set("unknown", unknown);
        return success(out);
    }));
}

ExplanationOutcome explain(Handle handle, const std::string& address) {
    return ExplanationOutcome(with(handle, [&](const WordVectors& vectors) {
        return outcome(explain_words(vectors, address),
                       [](const Explanation& explanation) { return to_js(explanation); });
    }));
}

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(words) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<OpenOutcome>("import('./errors.ts').Outcome<{handle: number; size: number; dimensions: number}>");
    register_type<FloatsOutcome>("import('./errors.ts').Outcome<Float32Array>");
    register_type<NumberOutcome>("import('./errors.ts').Outcome<number>");
    register_type<NeighborsOutcome>("import('./errors.ts').Outcome<import('./types.ts').Neighbor[]>");
    register_type<AnalogyOutcome>("import('./errors.ts').Outcome<import('./types.ts').AnalogyAnswer>");
    register_type<PlaneOutcome>("import('./errors.ts').Outcome<import('./types.ts').Plane>");
    register_type<TextsOutcome>(
        "import('./errors.ts').Outcome<{vectors: import('./types.ts').Matrix; used: string; unknown: string}>");
    register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    register_type<Indices>("Uint32Array");
    function("wordsOpen", &open);
    function("wordsOpenRows", &open_rows);
    function("wordsClose", &close);
    function("wordsAll", &all_words);
    function("wordsIndices", &indices);
    function("wordsVector", &vector);
    function("wordsSimilarity", &similarity);
    function("wordsNearest", &nearest);
    function("wordsNearestTo", &nearest_to);
    function("wordsAnalogy", &analogy);
    function("wordsAnswer", &answer);
    function("wordsPlane", &plane);
    function("wordsTexts", &texts);
    function("wordsExplain", &explain);
}
