#include "engine/formats/figures.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace lab;

TEST_CASE("numbers in digits are read, and nothing else") {
    CHECK(read_number("0") == 0.0);
    CHECK(read_number("2048") == 2048.0);
    CHECK(read_number("0.915000") == 0.915);
    CHECK(read_number("-0.25") == -0.25);
    CHECK(read_number("-12.000000") == -12.0);
    CHECK(read_number("-999999999.999999") == -999999999.999999);
    CHECK(read_number("-9999999999999.999999").has_value());
    for (const char* text : {"", "-", ".", "-.", "--1", "+1", "1-", "1.2.3", "1e5", "nan", "inf", " 1", "1 ", "0x10",
                             "123456789012345678901"}) {
        INFO(text);
        CHECK_FALSE(read_number(text).has_value());
    }
}

TEST_CASE("figures are written among other texts and read again to within half a millionth") {
    const Figures figures{{"bits per byte", 1.9173254}, {"loss", -0.000123}, {"steps", 20000}, {"tiny", -1e-9}};
    Texts texts{{"activation", "relu"}};
    write_figures(figures, texts);
    CHECK(texts.at("figure.bits per byte") == "1.917325");
    CHECK(texts.at("figure.steps") == "20000.000000");
    const auto read = read_figures(texts);
    REQUIRE(read.ok());
    REQUIRE(read.value().size() == figures.size());
    for (const auto& [name, value] : figures) {
        INFO(name);
        CHECK(std::abs(read.value().at(name) - value) <= 0.5e-6);
    }
}

TEST_CASE("a figure that is no number is named") {
    const auto read = read_figures({{"figure.loss", "nan"}});
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == "bad-file");
    CHECK(read.error().message.find("“figure.loss”") != std::string::npos);
}
