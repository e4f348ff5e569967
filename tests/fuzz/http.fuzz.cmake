if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(query_string http)
endif()
