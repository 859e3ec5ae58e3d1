// Induction heads being grown. A snapshot's weights are opened as a model, so that a run of it is asked and explained
// as any other.
#include "engine/models/transformer/induction.h"

#include <algorithm>

#include "engine/bindings/transformer.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(InductionOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(GrowthOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(InductionRunOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SnapshotOutcome);

/// A training, and how the page calls its tokens.
struct Growing {
    InductionTraining training;
    std::vector<std::string> names;
};

Opened<Growing>& opened() {
    static Opened<Growing> all("training");
    return all;
}

val to_js(const InductionScore& score, std::size_t part) {
    val out = val::object();
    out.set("loss", score.loss[part]);
    out.set("accuracy", score.accuracy[part]);
    return out;
}

val to_js(const HeadScores& scores, HeadKind kind) {
    val out = val::object();
    out.set("weight", scores.of(kind).weight);
    out.set("uniform", scores.of(kind).uniform);
    out.set("places", scores.of(kind).places);
    return out;
}

val to_js(const InductionSnapshot& snapshot) {
    const std::size_t H = InductionTraining::shape().heads;
    val out = val::object();
    out.set("step", static_cast<double>(snapshot.step));
    out.set("first", to_js(snapshot.held_out, 0));
    out.set("repeated", to_js(snapshot.held_out, 1));
    val heads = val::array();
    for (std::size_t i = 0; i < snapshot.heads.size(); ++i) {
        val one = val::object();
        one.set("layer", i / H + 1);
        one.set("head", i % H + 1);
        one.set("previous", to_js(snapshot.heads[i], HeadKind::previous));
        one.set("induction", to_js(snapshot.heads[i], HeadKind::induction));
        heads.set(static_cast<std::uint32_t>(i), one);
    }
    out.set("heads", heads);
    return out;
}

/// Where the training stands, with its snapshots from number `known` on.
val growth(const InductionTraining& training, std::size_t known) {
    val out = val::object();
    out.set("step", static_cast<double>(training.steps()));
    out.set("done", training.done());
    out.set("first", to_js(training.batch(), 0));
    out.set("repeated", to_js(training.batch(), 1));
    const std::size_t count = training.snapshots().size();
    const auto fresh = std::span(training.snapshots()).subspan(std::min(known, count));
    out.set("snapshots", array(fresh, [](const InductionSnapshot& snapshot) { return to_js(snapshot); }));
    return out;
}

/// names: how the page calls each token, a line each.
InductionOutcome make(double seed, double steps, double every, const std::string& names) {
    auto begun = InductionTraining::begin({.seed = static_cast<std::uint64_t>(seed),
                                           .steps = static_cast<std::uint64_t>(steps),
                                           .every = static_cast<std::uint64_t>(every)});
    if (!begun.ok()) return InductionOutcome(failure(begun.error()));
    auto growing = std::make_shared<Growing>(Growing{.training = std::move(begun).value(), .names = lines(names)});
    const TransformerShape shape = InductionTraining::shape();
    val out = val::object();
    out.set("layers", shape.layers);
    out.set("heads", shape.heads);
    out.set("width", shape.width);
    out.set("vocabulary", shape.vocabulary);
    out.set("context", shape.context);
    out.set("examples", array(growing->training.held_out(), [](const InductionSequence& one) {
                val example = val::object();
                const auto shown = std::span<const std::uint32_t>(one.tokens).first(induction_places);
                example.set("tokens", bindings::to_js(shown));
                example.set("segment", one.segment);
                return example;
            }));
    out.set("growth", growth(growing->training, 0));
    out.set("handle", opened().keep(std::move(growing)));
    return InductionOutcome(success(out));
}

/// known: how many snapshots the page has.
GrowthOutcome advance(Handle handle, std::size_t steps, std::size_t known) {
    return GrowthOutcome(opened().with(handle, [&](Growing& growing) {
        for (std::size_t i = 0; i < steps; ++i) {
            if (const auto error = growing.training.advance()) return failure(*error);
        }
        return success(growth(growing.training, known));
    }));
}

Error no_snapshot(const InductionTraining& training) {
    return {"out-of-range",
            "There is no such snapshot yet. The last one is of step " +
                std::to_string(training.snapshots().back().step) + ".",
            ""};
}

/// Snapshot `which` measured without heads: places[2 · count], layer and head of each, from 1.
SnapshotOutcome without(Handle handle, std::size_t which, std::uintptr_t places, std::size_t count) {
    return SnapshotOutcome(opened().with(handle, [&](Growing& growing) {
        if (which >= growing.training.snapshots().size()) return failure(no_snapshot(growing.training));
        const auto* each = reinterpret_cast<const std::uint32_t*>(places);
        std::vector<HeadPlace> heads;
        for (std::size_t i = 0; i < count; ++i) heads.push_back({each[2 * i] - 1, each[2 * i + 1] - 1});
        return success(to_js(growing.training.measure_without(which, std::move(heads))));
    }));
}

/// Runs snapshot `which`, from 0, on tokens: a run's handle.
InductionRunOutcome run(Handle handle, std::size_t which, std::uintptr_t ids, std::size_t count) {
    return InductionRunOutcome(opened().with(handle, [&](Growing& growing) {
        const auto& snapshots = growing.training.snapshots();
        if (which >= snapshots.size()) return failure(no_snapshot(growing.training));
        auto made = LanguageModel::create_without_text(InductionTraining::shape(), snapshots[which].weights);
        if (!made.ok()) return failure(made.error());
        const auto model = std::make_shared<const OpenedModel>(OpenedModel{std::move(made).value(), growing.names});
        static KernelMultiplier multiplier(Arithmetic::plain);  // the very numbers that the scores were taken from
        const auto* tokens = reinterpret_cast<const std::uint32_t*>(ids);
        auto pass = model->model.run({tokens, tokens + count}, {}, multiplier);
        if (!pass.ok()) return failure(pass.error());
        return success(val(opened_runs().keep(std::make_shared<const Run>(Run{model, {}, std::move(pass).value()}))));
    }));
}

void close(Handle handle) { opened().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(induction) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<InductionOutcome>("import('./errors.ts').Outcome<import('./induction_protocol.ts').InductionParts>");
    register_type<GrowthOutcome>("import('./errors.ts').Outcome<import('./induction_types.ts').InductionGrowth>");
    register_type<SnapshotOutcome>("import('./errors.ts').Outcome<import('./induction_types.ts').InductionSnapshot>");
    register_type<InductionRunOutcome>("import('./errors.ts').Outcome<number>");
    function("inductionMake", &make);
    function("inductionAdvance", &advance);
    function("inductionWithout", &without);
    function("inductionRun", &run);
    function("inductionClose", &close);
}
