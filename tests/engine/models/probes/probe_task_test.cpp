#include "engine/models/probes/probe_task.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

using namespace lab;

namespace {

/// 40 texts of 1 to 5 words, every seventh word outside, three classes of different size.
struct Words {
    std::vector<std::uint32_t> labels, groups, spellings;
    Words() {
        for (std::uint32_t text = 0; text < 40; ++text) {
            for (std::uint32_t word = 0; word <= text % 5; ++word) {
                const auto n = static_cast<std::uint32_t>(labels.size());
                labels.push_back(n % 7 == 3 ? no_class : n % 4 == 0 ? 2u : n % 2);
                groups.push_back(text);
                spellings.push_back(n % 11);
            }
        }
    }
};

std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> values) {
    std::ranges::sort(values);
    return values;
}

}  // namespace

TEST_CASE("a text is held out whole or not at all, and the share is that of the texts") {
    const Words words;
    const auto parts = divide(words.labels, words.groups, 0.25, 3).value();
    std::map<std::uint32_t, std::set<ProbePart>> of_text;
    std::set<std::uint32_t> held;
    for (std::size_t n = 0; n < parts.size(); ++n) {
        CHECK((parts[n] == ProbePart::outside) == (words.labels[n] == no_class));
        if (parts[n] == ProbePart::outside) continue;
        of_text[words.groups[n]].insert(parts[n]);
        if (parts[n] == ProbePart::held_out) held.insert(words.groups[n]);
    }
    for (const auto& [text, kinds] : of_text) CHECK(kinds.size() == 1);
    CHECK(held.size() == (of_text.size() + 2) / 4);
    CHECK(divide(words.labels, words.groups, 0.25, 3).value() == parts);
    CHECK(divide(words.labels, words.groups, 0.25, 4).value() != parts);
}

TEST_CASE("a share that is too small still holds one text out, 0 none, and something must be left") {
    const std::vector<std::uint32_t> labels{0, 1, 0, 1};
    const std::vector<std::uint32_t> groups{5, 5, 9, 9};
    const auto held = [](const std::vector<ProbePart>& parts) {
        return std::ranges::count(parts, ProbePart::held_out);
    };
    CHECK(held(divide(labels, groups, 0.01, 1).value()) == 2);
    CHECK(held(divide(labels, groups, 0, 1).value()) == 0);
    const std::vector<std::uint32_t> one_text{5, 5, 5, 5};
    CHECK(divide(labels, one_text, 0.25, 1).error().code == "too-few");
    const std::vector<std::uint32_t> none(4, no_class);
    CHECK(divide(none, groups, 0, 1).error().code == "too-few");
}

TEST_CASE("a control gives each spelling one class wherever it stands, as common as the classes were") {
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> spellings;
    for (std::uint32_t n = 0; n < 4000; ++n) {
        labels.push_back(n % 10 == 9 ? no_class : n % 10 < 6 ? 0u : 1u);  // two in three of class 0
        spellings.push_back(n % 1000);
    }
    const auto made = control_labels(labels, spellings, 7);
    std::map<std::uint32_t, std::uint32_t> of;
    std::size_t first = 0;
    std::size_t all = 0;
    for (std::size_t n = 0; n < made.size(); ++n) {
        REQUIRE((made[n] == no_class) == (labels[n] == no_class));
        if (made[n] == no_class) continue;
        REQUIRE(of.try_emplace(spellings[n], made[n]).first->second == made[n]);
        first += made[n] == 0;
        ++all;
    }
    const double share = static_cast<double>(first) / static_cast<double>(all);
    CHECK(share > 2.0 / 3 - 0.06);
    CHECK(share < 2.0 / 3 + 0.06);
    CHECK(control_labels(labels, spellings, 7) == made);
    CHECK(control_labels(labels, spellings, 8) != made);
}

TEST_CASE("shuffled labels are the same labels elsewhere, in each part as many of each class") {
    const Words words;
    const auto parts = divide(words.labels, words.groups, 0.25, 2).value();
    const auto made = shuffled_labels(words.labels, parts, 2);
    for (const ProbePart part : {ProbePart::train, ProbePart::held_out, ProbePart::outside}) {
        std::vector<std::uint32_t> before;
        std::vector<std::uint32_t> after;
        for (std::size_t n = 0; n < made.size(); ++n) {
            if (parts[n] != part) continue;
            before.push_back(words.labels[n]);
            after.push_back(made[n]);
        }
        CHECK(sorted(after) == sorted(before));
        CHECK((after != before) == (part != ProbePart::outside));
    }
    CHECK(shuffled_labels(words.labels, parts, 2) == made);
    CHECK(shuffled_labels(words.labels, parts, 3) != made);
}

TEST_CASE("division, control and shuffle of one seed, as they were written down once") {
    const Words words;
    std::uint64_t hash = 0xcbf29ce484222325u;
    const auto add = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3u; };
    const auto parts = divide(words.labels, words.groups, 0.25, 1).value();
    for (const auto part : parts) add(static_cast<std::uint64_t>(part));
    for (const auto label : control_labels(words.labels, words.spellings, 1)) add(label);
    for (const auto label : shuffled_labels(words.labels, parts, 1)) add(label);
    CHECK(hash == 0x7d99a9c09caeb75d);
}
