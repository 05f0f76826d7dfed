# cmake -DOUT=… -DFILES=a.js;b.js -P embed.cmake: JavaScript files as a C++ source, so that the program needs no files when it runs.
set(arrays "")
set(table "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char k_${name}[] = {${bytes}};\n")
  string(APPEND table "    JsFile{\"hindcast:${name}\", std::string_view(k_${name}, sizeof k_${name})},\n")
endforeach()
file(WRITE "${OUT}" "// Made by embed.cmake.
#include \"app/script/js_files.h\"
#include <array>
namespace hindcast::script {
namespace {
${arrays}const std::array kFiles{
${table}};
}
std::span<const JsFile> jsFiles() { return kFiles; }
}
")
