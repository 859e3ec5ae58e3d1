// Transformers: opened from their files, run on tokens, continued. A run keeps its pass here, under a number of its
// own, for as long as the page may ask where a number of it comes from.
#include "engine/bindings/transformer.h"

#include "engine/formats/transformer_file.h"
#include "engine/models/transformer/sampling.h"

namespace lab::bindings {

Opened<OpenedModel>& opened_models() {
    static Opened<OpenedModel> all("model");
    return all;
}

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(OpenOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(TokensOutcome);
EMSCRIPTEN_DECLARE_VAL_TYPE(NumberOutcome);

Opened<Generation>& generations() {
    static Opened<Generation> all("text");
    return all;
}

std::span<const std::uint32_t> integers_at(std::uintptr_t address, std::size_t count) {
    return {reinterpret_cast<const std::uint32_t*>(address), count};
}
std::vector<Token> tokens_at(std::uintptr_t address, std::size_t count) {
    const auto all = integers_at(address, count);
    return {all.begin(), all.end()};
}

/// The bytes of all tokens one after the other, and where those of each end.
void set_texts(val& out, const BytePairs& pairs) {
    std::string texts;
    std::vector<std::uint32_t> ends;
    for (std::size_t v = 0; v < pairs.size(); ++v) {
        texts += pairs.text(static_cast<Token>(v));
        ends.push_back(static_cast<std::uint32_t>(texts.size()));
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(texts.data());
    out.set("texts", to_js(std::span(bytes, texts.size())));
    out.set("ends", to_js(std::span<const std::uint32_t>(ends)));
}

/// From the bytes of a safetensors file.
OpenOutcome open(std::uintptr_t bytes, std::size_t size) {
    auto file = read_transformer_file({reinterpret_cast<const std::uint8_t*>(bytes), size});
    if (!file.ok()) return OpenOutcome(failure(file.error()));
    auto& parts = file.value();
    auto pairs = BytePairs::from_merges(std::move(parts.merges));
    if (!pairs.ok()) return OpenOutcome(failure(pairs.error()));
    auto made = LanguageModel::create(parts.shape, std::move(parts.weights), std::move(pairs).value(),
                                      std::move(parts.figures));
    if (!made.ok()) return OpenOutcome(failure(made.error()));
    auto model = std::make_shared<OpenedModel>(OpenedModel{std::move(made).value(), {}});
    const TransformerShape& shape = model->model.shape();
    val out = val::object();
    val figures = val::object();
    for (const auto& [name, value] : model->model.figures()) figures.set(name, value);
    out.set("layers", shape.layers);
    out.set("heads", shape.heads);
    out.set("width", shape.width);
    out.set("hidden", shape.hidden);
    out.set("vocabulary", shape.vocabulary);
    out.set("context", shape.context);
    out.set("causal", shape.causal);
    out.set("figures", figures);
    set_texts(out, model->model.pairs());
    out.set("handle", opened_models().keep(std::move(model)));
    return OpenOutcome(success(out));
}

/// How tokens are called where a number is explained: a line each.
void set_names(Handle handle, const std::string& names) {
    if (const auto model = opened_models().find(handle)) model->names = lines(names);
}

/// A text as the models read it: folded, UTF-8, [blank] as the byte 1.
TokensOutcome tokens(Handle handle, std::uintptr_t text, std::size_t size) {
    return TokensOutcome(opened_models().with(handle, [&](const OpenedModel& model) {
        const auto all = model.model.tokens({reinterpret_cast<const char*>(text), size});
        return success(to_js(std::span<const std::uint32_t>(all)));
    }));
}

/// ablated[2A]: layer and head of each, from 1; patched[2P]: layer and place of each; states[P, D].
NumberOutcome run(Handle handle, std::uintptr_t ids, std::size_t count, std::uintptr_t ablated, std::size_t heads,
                  std::uintptr_t patched, std::size_t patches, std::uintptr_t states) {
    const auto model = opened_models().find(handle);
    if (!model) return NumberOutcome(failure(opened_models().gone()));
    const std::size_t D = model->model.shape().width;
    Interventions interventions;
    for (auto rest = integers_at(ablated, 2 * heads); !rest.empty(); rest = rest.subspan(2))
        interventions.ablated.push_back({rest[0] - 1, rest[1] - 1});
    const auto places = integers_at(patched, 2 * patches);
    for (std::size_t p = 0; p < patches; ++p) {
        const auto state = floats_at(states, patches * D).subspan(p * D, D);
        interventions.patches.push_back({places[2 * p], places[2 * p + 1], {state.begin(), state.end()}});
    }
    static KernelMultiplier multiplier;
    auto pass = model->model.run(tokens_at(ids, count), interventions, multiplier);
    if (!pass.ok()) return NumberOutcome(failure(pass.error()));
    return NumberOutcome(success(val(opened_runs().keep(
        std::make_shared<const Run>(Run{model, std::move(interventions), std::move(pass).value()})))));
}

/// A text that is to grow from these tokens.
NumberOutcome begin(Handle handle, std::uintptr_t ids, std::size_t count, float temperature, std::size_t top_k,
                    double seed) {
    const auto kept = opened_models().find(handle);
    if (!kept) return NumberOutcome(failure(opened_models().gone()));
    auto begun = Generation::begin({kept, &kept->model}, tokens_at(ids, count), {temperature, top_k},
                                   static_cast<std::uint64_t>(seed));
    if (!begun.ok()) return NumberOutcome(failure(begun.error()));
    return NumberOutcome(success(val(generations().keep(std::make_shared<Generation>(std::move(begun).value())))));
}

/// One token more, or −1.
NumberOutcome next(Handle handle) {
    return NumberOutcome(generations().with(handle, [](Generation& text) {
        const auto token = text.next();
        return success(token ? val(*token) : val(-1));
    }));
}

void close(Handle handle) { opened_models().close(handle); }
void end(Handle handle) { generations().close(handle); }

}  // namespace
}  // namespace lab::bindings

EMSCRIPTEN_BINDINGS(transformer) {
    using namespace lab::bindings;
    using emscripten::function;
    using emscripten::register_type;
    register_type<OpenOutcome>("import('./errors.ts').Outcome<import('./transformer_protocol.ts').TransformerParts>");
    register_type<TokensOutcome>("import('./errors.ts').Outcome<Uint32Array>");
    register_type<NumberOutcome>("import('./errors.ts').Outcome<number>");
    function("transformerOpen", &open);
    function("transformerNames", &set_names);
    function("transformerTokens", &tokens);
    function("transformerRun", &run);
    function("transformerClose", &close);
    function("textBegin", &begin);
    function("textNext", &next);
    function("textEnd", &end);
}
