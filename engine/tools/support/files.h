// Reading and writing whole files, for the command-line tools.
#pragma once

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/base/result.h"

namespace lab {

inline Result<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{"no-file", "Cannot open " + path + " to read it. Check the path.", path};
    return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Writes to a neighbour file and renames it over `path`, so that an interrupted write leaves the old file whole.
template <class Write>
Result<bool> write_file(const std::string& path, Write write) {
    const std::string part = path + ".part";
    {
        std::ofstream out(part, std::ios::binary);
        write(out);
        out.flush();
        if (!out) return Error{"no-file", "Cannot write " + part + ". Check the folder and the free space.", part};
    }
    if (std::rename(part.c_str(), path.c_str()) != 0)
        return Error{"no-file", "Cannot rename " + part + " to " + path + ".", path};
    return true;
}

}  // namespace lab
