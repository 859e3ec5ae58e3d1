// Trainings under way. Options come as an object; what is left out keeps its default.
#include "engine/models/networks/training.h"

#include "engine/bindings/learning.h"
#include "engine/models/networks/explain_network.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(Options);
EMSCRIPTEN_DECLARE_VAL_TYPE(TrainingOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(StepOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ProgressOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(CurveOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(Done);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

/// A training, and the last step that was taken by itself.
struct Kept {
    Training training;
    std::optional<StepRecord> step;
    std::size_t told = 0;  // points of the curve that the page knows
};

Opened<Kept>& opened() {
    static Opened<Kept> all("training");
    return all;
}

template <class T>
T option(const val& options, const char* name, T otherwise) {
    const val given = options[name];
    return given.isUndefined() ? otherwise : static_cast<T>(given.as<double>());
}

TrainingOptions read_options(const val& options) {
    const val optimizer = options["optimizer"];
    TrainingOptions out;
    if (!optimizer.isUndefined()) out.optimizer = optimizer_named(optimizer.as<std::string>()).value_or(Optimizer::sgd);
    out.rate = option(options, "rate", out.optimizer == Optimizer::adam ? 0.01f : 0.1f);
    out.momentum = option(options, "momentum", out.momentum);
    out.batch = option(options, "batch", out.batch);
    out.weight_decay = option(options, "weightDecay", out.weight_decay);
    out.seed = option(options, "seed", out.seed);
    out.every = option(options, "every", out.every);
    return out;
}

val to_js(const TrainingOptions& options) {
    val out = val::object();
    out.set("optimizer", std::string(name(options.optimizer)));
    out.set("rate", options.rate);
    out.set("momentum", options.momentum);
    out.set("batch", options.batch);
    out.set("weightDecay", options.weight_decay);
    out.set("seed", static_cast<double>(options.seed));
    out.set("every", options.every);
    return out;
}

val to_js(std::span<const CurvePoint> points) {
    return array(points, [](const CurvePoint& point) {
        val out = val::object();
        out.set("step", static_cast<double>(point.step));
        out.set("epoch", point.epoch);
        out.set("loss", point.loss);
        out.set("accuracy", point.accuracy);
        out.set("heldOutLoss", point.held_out_loss);
        out.set("heldOutAccuracy", point.held_out_accuracy);
        return out;
    });
}

/// The points that the page has not been told of.
val news(Kept& kept) {
    const auto fresh = std::span(kept.training.curve()).subspan(kept.told);
    kept.told = kept.training.curve().size();
    return to_js(fresh);
}

/// Trains the network under `network`; held_out may be 0.
TrainingOutcome make(Handle network, Handle examples, Handle held_out, const Options& options) {
    const auto net = opened_networks().find(network);
    const auto train = opened_examples().find(examples);
    const auto held = opened_examples().find(held_out);
    if (!net) return TrainingOutcome(failure(opened_networks().gone()));
    if (!train || (held_out != 0 && !held)) return TrainingOutcome(failure(opened_examples().gone()));
    auto begun = Training::begin(net, train, held, read_options(options));
    if (!begun.ok()) return TrainingOutcome(failure(begun.error()));
    val out = val::object();
    out.set("stepsPerEpoch", begun.value().steps_per_epoch());
    out.set("options", to_js(begun.value().options()));
    out.set("handle", opened().keep(std::make_shared<Kept>(Kept{std::move(begun).value(), std::nullopt, 0})));
    return TrainingOutcome(success(out));
}

val layers(const StepRecord& record) {
    val out = val::array();
    for (std::size_t l = 0; l < record.before.size(); ++l) {
        val one = val::object();
        one.set("before", bindings::to_js(record.before[l]));
        one.set("gradient", bindings::to_js(record.gradients[l]));
        one.set("after", bindings::to_js(record.after[l]));
        out.set(static_cast<std::uint32_t>(l), one);
    }
    return out;
}

StepOutcome step(Handle handle) {
    return StepOutcome(opened().with(handle, [](Kept& kept) {
        auto taken = kept.training.step();
        if (!taken.ok()) return failure(taken.error());
        kept.step = std::move(taken).value();
        val out = val::object();
        out.set("step", static_cast<double>(kept.step->step));
        out.set("epoch", kept.training.epochs());
        out.set("batch", bindings::to_js(std::span<const std::uint32_t>(kept.step->batch)));
        out.set("loss", kept.step->loss);
        out.set("layers", layers(*kept.step));
        out.set("points", news(kept));
        return success(out);
    }));
}

ProgressOutcome advance(Handle handle, std::size_t steps) {
    return ProgressOutcome(opened().with(handle, [&](Kept& kept) {
        kept.step.reset();
        for (std::size_t i = 0; i < steps; ++i) {
            if (const auto error = kept.training.advance()) return failure(*error);
        }
        val out = val::object();
        out.set("step", static_cast<double>(kept.training.steps()));
        out.set("epoch", kept.training.epochs());
        out.set("batchLoss", kept.training.batch_loss());
        out.set("points", news(kept));
        return success(out);
    }));
}

CurveOutcome curve(Handle handle) {
    return CurveOutcome(opened().with(handle, [](const Kept& kept) { return success(to_js(kept.training.curve())); }));
}

BytesOutcome save(Handle handle) {
    return BytesOutcome(opened().with(handle, [](const Kept& kept) {
        const auto bytes = kept.training.save();
        return success(bindings::to_js(std::span<const std::uint8_t>(bytes)));
    }));
}

Done restore(Handle handle, std::uintptr_t bytes, std::size_t size) {
    return Done(opened().with(handle, [&](Kept& kept) {
        const auto error = kept.training.restore(labels_at(bytes, size));
        if (error) return failure(*error);
        kept.step.reset();
        kept.told = kept.training.curve().size();  // the page asks for the whole curve
        return success(val::null());
    }));
}

/// Explains a number of step `which`, as long as it is the last and was taken by itself.
ExplanationOutcome explain(Handle handle, double which, const std::string& address) {
    return ExplanationOutcome(opened().with(handle, [&](const Kept& kept) {
        if (!kept.step || static_cast<double>(kept.step->step) != which) return failure(changed());
        const Network& network = kept.training.network();
        const NetworkContext context{kept.step->before, network.activation(), network.classes(),
                                     &kept.step->pass,  &*kept.step,          &kept.training.options()};
        return outcome(explain_network(context, address),
                       [](const Explanation& explanation) { return bindings::to_js(explanation); });
    }));
}

void close(Handle handle) { opened().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(training) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<Options>("import('./types.ts').TrainingOptions");
    register_type<TrainingOutcome>("import('./errors.ts').Outcome<import('./learning_protocol.ts').OpenedTraining>");
    register_type<StepOutcome>("import('./errors.ts').Outcome<Omit<import('./types.ts').TrainingStep, 'explain'>>");
    register_type<ProgressOutcome>("import('./errors.ts').Outcome<import('./types.ts').TrainingProgress>");
    register_type<CurveOutcome>("import('./errors.ts').Outcome<import('./types.ts').CurvePoint[]>");
    register_type<BytesOutcome>("import('./errors.ts').Outcome<Uint8Array>");
    register_type<Done>("import('./errors.ts').Outcome<null>");
    register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    function("trainingMake", &make);
    function("trainingStep", &step);
    function("trainingAdvance", &advance);
    function("trainingCurve", &curve);
    function("trainingSave", &save);
    function("trainingRestore", &restore);
    function("trainingExplain", &explain);
    function("trainingClose", &close);
}
