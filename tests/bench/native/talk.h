// How the programs of `npm run bench:native` are spoken to: a line in, a line out, until the input ends.
#pragma once

#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <sstream>
#include <string>

namespace bench {

/// Answers each line of the standard input with what `answer` makes of its words.
inline void talk(const std::function<std::string(std::istringstream&)>& answer) {
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::cout << answer(words) << std::endl;
    }
}

inline double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace bench
