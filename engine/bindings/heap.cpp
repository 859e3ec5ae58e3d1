// A module's memory, as JavaScript sees it: every module has one of its own.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>
#include <emscripten/heap.h>
#include <malloc.h>

#include <cstdint>
#include <cstdlib>

extern "C" {

/// Bytes at a multiple of 16, or 0 if there are none to be had. The allocator's own addresses are multiples of 8: what
/// it gave stands before ours. (Its aligned_alloc leaves the gap to whoever lies before, and counts it there.)
EMSCRIPTEN_KEEPALIVE void* lab_allocate(std::size_t bytes) {
    if (bytes > SIZE_MAX - 16) return nullptr;
    const auto given = reinterpret_cast<std::uintptr_t>(std::malloc(bytes + 16));
    if (given == 0) return nullptr;
    const std::uintptr_t address = (given + 16) & ~std::uintptr_t{15};
    reinterpret_cast<std::uintptr_t*>(address)[-1] = given;
    return reinterpret_cast<void*>(address);
}
EMSCRIPTEN_KEEPALIVE void lab_free(void* address) {
    if (address != nullptr) std::free(reinterpret_cast<void*>(static_cast<std::uintptr_t*>(address)[-1]));
}

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
