// Searching tables that lie in the engine's memory: an index of their rows, and several queries at once.
#include <emscripten/emscripten.h>

#include "engine/bindings/handles.h"
#include "engine/bindings/shortage.h"
#include "engine/models/search/row_index.h"
#include "engine/models/search/top_rows.h"

namespace lab::bindings {
namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(IndexOutcome);

Opened<RowIndex>& indices() {
    static Opened<RowIndex> all("index");
    return all;
}

/// An index of rows[R,C] at an address.
IndexOutcome open_index(std::uintptr_t address, std::size_t rows, std::size_t columns) {
    const std::uint64_t bytes = RowIndex::bytes_for(rows, columns);
    if (const auto error = shortage(bytes + bytes / 16, "this index", "Give it fewer rows"))
        return IndexOutcome(failure(*error));
    auto index = RowIndex::of({floats_at(address, rows * columns), rows, columns});
    if (!index.ok()) return IndexOutcome(failure(index.error()));
    val out = val::object();
    out.set("bytes", index.value().bytes());
    out.set("handle", indices().keep(std::make_shared<RowIndex>(std::move(index).value())));
    return IndexOutcome(success(out));
}

void close_index(Handle handle) { indices().close(handle); }

}  // namespace
}  // namespace lab::bindings

extern "C" {

/// hits[k] of the index's own rows[R,C] and x[C], eight bytes each: index, then score. Returns how many rows were
/// scored in floats; 0 if the handle is not open.
EMSCRIPTEN_KEEPALIVE std::size_t lab_index_search(std::uint32_t handle, const float* rows, const float* x,
                                                  lab::Hit* hits, std::size_t k) {
    const auto index = lab::bindings::indices().find(handle);
    if (!index) return 0;
    const std::size_t R = index->rows();
    const std::size_t C = index->columns();
    return index->search({{rows, R * C}, R, C}, {x, C}, {hits, k}).rescored;
}

EMSCRIPTEN_KEEPALIVE std::size_t lab_top_rows_workspace(std::size_t rows, std::size_t columns, std::size_t queries) {
    return lab::top_rows_workspace(rows, columns, queries);
}

/// hits[Q,k] of table[R,C] for queries[Q,C]; workspace of lab_top_rows_workspace(R, C, Q) floats. Returns whether all
/// scores are finite.
EMSCRIPTEN_KEEPALIVE bool lab_top_rows(const float* table, std::size_t rows, std::size_t columns, const float* queries,
                                       std::size_t count, float* workspace, lab::Hit* hits, std::size_t k) {
    return lab::top_rows({{table, rows * columns}, rows, columns}, {{queries, count * columns}, count, columns},
                         {workspace, lab::top_rows_workspace(rows, columns, count)}, k, {hits, count * k});
}

}  // extern "C"

EMSCRIPTEN_BINDINGS(search) {
    using namespace lab::bindings;
    emscripten::register_type<IndexOutcome>("import('./errors.ts').Outcome<{handle: number; bytes: number}>");
    emscripten::function("openIndex", &open_index);
    emscripten::function("closeIndex", &close_index);
}
