// Measured figures as texts in the metadata of a file: "figure.<name>", in digits with six after the point.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lab {

using Figures = std::map<std::string, double>;
using Texts = std::map<std::string, std::string>;

/// Digits with or without a fraction, after a minus or not, at most 21 characters; nothing for any other text. The C
/// library's reader of numbers would weigh as much in the reader's download as ten kernels.
std::optional<double> read_number(std::string_view text);

/// The texts whose names begin with "figure.". Error "bad-file", naming the text that is no number.
Result<Figures> read_figures(const Texts& metadata);

/// Figures come back to within half a millionth, as far as a double tells it; each must be finite and below 10¹³ in
/// size, or the file will not be read again.
void write_figures(const Figures& figures, Texts& metadata);

}  // namespace lab
