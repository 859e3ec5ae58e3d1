#include <limits>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

Explain of(const std::vector<float>& a, const std::vector<float>& b) {
    return [&](const std::string& address) { return explain_pair(address, a, b); };
}

std::string place(const std::string& family, std::size_t i) { return family + "[" + std::to_string(i) + "]"; }

}  // namespace

TEST_CASE("1·4 + 2·5 + 3·6 unfolds to the products and the given numbers") {
    const std::vector<float> a{1, 2, 3};
    const std::vector<float> b{4, 5, 6};
    const auto dot = explain_pair("pair/dot", a, b).value();
    CHECK(dot.kind == Kind::dot);
    CHECK(dot.result == 32);
    CHECK(dot.products == std::vector<float>{4, 10, 18});
    CHECK(dot.operands[0].address == "pair/a");
    CHECK(dot.operands[1].values == b);
    CHECK(dot.check.value == 32);
    CHECK(dot.check.difference == 0);

    const auto product = explain_pair("pair/product[2]", a, b).value();
    CHECK(product.kind == Kind::dot);
    CHECK(product.result == 18);
    CHECK(product.operands[0].address == "pair/a[2]");
    CHECK(explain_pair("pair/a[2][0]", a, b).value().address == "pair/a[2]");
    CHECK(explain_pair("pair/a[2]", a, b).value().kind == Kind::input);

    // Addresses count from 0, what a reader meets from 1.
    CHECK(dot.formula == "Σᵢ aᵢ × bᵢ");
    CHECK(product.label == "product, place 3");
    CHECK(product.formula == "a₃ × b₃");
    CHECK(explain_pair("pair/a[2]", a, b).value().label == "a, place 3");
    CHECK(explain_pair("pair/unit[a][2]", a, b).value().formula == "a₃ ÷ |a|");
    CHECK(explain_pair("pair/lane[0]", a, b).value().label == "lane 1");

    CHECK(explain_pair("pair/running[1]", a, b).value().result == 14);
    CHECK(explain_pair("pair/square[a]", a, b).value().result == 14);
    CHECK(explain_pair("pair/simd", a, b).value().terms.size() == 4);
    CHECK(explain_pair("pair/lane[3]", a, b).value().result == 0);
    CHECK(explain_pair("pair/angle", std::vector<float>{1, 0}, std::vector<float>{0, 2}).value().result == 90);
}

TEST_CASE("200 random addresses of each family of a pair lead down to the given numbers, each within its bound") {
    Random random(7);
    for (int round = 0; round < 200; ++round) {
        const std::size_t n = 1 + random.below(round % 10 == 0 ? 300 : 40);
        auto a = random_vector(random, n);
        auto b = random_vector(random, n);
        // Short, long and uneven vectors too.
        const float scale = std::pow(10.0f, static_cast<float>(random.below(17)) - 8);
        for (float& x : a) x *= scale;
        if (round % 7 == 0) b = a;
        if (round % 11 == 0) b.assign(n, 0.25f);
        const auto any = [&] { return random.below(n); };
        const std::string which = random.below(2) == 0 ? "a" : "b";
        for (const std::string& address :
             {std::string("pair/dot"), place("pair/a", any()), place("pair/b", any()), place("pair/product", any()),
              place("pair/running", std::min<std::size_t>(any(), 10)), std::string("pair/simd"),
              place("pair/lane", random.below(4)), "pair/square[" + which + "]", "pair/norm[" + which + "]",
              place("pair/unit[" + which + "]", any()), std::string("pair/cosine"), std::string("pair/cosine-of-units"),
              std::string("pair/angle")}) {
            verify_to_the_ground(of(a, b), address, random);
        }
    }
}

TEST_CASE("the bounds hold where squares vanish or overflow") {
    const std::vector<float> a{1e-30f, 2e-30f};
    const std::vector<float> b{3e25f, 1};
    for (const std::string address :
         {"pair/dot", "pair/square[a]", "pair/norm[a]", "pair/square[b]", "pair/norm[b]", "pair/simd"}) {
        const auto e = explain_pair(address, a, b).value();
        INFO(address);
        CHECK(e.check.difference <= e.check.bound);
    }
    CHECK(explain_pair("pair/cosine", a, b).error().code == "zero-vector");
    CHECK(explain_pair("pair/unit[b][0]", a, b).error().code == "zero-vector");
}

TEST_CASE("what cannot be explained is said in words") {
    const std::vector<float> a{1, 2};
    const std::vector<float> b{3, 4};
    const auto message = [](const Result<Explanation>& result, const std::string& code) {
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == code);
        return result.error().message;
    };
    const auto has = [](const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    };
    CHECK(has(message(explain_pair("pair/dots", a, b), "unknown-address"), "“dots”"));
    CHECK(has(message(explain_pair("words/dot", a, b), "unknown-address"), "pair/"));
    CHECK(has(message(explain_pair("pair/a[2]", a, b), "unknown-address"), "from 0 to 1"));
    CHECK(has(message(explain_pair("pair/norm[c]", a, b), "unknown-address"), "“c” is neither a nor b"));
    CHECK(has(message(explain_pair("pair/a[1", a, b), "unknown-address"), "brackets"));
    CHECK(has(message(explain_pair("pair/unit[a]", a, b), "unknown-address"), "2 pairs of brackets"));
    for (const std::string address :
         {"", "/", "pair", "pair/", "pair/[0]", "[pair/dot", "pair/dot[1]", "pair/a[-1]", "pair/a[01]", "pair/a[]",
          "pair/a[99999999999999999999999]", "pair/dot]", "pair/dot x", "pair/a[0]x"}) {
        INFO(address);
        message(explain_pair(address, a, b), "unknown-address");
    }
    CHECK(has(message(explain_pair("pair/dot", a, std::vector<float>{1}), "length-mismatch"),
              "a has 2 numbers and b has 1"));
    message(explain_pair("pair/dot", {}, {}), "empty-input");
    CHECK(has(message(explain_pair("pair/dot", a, std::vector<float>{1, std::nanf("")}), "not-finite"), "b[1]"));
    CHECK(has(message(explain_pair("pair/angle", a, std::vector<float>{0, 0}), "zero-vector"), "length of b is 0"));
    CHECK(explain_pair("pair/norm[a]", std::vector<float>{0, 0}, b).value().result == 0);
}
