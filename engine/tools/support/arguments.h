// --name value pairs of a command line, for the tools.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>

namespace lab {

class Arguments {
  public:
    /// Ends the program with the usage text on anything that is not a "--name value" pair.
    Arguments(int argc, char** argv, const char* usage) : usage_(usage) {
        for (int i = 1; i < argc; i += 2) {
            const std::string name = argv[i];
            if (!name.starts_with("--") || i + 1 >= argc)
                stop("Cannot read \"" + name + "\": options come as --name value.");
            values_[name.substr(2)] = argv[i + 1];
        }
    }

    [[nodiscard]] std::string text(const std::string& name) const {
        const auto found = values_.find(name);
        if (found == values_.end()) stop("--" + name + " is missing.");
        return found->second;
    }
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
        const auto found = values_.find(name);
        return found == values_.end() ? otherwise : found->second;
    }
    [[nodiscard]] double number(const std::string& name, double otherwise) const {
        const auto found = values_.find(name);
        if (found == values_.end()) return otherwise;
        char* end = nullptr;
        const double value = std::strtod(found->second.c_str(), &end);
        if (found->second.empty() || *end != '\0')
            stop("--" + name + " wants a number, not \"" + found->second + "\".");
        return value;
    }
    template <class Whole>
    [[nodiscard]] Whole whole(const std::string& name, Whole otherwise) const {
        return static_cast<Whole>(number(name, static_cast<double>(otherwise)));
    }

    [[noreturn]] void stop(const std::string& why) const {
        std::fprintf(stderr, "%s\n\n%s\n", why.c_str(), usage_);
        std::exit(2);
    }

  private:
    const char* usage_;
    std::unordered_map<std::string, std::string> values_;
};

}  // namespace lab
