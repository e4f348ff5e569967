if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(websocket http)
endif()
