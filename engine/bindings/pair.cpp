// Questions about two vectors that the caller placed in the engine's memory: a[n] and b[n].
#include <cmath>

#include "engine/bindings/to_js.h"
#include "engine/kernels/kernels.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(TraceAnswer);
EMSCRIPTEN_DECLARE_VAL_TYPE(PairAnswer);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

TraceAnswer trace_pair(std::uintptr_t a, std::uintptr_t b, std::size_t n) {
    return TraceAnswer(to_js(trace(floats_at(a, n), floats_at(b, n))));
}

/// Everything that a figure shows of two vectors. Cosine and angle are null where a vector has no direction.
PairAnswer pair(std::uintptr_t at_a, std::uintptr_t at_b, std::size_t n) {
    const auto a = floats_at(at_a, n);
    const auto b = floats_at(at_b, n);
    const DotTrace traced = trace(a, b);
    std::vector<float> unit_a(n);
    std::vector<float> unit_b(n);
    const float norm_a = normalize(a, unit_a);
    const float norm_b = normalize(b, unit_b);
    const float cosine_ab = cosine(a, b);

    val out = val::object();
    out.set("dot", traced.result);
    out.set("normA", norm_a);
    out.set("normB", norm_b);
    const bool directed = std::isfinite(cosine_ab);
    constexpr double degrees = 57.295779513082320877;
    out.set("cosine", directed ? val(cosine_ab) : val::null());
    out.set("angleDegrees", directed ? val(std::acos(static_cast<double>(cosine_ab)) * degrees) : val::null());
    out.set("unitA", to_js(unit_a));
    out.set("unitB", to_js(unit_b));
    out.set("products", to_js(traced.products));
    out.set("running", to_js(traced.running));
    return PairAnswer(out);
}

ExplanationOutcome explain_of_pair(const std::string& address, std::uintptr_t a, std::uintptr_t b, std::size_t n) {
    return ExplanationOutcome(outcome(explain_pair(address, floats_at(a, n), floats_at(b, n)),
                                      [](const Explanation& explanation) { return to_js(explanation); }));
}

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(pair) {
    using namespace lab::bindings;
    emscripten::register_type<TraceAnswer>("import('./types.ts').DotTrace");
    emscripten::register_type<PairAnswer>("Omit<import('./types.ts').PairAnswer, 'explain'>");
    emscripten::register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    emscripten::function("trace", &trace_pair);
    emscripten::function("pair", &pair);
    emscripten::function("explainPair", &explain_of_pair);
}
