// A made-up language for whoever learns from texts.
#pragma once

#include <string>
#include <vector>

#include "engine/base/random.h"

namespace lab::testing {

/// Paragraphs of twelve words of one topic each: words of one topic only ever stand beside each other.
inline std::string two_topics(int paragraphs) {
    const std::vector<std::vector<std::string>> topics = {{"cat", "dog", "fish", "bird", "mouse"},
                                                          {"red", "blue", "green", "black", "white"}};
    Random random(11);
    std::string text;
    for (int paragraph = 0; paragraph < paragraphs; ++paragraph) {
        const auto& topic = topics[random.below(2)];
        for (int i = 0; i < 12; ++i) text += topic[random.below(topic.size())] + " ";
        text += "\n";
    }
    return text;
}

}  // namespace lab::testing
