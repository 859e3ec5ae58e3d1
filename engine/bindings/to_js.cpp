#include "engine/bindings/to_js.h"

namespace lab::bindings {

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1))
        out.emplace_back(text.substr(0, end));
    return out;
}

namespace {

/// A typed array of this class with a copy of the values.
template <class T>
val copied(const char* array_class, std::span<const T> values) {
    return val::global(array_class).new_(val(emscripten::typed_memory_view(values.size(), values.data())));
}

}  // namespace

val to_js(std::span<const float> values) { return copied("Float32Array", values); }
val to_js(std::span<const std::uint8_t> values) { return copied("Uint8Array", values); }
val to_js(std::span<const std::uint32_t> values) { return copied("Uint32Array", values); }

val matrix(std::span<const float> values, std::size_t rows, std::size_t columns) {
    val out = val::object();
    out.set("rows", rows);
    out.set("columns", columns);
    out.set("data", to_js(values));
    return out;
}

val failure(const Error& error) {
    val record = val::object();
    record.set("code", error.code);
    record.set("message", error.message);
    record.set("detail", error.detail);
    val out = val::object();
    out.set("error", record);
    return out;
}

val success(val value) {
    val out = val::object();
    out.set("value", value);
    return out;
}

namespace {

val operand(const Operand& operand) {
    val out = val::object();
    out.set("name", operand.name);
    out.set("address", operand.address);
    out.set("values", to_js(operand.values));
    if (!operand.unit_label.empty()) out.set("unit", operand.unit_label);
    return out;
}

val term(const Term& term) {
    val out = val::object();
    out.set("label", term.label);
    out.set("address", term.address);
    out.set("coefficient", term.coefficient);
    out.set("value", term.value);
    return out;
}

val check(const Check& check) {
    val out = val::object();
    out.set("value", check.value);
    out.set("difference", check.difference);
    out.set("bound", check.bound);
    return out;
}

val neighbor(const Neighbor& neighbor) {
    val out = val::object();
    out.set("word", neighbor.word);
    out.set("score", neighbor.score);
    out.set("rank", neighbor.rank);
    out.set("partials", array(neighbor.partials, [](float cosine) { return val(cosine); }));
    return out;
}

}  // namespace

val to_js(const Explanation& explanation) {
    val out = val::object();
    out.set("address", explanation.address);
    out.set("label", explanation.label);
    out.set("formula", explanation.formula);
    out.set("kind", std::string(name(explanation.kind)));
    out.set("operands", array(explanation.operands, operand));
    out.set("products", to_js(explanation.products));
    out.set("terms", array(explanation.terms, term));
    out.set("result", explanation.result);
    out.set("check", check(explanation.check));
    return out;
}

val to_js(const DotTrace& trace) {
    val out = val::object();
    out.set("products", to_js(trace.products));
    out.set("running", to_js(trace.running));
    out.set("lanes", to_js(trace.lanes));
    out.set("accumulators", to_js(trace.accumulators));
    out.set("result", trace.result);
    out.set("sequential", trace.sequential);
    out.set("exact", trace.exact);
    return out;
}

val to_js(const std::vector<Neighbor>& neighbors) { return array(neighbors, neighbor); }

}  // namespace lab::bindings
