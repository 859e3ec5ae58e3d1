#include "engine/formats/safetensors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include "engine/base/insertion_sort.h"
#include "engine/formats/json.h"

namespace lab {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie in memory");

namespace {

constexpr std::size_t head = 8;
constexpr std::uint64_t longest_header = 100'000'000;  // as the format has it

Error bad_file(const std::string& what) {
    return {"bad-file", "This is no whole safetensors file: " + what + " Get it once more, or save it anew.", ""};
}

struct ElementKind {
    std::string_view name;
    std::size_t bytes;
};
constexpr ElementKind kinds[] = {{"F32", 4}, {"U16", 2}, {"I8", 1}};  // in the order of ElementType, larger ones first

/// Calls take with the list that holds the tensor's numbers.
template <class AnyTensor, class Take>
auto with_list(AnyTensor& tensor, Take take) {
    if (tensor.type == ElementType::u16) return take(tensor.integers);
    if (tensor.type == ElementType::i8) return take(tensor.codes);
    return take(tensor.values);
}

/// Whole numbers of an array, or nothing.
std::optional<std::vector<std::uint64_t>> numbers(const Json* json) {
    const auto* items = json ? json->as<Json::Array>() : nullptr;
    if (!items) return std::nullopt;
    std::vector<std::uint64_t> all;
    for (const Json& item : *items) {
        const auto* number = item.as<std::uint64_t>();
        if (!number) return std::nullopt;
        all.push_back(*number);
    }
    return all;
}

const Json* member(const Json::Object& object, const std::string& name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &found->second;
}

Result<Tensor> read_tensor(const std::string& name, const Json& described, std::span<const std::uint8_t> data) {
    const std::string which = "the tensor “" + name.substr(0, 80) + "” ";
    const auto* parts = described.as<Json::Object>();
    const Json* type = parts ? member(*parts, "dtype") : nullptr;
    const auto shape = numbers(parts ? member(*parts, "shape") : nullptr);
    const auto offsets = numbers(parts ? member(*parts, "data_offsets") : nullptr);
    if (!type || !type->as<std::string>() || !shape || !offsets || offsets->size() != 2) {
        return bad_file(which + "is not described by dtype, shape and data_offsets.");
    }
    std::size_t kind = 0;
    while (kind < std::size(kinds) && kinds[kind].name != *type->as<std::string>()) ++kind;
    if (kind == std::size(kinds)) {
        return bad_file(which + "is of type " + type->as<std::string>()->substr(0, 20) +
                        ", and only F32, U16 and I8 are read.");
    }
    const auto [from, to] = std::pair{(*offsets)[0], (*offsets)[1]};
    if (from > to || to > data.size()) return bad_file(which + "lies beyond the end of the file.");
    std::uint64_t count = 1;
    for (const std::uint64_t size : *shape) {
        if (size > data.size() || (size > 0 && count > data.size() / size)) {
            return bad_file(which + "has a shape larger than the file.");
        }
        count *= size;
    }
    if (count * kinds[kind].bytes != to - from) {
        return bad_file(which + "does not have as many numbers as its shape says.");
    }
    Tensor tensor;
    tensor.shape.assign(shape->begin(), shape->end());
    tensor.type = static_cast<ElementType>(kind);
    void* to_place = with_list(tensor, [count](auto& list) -> void* {
        list.resize(static_cast<std::size_t>(count));
        return list.data();
    });
    // A tensor with a 0 in its shape has no numbers, and so no place to copy them to.
    if (count > 0) {
        std::memcpy(to_place, data.data() + static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    }
    return tensor;
}

}  // namespace

Result<Safetensors> read_safetensors(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < head) return bad_file("it is only " + std::to_string(bytes.size()) + " bytes long.");
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), head);
    if (length > longest_header || length > bytes.size() - head) {
        return bad_file("its header would be longer than the file.");
    }
    const auto* text = reinterpret_cast<const char*>(bytes.data() + head);
    const auto header = read_json({text, static_cast<std::size_t>(length)});
    const auto* entries = header ? header->as<Json::Object>() : nullptr;
    if (!entries) return bad_file("its header is not the JSON that the format wants.");
    const auto data = bytes.subspan(head + static_cast<std::size_t>(length));
    Safetensors out;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    std::uint64_t taken = 0;  // bytes of the tensors read so far
    for (const auto& [name, entry] : *entries) {
        if (name == "__metadata__") {
            const auto* texts = entry.as<Json::Object>();
            if (!texts) return bad_file("its metadata is no map of texts.");
            for (const auto& [key, value] : *texts) {
                if (!value.as<std::string>()) return bad_file("its metadata is no map of texts.");
                out.metadata[key] = *value.as<std::string>();
            }
            continue;
        }
        auto tensor = read_tensor(name, entry, data);
        if (!tensor) return tensor.error();
        const auto offsets = numbers(member(*entry.as<Json::Object>(), "data_offsets"));
        places.emplace_back((*offsets)[0], (*offsets)[1]);
        taken += (*offsets)[1] - (*offsets)[0];
        if (taken > data.size()) return bad_file("its tensors overlap.");  // or many could each take the whole file
        out.tensors.emplace(name, std::move(tensor).value());
    }
    insertion_sort(places, std::less<>());
    std::uint64_t next = 0;
    for (const auto& [from, to] : places) {
        if (from != next) return bad_file("its tensors overlap or leave gaps.");
        next = to;
    }
    if (next != data.size()) return bad_file("it is longer than its tensors.");
    return out;
}

std::vector<std::uint8_t> write_safetensors(const Safetensors& content) {
    std::string header = "{\"__metadata__\":{";
    bool first = true;
    for (const auto& [key, value] : content.metadata) {
        header += (first ? "" : ",") + json_string(key) + ":" + json_string(value);
        first = false;
    }
    header += "}";
    std::vector<std::uint8_t> data;
    for (std::size_t kind = 0; kind < std::size(kinds); ++kind) {
        for (const auto& [name, tensor] : content.tensors) {
            if (tensor.type != static_cast<ElementType>(kind)) continue;
            header += "," + json_string(name) + ":{\"dtype\":\"" + std::string(kinds[kind].name) + "\",\"shape\":[";
            for (std::size_t i = 0; i < tensor.shape.size(); ++i)
                header += (i ? "," : "") + std::to_string(tensor.shape[i]);
            header += "],\"data_offsets\":[" + std::to_string(data.size()) + ",";
            with_list(tensor, [&data](const auto& list) {
                const auto* from = reinterpret_cast<const std::uint8_t*>(list.data());
                data.insert(data.end(), from, from + list.size() * sizeof(list[0]));
            });
            header += std::to_string(data.size()) + "]}";
        }
    }
    header += "}";
    while ((head + header.size()) % 8 != 0)
        header += ' ';  // the numbers lie at a multiple of eight, as the format asks
    const std::uint64_t length = header.size();
    std::vector<std::uint8_t> bytes(head);
    std::memcpy(bytes.data(), &length, head);
    bytes.insert(bytes.end(), header.begin(), header.end());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

}  // namespace lab
