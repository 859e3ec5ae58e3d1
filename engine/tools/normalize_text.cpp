// normalize_text < text > words: plain text to lower-case words, a line to a line, as word vectors are trained on.
// Lines that hold no word are left out, and so are heading lines of the form "= Title =".

#include <iostream>
#include <string>

#include "engine/models/words/text_normalizer.h"

int main() {
    std::ios::sync_with_stdio(false);
    std::string line;
    std::string words;
    while (std::getline(std::cin, line)) {
        if (line.size() > 3 && line.starts_with("= ") && line.ends_with(" =")) continue;
        words.clear();
        lab::normalize_line(line, words);
        if (!words.empty()) std::cout << words << '\n';
    }
    return std::cout.good() ? 0 : 1;
}
