// From a finished training run to the file that is shipped: int8 codes with a scale for each row.
#include <cstdio>
#include <sstream>

#include "engine/formats/transformer_file.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/or_stop.h"
#include "engine/tools/support/transformer_checkpoint.h"

using namespace lab;

namespace {

constexpr const char* usage =
    "pack_transformer --checkpoint FILE --output FILE [--levels 127] [--figures name=value,…]\n"
    "Levels 0 writes floats.";

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argc, argv, usage);
    auto checkpoint = value_or_stop(read_transformer_checkpoint(arguments.text("checkpoint")));
    TransformerFile file{checkpoint.shape, std::move(checkpoint.weights), std::move(checkpoint.merges), {}};
    std::istringstream figures(arguments.text("figures", ""));
    for (std::string pair; std::getline(figures, pair, ',');) {
        const auto equals = pair.find('=');
        if (equals == pair.npos) arguments.stop("--figures wants name=value pairs.");
        file.figures[pair.substr(0, equals)] = std::strtod(pair.c_str() + equals + 1, nullptr);
    }
    const auto bytes = write_transformer_file(file, arguments.whole<int>("levels", 127));
    value_or_stop(write_file(arguments.text("output"), [&](std::ostream& out) {
        out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }));
    std::printf("%zu weights in %zu bytes\n", file.weights.size(), bytes.size());
    return 0;
}
