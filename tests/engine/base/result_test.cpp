#include "engine/base/result.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

using namespace lab;

namespace {

Result<int> half(int x) {
    if (x % 2 != 0) return Error{"odd", "Give an even number.", "3"};
    return x / 2;
}

}  // namespace

TEST_CASE("a result is a value or an error") {
    const auto good = half(8);
    REQUIRE(good.ok());
    CHECK(good);
    CHECK(good.value() == 4);
    const auto bad = half(3);
    REQUIRE_FALSE(bad.ok());
    CHECK_FALSE(bad);
    CHECK(bad.error().code == "odd");
    CHECK(bad.error().message == "Give an even number.");
    CHECK(bad.error().detail == "3");
}

TEST_CASE("a value can be changed in place and moved out") {
    Result<std::string> text(std::string("dot"));
    text.value() += " by dot";
    CHECK(text.value() == "dot by dot");
    Result<std::unique_ptr<int>> owner(std::make_unique<int>(5));
    const std::unique_ptr<int> taken = std::move(owner).value();
    CHECK(*taken == 5);
}
