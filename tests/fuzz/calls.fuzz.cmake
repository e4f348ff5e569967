if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(stroke calls)
endif()
