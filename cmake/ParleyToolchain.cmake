# Warnings, sanitizers, compiler cache and linker.
find_program(PARLEY_CCACHE ccache)
if(PARLEY_CCACHE)
  # Paths below the tree count relative to it, so that another checkout finds what this one compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true ${PARLEY_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror -fno-omit-frame-pointer)
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports std::optional and std::variant members as maybe-uninitialized at -O2, falsely (GCC bug 80635).
  add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-stringop-overread)
else()
  # A member kept for a debugger or for symmetry is no defect.
  add_compile_options(-Wno-unused-private-field)
endif()

if(PARLEY_SANITIZE)
  add_compile_options(-fsanitize=${PARLEY_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PARLEY_SANITIZE})
endif()
if(PARLEY_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# For folders with coroutines: GCC 12 with optimisation takes Asio's operator new of their frames for a mismatch with its
# operator delete, falsely (GCC bug 109224).
macro(parley_allow_coroutines)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options($<$<CONFIG:RelWithDebInfo>:-Wno-mismatched-new-delete>)
  endif()
endmacro()
