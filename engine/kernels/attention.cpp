// Scaled dot-product attention of all heads, without a matrix of T × S weights.
//
// For each head, keys and values are packed into panels once. Then a block of queries meets one block of keys after
// another, and softmax is taken on the run (running_softmax.h): the scores of six (or four) queries with 256 keys are
// all that ever stands in memory. Both products, of queries with keys and of weights with values, run through the tile
// that matmul is made of.
//
// One or a few queries (a word being added to a text) would not repay the packing: they go through dot and add_scaled.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/kernels/running_softmax.h"
#include "engine/kernels/tile.h"
#include "engine/kernels/transformer_kernels.h"

namespace lab {

using namespace simd;

namespace {

constexpr std::size_t query_block = 48;        // a multiple of 4 and of 6
constexpr std::size_t key_block = tile_depth;  // keys and values 64 wide: 2 · 64 KB, at home in the second cache
constexpr std::size_t few_queries = 4;
constexpr float infinity = std::numeric_limits<float>::infinity();

/// Query t sees the keys 0 … seen_keys − 1.
std::size_t seen_keys(const AttentionShape& shape, std::size_t t) {
    if (shape.mask == AttentionMask::none) return shape.keys;
    return t + 1 + shape.keys > shape.queries ? t + 1 + shape.keys - shape.queries : 0;
}

/// One head: what it reads, what it writes, and where it works.
struct Head {
    const AttentionShape& shape;
    Rows q, k, v;
    float scale;                   // of scores as exponents of 2
    const unsigned char* allowed;  // null: no such mask
    MutableRows out;
    float* workspace;

    /// Scores of keys that query t may not look at become −∞. scores[0] is that of key `first`.
    void hide(std::size_t t, std::size_t first, std::size_t width, float* scores) const {
        const std::size_t seen = std::clamp(seen_keys(shape, t), first, first + width) - first;
        std::fill(scores + seen, scores + width, -infinity);
        if (allowed == nullptr) return;
        const unsigned char* row = allowed + t * shape.keys + first;
        for (std::size_t s = 0; s < seen; ++s)
            if (row[s] == 0) scores[s] = -infinity;
    }

    /// out[t] = mixed / total, or zeros for a query that saw nothing.
    void finish(std::size_t t, const RunningSoftmax& query) const {
        const float total = query.total();
        float* to = out.data + t * out.stride;
        const std::size_t e = shape.value_width;
        if (total == 0) {
            std::fill_n(to, e, 0.0f);
            return;
        }
        const Float4 share = splat(1 / total);
        std::size_t i = 0;
        for (; i + lanes <= e; i += lanes) store(to + i, mul(load(query.mixed + i), share));
        if (i < e) store_first(to + i, mul(load(query.mixed + i), share), e - i);
    }

    void attend_few() const;
    void attend_tiled() const;
};

void Head::attend_few() const {
    const std::size_t d = shape.head_width;
    const std::size_t e = shape.value_width;
    float* scores = workspace;
    float* mixed = scores + padded(shape.keys);
    for (std::size_t t = 0; t < shape.queries; ++t) {
        const std::size_t seen = seen_keys(shape, t);
        for (std::size_t s = 0; s < seen; ++s)
            scores[s] = dot({q.data + t * q.stride, d}, {k.data + s * k.stride, d}) * scale;
        hide(t, 0, padded(seen), scores);
        std::fill_n(mixed, padded(e), 0.0f);
        RunningSoftmax query{mixed, padded(e)};
        update_largest(scores, padded(seen), query);
        weigh(scores, padded(seen), query);
        for (std::size_t s = 0; s < seen; ++s) add_scaled({v.data + s * v.stride, e}, scores[s], {mixed, e});
        finish(t, query);
    }
}

void Head::attend_tiled() const {
    const std::size_t S = shape.keys;
    const std::size_t d = shape.head_width;
    const std::size_t e = padded(shape.value_width);
    float* keys = workspace;
    float* values = keys + padded(S) * d;
    float* scores = values + S * e;
    float* mixed = scores + matmul_rows * key_block;
    pack_transposed(k.data, k.stride, S, d, scale, keys);
    pack(v.data, v.stride, S, shape.value_width, values);

    for (std::size_t t0 = 0; t0 < shape.queries; t0 += query_block) {
        const std::size_t block = std::min(query_block, shape.queries - t0);
        RunningSoftmax running[query_block];
        for (std::size_t r = 0; r < block; ++r) running[r] = {mixed + r * e, e};

        const std::size_t seen_by_last = seen_keys(shape, t0 + block - 1);
        for (std::size_t s0 = 0; s0 < seen_by_last; s0 += key_block) {
            for (std::size_t r0 = 0; r0 < block; r0 += matmul_rows) {
                const std::size_t rows = std::min(matmul_rows, block - r0);
                const std::size_t end = std::min(seen_keys(shape, t0 + r0 + rows - 1), s0 + key_block);
                if (end <= s0) continue;
                const std::size_t width = padded(end - s0);
                const bool hides_some = allowed != nullptr || seen_keys(shape, t0 + r0) < s0 + width;
                for (std::size_t n = 0; n < width; n += panel_width)
                    multiply_tile_of<matmul_rows>(rows, q.data + (t0 + r0) * q.stride, q.stride, keys + (s0 + n) * d, d,
                                                  scores + n, key_block, panel_width, true);
                // All rows' largest scores first: so no weight has to wait for its own row's.
                for (std::size_t r = 0; r < rows; ++r) {
                    if (hides_some) hide(t0 + r0 + r, s0, width, scores + r * key_block);
                    update_largest(scores + r * key_block, width, running[r0 + r]);
                }
                for (std::size_t r = 0; r < rows; ++r) weigh(scores + r * key_block, width, running[r0 + r]);
                for (std::size_t i = 0; i < e; i += panel_width)
                    multiply_tile_of<matmul_rows>(rows, scores, key_block, values + i * S + s0 * panel_width, end - s0,
                                                  mixed + r0 * e + i, e, panel_width, s0 == 0);
            }
        }
        for (std::size_t r = 0; r < block; ++r) finish(t0 + r, running[r]);
    }
}

}  // namespace

std::size_t attention_workspace(const AttentionShape& shape) {
    const std::size_t d = shape.head_width;
    const std::size_t e = padded(shape.value_width);
    if (shape.queries <= few_queries) return padded(shape.keys) + e;
    return padded(shape.keys) * d + shape.keys * e + query_block * e + matmul_rows * key_block;
}

void attention(const AttentionShape& shape, Rows q, Rows k, Rows v, std::span<const unsigned char> allowed,
               std::span<float> workspace, MutableRows out) {
    assert(workspace.size() >= attention_workspace(shape));
    assert(allowed.empty() || allowed.size() == shape.queries * shape.keys);
    const std::size_t d = shape.head_width;
    const std::size_t e = shape.value_width;
    for (std::size_t h = 0; h < shape.heads; ++h) {
        const Head head{shape,
                        {q.data + h * d, q.stride},
                        {k.data + h * d, k.stride},
                        {v.data + h * e, v.stride},
                        shape.scale * log2_e,
                        allowed.empty() ? nullptr : allowed.data(),
                        {out.data + h * e, out.stride},
                        workspace.data()};
        if (shape.queries <= few_queries) {
            head.attend_few();
        } else {
            head.attend_tiled();
        }
    }
}

double attention_error_bound(const AttentionShape& shape, double score_magnitudes, double weighted_magnitudes,
                             double largest_value) {
    constexpr double u = 0x1p-24;  // half the distance from 1 to the next float
    const auto d = static_cast<double>(shape.head_width);
    const auto S = static_cast<double>(shape.keys);
    const bool few = shape.queries <= few_queries;
    const double blocks = few ? 0 : std::ceil(S / key_block);
    const double of_weight = 2 * ((d + 5) * score_magnitudes + 4 + 5 * blocks);
    constexpr std::size_t additions = key_block + key_block / lanes;  // of a block: to its sums, and to their totals
    const double of_sums = few ? S + S / 4 + 8 : static_cast<double>(additions) + 8 + 4 * blocks;
    return std::expm1(u * (of_weight + of_sums)) * weighted_magnitudes +
           S * (std::exp2(static_cast<double>(vanishing_exponent)) * largest_value + 0x1p-149);
}

namespace reference {

void attention(const AttentionShape& shape, Rows q, Rows k, Rows v, std::span<const unsigned char> allowed,
               std::span<double> weights, std::span<double> out) {
    const auto visible = [&](std::size_t t, std::size_t s) {
        const bool past = shape.mask == AttentionMask::none || s + shape.queries <= t + shape.keys;
        return past && (allowed.empty() || allowed[t * shape.keys + s] != 0);
    };
    const std::size_t d = shape.head_width;
    const std::size_t e = shape.value_width;
    for (std::size_t h = 0; h < shape.heads; ++h) {
        for (std::size_t t = 0; t < shape.queries; ++t) {
            const auto weight = [&](std::size_t s, double shift) {
                double score = 0;
                for (std::size_t i = 0; i < d; ++i)
                    score += static_cast<double>(q.data[t * q.stride + h * d + i]) *
                             static_cast<double>(k.data[s * k.stride + h * d + i]);
                return score * static_cast<double>(shape.scale) - shift;
            };
            double largest = -std::numeric_limits<double>::infinity();
            for (std::size_t s = 0; s < shape.keys; ++s)
                if (visible(t, s)) largest = std::fmax(largest, weight(s, 0));
            if (std::isinf(largest) && largest < 0) largest = 0;
            double total = 0;
            for (std::size_t s = 0; s < shape.keys; ++s)
                if (visible(t, s)) total += std::exp(weight(s, largest));
            double* row = out.data() + t * shape.heads * e + h * e;
            std::fill_n(row, e, 0.0);
            for (std::size_t s = 0; s < shape.keys; ++s) {
                const double share = visible(t, s) && total != 0 ? std::exp(weight(s, largest)) / total : 0;
                if (!weights.empty()) weights[(h * shape.queries + t) * shape.keys + s] = share;
                if (!visible(t, s)) continue;
                for (std::size_t i = 0; i < e; ++i)
                    row[i] += share * static_cast<double>(v.data[s * v.stride + h * e + i]);
            }
        }
    }
}

}  // namespace reference
}  // namespace lab
