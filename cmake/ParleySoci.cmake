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
# The store names libpq itself, for what SOCI does not offer.
target_link_libraries(SOCI::postgresql INTERFACE pq)
