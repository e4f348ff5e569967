# Debian's libsoci-dev brings no CMake package that works: SOCI::core and its two backends by their files. The headers
# are system ones: theirs to mend.
find_path(SOCI_INCLUDE_DIR soci/soci.h REQUIRED)
find_path(POSTGRESQL_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
foreach(part core sqlite3 postgresql)
  find_library(SOCI_${part}_LIBRARY soci_${part} REQUIRED)
  add_library(SOCI::${part} UNKNOWN IMPORTED)
  set_target_properties(SOCI::${part} PROPERTIES IMPORTED_LOCATION ${SOCI_${part}_LIBRARY})
  target_include_directories(SOCI::${part} SYSTEM INTERFACE ${SOCI_INCLUDE_DIR} ${POSTGRESQL_INCLUDE_DIR})
endforeach()
# SOCI's libraries keep the type information of their backends to themselves, which UBSan's check of virtual calls would
# link against. parley_uses_soci_backends(<target>): leave that one check out.
function(parley_uses_soci_backends target)
  if(PARLEY_SANITIZE MATCHES "undefined")
    target_compile_options(${target} PRIVATE -fno-sanitize=vptr)
  endif()
endfunction()

# The store names libpq itself, for what SOCI does not offer.
target_link_libraries(SOCI::postgresql INTERFACE pq)
