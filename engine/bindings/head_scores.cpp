// What the heads of an opened transformer tend to look at, over several texts.
#include "engine/models/transformer/head_scores.h"

#include "engine/bindings/transformer.h"

namespace lab::bindings {

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(HeadScoresOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(RepeatsOutcome);

val to_js(const HeadScores& scores) {
    val out = val::object();
    for (std::size_t kind = 0; kind < head_kinds; ++kind) {
        const HeadTendency& tendency = scores.tendencies[kind];
        val one = val::object();
        one.set("weight", tendency.weight);
        one.set("uniform", tendency.uniform);
        one.set("places", tendency.places);
        out.set(std::string(head_kind_names[kind]), one);
    }
    val distance = val::object();
    distance.set("share", scores.distance.share);
    distance.set("distance", scores.distance.distance);
    distance.set("weight", scores.distance.weight);
    out.set("distance", distance);
    return out;
}

/// Texts one after the other in ids; starts[texts + 1] says where each begins, and the end.
HeadScoresOutcome head_scores(Handle handle, std::uintptr_t ids, std::uintptr_t starts, std::size_t texts) {
    return HeadScoresOutcome(opened_models().with(handle, [&](const OpenedModel& opened) {
        const auto* all = reinterpret_cast<const std::uint32_t*>(ids);
        const auto* at = reinterpret_cast<const std::uint32_t*>(starts);
        HeadMeter meter(opened.model.shape());
        KernelMultiplier multiplier;
        for (std::size_t i = 0; i < texts; ++i) {
            const auto pass = opened.model.run({all + at[i], all + at[i + 1]}, {}, multiplier);
            if (!pass.ok()) return failure(pass.error());
            meter.add(pass.value());
        }
        return success(array(meter.scores(), [](const HeadScores& scores) { return to_js(scores); }));
    }));
}

/// count different tokens by seed, then the same again, after the border.
RepeatsOutcome repeats(Handle handle, std::size_t count, double seed) {
    return RepeatsOutcome(opened_models().with(handle, [&](const OpenedModel& opened) {
        const auto tokens = repeated_tokens(opened.model.shape().vocabulary, count, static_cast<std::uint64_t>(seed));
        return success(bindings::to_js(std::span<const std::uint32_t>(tokens)));
    }));
}

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(head_scores) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<HeadScoresOutcome>(
        "import('./errors.ts').Outcome<Omit<import('./types.ts').HeadScores, 'layer' | 'head'>[]>");
    register_type<RepeatsOutcome>("import('./errors.ts').Outcome<Uint32Array>");
    function("transformerHeadScores", &head_scores);
    function("transformerRepeats", &repeats);
}
