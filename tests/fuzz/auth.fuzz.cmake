if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(jwt auth)
endif()
