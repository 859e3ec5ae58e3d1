// Probes trained on states of words, kept here under numbers. One call trains one probe, so that the worker can let
// other questions in between; it puts probes and their controls together.
#include "engine/bindings/probe.h"

#include "engine/models/attention/softmax_row.h"
#include "engine/models/probes/explain_probe.h"
#include "engine/models/probes/probe_measures.h"

namespace lab::bindings {

Opened<const KeptProbe>& opened_probes() {
    static Opened<const KeptProbe> all("probe");
    return all;
}

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(PartsOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(Labels);
EMSCRIPTEN_DECLARE_VAL_TYPE(ProbeOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ShareOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(PlaneOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ReadingOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

std::span<const ProbePart> parts_at(std::uintptr_t address, std::size_t count) {
    return {reinterpret_cast<const ProbePart*>(address), count};
}

PartsOutcome divide_words(std::uintptr_t labels, std::uintptr_t groups, std::size_t count, double share, double seed) {
    return PartsOutcome(
        outcome(divide(integers_at(labels, count), integers_at(groups, count), share, static_cast<std::uint64_t>(seed)),
                [](const std::vector<ProbePart>& parts) {
                    return to_js(std::span(reinterpret_cast<const std::uint8_t*>(parts.data()), parts.size()));
                }));
}

Labels control(std::uintptr_t labels, std::uintptr_t spellings, std::size_t count, double seed) {
    const auto made =
        control_labels(integers_at(labels, count), integers_at(spellings, count), static_cast<std::uint64_t>(seed));
    return Labels(to_js(std::span<const std::uint32_t>(made)));
}

Labels shuffle(std::uintptr_t labels, std::uintptr_t parts, std::size_t count, double seed) {
    const auto made =
        shuffled_labels(integers_at(labels, count), parts_at(parts, count), static_cast<std::uint64_t>(seed));
    return Labels(to_js(std::span<const std::uint32_t>(made)));
}

/// labels[N] and parts[N] of all words of the states.
ProbeOutcome train(Handle handle, std::size_t layer, std::uintptr_t labels, std::uintptr_t parts, std::size_t count,
                   const std::string& classes, float decay, double seed) {
    return ProbeOutcome(with_layer(handle, layer, [&](const KeptStates& kept, MatrixView rows) {
        if (count != rows.rows) {
            return failure({"length-mismatch",
                            "There are " + std::to_string(count) + " labels for the states of " +
                                std::to_string(rows.rows) + " words. Give one for each word.",
                            ""});
        }
        const auto truth = integers_at(labels, count);
        const auto divided = parts_at(parts, count);
        auto made = train_probe(rows, truth, divided, lines(classes), {decay, static_cast<std::uint64_t>(seed)});
        if (!made.ok()) return failure(made.error());
        const auto probe = std::make_shared<const KeptProbe>(KeptProbe{kept.of, layer, std::move(made).value()});
        const Layer& weights = probe->probe.layer;
        const auto answers = probe->probe.answers(rows);
        const ProbeScore found = score(answers, truth, divided, weights.outputs);
        val out = val::object();
        out.set("weights", matrix(weights.weights, weights.outputs, weights.inputs));
        out.set("biases", to_js(weights.biases));
        out.set("difference", weights.outputs == 2 ? to_js(direction(weights).weights) : val::null());
        out.set("answers", to_js(std::span<const std::uint8_t>(answers)));
        out.set("count", found.count);
        out.set("correct", found.correct);
        out.set("trained", found.trained);
        out.set("trainedCorrect", found.trained_correct);
        out.set("confusion", to_js(std::span<const std::uint32_t>(found.confusion)));
        out.set("handle", opened_probes().keep(probe));
        return success(out);
    }));
}

/// The rows of the words whose part is `part`, and of all where none is.
std::vector<float> rows_of_part(MatrixView rows, std::span<const ProbePart> parts, ProbePart part) {
    std::vector<float> chosen;
    for (std::size_t n = 0; n < rows.rows; ++n) {
        if (parts[n] != part) continue;
        const auto row = rows.row(n);
        chosen.insert(chosen.end(), row.begin(), row.end());
    }
    return chosen;
}

/// Variance along the probe's directions of the words held out, or of all words of the task where none is.
ShareOutcome explained(Handle probe, Handle states, std::uintptr_t parts, std::size_t count) {
    const auto kept = opened_probes().find(probe);
    if (!kept) return ShareOutcome(failure(opened_probes().gone()));
    return ShareOutcome(with_layer(states, kept->layer, [&](const KeptStates&, MatrixView rows) {
        const auto divided = parts_at(parts, count);
        auto chosen = rows_of_part(rows, divided, ProbePart::held_out);
        if (chosen.empty()) chosen = rows_of_part(rows, divided, ProbePart::train);
        const ProbeShare found = variance_along(kept->probe, {chosen, chosen.size() / rows.columns, rows.columns});
        val out = val::object();
        out.set("explained", found.share);
        out.set("directions", found.directions);
        return success(out);
    }));
}

/// The words with a label, in the plane of a probe with two classes.
PlaneOutcome plane(Handle probe, Handle states, std::uintptr_t labels, std::size_t count) {
    const auto kept = opened_probes().find(probe);
    if (!kept) return PlaneOutcome(failure(opened_probes().gone()));
    return PlaneOutcome(with_layer(states, kept->layer, [&](const KeptStates&, MatrixView rows) {
        std::vector<ProbePart> parts;
        for (const std::uint32_t label : integers_at(labels, count))
            parts.push_back(label == no_class ? ProbePart::outside : ProbePart::train);
        const auto chosen = rows_of_part(rows, parts, ProbePart::train);
        const MatrixView view{chosen, chosen.size() / rows.columns, rows.columns};
        return outcome(probe_plane(view, direction(kept->probe.layer).weights), [](const ProbePlane& found) {
            val out = val::object();
            out.set("points", to_js(found.points));
            out.set("axes", to_js(found.axes));
            val shares = val::array();
            shares.set(0, found.explained[0]);
            shares.set(1, found.explained[1]);
            out.set("explained", shares);
            return out;
        });
    }));
}

/// A probe and a run of the model whose states it was trained on.
template <class Ask>
val with_both(Handle probe, Handle run, Ask ask) {
    const auto kept = opened_probes().find(probe);
    if (!kept) return failure(opened_probes().gone());
    return opened_runs().with(run, [&](const Run& one) {
        if (one.of == kept->of) return ask(*kept, one);
        return failure({"bad-option",
                        "This run is of another model than the states that the probe was trained on. Run the text "
                        "through that model.",
                        ""});
    });
}

ReadingOutcome read(Handle probe, Handle run) {
    return ReadingOutcome(with_both(probe, run, [](const KeptProbe& kept, const Run& one) {
        const Layer& weights = kept.probe.layer;
        const std::size_t C = weights.outputs;
        const std::size_t D = weights.inputs;
        const std::span<const float> states(kept.layer == 0 ? one.pass.x : one.pass.layers[kept.layer - 1].out);
        std::vector<float> scores(one.rows() * C);
        std::vector<float> shares(scores.size());
        std::vector<float> margins;
        const ProbeDirection between = C == 2 ? direction(weights) : ProbeDirection{};
        for (std::size_t t = 0; t < one.rows(); ++t) {
            const auto row = std::span(scores).subspan(t * C, C);
            kept.probe.scores(states.subspan(t * D, D), row);
            share_out(row, {}, std::span(shares).subspan(t * C, C));
            if (C == 2) margins.push_back(between.margin(states.subspan(t * D, D)));
        }
        val out = val::object();
        out.set("scores", matrix(scores, one.rows(), C));
        out.set("probabilities", matrix(shares, one.rows(), C));
        out.set("margins", C == 2 ? to_js(margins) : val::null());
        return success(out);
    }));
}

ExplanationOutcome explain(Handle probe, Handle run, const std::string& address) {
    return ExplanationOutcome(with_both(probe, run, [&](const KeptProbe& kept, const Run& one) {
        const TransformerContext transformer{one.shape(), one.of->model.weights(), one.pass, one.interventions,
                                             one.of->names};
        return outcome(explain_probe({kept.probe, kept.layer, transformer}, address),
                       [](const Explanation& explanation) { return to_js(explanation); });
    }));
}

void close_probe(Handle handle) { opened_probes().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(probe) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<PartsOutcome>("import('./errors.ts').Outcome<Uint8Array>");
    register_type<Labels>("Uint32Array");
    register_type<ProbeOutcome>("import('./errors.ts').Outcome<import('./probe_protocol.ts').TrainedProbe>");
    register_type<ShareOutcome>("import('./errors.ts').Outcome<{explained: number; directions: number}>");
    register_type<PlaneOutcome>("import('./errors.ts').Outcome<import('./types.ts').Plane>");
    register_type<ReadingOutcome>("import('./errors.ts').Outcome<import('./probe_protocol.ts').Reading>");
    register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    function("statesPlane", &plane);
    function("probeDivide", &divide_words);
    function("probeControl", &control);
    function("probeShuffle", &shuffle);
    function("probeTrain", &train);
    function("probeExplained", &explained);
    function("probeRead", &read);
    function("probeExplain", &explain);
    function("probeLuck", &lab::luck);
    function("probeClose", &close_probe);
}
