# engine_tests: tests/engine/**/*_test.cpp, with one ctest for each file. A ctest for each case would start a process
# for each, which under Node costs more than the case; every run leaves its case counts in reports/<name>.xml.
if(NOT EMSCRIPTEN)
  add_test(NAME include-directions
           COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -P ${CMAKE_SOURCE_DIR}/cmake/check_includes.cmake)
endif()

file(GLOB_RECURSE DOT_TEST_SOURCES CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" tests/engine/*_test.cpp)
file(GLOB_RECURSE DOT_TEST_HELPERS CONFIGURE_DEPENDS tests/engine/support/*.cpp)
if(NOT DOT_TEST_SOURCES)
  message(STATUS "tests/engine holds no *_test.cpp yet")
  return()
endif()

include(catch2)
add_executable(engine_tests ${DOT_TEST_SOURCES} ${DOT_TEST_HELPERS})
target_link_libraries(engine_tests PRIVATE dot_tool_support dot_engine dot_warnings Catch2::Catch2WithMain)
# Under sanitizers the tests themselves are dear to optimise and run but once; what they test stays optimised.
target_compile_options(engine_tests PRIVATE $<$<BOOL:${DOT_SANITIZE}>:-O0>)

if(EMSCRIPTEN)
  # Real files, so that tests read their data and write their reports; and CommonJS, though the checkout is a module.
  target_link_options(engine_tests PRIVATE
    -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB -sENVIRONMENT=node)
  file(WRITE "${CMAKE_BINARY_DIR}/package.json" "{ \"type\": \"commonjs\" }\n")
endif()

file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/reports")
set(stems "")
foreach(source IN LISTS DOT_TEST_SOURCES)
  cmake_path(GET source STEM stem)
  if(stem IN_LIST stems) # Catch2 selects by file name alone
    message(FATAL_ERROR "two test files are called ${stem}.cpp: rename one of them")
  endif()
  list(APPEND stems ${stem})
  set(report "${CMAKE_BINARY_DIR}/reports/${stem}.xml")
  add_test(NAME ${stem}
           COMMAND engine_tests --filenames-as-tags "[#${stem}]"
                   --reporter console --reporter "XML::out=${report}"
           WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties(${stem} PROPERTIES TIMEOUT 300)
endforeach()
