# hindcast_room(<name> [SOURCES …] [USES …] [LINKS …])
# One library a room. `core/store` becomes target hindcast_core_store, alias Hindcast::core_store.
# USES names other rooms by alias, LINKS outside libraries that stay private to the room.
function(hindcast_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS;PUBLIC_LINKS" ${ARGN})
  add_library(hindcast_${name} STATIC ${ROOM_SOURCES})
  add_library(Hindcast::${name} ALIAS hindcast_${name})
  target_link_libraries(hindcast_${name}
    PUBLIC Hindcast::options ${ROOM_USES} ${ROOM_PUBLIC_LINKS}
    PRIVATE ${ROOM_LINKS})
  if(name MATCHES "^core_")
    hindcast_precompile(hindcast_${name} core)
  elseif(name STREQUAL "ui_session")
    hindcast_precompile(hindcast_${name} qt)
  else()
    hindcast_precompile(hindcast_${name} ui)
  endif()
endfunction()
