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
    if (*type->as<std::string>() != "F32") {
        return bad_file(which + "is of type " + type->as<std::string>()->substr(0, 20) + ", and only F32 is read.");
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
    if (count * sizeof(float) != to - from) return bad_file(which + "does not have as many numbers as its shape says.");
    Tensor tensor;
    tensor.shape.assign(shape->begin(), shape->end());
    tensor.values.resize(static_cast<std::size_t>(count));
    // A tensor with a 0 in its shape has no numbers, and so no place to copy them to.
    if (count > 0) {
        std::memcpy(tensor.values.data(), data.data() + static_cast<std::size_t>(from),
                    static_cast<std::size_t>(to - from));
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
    std::size_t at = 0;
    for (const auto& [name, tensor] : content.tensors) {
        header += "," + json_string(name) + ":{\"dtype\":\"F32\",\"shape\":[";
        for (std::size_t i = 0; i < tensor.shape.size(); ++i)
            header += (i ? "," : "") + std::to_string(tensor.shape[i]);
        const std::size_t end = at + tensor.values.size() * sizeof(float);
        header += "],\"data_offsets\":[" + std::to_string(at) + "," + std::to_string(end) + "]}";
        at = end;
    }
    header += "}";
    while ((head + header.size()) % 8 != 0)
        header += ' ';  // the numbers lie at a multiple of eight, as the format asks
    const std::uint64_t length = header.size();
    std::vector<std::uint8_t> bytes(head);
    std::memcpy(bytes.data(), &length, head);
    bytes.insert(bytes.end(), header.begin(), header.end());
    for (const auto& [name, tensor] : content.tensors) {
        const auto* from = reinterpret_cast<const std::uint8_t*>(tensor.values.data());
        bytes.insert(bytes.end(), from, from + tensor.values.size() * sizeof(float));
    }
    return bytes;
}

}  // namespace lab
