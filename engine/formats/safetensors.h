// Reader and writer of safetensors files: tensors by name, and a map of texts.
// Format: https://huggingface.co/docs/safetensors: 8 bytes length of the header, the header as JSON, the numbers.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lab {

/// Called F32, U16 and I8 in the file.
enum class ElementType { f32, u16, i8 };

/// Numbers with a shape. They stand in the one of the three lists that `type` tells, whose length is the product of the
/// shape; the other two are empty.
struct Tensor {
    std::vector<std::size_t> shape = {};
    std::vector<float> values = {};  // f32
    ElementType type = ElementType::f32;
    std::vector<std::uint16_t> integers = {};  // u16
    std::vector<std::int8_t> codes = {};       // i8
};

struct Safetensors {
    std::map<std::string, Tensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Little-endian tensors of the types above; others are refused by name. Errors: "bad-file", saying what is wrong with
/// the header or with which tensor.
Result<Safetensors> read_safetensors(std::span<const std::uint8_t> bytes);

/// The same content gives the same bytes. Tensors of larger elements lie before those of smaller, so that each number
/// lies at a multiple of its size; by name among those of a type.
std::vector<std::uint8_t> write_safetensors(const Safetensors& content);

}  // namespace lab
