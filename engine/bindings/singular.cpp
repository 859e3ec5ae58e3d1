// Singular values of a small matrix that the caller placed in the engine's memory: m[rows, columns].
#include "engine/models/networks/singular.h"

#include "engine/bindings/to_js.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(SingularOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(ExplanationOutcome);

MatrixView view(std::uintptr_t at, std::size_t rows, std::size_t columns) {
    return {floats_at(at, rows * columns), rows, columns};
}

SingularOutcome of(std::uintptr_t at, std::size_t rows, std::size_t columns) {
    return SingularOutcome(outcome(singular(view(at, rows, columns)), [](const Singular& found) {
        val out = val::object();
        const std::size_t count = found.values.size();
        out.set("values", to_js(std::span<const float>(found.values)));
        out.set("left", matrix(found.left, count, found.rows));
        out.set("right", matrix(found.right, count, found.columns));
        out.set("determinant", found.determinant ? val(*found.determinant) : val::null());
        return out;
    }));
}

ExplanationOutcome explain(const std::string& address, std::uintptr_t at, std::size_t rows, std::size_t columns) {
    return ExplanationOutcome(outcome(explain_singular(view(at, rows, columns), address),
                                      [](const Explanation& explanation) { return to_js(explanation); }));
}

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(singular) {
    using namespace lab::bindings;
    emscripten::register_type<SingularOutcome>(
        "import('./errors.ts').Outcome<Omit<import('./types.ts').Singular, 'explain'>>");
    emscripten::register_type<ExplanationOutcome>("import('./errors.ts').Outcome<import('./types.ts').Explanation>");
    emscripten::function("singular", &of);
    emscripten::function("singularExplain", &explain);
}
