#include "engine/formats/figures.h"

namespace lab {

namespace {

constexpr std::string_view prefix = "figure.";

}  // namespace

std::optional<double> read_number(std::string_view text) {
    constexpr std::size_t longest = 20;  // digits and point
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.size() > longest) return std::nullopt;
    double digits = 0;
    double scale = 1;
    bool fraction = false;
    bool any = false;
    for (const char c : text) {
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            digits = 10 * digits + (c - '0');
            scale *= fraction ? 10 : 1;
            any = true;
        } else {
            return std::nullopt;
        }
    }
    if (!any) return std::nullopt;
    return (negative ? -digits : digits) / scale;
}

Result<Figures> read_figures(const Texts& metadata) {
    Figures figures;
    for (const auto& [name, text] : metadata) {
        if (!name.starts_with(prefix)) continue;
        const auto value = read_number(text);
        if (!value) {
            return Error{"bad-file", "In this file the figure “" + name + "” is no number. Get the file once more.",
                         ""};
        }
        figures[name.substr(prefix.size())] = *value;
    }
    return figures;
}

void write_figures(const Figures& figures, Texts& metadata) {
    for (const auto& [name, value] : figures) metadata[std::string(prefix) + name] = std::to_string(value);
}

}  // namespace lab
