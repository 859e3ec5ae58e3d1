#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels/transformer_kernels.h"
#include "tests/engine/support/arrays.h"

using namespace lab;
using namespace lab::testing;

namespace {

double real(float x) { return static_cast<double>(x); }

/// q, k and v of one call, each with rows that lie `gap` floats farther apart than they are wide.
struct Input {
    AttentionShape shape;
    Floats q, k, v;
    std::size_t gap;
    std::vector<unsigned char> allowed = {};

    [[nodiscard]] std::size_t q_stride() const { return shape.heads * shape.head_width + gap; }
    [[nodiscard]] std::size_t v_stride() const { return shape.heads * shape.value_width + gap; }
};

/// The last row of a matrix ends with its width, so that AddressSanitizer sees a read beyond it.
std::size_t room(std::size_t rows, std::size_t width, std::size_t gap) {
    return rows == 0 ? 0 : rows * (width + gap) - gap;
}

Input random_input(AttentionShape shape, std::uint64_t seed, std::size_t gap = 0, std::size_t shift = 0) {
    const std::size_t qk = shape.heads * shape.head_width;
    return {shape, normals(room(shape.queries, qk, gap), seed, shift, 0.5),
            normals(room(shape.keys, qk, gap), seed + 1, (shift + 1) % 4, 0.5),
            normals(room(shape.keys, shape.heads * shape.value_width, gap), seed + 2, (shift + 2) % 4, 0.5), gap};
}

/// The output, dense [T, H·e]; the kernel wrote it between guards and with a workspace that began as NaN.
std::vector<float> attend(const Input& in, std::size_t shift = 0) {
    const std::size_t width = in.shape.heads * in.shape.value_width;
    Floats out = output(room(in.shape.queries, width, in.gap), shift);
    Floats workspace = output(attention_workspace(in.shape));
    for (float& x : workspace.span()) x = not_a_number;
    attention(in.shape, {in.q.view().data(), in.q_stride()}, {in.k.view().data(), in.q_stride()},
              {in.v.view().data(), in.v_stride()}, in.allowed, workspace.span(), {out.span().data(), in.v_stride()});
    CHECK(out.guards_stand());
    CHECK(workspace.guards_stand());
    std::vector<float> dense;
    std::size_t touched = 0;
    for (std::size_t i = 0; i < out.view().size(); ++i) {
        if (i % in.v_stride() < width) {
            dense.push_back(out[i]);
        } else if (out[i] != 77) {  // what lies between two rows is somebody else's
            ++touched;
        }
    }
    CHECK(touched == 0);
    return dense;
}

struct Exact {
    std::vector<double> weights, out;
};
Exact attend_exactly(const Input& in) {
    const auto [T, S, H, d, e, scale, mask] = in.shape;
    Exact exact{std::vector<double>(H * T * S), std::vector<double>(T * H * e)};
    reference::attention(in.shape, {in.q.view().data(), in.q_stride()}, {in.k.view().data(), in.q_stride()},
                         {in.v.view().data(), in.v_stride()}, in.allowed, exact.weights, exact.out);
    return exact;
}

void check_against_twin(const Input& in, std::size_t shift = 0) {
    const auto [T, S, H, d, e, scale, mask] = in.shape;
    CAPTURE(T, S, H, d, e, scale, mask == AttentionMask::causal, in.allowed.size(), in.gap, shift);
    const std::vector<float> out = attend(in, shift);
    const Exact exact = attend_exactly(in);
    REQUIRE(out.size() == exact.out.size());
    std::size_t outside = 0;
    for (std::size_t h = 0; h < H; ++h)
        for (std::size_t t = 0; t < T; ++t) {
            double score_magnitudes = 0;
            for (std::size_t s = 0; s < S; ++s) {
                double sum = 0;
                for (std::size_t i = 0; i < d; ++i)
                    sum += std::abs(real(scale) * real(in.q.view()[t * in.q_stride() + h * d + i]) *
                                    real(in.k.view()[s * in.q_stride() + h * d + i]));
                score_magnitudes = std::max(score_magnitudes, sum);
            }
            for (std::size_t i = 0; i < e; ++i) {
                double weighted = 0;
                double largest = 0;
                for (std::size_t s = 0; s < S; ++s) {
                    const double value = std::abs(real(in.v.view()[s * in.v_stride() + h * e + i]));
                    weighted += exact.weights[(h * T + t) * S + s] * value;
                    largest = std::max(largest, value);
                }
                const std::size_t at = t * H * e + h * e + i;
                const double bound = attention_error_bound(in.shape, score_magnitudes, weighted, largest);
                if (!(std::abs(real(out[at]) - exact.out[at]) <= bound)) ++outside;
            }
        }
    CHECK(outside == 0);
}

std::vector<unsigned char> random_mask(std::size_t T, std::size_t S, std::uint64_t seed) {
    std::vector<unsigned char> allowed(T * S);
    Random random(seed);
    for (unsigned char& one : allowed) one = random.below(3) == 0 ? 255 : 0;
    for (std::size_t t = 0; t < T; t += 5) std::fill_n(allowed.begin() + static_cast<std::ptrdiff_t>(t * S), S, 0);
    return allowed;
}

constexpr std::array<std::size_t, 12> lengths{0, 1, 2, 3, 5, 8, 33, 47, 48, 49, 64, 97};
constexpr std::array<std::size_t, 7> widths{1, 3, 4, 5, 8, 13, 32};

}  // namespace

TEST_CASE("attention agrees with its twin within its bound at every edge of its blocks") {
    std::size_t n = 0;
    for (const std::size_t T : lengths)
        for (const std::size_t S : lengths)
            for (const AttentionMask mask : {AttentionMask::none, AttentionMask::causal})
                for (const bool masked : {false, true}) {
                    ++n;  // each case another choice of the rest
                    const std::size_t d = widths[n % widths.size()];
                    const std::size_t e = widths[(n / 3) % widths.size()];
                    const AttentionShape shape{T, S, 1 + n % 4, d, e, 1 / std::sqrt(static_cast<float>(d)), mask};
                    Input in = random_input(shape, n, n % 3, n % 4);
                    if (masked) in.allowed = random_mask(T, S, n);
                    check_against_twin(in, (n / 4) % 4);
                }
}

TEST_CASE("attention agrees with its twin for every width of queries and values") {
    for (std::size_t d = 0; d <= 17; ++d)
        for (std::size_t e = 0; e <= 17; ++e) {
            check_against_twin(random_input({7, 11, 2, d, e, 0.5f}, 71, d % 2, e % 4), d % 4);
            check_against_twin(random_input({1, 11, 2, d, e, 0.5f}, 72, d % 2, e % 4), d % 4);
        }
}

TEST_CASE("attention over many blocks of keys") {
    for (const AttentionMask mask : {AttentionMask::none, AttentionMask::causal}) {
        check_against_twin(random_input({100, 700, 1, 16, 8, 0.25f, mask}, 73));
        check_against_twin(random_input({3, 700, 1, 16, 8, 0.25f, mask}, 73));
        check_against_twin(random_input({130, 130, 2, 64, 64, 0.125f, mask}, 74));
        check_against_twin(random_input({270, 270, 1, 8, 12, 0.35f, mask}, 74));
    }
}

TEST_CASE("large scores neither overflow nor lose the largest") {
    for (const float size : {80.0f, 1e4f})
        for (const std::size_t T : {std::size_t{2}, std::size_t{20}}) {
            Input in = random_input({T, 200, 2, 5, 5, 1}, 75);
            for (Floats* side : {&in.q, &in.k})
                for (float& x : side->span()) x = std::clamp(x, -2.0f, 2.0f) * std::sqrt(size / 4);
            check_against_twin(in);
        }
    // Scores that climb by 30, so that every block of keys brings a larger one: the last key takes all.
    Input in = random_input({6, 300, 1, 1, 3, 1}, 76);
    for (float& x : in.q.span()) x = 1;
    for (std::size_t s = 0; s < 300; ++s) in.k[s] = 30 * static_cast<float>(s) - 5000;
    const std::vector<float> out = attend(in);
    for (std::size_t i = 0; i < out.size(); ++i)
        CHECK(std::abs(out[i] - in.v[299 * 3 + i % 3]) <= 1e-6f * std::abs(out[i]));
}

TEST_CASE("attention of known weights") {
    for (const std::size_t T : {std::size_t{1}, std::size_t{6}}) {  // few queries, and tiled
        Input in = random_input({T, 3, 1, 2, 1, 1}, 77);
        for (float& x : in.q.span()) x = 0;  // no key is preferred: the mean
        in.v[0] = 3;
        in.v[1] = 6;
        in.v[2] = 0;
        for (const float x : attend(in)) CHECK(std::abs(x - 3) < 1e-6f);
        for (float& x : in.q.span()) x = 1;
        for (float& x : in.k.span()) x = 0;
        in.k[0] = std::log(3.0f);  // weights 3/5, 1/5, 1/5
        for (const float x : attend(in)) CHECK(std::abs(x - 3) < 1e-6f);
        in.shape.scale = 2;  // weights 9/11, 1/11, 1/11
        for (const float x : attend(in)) CHECK(std::abs(x - 3) < 1e-6f);
        in.v[2] = 33;
        for (const float x : attend(in)) CHECK(std::abs(x - 6) < 1e-5f);
    }
}

TEST_CASE("what is hidden changes nothing, to the last bit") {
    for (const std::size_t T : {std::size_t{4}, std::size_t{70}}) {
        Input in = random_input({T, 90, 1, 7, 6, 0.4f, AttentionMask::causal}, 78);
        const std::vector<float> before = attend(in);
        for (std::size_t i = 80 * 7; i < 90 * 7; ++i) in.k[i] = 50;
        for (std::size_t i = 80 * 6; i < 90 * 6; ++i) in.v[i] = 1e30f;
        const std::vector<float> after = attend(in);
        const std::size_t first_to_see = T > 10 ? T - 10 : 0;  // query t sees key 80 from t + 90 − T = 80 on
        for (std::size_t i = 0; i < before.size(); ++i) CHECK((before[i] == after[i]) == (i / 6 < first_to_see));

        in.shape.mask = AttentionMask::none;
        in.allowed.assign(T * 90, 1);
        for (std::size_t t = 0; t < T; ++t)
            for (std::size_t s = 80; s < 90; ++s) in.allowed[t * 90 + s] = 0;
        const std::vector<float> masked = attend(in);
        in.shape.keys = 80;
        in.allowed.clear();
        check_against_twin(in);
        const std::vector<float> shorter = attend(in);
        for (std::size_t i = 0; i < masked.size(); ++i)
            CHECK(std::abs(masked[i] - shorter[i]) <= 1e-5f * (1 + std::abs(masked[i])));
    }
}

TEST_CASE("a query that may look nowhere gets zeros") {
    for (const std::size_t T : {std::size_t{3}, std::size_t{60}}) {
        Input causal = random_input({T, 2, 2, 3, 3, 1, AttentionMask::causal}, 79);
        const std::vector<float> out = attend(causal);
        for (std::size_t i = 0; i < out.size(); ++i) CHECK((out[i] == 0) == (i / 6 < T - 2));
        for (const std::size_t S : {std::size_t{70}, std::size_t{260}}) {  // one block of keys, two
            Input none = random_input({T, S, 1, 3, 3, 1}, 80);
            none.allowed.assign(T * S, 0);
            none.allowed[S + S - 1] = 1;  // but query 1 looks at the last key
            const std::vector<float> one = attend(none);
            for (std::size_t i = 0; i < one.size(); ++i)
                CHECK(one[i] == (i / 3 == 1 ? none.v[(S - 1) * 3 + i % 3] : 0.0f));
        }
    }
}

TEST_CASE("heads do not know of each other, and a text may grow word by word") {
    const Input all = random_input({20, 75, 3, 5, 4, 0.4f, AttentionMask::causal}, 81, 2);
    const std::vector<float> together = attend(all);
    for (std::size_t h = 0; h < 3; ++h) {
        AttentionShape shape = all.shape;
        shape.heads = 1;
        std::vector<float> workspace(attention_workspace(shape));
        std::vector<float> alone(20 * 4);
        attention(shape, {all.q.view().data() + h * 5, all.q_stride()}, {all.k.view().data() + h * 5, all.q_stride()},
                  {all.v.view().data() + h * 4, all.v_stride()}, {}, workspace, {alone.data(), 4});
        for (std::size_t t = 0; t < 20; ++t)
            for (std::size_t i = 0; i < 4; ++i) CHECK(alone[t * 4 + i] == together[t * 12 + h * 4 + i]);
    }
    for (const std::size_t last : {std::size_t{1}, std::size_t{4}, std::size_t{5}}) {
        AttentionShape shape = all.shape;
        shape.queries = last;
        std::vector<float> workspace(attention_workspace(shape));
        std::vector<float> end(last * 12);
        attention(shape, {all.q.view().data() + (20 - last) * all.q_stride(), all.q_stride()},
                  {all.k.view().data(), all.q_stride()}, {all.v.view().data(), all.v_stride()}, {}, workspace,
                  {end.data(), 12});
        for (std::size_t i = 0; i < end.size(); ++i)
            CHECK(std::abs(end[i] - together[(20 - last) * 12 + i]) <= 1e-5f * (1 + std::abs(end[i])));
    }
}

TEST_CASE("weights far below the largest are dropped, and none is denormal") {
    for (const std::size_t T : {std::size_t{1}, std::size_t{6}}) {
        Input in = random_input({T, 130, 1, 1, 130, 1}, 82);
        for (float& x : in.q.span()) x = 1;
        for (float& x : in.v.span()) x = 0;
        for (std::size_t s = 0; s < 130; ++s) {
            in.k[s] = -static_cast<float>(s);  // each key one below the last
            in.v[s * 130 + s] = 1e-15f;        // and each with a dimension of its own: the output shows its weight
        }
        const std::vector<float> out = attend(in);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t s = i % 130;
            CHECK((s < 50 ? out[i] >= smallest_normal : out[i] == 0));
        }
    }
}

TEST_CASE("attention at the infinities and with NaN") {
    for (const std::size_t T : {std::size_t{4}, std::size_t{70}}) {
        const Input sound = random_input({T, 70, 1, 3, 3, 1, AttentionMask::causal}, 83);
        Input in = sound;
        in.q[1 * 3 + 2] = not_a_number;
        std::vector<float> out = attend(in);
        for (std::size_t i = 0; i < out.size(); ++i) CHECK(std::isnan(out[i]) == (i / 3 == 1));
        in = sound;
        in.k[67 * 3] = not_a_number;  // seen by the last three queries
        out = attend(in);
        for (std::size_t i = 0; i < out.size(); ++i) CHECK(std::isnan(out[i]) == (i / 3 >= T - 3));
        in = sound;
        in.v[67 * 3 + 1] = infinity;
        out = attend(in);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (i / 3 >= T - 3) CHECK(std::isfinite(out[i]) == (i % 3 != 1));
            if (i % 3 != 1) CHECK(std::isfinite(out[i]));
        }

        Input one = random_input({T, 66, 1, 1, 2, 1}, 84);  // the score is q · k itself
        for (float& x : one.q.span()) x = 1;
        one.k[65] = infinity;
        for (const float x : attend(one)) CHECK(std::isnan(x));
        one.k[65] = -infinity;
        out = attend(one);
        one.k[65] = -1e30f;
        CHECK(out == attend(one));
        for (float& x : one.k.span()) x = -infinity;
        for (const float x : attend(one)) CHECK(x == 0);
    }
}
