if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(search_query chat)
  parley_fuzz(link chat)
endif()
