if(NOT PARLEY_CORE_ONLY)
  parley_fuzz(engineio signal_socketio)
  parley_fuzz(socketio signal_socketio)
endif()
