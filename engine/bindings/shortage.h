// Asking for memory before it is needed: a module without exceptions ends where an allocation fails.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lab::bindings {

/// Error "out-of-memory" if so many bytes are not to be had in one piece. what: that needs them; remedy: what to do, as
/// a sentence that may go on.
inline std::optional<Error> shortage(std::uint64_t bytes, std::string_view what, std::string_view remedy) {
    void* room = bytes <= SIZE_MAX ? std::malloc(static_cast<std::size_t>(bytes)) : nullptr;
    std::free(room);
    if (room != nullptr) return std::nullopt;
    std::string message = "The engine cannot get the " + std::to_string((bytes >> 20) + 1) + " MB that ";
    message += what;
    message += " needs. ";
    message += remedy;
    return Error{"out-of-memory", message + ", or close other pages.", ""};
}

}  // namespace lab::bindings
