#include "engine/tools/support/transformer_checkpoint.h"

#include <cstring>
#include <ostream>

#include "engine/tools/support/files.h"

namespace lab {

namespace {

constexpr std::string_view magic = "dot-transformer-1\n";

template <class T>
void put(std::ostream& out, const T* data, std::size_t count) {
    const std::uint64_t size = count;
    out.write(reinterpret_cast<const char*>(&size), sizeof size);
    out.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(count * sizeof(T)));
}

/// Takes a list out of the bytes; false if they do not hold it.
template <class T>
bool take(std::string_view& bytes, T& list) {
    using Item = typename T::value_type;
    std::uint64_t size = 0;
    if (bytes.size() < sizeof size) return false;
    std::memcpy(&size, bytes.data(), sizeof size);
    bytes.remove_prefix(sizeof size);
    if (size > bytes.size() / sizeof(Item)) return false;
    const auto count = static_cast<std::size_t>(size);
    list.resize(count);
    if (count > 0) std::memcpy(list.data(), bytes.data(), count * sizeof(Item));
    bytes.remove_prefix(count * sizeof(Item));
    return true;
}

std::vector<std::uint64_t> numbers(const TransformerShape& shape, std::uint64_t steps) {
    return {shape.vocabulary, shape.context, shape.width, shape.heads, shape.layers, shape.hidden, shape.causal, steps};
}

}  // namespace

Result<bool> write_transformer_checkpoint(const std::string& path, const TransformerCheckpoint& checkpoint) {
    return write_file(path, [&](std::ostream& out) {
        out.write(magic.data(), static_cast<std::streamsize>(magic.size()));
        const auto sizes = numbers(checkpoint.shape, checkpoint.optimizer.steps);
        std::vector<Token> merges;
        for (const auto& [left, right] : checkpoint.merges) merges.insert(merges.end(), {left, right});
        put(out, checkpoint.settings.data(), checkpoint.settings.size());
        put(out, sizes.data(), sizes.size());
        put(out, merges.data(), merges.size());
        put(out, checkpoint.weights.data(), checkpoint.weights.size());
        put(out, checkpoint.optimizer.first.data(), checkpoint.optimizer.first.size());
        put(out, checkpoint.optimizer.second.data(), checkpoint.optimizer.second.size());
        put(out, checkpoint.curve.data(), checkpoint.curve.size());
    });
}

Result<TransformerCheckpoint> read_transformer_checkpoint(const std::string& path) {
    auto read = read_file(path);
    if (!read) return read.error();
    const Error bad{"bad-file",
                    path + " is no whole checkpoint of a transformer. Delete it and train from the beginning.", path};
    std::string_view bytes = read.value();
    if (!bytes.starts_with(magic)) return bad;
    bytes.remove_prefix(magic.size());
    TransformerCheckpoint out;
    std::vector<std::uint64_t> sizes;
    std::vector<Token> merges;
    if (!take(bytes, out.settings) || !take(bytes, sizes) || sizes.size() != 8 || !take(bytes, merges) ||
        !take(bytes, out.weights) || !take(bytes, out.optimizer.first) || !take(bytes, out.optimizer.second) ||
        !take(bytes, out.curve) || !bytes.empty())
        return bad;
    const auto number = [&](std::size_t i) { return static_cast<std::size_t>(sizes[i]); };
    out.shape = {number(0), number(1), number(2), number(3), number(4), number(5), sizes[6] != 0};
    out.optimizer.steps = sizes[7];
    for (std::size_t i = 0; i + 1 < merges.size(); i += 2) out.merges.emplace_back(merges[i], merges[i + 1]);
    const bool fits = !check_shape(out.shape) && out.weights.size() == weight_count(out.shape) &&
                      out.optimizer.first.size() == out.weights.size() &&
                      out.optimizer.second.size() == out.weights.size();
    if (!fits) return bad;
    return out;
}

}  // namespace lab
