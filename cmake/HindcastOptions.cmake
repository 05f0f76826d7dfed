# Everything a target of ours is compiled with: one interface target, linked by every room.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(HINDCAST_CCACHE ccache)
if(HINDCAST_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these ccache passes over what uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${HINDCAST_CCACHE}")
endif()

add_library(hindcast_options INTERFACE)
add_library(Hindcast::options ALIAS hindcast_options)
target_compile_features(hindcast_options INTERFACE cxx_std_23)
target_include_directories(hindcast_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(hindcast_options INTERFACE
  -fPIC $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
  -Wall -Wextra -Wpedantic -Wshadow=local -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
  -Wnull-dereference -Wimplicit-fallthrough -Wextra-semi
  $<$<BOOL:${HINDCAST_WERROR}>:-Werror>)
# GCC 12 reports these inside its own headers and nlohmann_json at -O2, on code that is sound.
target_compile_options(hindcast_options INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-null-dereference -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict -Wno-maybe-uninitialized -Wno-dangling-pointer>)

if(HINDCAST_SANITIZE)
  list(JOIN HINDCAST_SANITIZE "," _sanitizers)
  target_compile_options(hindcast_options INTERFACE "-fsanitize=${_sanitizers}" -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hindcast_options INTERFACE "-fsanitize=${_sanitizers}")
endif()
