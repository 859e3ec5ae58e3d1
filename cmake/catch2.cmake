# Catch2 3.7.1: a build that the scripts keep in the user's cache (Catch2_DIR), an unpacked source
# (FETCHCONTENT_SOURCE_DIR_CATCH2), or the release archive with its hash.
find_package(Catch2 3.7.1 EXACT QUIET CONFIG)
if(NOT Catch2_FOUND)
  include(FetchContent)
  FetchContent_Declare(Catch2
    URL https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz
    URL_HASH SHA256=c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
    DOWNLOAD_EXTRACT_TIMESTAMP TRUE)
  FetchContent_MakeAvailable(Catch2)
  if(EMSCRIPTEN)
    target_compile_options(Catch2 PRIVATE -fwasm-exceptions)
    target_compile_options(Catch2WithMain PRIVATE -fwasm-exceptions)
  endif()
endif()
