// Reader and writer of safetensors files: tensors of floats by name, and a map of texts.
// Format: https://huggingface.co/docs/safetensors: 8 bytes length of the header, the header as JSON, the numbers.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lab {

/// Floats with a shape; values.size() is the product of the shape.
struct Tensor {
    std::vector<std::size_t> shape;
    std::vector<float> values;
};

struct Safetensors {
    std::map<std::string, Tensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Little-endian F32 tensors; other types are refused by name. Errors: "bad-file", saying what is wrong with the header
/// or with which tensor.
Result<Safetensors> read_safetensors(std::span<const std::uint8_t> bytes);

/// The same content gives the same bytes.
std::vector<std::uint8_t> write_safetensors(const Safetensors& content);

}  // namespace lab
