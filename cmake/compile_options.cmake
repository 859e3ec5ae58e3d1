# dot_options: what every file of the engine is compiled with, and what those who use it must share.
# dot_warnings: what we ask of our own code, not of what we include; dot_strict: and of the engine itself, which
# must not narrow a number unseen (tests count in small integers of all types).
add_library(dot_options INTERFACE)
add_library(dot_warnings INTERFACE)
add_library(dot_strict INTERFACE)

target_compile_options(dot_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow $<$<BOOL:${DOT_WERROR}>:-Werror>)
target_compile_options(dot_strict INTERFACE -Wconversion)
target_link_libraries(dot_strict INTERFACE dot_warnings)

# a·b + c is two roundings wherever it is written so: the same figures from every compiler and machine.
target_compile_options(dot_options INTERFACE -ffp-contract=off)

if(EMSCRIPTEN)
  if(NOT DOT_SIMD MATCHES "^(simd128|relaxed)$")
    message(FATAL_ERROR "DOT_SIMD is '${DOT_SIMD}'; set it to simd128 or relaxed (the presets do)")
  endif()
  # Every browser that has simd128 has bulk memory: filling and copying are instructions then. Without them they are the
  # C library's, and what is linked by -Oz gets loops over single bytes, which took longer than a kernel's arithmetic.
  target_compile_options(dot_options INTERFACE -msimd128 -mbulk-memory
                         $<$<STREQUAL:${DOT_SIMD},relaxed>:-mrelaxed-simd>)
  target_link_options(dot_options INTERFACE -mbulk-memory)
  if(DOT_TESTS) # Catch2 needs exceptions; the shipped module has none
    target_compile_options(dot_options INTERFACE -fwasm-exceptions)
    target_link_options(dot_options INTERFACE -fwasm-exceptions)
  else()
    target_compile_options(dot_options INTERFACE -fno-exceptions -fno-rtti -flto)
    target_link_options(dot_options INTERFACE -fno-exceptions -fno-rtti -flto)
  endif()
elseif(DOT_ARCH)
  target_compile_options(dot_options INTERFACE -march=${DOT_ARCH})
endif()

if(DOT_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(dot_options INTERFACE ${sanitizers})
  target_compile_definitions(dot_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(dot_options INTERFACE ${sanitizers})
endif()
