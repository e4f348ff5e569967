# One line per target: parley_fuzz(<name> <modules it links>). A target's file is <name>_fuzz.cpp beside this one; the
# modules follow from the folder it tests.
file(GLOB fuzz_lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.fuzz.cmake)
foreach(list ${fuzz_lists})
  include(${list})
endforeach()
