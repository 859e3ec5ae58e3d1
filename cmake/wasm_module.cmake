# engine/bindings over the engine, as two ES modules, so that a page which shows no model downloads none:
# dot_by_dot.{js,wasm} is the core (kernels, pairs, word vectors), dot_by_dot_models.{js,wasm} all the rest.
file(GLOB DOT_BINDING_SOURCES CONFIGURE_DEPENDS engine/bindings/*.cpp)
if(NOT DOT_BINDING_SOURCES OR DOT_TESTS)
  return()
endif()

# Bindings of the core alone, and of both modules. A file that is not named here goes to the models.
list(TRANSFORM DOT_BINDING_SOURCES REPLACE "^.*/engine/" "engine/" OUTPUT_VARIABLE DOT_MODELS_BINDINGS)
set(DOT_CORE_BINDINGS engine/bindings/kernels.cpp engine/bindings/pair.cpp engine/bindings/search.cpp
    engine/bindings/words.cpp)
set(DOT_SHARED_BINDINGS engine/bindings/heap.cpp engine/bindings/to_js.cpp)
list(REMOVE_ITEM DOT_MODELS_BINDINGS ${DOT_CORE_BINDINGS} ${DOT_SHARED_BINDINGS} engine/bindings/builtin_types.cpp)

# Readers download it, so everything is made small but what computes by the million: the kernels, and the loops of the
# models named here.
file(GLOB_RECURSE DOT_SMALL_SOURCES CONFIGURE_DEPENDS engine/bindings/*.cpp engine/formats/*.cpp engine/models/*.cpp)
list(REMOVE_ITEM DOT_SMALL_SOURCES
     "${CMAKE_SOURCE_DIR}/engine/models/networks/network_pass.cpp" "${CMAKE_SOURCE_DIR}/engine/models/networks/optimizer.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/transformer/multiplier.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/networks/raster.cpp" "${CMAKE_SOURCE_DIR}/engine/models/transformer/transformer_pass.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/words/word2vec.cpp" "${CMAKE_SOURCE_DIR}/engine/models/search/top_rows.cpp")
set_source_files_properties(${DOT_SMALL_SOURCES} PROPERTIES COMPILE_OPTIONS -Oz)

# Embind's C++ half, made anew for the few types that we pass; found by its name before Emscripten's own.
add_library(dot_embind STATIC engine/bindings/builtin_types.cpp)
set_target_properties(dot_embind PROPERTIES OUTPUT_NAME embind ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/embind")
target_link_libraries(dot_embind PRIVATE dot_options dot_strict)
target_compile_definitions(dot_embind PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)

set(DOT_OUTPUT "${CMAKE_BINARY_DIR}" CACHE PATH "Where the modules go")
option(DOT_EMIT_TYPES "Write a .d.ts beside each module from its bindings; wants tsc on PATH" OFF)

function(add_wasm_module name)
  add_executable(${name} ${ARGN} ${DOT_SHARED_BINDINGS})
  set_target_properties(${name} PROPERTIES SUFFIX .js RUNTIME_OUTPUT_DIRECTORY "${DOT_OUTPUT}"
                        LINK_DEPENDS "${CMAKE_BINARY_DIR}/embind/libembind.a")
  target_link_libraries(${name} PRIVATE dot_engine dot_strict)
  add_dependencies(${name} dot_embind)
  # Without run-time type information Embind cannot name a type that was not bound; every type we pass is bound.
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_link_options(${name} PRIVATE
    -L${CMAKE_BINARY_DIR}/embind  # ours, in place of Emscripten's own
    -lembind
    -Oz                           # of what is linked: the loops were compiled before, and stay as they are
    -sMODULARIZE=1
    -sEXPORT_ES6=1
    -sEXPORT_NAME=createDotByDot
    -sENVIRONMENT=web             # workers, Node and others too: the compiled module is handed in through instantiateWasm
    -sTEXTDECODER=2               # there is one wherever there is SIMD
    -sDYNAMIC_EXECUTION=0         # no `new Function`: it runs under a CSP of 'wasm-unsafe-eval' alone
    -sALLOW_MEMORY_GROWTH=1
    -sMAXIMUM_MEMORY=4GB
    -sSTACK_SIZE=256KB
    -sMALLOC=emmalloc             # a third of the code of the usual one
    -sFILESYSTEM=0
    -sSUPPORT_LONGJMP=0
    "SHELL:-sINCOMING_MODULE_JS_API=instantiateWasm,print,printErr"
    --no-entry
    $<$<BOOL:${DOT_EMIT_TYPES}>:--emit-tsd=${name}.d.ts>)
endfunction()

add_wasm_module(dot_by_dot ${DOT_CORE_BINDINGS})
add_wasm_module(dot_by_dot_models ${DOT_MODELS_BINDINGS})
