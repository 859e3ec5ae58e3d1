#include "engine/models/words/spelling.h"

#include <catch2/catch_test_macros.hpp>

using namespace lab;

TEST_CASE("edits are counted: insert, delete, replace, swap neighbours") {
    const auto distance = [](std::string_view a, std::string_view b) {
        return edit_distance(code_points(a), code_points(b));
    };
    CHECK(distance("", "") == 0);
    CHECK(distance("", "abc") == 3);
    CHECK(distance("king", "king") == 0);
    CHECK(distance("kign", "king") == 1);
    CHECK(distance("kng", "king") == 1);
    CHECK(distance("kiing", "king") == 1);
    CHECK(distance("ring", "king") == 1);
    CHECK(distance("kitten", "sitting") == 3);
    CHECK(distance("ca", "abc") == 3);  // no place is edited twice
    CHECK(distance("naive", "naïve") == 1);
    CHECK(distance("abcdef", "fedcba") == distance("fedcba", "abcdef"));
}

TEST_CASE("near spellings: fewest edits first, then the more frequent word; nothing far-fetched") {
    const std::vector<std::string> words{"the", "king", "kings", "ring", "Paris", "queen", "kin", "kingdom"};
    const auto names = [&](std::string_view text, std::size_t count) {
        std::vector<std::string> found;
        for (const auto i : near_spellings(text, words, count)) found.push_back(words[i]);
        return found;
    };
    CHECK(names("kign", 5) == std::vector<std::string>{"king", "kin", "kings", "ring"});
    CHECK(names("kign", 2) == std::vector<std::string>{"king", "kin"});
    CHECK(names("paris", 5) == std::vector<std::string>{"Paris"});
    CHECK(names(" QUEN ", 5) == std::vector<std::string>{"queen"});
    CHECK(names("xylophone", 5).empty());
    CHECK(names("", 5).empty());
    CHECK(names(std::string(100000, 'x'), 5).empty());
}

TEST_CASE("capitals are lowered in several alphabets, other bytes left alone") {
    CHECK(fold_case("KING") == "king");
    CHECK(fold_case("ÉCOLE Ünder Ž Ğ ΑΘΉΝΑ МОСКВА Ё ×") == "école ünder ž ğ αθήνα москва ё ×");
    CHECK(fold_case("\xC3") == "\xC3");
    CHECK(fold_case("\xFF\xC3(A") == "\xFF\xC3(a");
    CHECK(fold_case("日本A") == "日本a");
}

TEST_CASE("white space at the ends goes") {
    CHECK(trim("  king\t\n") == "king");
    CHECK(trim("two words") == "two words");
    CHECK(trim(" \n").empty());
    CHECK(trim("").empty());
}

TEST_CASE("code points: well-formed characters are one, other bytes stand for themselves") {
    CHECK(code_points("aé日😀") == U"aé日😀");
    CHECK(code_points("\xFF\xC3").size() == 2);
    CHECK(code_points("\xE6\x97").size() == 2);
}
