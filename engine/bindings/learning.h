// What the bindings of learning share: the opened examples and networks, and labels as they cross.
#pragma once

#include <optional>
#include <span>

#include "engine/bindings/handles.h"
#include "engine/models/networks/examples.h"
#include "engine/models/networks/network.h"

namespace lab::bindings {

Opened<Examples>& opened_examples();
Opened<Network>& opened_networks();

/// {weights: {rows, columns, data}, biases}.
val to_js(const Layer& layer);

/// What is said where a number is asked for whose weights are no longer there.
inline Error changed() {
    return {"changed", "The network was trained or edited since this number was shown. Ask for the numbers once more.",
            ""};
}

/// {handle, count, inputs, classes} of examples that are kept from now on.
val keep(Examples examples);

/// Names as a JavaScript array.
inline val to_js(const std::vector<std::string>& names) {
    return array(names, [](const std::string& name) { return val(name); });
}

/// labels[count] at an address; none at 0.
inline std::span<const std::uint8_t> labels_at(std::uintptr_t address, std::size_t count) {
    return address == 0 ? std::span<const std::uint8_t>{}
                        : std::span(reinterpret_cast<const std::uint8_t*>(address), count);
}

}  // namespace lab::bindings
