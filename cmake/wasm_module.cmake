# dot_by_dot.js and dot_by_dot.wasm: engine/bindings over the engine, as one ES module.
file(GLOB_RECURSE DOT_BINDING_SOURCES CONFIGURE_DEPENDS engine/bindings/*.cpp)
if(NOT DOT_BINDING_SOURCES OR DOT_TESTS)
  return()
endif()

# Readers download it, so everything is made small but what computes by the million: the kernels, and the loops of the
# models named here.
file(GLOB DOT_SMALL_SOURCES CONFIGURE_DEPENDS engine/bindings/*.cpp engine/formats/*.cpp engine/models/*.cpp)
list(REMOVE_ITEM DOT_SMALL_SOURCES
     "${CMAKE_SOURCE_DIR}/engine/models/analogy_batch.cpp" "${CMAKE_SOURCE_DIR}/engine/models/network_pass.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/optimizer.cpp" "${CMAKE_SOURCE_DIR}/engine/models/raster.cpp"
     "${CMAKE_SOURCE_DIR}/engine/models/word2vec.cpp")
set_source_files_properties(${DOT_SMALL_SOURCES} PROPERTIES COMPILE_OPTIONS -Oz)

set(DOT_OUTPUT "${CMAKE_BINARY_DIR}" CACHE PATH "Where dot_by_dot.js and dot_by_dot.wasm go")
option(DOT_EMIT_TYPES "Write dot_by_dot.d.ts from the bindings; wants tsc on PATH" OFF)

add_executable(dot_by_dot ${DOT_BINDING_SOURCES})
set_target_properties(dot_by_dot PROPERTIES SUFFIX .js RUNTIME_OUTPUT_DIRECTORY "${DOT_OUTPUT}")
target_link_libraries(dot_by_dot PRIVATE dot_engine dot_strict)
# Without run-time type information Embind cannot name a type that was not bound; every type we pass is bound.
target_compile_definitions(dot_by_dot PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
target_link_options(dot_by_dot PRIVATE
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
  $<$<BOOL:${DOT_EMIT_TYPES}>:--emit-tsd=dot_by_dot.d.ts>)
