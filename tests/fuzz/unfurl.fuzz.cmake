if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(card unfurl)
endif()
