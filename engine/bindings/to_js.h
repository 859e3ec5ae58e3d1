// The engine's results as plain JavaScript objects: every array is copied out, nothing points back into the heap.
// The TypeScript side of each type stands in web/engine/types.ts, and is named where the function is bound.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/models/explanations/dot_trace.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/words/analogy.h"

namespace lab::bindings {

using emscripten::val;

/// Floats at an address in the engine's memory, as JavaScript hands them in.
inline std::span<const float> floats_at(std::uintptr_t address, std::size_t count) {
    return {reinterpret_cast<const float*>(address), count};
}

/// Each line of a text that ends every one with a line end: how a list of words crosses.
std::vector<std::string> lines(std::string_view text);

/// A Float32Array with a copy of the values; a Uint8Array, a Uint32Array.
val to_js(std::span<const float> values);
val to_js(std::span<const std::uint8_t> values);
val to_js(std::span<const std::uint32_t> values);
/// {rows, columns, data}: values[rows, columns], copied.
val matrix(std::span<const float> values, std::size_t rows, std::size_t columns);
val to_js(const Explanation& explanation);
val to_js(const DotTrace& trace);
val to_js(const std::vector<Neighbor>& neighbors);

/// An Array of whatever can be made into JavaScript.
template <class Container, class Convert>
val array(const Container& items, Convert convert) {
    val out = val::array();
    std::uint32_t i = 0;
    for (const auto& item : items) out.set(i++, convert(item));
    return out;
}

/// {error: {code, message, detail}}.
val failure(const Error& error);
/// {value}.
val success(val value);

/// {value} with the value as `convert` makes it, or {error}.
template <class T, class Convert>
val outcome(const Result<T>& result, Convert convert) {
    return result.ok() ? success(convert(result.value())) : failure(result.error());
}

}  // namespace lab::bindings
