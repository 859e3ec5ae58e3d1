// What the bindings of probes share: opened states of words and trained probes.
#pragma once

#include <memory>
#include <span>

#include "engine/bindings/transformer.h"
#include "engine/models/probes/probe.h"
#include "engine/models/probes/word_states.h"

namespace lab::bindings {

struct KeptStates {
    std::shared_ptr<const OpenedModel> of;
    WordStates states;
};
struct KeptProbe {
    std::shared_ptr<const OpenedModel> of;
    std::size_t layer;
    Probe probe;
};

Opened<KeptStates>& opened_states();
Opened<const KeptProbe>& opened_probes();

/// labels[count], and other whole numbers, at an address.
inline std::span<const std::uint32_t> integers_at(std::uintptr_t address, std::size_t count) {
    return {reinterpret_cast<const std::uint32_t*>(address), count};
}

/// What is under the handle, if it has this layer.
template <class Ask>
val with_layer(Handle handle, std::size_t layer, Ask ask) {
    return opened_states().with(handle, [&](const KeptStates& kept) {
        if (layer <= kept.states.layers()) return ask(kept, kept.states.layer(layer));
        return failure({"out-of-range",
                        "There is no layer " + std::to_string(layer) + ". Give 0 (what goes into the first) to " +
                            std::to_string(kept.states.layers()) + ".",
                        ""});
    });
}

}  // namespace lab::bindings
