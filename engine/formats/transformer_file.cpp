#include "engine/formats/transformer_file.h"

#include <cassert>
#include <cmath>

#include "engine/formats/safetensors.h"
#include "engine/kernels/kernels.h"

namespace lab {

namespace {

constexpr std::size_t bytes_in_all = 256;       // tokens that are not merges
constexpr std::size_t longest_token = 1024;     // bytes; merges of merges could make a token of 2^M
constexpr double largest_size = 1'000'000'000;  // fits a size_t everywhere; check_shape asks for much less

struct NamedSize {
    const char* name;
    std::size_t TransformerShape::*size;
};
constexpr NamedSize sizes[] = {
    {"vocabulary", &TransformerShape::vocabulary}, {"context", &TransformerShape::context},
    {"width", &TransformerShape::width},           {"heads", &TransformerShape::heads},
    {"layers", &TransformerShape::layers},         {"hidden", &TransformerShape::hidden},
};

using Sizes = std::vector<std::size_t>;

/// What is wrong, as the end of a sentence that begins with the file; empty if nothing is. One Error is made of it at
/// the end: each place that made its own would weigh in the reader's download.
using Fault = std::string;

std::string quoted(const std::string& name) { return "“" + name.substr(0, 80) + "”"; }

std::string scale_name(const TensorPlace& place) { return place.name + ".scale"; }

Sizes shape_of(const TensorPlace& place) {
    return place.rows == 1 ? Sizes{place.columns} : Sizes{place.rows, place.columns};
}

std::string text_of(const Sizes& shape) {
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + "]";
}

/// Takes a tensor out of the content.
Fault take(Safetensors& content, const std::string& name, const Sizes& shape, Tensor& tensor) {
    const auto found = content.tensors.find(name);
    if (found == content.tensors.end()) return "the tensor " + quoted(name) + " is missing.";
    if (found->second.shape != shape) {
        return "the tensor " + quoted(name) + " does not have the shape " + text_of(shape) +
               " that the sizes in the metadata give it.";
    }
    tensor = std::move(found->second);
    content.tensors.erase(found);
    return {};
}

Fault read_shape(Texts& metadata, TransformerShape& shape) {
    for (const auto& [name, size] : sizes) {
        const auto number = read_number(metadata[name]);
        if (!number || !(*number >= 0 && *number <= largest_size) || *number != std::floor(*number)) {
            return "its metadata has no whole number for " + quoted(name) + ".";
        }
        shape.*size = static_cast<std::size_t>(*number);
    }
    const std::string& causal = metadata["causal"];
    if (causal != "true" && causal != "false") return "its metadata says for “causal” neither true nor false.";
    shape.causal = causal == "true";
    if (const auto wrong = check_shape(shape)) return "its sizes do not fit. " + wrong->message;
    return {};
}

/// out[rows, columns] = the tensor at this place.
Fault read_weights(Safetensors& content, const TensorPlace& place, std::span<float> out) {
    Tensor tensor;
    if (Fault fault = take(content, place.name, shape_of(place), tensor); !fault.empty()) return fault;
    const auto wrong = [&](std::size_t row, const char* what) {
        return "row " + std::to_string(row + 1) + " of the tensor " + quoted(place.name) + what;
    };
    const bool coded = tensor.type == ElementType::i8 && place.rows > 1;
    if (!coded && tensor.type != ElementType::f32) {
        return "the tensor " + quoted(place.name) + " is not of type F32" +
               (place.rows > 1 ? ", nor of I8." : ", as vectors are.");
    }
    Tensor scale;
    if (coded) {
        if (Fault fault = take(content, scale_name(place), {place.rows}, scale); !fault.empty()) return fault;
        if (scale.type != ElementType::f32) {
            return "the tensor " + quoted(scale_name(place)) + " is not of type F32.";
        }
    }
    for (std::size_t r = 0; r < place.rows; ++r) {
        if (coded && !(scale.values[r] >= 0 && std::isfinite(scale.values[r])))
            return wrong(r, " has a scale that is negative or not finite.");
        for (std::size_t i = r * place.columns; i < (r + 1) * place.columns; ++i) {
            if (coded && tensor.codes[i] == -128) return wrong(r, " holds the code −128; codes go from −127 to 127.");
            out[i] = coded ? static_cast<float>(tensor.codes[i]) * scale.values[r] : tensor.values[i];
            if (!std::isfinite(out[i])) return wrong(r, " holds a number that is not finite.");
        }
    }
    return {};
}

Fault read_merges(Safetensors& content, TransformerFile& out) {
    if (out.shape.vocabulary < bytes_in_all) return "its vocabulary lacks some of the 256 bytes.";
    const std::size_t count = out.shape.vocabulary - bytes_in_all;
    Tensor tensor;
    if (Fault fault = take(content, "merges", {count, 2}, tensor); !fault.empty()) return fault;
    if (tensor.type != ElementType::u16) return "the tensor “merges” is not of type U16.";
    const auto& tokens = tensor.integers;
    std::vector<std::size_t> lengths(bytes_in_all, 1);  // of the tokens' texts
    for (std::size_t m = 0; m < count; ++m) {
        const auto [left, right] = std::pair<Token, Token>{tokens[2 * m], tokens[2 * m + 1]};
        const auto wrong = [m](const char* what) {
            return "merge " + std::to_string(m + 1) + " in the tensor “merges” " + what;
        };
        if (left >= lengths.size() || right >= lengths.size()) return wrong("names a token that comes later.");
        lengths.push_back(lengths[left] + lengths[right]);
        if (lengths.back() > longest_token) return wrong("makes a token of more than 1,024 bytes.");
        out.merges.emplace_back(left, right);
    }
    return {};
}

Fault read_all(Safetensors& content, std::size_t file_bytes, TransformerFile& out) {
    if (Fault fault = read_shape(content.metadata, out.shape); !fault.empty()) return fault;
    if (Fault fault = read_merges(content, out); !fault.empty()) return fault;
    // A weight takes a byte at least: sizes that ask for more weights than there are bytes get no memory.
    const auto places = tensor_places(out.shape);
    std::uint64_t count = 0;
    for (const TensorPlace& place : places) count += std::uint64_t{place.rows} * place.columns;
    if (count > file_bytes) return "its sizes ask for " + std::to_string(count) + " weights, more than it has bytes.";
    out.weights.resize(static_cast<std::size_t>(count));
    for (const TensorPlace& place : places) {
        const auto weights = std::span(out.weights).subspan(place.offset, place.rows * place.columns);
        if (Fault fault = read_weights(content, place, weights); !fault.empty()) return fault;
    }
    if (content.tensors.empty()) return {};
    return "the tensor " + quoted(content.tensors.begin()->first) + " has no place in it.";
}

}  // namespace

Result<TransformerFile> read_transformer_file(std::span<const std::uint8_t> bytes) {
    auto content = read_safetensors(bytes);
    if (!content) return content.error();
    auto figures = read_figures(content.value().metadata);
    if (!figures) return figures.error();
    TransformerFile out;
    out.figures = std::move(figures).value();
    const Fault fault = read_all(content.value(), bytes.size(), out);
    if (!fault.empty()) return Error{"bad-file", "This file holds no transformer: " + fault + " Get it once more.", ""};
    return out;
}

std::vector<std::uint8_t> write_transformer_file(const TransformerFile& file, int levels) {
    assert(file.weights.size() == weight_count(file.shape));
    assert(file.shape.vocabulary == bytes_in_all + file.merges.size());
    Safetensors content;
    for (const auto& [name, size] : sizes) content.metadata[name] = std::to_string(file.shape.*size);
    content.metadata["causal"] = file.shape.causal ? "true" : "false";
    write_figures(file.figures, content.metadata);
    for (const TensorPlace& place : tensor_places(file.shape)) {
        const auto weights = std::span(file.weights).subspan(place.offset, place.rows * place.columns);
        Tensor& tensor = content.tensors[place.name];
        tensor.shape = shape_of(place);
        if (levels == 0 || place.rows == 1) {
            tensor.values.assign(weights.begin(), weights.end());
            continue;
        }
        tensor.type = ElementType::i8;
        tensor.codes.resize(weights.size());
        Tensor& scales = content.tensors[scale_name(place)];
        scales.shape = {place.rows};
        for (std::size_t r = 0; r < place.rows; ++r) {
            scales.values.push_back(quantize(weights.subspan(r * place.columns, place.columns), levels,
                                             std::span(tensor.codes).subspan(r * place.columns, place.columns)));
        }
    }
    Tensor& merges = content.tensors["merges"];
    merges.shape = {file.merges.size(), 2};
    merges.type = ElementType::u16;
    for (const auto& [left, right] : file.merges) {
        merges.integers.push_back(static_cast<std::uint16_t>(left));
        merges.integers.push_back(static_cast<std::uint16_t>(right));
    }
    return write_safetensors(content);
}

}  // namespace lab
