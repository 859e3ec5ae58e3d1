#include "engine/models/attention/attention.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

struct Given {
    std::size_t T, S, H, d, e;
    std::vector<float> q, k, v;

    [[nodiscard]] MatrixView query() const { return {q, T, H * d}; }
    [[nodiscard]] MatrixView key() const { return {k, S, H * d}; }
    [[nodiscard]] MatrixView value() const { return {v, S, H * e}; }
};

Given given(Random& random, std::size_t T, std::size_t S, std::size_t H, std::size_t d, std::size_t e) {
    return {T,
            S,
            H,
            d,
            e,
            random_vector(random, T * H * d),
            random_vector(random, S * H * d),
            random_vector(random, S * H * e)};
}

/// Weights of head h, query t by the definition, in double: [S].
std::vector<double> weights_of(const Given& g, std::size_t h, std::size_t t, double scale, const auto& sees) {
    std::vector<double> out(g.S);
    double sum = 0;
    for (std::size_t s = 0; s < g.S; ++s) {
        if (!sees(t, s)) continue;
        double dot = 0;
        for (std::size_t i = h * g.d; i < (h + 1) * g.d; ++i)
            dot += static_cast<double>(g.query().at(t, i)) * static_cast<double>(g.key().at(s, i));
        sum += out[s] = std::exp(dot * scale);
    }
    for (double& weight : out) weight = sum > 0 ? weight / sum : 0;
    return out;
}

void check_definition(const Given& g, const Attention& made, double scale, const auto& sees) {
    for (std::size_t h = 0; h < g.H; ++h) {
        for (std::size_t t = 0; t < g.T; ++t) {
            const std::vector<double> exact = weights_of(g, h, t, scale, sees);
            const auto weights = made.row(made.weights, h, t);
            for (std::size_t s = 0; s < g.S; ++s) {
                if (!sees(t, s)) CHECK(weights[s] == 0);
                CHECK(std::abs(static_cast<double>(weights[s]) - exact[s]) <= 1e-5 * exact[s]);
                const auto q = g.query().row(t).subspan(h * g.d, g.d);
                const float one = dot(q, g.key().row(s).subspan(h * g.d, g.d));
                CHECK(made.row(made.dots, h, t)[s] == one);
                CHECK(made.row(made.scores, h, t)[s] == static_cast<float>(scale) * one);
            }
            for (std::size_t i = 0; i < g.e; ++i) {
                double sum = 0;
                double magnitudes = 0;
                for (std::size_t s = 0; s < g.S; ++s) {
                    const double x = exact[s] * static_cast<double>(g.value().at(s, h * g.e + i));
                    sum += x;
                    magnitudes += std::abs(x);
                }
                const float output = made.output[t * g.H * g.e + h * g.e + i];
                CHECK(std::abs(static_cast<double>(output) - sum) <= 2e-5 * magnitudes);
            }
        }
    }
}

constexpr auto everywhere = [](std::size_t, std::size_t) { return true; };

}  // namespace

TEST_CASE("attention follows its definition in double, at every shape") {
    Random random(1);
    for (int round = 0; round < 60; ++round) {
        const Given g = given(random, 1 + random.below(7), 1 + random.below(9), 1 + random.below(3),
                              1 + random.below(12), 1 + random.below(6));
        const double usual = static_cast<double>(static_cast<float>(1 / std::sqrt(static_cast<double>(g.d))));
        const auto made = attend(g.query(), g.key(), g.value(), {.heads = g.H});
        REQUIRE(made.ok());
        CHECK(static_cast<double>(made.value().shape.scale) == usual);
        check_definition(g, made.value(), usual, everywhere);
        const auto scaled = attend(g.query(), g.key(), g.value(), {.heads = g.H, .scale = 0.25f});
        check_definition(g, scaled.value(), 0.25, everywhere);
    }
}

TEST_CASE("a causal mask with other queries than keys: query t sees keys 0 … t + S − T, or none") {
    Random random(2);
    for (const auto& [T, S] : {std::pair<std::size_t, std::size_t>{4, 4}, {2, 5}, {5, 2}, {1, 6}, {6, 1}}) {
        const Given g = given(random, T, S, 2, 3, 2);
        const auto made =
            attend(g.query(), g.key(), g.value(), {.heads = 2, .mask = AttentionMask::causal, .scale = 0.5f});
        REQUIRE(made.ok());
        const int later = static_cast<int>(S) - static_cast<int>(T);
        const auto sees = [later](std::size_t t, std::size_t s) {
            return static_cast<int>(s) <= static_cast<int>(t) + later;
        };
        check_definition(g, made.value(), 0.5, sees);
        if (T > S) {  // the first query sees no key
            CHECK(std::ranges::all_of(made.value().row(made.value().weights, 1, 0), [](float w) { return w == 0; }));
            for (std::size_t i = 0; i < 4; ++i) CHECK(made.value().output[i] == 0);
        }
    }
}

TEST_CASE("a mask that is given hides what it says, alone or with the causal one; a row of zeros sees nothing") {
    Random random(3);
    for (int round = 0; round < 20; ++round) {
        const Given g = given(random, 4, 4, 1, 5, 3);
        std::vector<unsigned char> allowed(16);
        for (auto& entry : allowed) entry = static_cast<unsigned char>(random.below(3));
        std::fill_n(allowed.begin() + 8, 4, static_cast<unsigned char>(0));
        const bool causal = round % 2 == 0;
        const auto made =
            attend(g.query(), g.key(), g.value(),
                   {.mask = causal ? AttentionMask::causal : AttentionMask::none, .allowed = allowed, .scale = 1});
        REQUIRE(made.ok());
        const auto sees = [&](std::size_t t, std::size_t s) { return allowed[4 * t + s] != 0 && (!causal || s <= t); };
        check_definition(g, made.value(), 1, sees);
    }
}

TEST_CASE("scale 0 takes the mean of the values; huge scores take one value as it is") {
    Random random(4);
    const Given g = given(random, 2, 4, 1, 3, 1);
    const Attention even = attend(g.query(), g.key(), g.value(), {.scale = 0}).value();
    CHECK(even.weights == std::vector<float>(8, 0.25f));
    const std::vector<float> q{1e15f, 0};
    const std::vector<float> k{1, 0, 1e15f, 3, -1e15f, 1};
    const std::vector<float> v{7, 8, 9};
    const Attention one = attend({q, 1, 2}, {k, 3, 2}, {v, 3, 1}, {}).value();
    CHECK(one.weights == std::vector<float>{0, 1, 0});
    CHECK(one.output == std::vector<float>{8});
}

TEST_CASE("self-attention is attention of products, every number a dot of a row and a column") {
    Random random(5);
    const std::size_t T = 5, D = 6, H = 2, d = 3, e = 2, P = 4;
    const auto x = random_vector(random, T * D);
    const auto wq = random_vector(random, D * H * d), wk = random_vector(random, D * H * d);
    const auto wv = random_vector(random, D * H * e), wo = random_vector(random, H * e * P);
    const MatrixView rows{x, T, D};
    const SelfAttentionWeights weights{{wq, D, H * d}, {wk, D, H * d}, {wv, D, H * e}, MatrixView{wo, H * e, P}};
    const AttentionOptions options{.heads = H, .mask = AttentionMask::causal};
    const SelfAttention made = self_attend(rows, weights, options).value();
    const Attention& a = made.attention;
    for (std::size_t t = 0; t < T; ++t) {
        for (std::size_t j = 0; j < H * d; ++j) {
            CHECK(a.query[t * H * d + j] == dot(rows.row(t), column(weights.query, j)));
            CHECK(a.key[t * H * d + j] == dot(rows.row(t), column(weights.key, j)));
        }
        for (std::size_t j = 0; j < H * e; ++j)
            CHECK(a.value[t * H * e + j] == dot(rows.row(t), column(weights.value, j)));
        const auto output = std::span(a.output).subspan(t * H * e, H * e);
        for (std::size_t j = 0; j < P; ++j) CHECK(made.projected[t * P + j] == dot(output, column(*weights.output, j)));
    }
    CHECK(made.columns == P);
    const Attention alone = attend({a.query, T, H * d}, {a.key, T, H * d}, {a.value, T, H * e}, options).value();
    CHECK(alone.output == a.output);
    CHECK(alone.weights == a.weights);
    const SelfAttention open = self_attend(rows, {weights.query, weights.key, weights.value, {}}, options).value();
    CHECK(open.projected == open.attention.output);
    CHECK(open.columns == H * e);
}

TEST_CASE("too many weights are not kept: the kernel gives the output, which follows the definition") {
    Random random(6);
    const std::size_t T = 2050, S = 2048;
    const Given g = given(random, T, S, 1, 2, 1);
    const Attention made =
        attend(g.query(), g.key(), g.value(), {.mask = AttentionMask::causal, .scale = 0.5f}).value();
    CHECK_FALSE(made.keeps_weights());
    CHECK(made.dots.empty());
    CHECK(made.scores.empty());
    const auto sees = [](std::size_t t, std::size_t s) { return s + 2 <= t; };
    for (const std::size_t t : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{700}, std::size_t{2049}}) {
        const std::vector<double> weights = weights_of(g, 0, t, 0.5, sees);
        double sum = 0;
        for (std::size_t s = 0; s < S; ++s) sum += weights[s] * static_cast<double>(g.v[s]);
        CHECK(std::abs(static_cast<double>(made.output[t]) - sum) < 1e-4);
    }
}

TEST_CASE("shapes that do not go together are refused in words") {
    const std::vector<float> ones(64, 1);
    const auto matrix = [&](std::size_t rows, std::size_t columns) {
        return MatrixView{std::span(ones).first(rows * columns), rows, columns};
    };
    const auto code = [&](MatrixView q, MatrixView k, MatrixView v, const AttentionOptions& options) {
        const auto made = attend(q, k, v, options);
        REQUIRE_FALSE(made.ok());
        CHECK(made.error().message.size() > 40);
        return made.error().code;
    };
    CHECK(code(matrix(2, 4), matrix(3, 5), matrix(3, 4), {}) == "length-mismatch");
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(2, 4), {}) == "length-mismatch");
    CHECK(code(matrix(0, 4), matrix(3, 4), matrix(3, 4), {}) == "empty-input");
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(3, 0), {}) == "empty-input");
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(3, 4), {.heads = 3}) == "out-of-range");
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(3, 3), {.heads = 2}) == "out-of-range");
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(3, 4), {.heads = 0}) == "out-of-range");
    const std::vector<unsigned char> allowed(5, 1);
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(3, 4), {.allowed = allowed}) == "length-mismatch");
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK(code(matrix(2, 4), matrix(3, 4), matrix(3, 4), {.scale = infinity}) == "not-finite");
    const std::vector<float> bad{1, 2, std::numeric_limits<float>::quiet_NaN(), 4};
    const auto named = attend({bad, 2, 2}, matrix(3, 2), matrix(3, 2), {});
    CHECK(named.error().code == "not-finite");
    CHECK(named.error().message.find("query, row 2, column 1") != std::string::npos);
    const std::vector<float> large(4, 1e30f);
    CHECK(code({large, 2, 2}, {large, 2, 2}, matrix(2, 2), {}) == "not-finite");
    const std::vector<float> most(4, 3e38f);
    CHECK(code({ones, 2, 2}, {most, 2, 2}, matrix(2, 2), {}) == "not-finite");  // 3e38 + 3e38

    const auto self_code = [&](MatrixView x, const SelfAttentionWeights& weights) {
        const auto made = self_attend(x, weights, {});
        REQUIRE_FALSE(made.ok());
        return made.error().code;
    };
    const MatrixView square = matrix(4, 4);
    CHECK(self_code(matrix(2, 3), {square, square, square, {}}) == "length-mismatch");
    CHECK(self_code(matrix(2, 4), {square, matrix(4, 3), square, {}}) == "length-mismatch");
    CHECK(self_code(matrix(2, 4), {square, square, square, matrix(3, 4)}) == "length-mismatch");
    CHECK(self_code(matrix(2, 4), {square, square, matrix(4, 0), {}}) == "empty-input");
    CHECK(self_code({most, 1, 4}, {square, square, square, {}}) == "not-finite");
    const std::vector<float> huge(16, 1e38f);
    CHECK(self_code(matrix(2, 4), {square, square, square, MatrixView{huge, 4, 4}}) == "not-finite");
}
