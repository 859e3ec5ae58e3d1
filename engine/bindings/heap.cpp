// A module's memory, as JavaScript sees it: every module has one of its own.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>
#include <emscripten/heap.h>
#include <malloc.h>

#include <cstdint>
#include <cstdlib>

extern "C" {

/// Bytes at a multiple of 16, or 0 if there are none to be had.
EMSCRIPTEN_KEEPALIVE void* lab_allocate(std::size_t bytes) {
    void* address = nullptr;
    return posix_memalign(&address, 16, bytes == 0 ? 16 : bytes) == 0 ? address : nullptr;
}
EMSCRIPTEN_KEEPALIVE void lab_free(void* address) { std::free(address); }

/// Bytes of the whole heap, and of what is in use of it.
EMSCRIPTEN_KEEPALIVE std::size_t lab_heap_bytes() { return emscripten_get_heap_size(); }
EMSCRIPTEN_KEEPALIVE std::size_t lab_used_bytes() { return static_cast<std::size_t>(mallinfo().uordblks); }

}  // extern "C"

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
