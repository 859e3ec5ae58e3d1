// As much of JSON as the header of a safetensors file needs: objects, arrays, strings and whole numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lab {

struct Json {
    using Object = std::map<std::string, Json>;
    using Array = std::vector<Json>;
    std::variant<std::uint64_t, std::string, Array, Object> value;

    template <class T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&value);
    }
};

/// Nothing where the text is anything else: unfinished, nested deeper than 8, a repeated key, a number that is not
/// whole or beyond 2⁶³, a word such as true.
std::optional<Json> read_json(std::string_view text);

/// A text in quotation marks.
std::string json_string(std::string_view text);

}  // namespace lab
