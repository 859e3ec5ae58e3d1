// For command-line programs: the value of a result, or its error in words and the end.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "engine/base/result.h"

namespace lab {

[[noreturn]] inline void stop(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message.c_str());
    std::exit(1);
}

template <class T>
T value_or_stop(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(result).value();
}

}  // namespace lab
