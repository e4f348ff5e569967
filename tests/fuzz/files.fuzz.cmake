if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(tus_headers files)
endif()
