// Learns byte pairs from texts and writes them, two numbers a line: the tokenizer of the transformers.
#include <cstdio>
#include <sstream>

#include "engine/models/transformer/byte_pairs.h"
#include "engine/tools/support/arguments.h"
#include "engine/tools/support/files.h"
#include "engine/tools/support/or_stop.h"

using namespace lab;

namespace {

constexpr const char* usage =
    "train_tokenizer --texts FILE:MOST_BYTES,FILE:MOST_BYTES… --vocabulary N --output FILE\n"
    "Of each text the first MOST_BYTES are read. Bytes 0 stand between documents.";

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argc, argv, usage);
    std::string all;
    std::istringstream list(arguments.text("texts"));
    for (std::string one; std::getline(list, one, ',');) {
        const auto colon = one.rfind(':');
        if (colon == one.npos) arguments.stop("--texts wants FILE:MOST_BYTES.");
        const std::string text = value_or_stop(read_file(one.substr(0, colon)));
        all += text.substr(0, std::stoul(one.substr(colon + 1)));
    }
    for (char& c : all) c = c == '\0' ? '\n' : c;
    const auto pairs = value_or_stop(BytePairs::train(all, arguments.whole<std::size_t>("vocabulary", 4096)));
    value_or_stop(write_file(arguments.text("output"), [&](std::ostream& out) {
        for (const auto& [left, right] : pairs.merges()) out << left << ' ' << right << '\n';
    }));
    std::printf("%zu tokens from %zu bytes\n", pairs.size(), all.size());
    return 0;
}
