// The types that may cross: what Embind's own bind.cpp does, for ours alone. That one also registers wide strings,
// integers of 64 bits and views of every kind, and prints addresses by sprintf: all of it would be downloaded by every
// page. The linker finds these first and leaves that one out.
#include <emscripten/bind.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <typeinfo>

namespace {

using emscripten::memory_view;
using emscripten::internal::TypeID;

template <class T>
void integer(const char* name) {
    emscripten::internal::_embind_register_integer(TypeID<T>::get(), name, sizeof(T), std::numeric_limits<T>::min(),
                                                   std::numeric_limits<T>::max());
}

template <class T>
void real(const char* name) {
    emscripten::internal::_embind_register_float(TypeID<T>::get(), name, sizeof(T));
}

/// @param array the place of the typed array's class in a list of embind.js
template <class T>
void view(unsigned array) {
    emscripten::internal::_embind_register_memory_view(TypeID<memory_view<T>>::get(), array, "view");
}

}  // namespace

extern "C" {

/// What JavaScript calls a type that is not registered here, or by register_type. JavaScript frees it.
const char* __getTypeName(const std::type_info*) { return strdup("a type that builtin_types.cpp lacks"); }

// Both serve modules that run in several threads: each registers its types again. Ours run in one.
void _embind_register_bindings(emscripten::internal::InitFunc*) {}
void _embind_initialize_bindings() {}

}  // extern "C"

EMSCRIPTEN_BINDINGS(builtin_types) {
    emscripten::internal::_embind_register_void(TypeID<void>::get(), "void");
    emscripten::internal::_embind_register_bool(TypeID<bool>::get(), "bool", true, false);
    integer<int>("int");
    integer<unsigned>("unsigned");
    integer<long>("long");
    integer<unsigned long>("unsigned long");
    real<float>("float");
    real<double>("double");
    emscripten::internal::_embind_register_std_string(TypeID<std::string>::get(), "std::string");
    emscripten::internal::_embind_register_emval(TypeID<emscripten::val>::get());
    view<std::uint8_t>(1);
    view<std::uint32_t>(5);
    view<float>(6);
}
