// States of words: texts go through a model, and of each the states of its words are kept, at every layer.
#include "engine/bindings/probe.h"
#include "engine/models/probes/probe_measures.h"

namespace lab::bindings {

Opened<KeptStates>& opened_states() {
    static Opened<KeptStates> all("set of states");
    return all;
}

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(NumberOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(Done);
EMSCRIPTEN_DECLARE_VAL_TYPE(MatrixOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(DriftOutcome);

/// Room for the states of words of this model.
NumberOutcome open(Handle model) {
    const auto found = opened_models().find(model);
    if (!found) return NumberOutcome(failure(opened_models().gone()));
    auto kept = std::make_shared<KeptStates>(KeptStates{found, WordStates(found->model.shape())});
    return NumberOutcome(success(val(opened_states().keep(std::move(kept)))));
}

/// Texts one after the other: tokens[…] and ends[S] of each among them, places[…] of its words and ends[S] of those.
Done add(Handle handle, std::uintptr_t tokens, std::uintptr_t token_ends, std::uintptr_t places,
         std::uintptr_t place_ends, std::size_t count) {
    return Done(opened_states().with(handle, [&](KeptStates& kept) {
        static KernelMultiplier multiplier;
        std::vector<TextOfWords> texts;
        const auto cut = [](std::uintptr_t all, std::uintptr_t ends, std::size_t s) {
            const auto to = integers_at(ends, s + 1);
            const std::size_t from = s == 0 ? 0 : to[s - 1];
            return integers_at(all, to[s]).subspan(from);
        };
        for (std::size_t s = 0; s < count; ++s) {
            const auto ids = cut(tokens, token_ends, s);
            const auto words = cut(places, place_ends, s);
            texts.push_back({{ids.begin(), ids.end()}, {words.begin(), words.end()}});
        }
        const auto error = kept.states.add(kept.of->model, texts, multiplier);
        return error ? failure(*error) : success(val::null());
    }));
}

MatrixOutcome rows(Handle handle, std::size_t layer) {
    return MatrixOutcome(with_layer(handle, layer, [](const KeptStates&, MatrixView found) {
        return success(matrix(found.data, found.rows, found.columns));
    }));
}

/// Of every layer.
DriftOutcome drifts(Handle handle, std::uintptr_t labels, std::size_t count, std::size_t classes) {
    return DriftOutcome(opened_states().with(handle, [&](const KeptStates& kept) {
        val all = val::array();
        for (std::size_t l = 0; l <= kept.states.layers(); ++l) {
            const auto found = drift(kept.states.layer(l), integers_at(labels, count), classes);
            if (!found.ok()) return failure(found.error());
            val one = val::object();
            one.set("layer", l);
            one.set("within", found.value().within);
            one.set("between", found.value().between);
            one.set("rawWithin", found.value().raw_within);
            one.set("rawBetween", found.value().raw_between);
            all.set(static_cast<std::uint32_t>(l), one);
        }
        return success(all);
    }));
}

void close(Handle handle) { opened_states().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(word_states) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<NumberOutcome>("import('./errors.ts').Outcome<number>");
    register_type<Done>("import('./errors.ts').Outcome<null>");
    register_type<MatrixOutcome>("import('./errors.ts').Outcome<import('./types.ts').Matrix>");
    register_type<DriftOutcome>("import('./errors.ts').Outcome<import('./types.ts').Drift[]>");
    function("statesOpen", &open);
    function("statesAdd", &add);
    function("statesRows", &rows);
    function("statesDrift", &drifts);
    function("statesClose", &close);
}
