# Precompiled headers: outside libraries only, so that no change of ours makes them anew. One for each set of Qt's modules (whose
# macros must be the same); everything is compiled as position independent code, by one flag, so that programs share them with
# libraries.
option(HINDCAST_PRECOMPILE "Use precompiled headers" ON)

set(_hindcast_precompiled_core
  <algorithm> <array> <chrono> <cstdint> <expected> <functional> <map> <memory> <mutex> <optional> <span> <string> <string_view>
  <thread> <unordered_map> <variant> <vector> <nlohmann/json.hpp>)
set(_hindcast_precompiled_qt ${_hindcast_precompiled_core} <random> <QtCore/QtCore>)
set(_hindcast_precompiled_ui ${_hindcast_precompiled_core} <QtWidgets/QtWidgets>)
set(_hindcast_modules_qt Qt6::Core)
set(_hindcast_modules_ui Qt6::Widgets)

# hindcast_precompile(<target> core|qt|ui)
function(hindcast_precompile target kind)
  if(NOT HINDCAST_PRECOMPILE)
    return()
  endif()
  set(owner hindcast_precompiled_${kind})
  if(NOT TARGET ${owner})
    set(empty "${CMAKE_BINARY_DIR}/${owner}.cpp")
    file(CONFIGURE OUTPUT "${empty}" CONTENT "// The precompiled header's own unit.\n")
    add_library(${owner} OBJECT "${empty}")
    target_link_libraries(${owner} PRIVATE Hindcast::options nlohmann_json::nlohmann_json ${_hindcast_modules_${kind}})
    target_precompile_headers(${owner} PRIVATE ${_hindcast_precompiled_${kind}})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
