// The engine's memory, as JavaScript sees it.
#include <emscripten/bind.h>
#include <emscripten/heap.h>

#include <cstdint>

namespace {

EMSCRIPTEN_DECLARE_VAL_TYPE(Bytes);

/// A view over the whole heap. It is dead (of length 0) once the heap has grown: ask for a new one then.
Bytes heap() {
    return Bytes(
        emscripten::val(emscripten::typed_memory_view(emscripten_get_heap_size(), reinterpret_cast<std::uint8_t*>(0))));
}

}  // namespace

EMSCRIPTEN_BINDINGS(heap) {
    emscripten::register_type<Bytes>("Uint8Array<ArrayBuffer>");
    emscripten::function("heap", &heap);
}
