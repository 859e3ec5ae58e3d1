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
list(REMOVE_ITEM DOT_MODELS_BINDINGS ${DOT_CORE_BINDINGS} ${DOT_SHARED_BINDINGS})

# Readers download it, so everything is made small but what computes by the million: the kernels, and the loops of the
# models named here.
file(GLOB_RECURSE DOT_SMALL_SOURCES CONFIGURE_DEPENDS engine/bindings/*.cpp engine/formats/*.cpp engine/models/*.cpp)
list(REMOVE_ITEM DOT_SMALL_SOURCES
     "${CMAKE_SOURCE_DIR}/engine/models/words/analogy_batch.cpp" "${CMAKE_SOURCE_DIR}/engine/models/networks/network_pass.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/transformer/multiplier.cpp" "${CMAKE_SOURCE_DIR}/engine/models/networks/optimizer.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/networks/raster.cpp" "${CMAKE_SOURCE_DIR}/engine/models/transformer/transformer_pass.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/words/word2vec.cpp")
set_source_files_properties(${DOT_SMALL_SOURCES} PROPERTIES COMPILE_OPTIONS -Oz)

set(DOT_OUTPUT "${CMAKE_BINARY_DIR}" CACHE PATH "Where the modules go")
option(DOT_EMIT_TYPES "Write a .d.ts beside each module from its bindings; wants tsc on PATH" OFF)

function(add_wasm_module name)
  add_executable(${name} ${ARGN} ${DOT_SHARED_BINDINGS})
  set_target_properties(${name} PROPERTIES SUFFIX .js RUNTIME_OUTPUT_DIRECTORY "${DOT_OUTPUT}")
  target_link_libraries(${name} PRIVATE dot_engine dot_strict)
  # Without run-time type information Embind cannot name a type that was not bound; every type we pass is bound.
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_link_options(${name} PRIVATE
    -lembind
    -Oz                           # of what is linked: the loops were compiled before, and stay as they are
    -sMODULARIZE=1
    -sEXPORT_ES6=1
    -sEXPORT_NAME=createDotByDot
    -sENVIRONMENT=web,worker      # Node and others hand the compiled module in through instantiateWasm
    -sDYNAMIC_EXECUTION=0         # no `new Function`: it runs under a CSP of 'wasm-unsafe-eval' alone
    -sALLOW_MEMORY_GROWTH=1
    -sMAXIMUM_MEMORY=4GB
    -sSTACK_SIZE=256KB
    -sFILESYSTEM=0
    -sSUPPORT_LONGJMP=0
    "SHELL:-sINCOMING_MODULE_JS_API=instantiateWasm,locateFile,print,printErr,onAbort"
    --no-entry
    $<$<BOOL:${DOT_EMIT_TYPES}>:--emit-tsd=${name}.d.ts>)
endfunction()

add_wasm_module(dot_by_dot ${DOT_CORE_BINDINGS})
add_wasm_module(dot_by_dot_models ${DOT_MODELS_BINDINGS})
