// Labelled examples: given, drawn by the seeded pen, or read from MNIST's files; and drawings as pictures.
#include <algorithm>

#include "engine/bindings/learning.h"
#include "engine/formats/idx.h"
#include "engine/models/networks/stroke_digits.h"

namespace lab::bindings {

Opened<Examples>& opened_examples() {
    static Opened<Examples> all("set of examples");
    return all;
}

val keep(Examples examples) {
    val out = val::object();
    out.set("count", examples.count());
    out.set("inputs", examples.inputs);
    out.set("classes", to_js(examples.classes));
    out.set("handle", opened_examples().keep(std::make_shared<Examples>(std::move(examples))));
    return out;
}

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(ExamplesOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(MatrixOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SplitOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(StandardizedOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(PictureOutcome);

ExamplesOutcome kept(Result<Examples> made) {
    return ExamplesOutcome(made.ok() ? success(keep(std::move(made).value())) : failure(made.error()));
}

/// rows[count, inputs], labels[count].
ExamplesOutcome make(std::uintptr_t rows, std::size_t count, std::size_t inputs, std::uintptr_t labels,
                     const std::string& classes) {
    const auto values = floats_at(rows, count * inputs);
    const auto given = labels_at(labels, count);
    return kept(make_examples({values.begin(), values.end()}, inputs, {given.begin(), given.end()}, lines(classes)));
}

ExamplesOutcome strokes(std::size_t count, double seed, float variation) {
    return kept(stroke_digits(count, static_cast<std::uint64_t>(seed), variation));
}

ExamplesOutcome idx(std::uintptr_t images, std::size_t image_bytes, std::uintptr_t labels, std::size_t label_bytes) {
    return kept(read_idx_digits(labels_at(images, image_bytes), labels_at(labels, label_bytes)));
}

MatrixOutcome rows(Handle handle, std::size_t from, std::size_t count) {
    return MatrixOutcome(opened_examples().with(handle, [&](const Examples& examples) {
        const auto all = std::span(examples.rows);
        return success(matrix(all.subspan(from * examples.inputs, count * examples.inputs), count, examples.inputs));
    }));
}

BytesOutcome labels(Handle handle) {
    return BytesOutcome(opened_examples().with(handle, [](const Examples& examples) {
        return success(to_js(std::span<const std::uint8_t>(examples.labels)));
    }));
}

SplitOutcome split(Handle handle, std::size_t held_out, double seed) {
    return SplitOutcome(opened_examples().with(handle, [&](const Examples& examples) {
        auto parts = lab::split(examples, held_out, static_cast<std::uint64_t>(seed));
        if (!parts.ok()) return failure(parts.error());
        val out = val::object();
        out.set("train", keep(std::move(parts.value().first)));
        out.set("heldOut", keep(std::move(parts.value().second)));
        return success(out);
    }));
}

/// By means[n] and deviations[n]; by the columns' own where n is 0.
StandardizedOutcome standardize(Handle handle, std::uintptr_t means, std::uintptr_t deviations, std::size_t n) {
    return StandardizedOutcome(opened_examples().with(handle, [&](const Examples& examples) {
        const auto given = [&](std::uintptr_t at) {
            const auto values = floats_at(at, n);
            return std::vector<float>(values.begin(), values.end());
        };
        const Standardization by =
            n == 0 ? standardization(examples) : Standardization{given(means), given(deviations)};
        auto made = lab::standardize(examples, by);
        if (!made.ok()) return failure(made.error());
        val out = val::object();
        out.set("examples", keep(std::move(made).value()));
        out.set("means", to_js(std::span<const float>(by.means)));
        out.set("deviations", to_js(std::span<const float>(by.deviations)));
        return success(out);
    }));
}

void close(Handle handle) { opened_examples().close(handle); }

/// points: the strokes one after the other, x and y by turns; lengths[count]: the numbers of each.
PictureOutcome rasterize_strokes(std::uintptr_t points, std::uintptr_t lengths, std::size_t count, float thickness) {
    std::vector<std::vector<float>> strokes;
    const auto* next = reinterpret_cast<const float*>(points);
    for (const std::uint32_t length : std::span(reinterpret_cast<const std::uint32_t*>(lengths), count)) {
        strokes.emplace_back(next, next + length);
        next += length;
    }
    return PictureOutcome(outcome(rasterize(strokes, thickness),
                                  [](const auto& pixels) { return to_js(std::span<const float>(pixels)); }));
}

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(examples) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<ExamplesOutcome>("import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedExamples>");
    register_type<MatrixOutcome>("import('./errors.ts').Outcome<import('./types.ts').Matrix>");
    register_type<BytesOutcome>("import('./errors.ts').Outcome<Uint8Array>");
    register_type<SplitOutcome>(
        "import('./errors.ts').Outcome<{train: import('./learning_protocol.ts').OpenedExamples; heldOut: "
        "import('./learning_protocol.ts').OpenedExamples}>");
    register_type<StandardizedOutcome>(
        "import('./errors.ts').Outcome<{examples: import('./learning_protocol.ts').OpenedExamples; means: "
        "Float32Array; deviations: Float32Array}>");
    register_type<PictureOutcome>("import('./errors.ts').Outcome<Float32Array>");
    function("examplesMake", &make);
    function("examplesStrokes", &strokes);
    function("examplesIdx", &idx);
    function("examplesRows", &rows);
    function("examplesLabels", &labels);
    function("examplesSplit", &split);
    function("examplesStandardize", &standardize);
    function("examplesClose", &close);
    function("rasterize", &rasterize_strokes);
}
