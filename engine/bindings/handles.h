// Things that live here under numbers which JavaScript holds.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/bindings/to_js.h"

namespace lab::bindings {

using Handle = std::uint32_t;

/// Opened things of one kind, shared so that a training outlives the closing of what it was given.
template <class T>
class Opened {
  public:
    /// @param what what it is called in messages: "set of examples"
    explicit Opened(std::string what) : what_(std::move(what)) {}

    Handle keep(std::shared_ptr<T> thing) {
        all_.emplace_back(++last_, std::move(thing));
        return last_;
    }
    void close(Handle handle) {
        std::erase_if(all_, [handle](const auto& one) { return one.first == handle; });
    }

    /// What is under the handle, or nothing.
    [[nodiscard]] std::shared_ptr<T> find(Handle handle) const {
        for (const auto& [number, thing] : all_) {
            if (number == handle) return thing;
        }
        return nullptr;
    }

    /// What is under the handle, given to `ask`, or the error that it was disposed of.
    template <class Ask>
    val with(Handle handle, Ask ask) const {
        const auto found = find(handle);
        return found ? ask(*found) : failure(gone());
    }

    [[nodiscard]] Error gone() const { return {"disposed", "This " + what_ + " was disposed of. Make it again.", ""}; }

  private:
    std::string what_;
    std::vector<std::pair<Handle, std::shared_ptr<T>>> all_;  // a handful
    Handle last_ = 0;
};

}  // namespace lab::bindings
