// Attention of matrices that the caller placed in the engine's memory; a row of softmax; dot products of random
// vectors. Nothing is kept here: whoever wants a number explained gives the inputs once more.
#include "engine/models/attention/attention.h"

#include "engine/bindings/to_js.h"
#include "engine/models/attention/explain_attention.h"
#include "engine/models/attention/explain_softmax.h"
#include "engine/models/attention/random_dots.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(PlacedAttention);
EMSCRIPTEN_DECLARE_VAL_TYPE(PlacedSelfAttention);
EMSCRIPTEN_DECLARE_VAL_TYPE(AttentionOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SelfAttentionOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SoftmaxOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(Floats);
EMSCRIPTEN_DECLARE_VAL_TYPE(RandomSizes);
EMSCRIPTEN_DECLARE_VAL_TYPE(RandomPair);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

/// {at, rows, columns}.
MatrixView matrix_at(const val& placed) {
    const auto rows = placed["rows"].as<std::size_t>();
    const auto columns = placed["columns"].as<std::size_t>();
    return {floats_at(placed["at"].as<std::uintptr_t>(), rows * columns), rows, columns};
}

/// {heads, causal, allowedAt, scale}: allowedAt 0 without a mask, scale null for the usual one. There are `queries` and
/// `keys`.
AttentionOptions options_of(const val& placed, std::size_t queries, std::size_t keys) {
    AttentionOptions options;
    options.heads = placed["heads"].as<std::size_t>();
    options.mask = placed["causal"].as<bool>() ? AttentionMask::causal : AttentionMask::none;
    const auto allowed = placed["allowedAt"].as<std::uintptr_t>();
    if (allowed != 0) options.allowed = {reinterpret_cast<const unsigned char*>(allowed), queries * keys};
    if (!placed["scale"].isNull()) options.scale = placed["scale"].as<float>();
    return options;
}

Result<Attention> attend_placed(const val& placed) {
    const MatrixView query = matrix_at(placed["query"]);
    const MatrixView key = matrix_at(placed["key"]);
    return attend(query, key, matrix_at(placed["value"]), options_of(placed, query.rows, key.rows));
}

SelfAttentionWeights weights_of(const val& placed) {
    SelfAttentionWeights weights{matrix_at(placed["query"]), matrix_at(placed["key"]), matrix_at(placed["value"]),
                                 std::nullopt};
    if (!placed["output"].isNull()) weights.output = matrix_at(placed["output"]);
    return weights;
}

Result<SelfAttention> self_attend_placed(const val& placed) {
    const MatrixView x = matrix_at(placed["x"]);
    return self_attend(x, weights_of(placed), options_of(placed, x.rows, x.rows));
}

/// A matrix [T, S] for each head; none where they were not kept.
val per_head(const Attention& a, const std::vector<float>& all) {
    val out = val::array();
    const std::size_t size = a.shape.queries * a.shape.keys;
    for (std::size_t h = 0; h * size < all.size(); ++h) {
        out.set(static_cast<std::uint32_t>(h),
                matrix(std::span(all).subspan(h * size, size), a.shape.queries, a.shape.keys));
    }
    return out;
}

val numbers_of(const Attention& a) {
    val out = val::object();
    out.set("heads", a.shape.heads);
    out.set("scale", a.shape.scale);
    out.set("dots", per_head(a, a.dots));
    out.set("scores", per_head(a, a.scores));
    out.set("weights", per_head(a, a.weights));
    out.set("output", matrix(a.output, a.shape.queries, a.value_columns()));
    return out;
}

val numbers_of(const SelfAttention& self) {
    const Attention& a = self.attention;
    val out = numbers_of(a);
    out.set("query", matrix(a.query, a.shape.queries, a.query_columns()));
    out.set("key", matrix(a.key, a.shape.keys, a.query_columns()));
    out.set("value", matrix(a.value, a.shape.keys, a.value_columns()));
    out.set("projected", matrix(self.projected, a.shape.queries, self.columns));
    return out;
}

ExplanationOutcome explained(const Result<Explanation>& made) {
    return ExplanationOutcome(outcome(made, [](const Explanation& explanation) { return to_js(explanation); }));
}

AttentionOutcome attention_of(const PlacedAttention& placed) {
    return AttentionOutcome(outcome(attend_placed(placed), [](const Attention& a) { return numbers_of(a); }));
}

ExplanationOutcome explain_of(const PlacedAttention& placed, const std::string& address) {
    const auto made = attend_placed(placed);
    return explained(made.ok() ? explain_attention(made.value(), address) : Result<Explanation>(made.error()));
}

SelfAttentionOutcome self_attention_of(const PlacedSelfAttention& placed) {
    return SelfAttentionOutcome(
        outcome(self_attend_placed(placed), [](const SelfAttention& self) { return numbers_of(self); }));
}

ExplanationOutcome explain_self(const PlacedSelfAttention& placed, const std::string& address) {
    const auto made = self_attend_placed(placed);
    if (!made.ok()) return explained(made.error());
    return explained(explain_self_attention(matrix_at(placed["x"]), weights_of(placed), made.value(), address));
}

SoftmaxOutcome softmax_of(std::uintptr_t at, std::size_t n, float scale) {
    return SoftmaxOutcome(outcome(softmax_row(floats_at(at, n), scale), [](const SoftmaxRow& row) {
        val out = val::object();
        out.set("scale", row.scale);
        out.set("scaled", to_js(std::span<const float>(row.scaled)));
        out.set("weights", to_js(std::span<const float>(row.weights)));
        out.set("slopes", to_js(std::span<const float>(row.slopes)));
        return out;
    }));
}

ExplanationOutcome explain_softmax_of(std::uintptr_t at, std::size_t n, float scale, const std::string& address) {
    const auto row = softmax_row(floats_at(at, n), scale);
    return explained(row.ok() ? explain_softmax(row.value(), address) : Result<Explanation>(row.error()));
}

/// Dot products of pairs first … first + count − 1.
Floats random_dots_of(double seed, std::size_t dimensions, std::size_t first, std::size_t count) {
    std::vector<float> dots(count);
    random_dots(static_cast<std::uint64_t>(seed), dimensions, first, dots);
    return Floats(to_js(std::span<const float>(dots)));
}

RandomSizes measure(std::uintptr_t dots, std::size_t count) {
    const RandomDotStatistics found = measure_dots(floats_at(dots, count));
    val out = val::object();
    out.set("rootMeanSquare", found.root_mean_square);
    out.set("meanMagnitude", found.mean_magnitude);
    return RandomSizes(out);
}

RandomPair pair_of(double seed, std::size_t dimensions, std::size_t i) {
    std::vector<float> query(dimensions);
    std::vector<float> key(dimensions);
    random_pair(static_cast<std::uint64_t>(seed), i, query, key);
    val out = val::object();
    out.set("query", to_js(std::span<const float>(query)));
    out.set("key", to_js(std::span<const float>(key)));
    return RandomPair(out);
}

ExplanationOutcome explain_random(double seed, std::size_t dimensions, std::uintptr_t dots, std::size_t count,
                                  const std::string& address) {
    return explained(
        explain_random_dots(static_cast<std::uint64_t>(seed), dimensions, floats_at(dots, count), address));
}

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(attention) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<PlacedAttention>("import('./attention_protocol.ts').PlacedAttention");
    register_type<PlacedSelfAttention>("import('./attention_protocol.ts').PlacedSelfAttention");
    register_type<AttentionOutcome>("import('./errors.ts').Outcome<Omit<import('./types.ts').Attention, 'explain'>>");
    register_type<SelfAttentionOutcome>(
        "import('./errors.ts').Outcome<Omit<import('./types.ts').SelfAttention, 'explain'>>");
    register_type<SoftmaxOutcome>("import('./errors.ts').Outcome<Omit<import('./types.ts').SoftmaxRow, 'explain'>>");
    register_type<Floats>("Float32Array");
    register_type<RandomSizes>("Pick<import('./types.ts').RandomDots, 'rootMeanSquare' | 'meanMagnitude'>");
    register_type<RandomPair>("{query: Float32Array; key: Float32Array}");
    register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    function("attention", &attention_of);
    function("attentionExplain", &explain_of);
    function("selfAttention", &self_attention_of);
    function("selfAttentionExplain", &explain_self);
    function("softmaxRow", &softmax_of);
    function("softmaxExplain", &explain_softmax_of);
    function("randomDots", &random_dots_of);
    function("randomMeasure", &measure);
    function("randomPair", &pair_of);
    function("randomExplain", &explain_random);
}
