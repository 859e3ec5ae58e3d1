#include "engine/models/words/text_normalizer.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

namespace {
std::string normalized(std::string_view line) {
    std::string out;
    lab::normalize_line(line, out);
    return out;
}
}  // namespace

TEST_CASE("text becomes lower-case words with single spaces between") {
    CHECK(normalized("The quick—brown  fox, (it) \"jumps\"!") == "the quick brown fox it jumps");
    CHECK(normalized("  ") == "");
    CHECK(normalized("") == "");
    CHECK(normalized("don't") == "don t");
}

TEST_CASE("digits are spelled out") {
    CHECK(normalized("In 1995, B2B") == "in one nine nine five b two b");
    CHECK(normalized("007") == "zero zero seven");
}

TEST_CASE("accented Latin letters lose their accents, precomposed or combining") {
    CHECK(normalized("Malmö, Þórr, Œuvre, Straße, Łódź, Ærø") == "malmo thorr oeuvre strasse lodz aero");
    CHECK(normalized("Ko\u0308ln") == "koln");
    CHECK(normalized("3×4") == "three four");
}

TEST_CASE("every letter from À to ſ folds to the letters a–z that begin its decomposition") {
    // À–Å Ç È–Ë Ì–Ï Ñ Ò–Ö Ù–Ü Ý, then pairs of capital and small from Ā on: spot checks across the table's rows.
    CHECK(normalized("ÀÅÇËÏÑÖØÜÝ") == "aaceinoouy");
    CHECK(normalized("àåçëïñöøüýÿ") == "aaceinoouyy");
    CHECK(normalized("ĀąĆčĎđĒěĜģĤħĨıIJij") == "aaccddeegghhiiijij");
    CHECK(normalized("ĴĵĶķĸĹłŃŋŌőŒœŔř") == "jjkkkllnnoooeoerr");
    CHECK(normalized("ŚšŢŧŨųŴŵŶŷŸŹžſ") == "ssttuuwwyyyzzs");
}

TEST_CASE("bytes that are not UTF-8 only separate words") {
    CHECK(normalized("a\xFF\xFE z") == "a z");
    CHECK(normalized("cut \xC3") == "cut");
    CHECK(normalized("\xE2\x82") == "");
    CHECK(normalized("naked \x80\x80 tail") == "naked tail");
    CHECK(normalized("Ελλάδα and 東京") == "and");
}
