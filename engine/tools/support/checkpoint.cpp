#include "engine/tools/support/checkpoint.h"

#include <fstream>

#include "engine/tools/support/files.h"

namespace lab {
namespace {

constexpr char magic[] = "DBDTRAIN1\n";

void put(std::ostream& out, std::uint64_t x) { out.write(reinterpret_cast<const char*>(&x), sizeof x); }
void put(std::ostream& out, const std::string& text) {
    put(out, text.size());
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}
void put(std::ostream& out, std::span<const float> values) {
    out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
}

std::uint64_t get_count(std::istream& in) {
    std::uint64_t x = 0;
    in.read(reinterpret_cast<char*>(&x), sizeof x);
    return in ? x : 0;
}
std::string get_text(std::istream& in, std::uint64_t limit) {
    const std::uint64_t size = get_count(in);
    if (size > limit) in.setstate(std::ios::failbit);
    std::string text(in ? static_cast<std::size_t>(size) : 0, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}
/// How many bytes follow; what claims to be longer is refused before memory is asked for.
std::uint64_t bytes_left(std::istream& in) {
    const auto here = in.tellg();
    in.seekg(0, std::ios::end);
    const auto end = in.tellg();
    in.seekg(here);
    return in && end > here ? static_cast<std::uint64_t>(end - here) : 0;
}
void get(std::istream& in, std::vector<float>& values, std::uint64_t count) {
    if (!in || count > bytes_left(in) / sizeof(float)) in.setstate(std::ios::failbit);
    values.resize(in ? static_cast<std::size_t>(count) : 0);
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
}

}  // namespace

Result<bool> write_checkpoint(const std::string& path, const Checkpoint& checkpoint, MatrixView inputs,
                              MatrixView outputs) {
    return write_file(path, [&](std::ostream& out) {
        out << magic;
        put(out, checkpoint.settings);
        put(out, checkpoint.done);
        put(out, checkpoint.blocks);
        put(out, inputs.rows);
        put(out, inputs.columns);
        for (std::size_t i = 0; i < inputs.rows; ++i) {
            put(out, checkpoint.words[i]);
            put(out, checkpoint.counts[i]);
        }
        put(out, inputs.data);
        put(out, outputs.data);
    });
}

Result<Checkpoint> read_checkpoint(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{"no-file", "Cannot open the checkpoint " + path + ".", path};
    std::string start(sizeof magic - 1, '\0');
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    Checkpoint checkpoint;
    constexpr std::uint64_t limit = 1u << 20;
    checkpoint.settings = get_text(in, limit);
    checkpoint.done = get_count(in);
    checkpoint.blocks = get_count(in);
    const std::uint64_t words = get_count(in);
    checkpoint.dimensions = static_cast<std::size_t>(get_count(in));
    if (!in || start != magic || words > 10'000'000 || checkpoint.dimensions > 4096)
        return Error{"bad-file", path + " is not a training checkpoint of this program. Delete it to start afresh.",
                     path};
    for (std::uint64_t i = 0; i < words && in; ++i) {
        checkpoint.words.push_back(get_text(in, limit));
        checkpoint.counts.push_back(get_count(in));
    }
    get(in, checkpoint.inputs, words * checkpoint.dimensions);
    get(in, checkpoint.outputs, words * checkpoint.dimensions);
    if (!in) return Error{"bad-file", "The checkpoint " + path + " ends too early. Delete it to start afresh.", path};
    return checkpoint;
}

}  // namespace lab
