// What is asked of a run: everything is copied out, and computed from its pass where it is not kept.
#include <algorithm>
#include <cmath>

#include "engine/bindings/transformer.h"
#include "engine/models/transformer/explain_transformer.h"
#include "engine/models/transformer/sampling.h"
#include "engine/models/transformer/transformer_operations.h"

namespace lab::bindings {

Opened<const Run>& opened_runs() {
    static Opened<const Run> all("run");
    return all;
}

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(MatrixOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(GuessesOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(AttentionOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(AllAttentionOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(SurpriseOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(OperationsOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

Error no_such(const std::string& what, std::size_t low, std::size_t high) {
    return {"out-of-range",
            "There is no such " + what + ". Give a number from " + std::to_string(low) + " to " + std::to_string(high) +
                ".",
            ""};
}

/// What is under the handle, if it has this layer and head.
template <class Ask>
val with_head(Handle handle, std::size_t layer, std::size_t head, Ask ask) {
    return opened_runs().with(handle, [&](const Run& one) {
        if (layer < 1 || layer > one.shape().layers) return failure(no_such("layer", 1, one.shape().layers));
        if (head < 1 || head > one.shape().heads) return failure(no_such("head", 1, one.shape().heads));
        return success(ask(one, one.pass.layers[layer - 1]));
    });
}

val rows_of(const Run& run, std::span<const float> values) {
    return matrix(values, run.rows(), values.size() / run.rows());
}

MatrixOutcome logits(Handle handle) {
    return MatrixOutcome(
        opened_runs().with(handle, [](const Run& one) { return success(rows_of(one, one.pass.logits)); }));
}

GuessesOutcome guesses(Handle handle, std::size_t place, std::size_t count, float temperature) {
    return GuessesOutcome(opened_runs().with(handle, [&](const Run& one) {
        if (place >= one.rows()) return failure(no_such("place", 0, one.rows() - 1));
        return success(array(likeliest(one.logits(place), count, temperature), [](const Guess& guess) {
            val out = val::object();
            out.set("id", guess.token);
            out.set("logit", guess.logit);
            out.set("probability", guess.probability);
            return out;
        }));
    }));
}

/// A head's [T, T] out of [H, T, T].
val square(const Run& run, const std::vector<float>& all, std::size_t head) {
    const std::size_t T = run.rows();
    return matrix(std::span(all).subspan((head - 1) * T * T, T * T), T, T);
}

AttentionOutcome attention(Handle handle, std::size_t layer, std::size_t head) {
    return AttentionOutcome(with_head(handle, layer, head, [&](const Run& one, const BlockPass& block) {
        auto scores = block.dots;
        const float root = std::sqrt(static_cast<float>(one.shape().head_width()));
        for (float& score : scores) score /= root;
        val out = val::object();
        out.set("weights", square(one, block.weights, head));
        out.set("scores", square(one, scores, head));
        out.set("dots", square(one, block.dots, head));
        return out;
    }));
}

AllAttentionOutcome all_attention(Handle handle) {
    return AllAttentionOutcome(opened_runs().with(handle, [](const Run& one) {
        return success(array(one.pass.layers, [&](const BlockPass& block) {
            val heads = val::array();
            for (std::size_t head = 1; head <= one.shape().heads; ++head)
                heads.set(static_cast<std::uint32_t>(head - 1), square(one, block.weights, head));
            return heads;
        }));
    }));
}

/// What leaves a layer; 0: what goes into the first.
MatrixOutcome hidden(Handle handle, std::size_t layer) {
    return MatrixOutcome(opened_runs().with(handle, [&](const Run& one) {
        if (layer > one.shape().layers) return failure(no_such("layer", 0, one.shape().layers));
        return success(rows_of(one, layer == 0 ? one.pass.x : one.pass.layers[layer - 1].out));
    }));
}

/// One head's columns; part: 0 queries, 1 keys, 2 values, 3 their weighted sums.
MatrixOutcome head_rows(Handle handle, std::size_t layer, std::size_t head, std::size_t part) {
    return MatrixOutcome(with_head(handle, layer, head, [&](const Run& one, const BlockPass& block) {
        const std::size_t D = one.shape().width;
        const std::size_t d = one.shape().head_width();
        const bool mix = part == 3;
        const std::size_t stride = mix ? D : 3 * D;
        const std::span<const float> all(mix ? block.mixed : block.qkv);
        std::vector<float> out;
        for (std::size_t t = 0; t < one.rows(); ++t) {
            const auto row = all.subspan(t * stride + (mix ? 0 : part * D) + (head - 1) * d, d);
            out.insert(out.end(), row.begin(), row.end());
        }
        return matrix(out, one.rows(), d);
    }));
}

/// [T] in bits; the first, which nothing foretells, 0.
SurpriseOutcome surprises(Handle handle) {
    return SurpriseOutcome(opened_runs().with(handle, [](const Run& one) {
        if (!one.shape().causal) {
            return failure({"not-causal",
                            "This model sees a token while it reads it, so that none surprises it. Ask a model that "
                            "writes.",
                            ""});
        }
        std::vector<float> bits(one.rows(), 0.0f);
        for (std::size_t t = 1; t < one.rows(); ++t)
            bits[t] = static_cast<float>(surprise(one.logits(t - 1), one.pass.tokens[t]));
        return success(to_js(bits));
    }));
}

OperationsOutcome operations(Handle handle) {
    return OperationsOutcome(opened_runs().with(handle, [](const Run& one) {
        const OperationCount count = count_operations(one.shape(), one.rows());
        val out = val::object();
        out.set("dot", static_cast<double>(count.dot));
        out.set("other", static_cast<double>(count.other));
        return success(out);
    }));
}

ExplanationOutcome explain(Handle handle, const std::string& address) {
    return ExplanationOutcome(opened_runs().with(handle, [&](const Run& one) {
        const TransformerContext context{one.shape(), one.of->model.weights(), one.pass, one.interventions,
                                         one.of->names};
        return outcome(explain_transformer(context, address),
                       [](const Explanation& explanation) { return to_js(explanation); });
    }));
}

void close(Handle handle) { opened_runs().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(transformer_run) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<MatrixOutcome>("import('./errors.ts').Outcome<import('./types.ts').Matrix>");
    register_type<GuessesOutcome>("import('./errors.ts').Outcome<Omit<import('./types.ts').Guess, 'text'>[]>");
    register_type<AttentionOutcome>("import('./errors.ts').Outcome<import('./types.ts').HeadAttention>");
    register_type<AllAttentionOutcome>("import('./errors.ts').Outcome<import('./types.ts').Matrix[][]>");
    register_type<SurpriseOutcome>("import('./errors.ts').Outcome<Float32Array>");
    register_type<OperationsOutcome>("import('./errors.ts').Outcome<{dot: number; other: number}>");
    register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    function("runLogits", &logits);
    function("runGuesses", &guesses);
    function("runAttention", &attention);
    function("runAllAttention", &all_attention);
    function("runHidden", &hidden);
    function("runHead", &head_rows);
    function("runSurprise", &surprises);
    function("runOperations", &operations);
    function("runExplain", &explain);
    function("runClose", &close);
}
