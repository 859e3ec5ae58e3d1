// Packs the most frequent words of a finished training run into our word vector file
// (engine/formats/word_vector_file.h). Fewer levels make the file compress better and cost precision; evaluate_vectors
// says how much.

#include <cstdio>

#include "engine/formats/word_vector_file.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/trained_words.h"

int main(int argc, char** argv) {
    using namespace lab;
    const Arguments arguments(
        argc, argv, "pack_vectors --checkpoint FILE --output FILE [--size 30000] [--levels 127] [--context 0]");
    const auto fail = [](const Error& error) {
        std::fprintf(stderr, "%s\n", error.message.c_str());
        return 1;
    };
    const auto trained = read_checkpoint(arguments.text("checkpoint"));
    if (!trained) return fail(trained.error());
    auto chosen = most_frequent(trained.value(), arguments.whole<std::size_t>("size", 30'000),
                                static_cast<float>(arguments.number("context", 0)));
    const auto file =
        quantize_word_vectors(std::move(chosen.words), chosen.rows, chosen.dimensions, arguments.whole("levels", 127));
    if (!file) return fail(file.error());
    const auto bytes = write_word_vector_file(file.value());
    if (!bytes) return fail(bytes.error());
    const auto written = write_file(arguments.text("output"), [&](std::ostream& out) {
        out.write(reinterpret_cast<const char*>(bytes.value().data()),
                  static_cast<std::streamsize>(bytes.value().size()));
    });
    if (!written) return fail(written.error());
    std::printf("%zu words of %zu dimensions: %zu bytes\n", file.value().words.size(), file.value().dimensions,
                bytes.value().size());
    return 0;
}
