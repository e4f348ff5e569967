# One target per folder of src/, linked with exactly the folders it may include.

# parley_module(<folder> [DEPS <folder>…] [LIBS <target>…])
# Sources are src/<folder>/**/*.cpp; target parley_<folder>.
function(parley_module name)
  cmake_parse_arguments(ARG "" "" "DEPS;LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  string(REPLACE "/" "_" target parley_${name})
  list(TRANSFORM ARG_DEPS PREPEND parley_)
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PUBLIC ${ARG_DEPS} ${ARG_LIBS})
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} INTERFACE ${ARG_DEPS} ${ARG_LIBS})
  endif()
endfunction()

# What is tested is optimised; the text of a test runs once and need not be. A third of the time to build them goes there.
function(parley_quick_to_build target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# parley_unit_test(<folder> [LIBS …]): tests/unit/<folder>/*_test.cpp as one executable unit_<folder>.
function(parley_unit_test name)
  cmake_parse_arguments(ARG "" "" "LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${name}/*.cpp)
  if(NOT sources OR NOT TARGET parley_${name})
    return()
  endif()
  add_executable(unit_${name} ${sources})
  target_include_directories(unit_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  parley_quick_to_build(unit_${name})
  target_link_libraries(unit_${name} PRIVATE parley_${name} parley_source_tree ${ARG_LIBS} GTest::gmock GTest::gtest_main)
  parley_add_gtest(unit_${name} unit.${name} LABELS unit TIMEOUT 300)
endfunction()

# parley_add_gtest(<executable> <test name> <test properties…>): a ctest test for each of its cases. Under a sanitizer
# the whole executable is one test: starting a process costs more there than most cases do.
function(parley_add_gtest target name)
  if(PARLEY_SANITIZE)
    add_test(NAME ${name} COMMAND ${target} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES ${ARGN} TIMEOUT 900)
  else()
    gtest_discover_tests(${target} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST PROPERTIES ${ARGN})
  endif()
endfunction()

# parley_fuzz(<name> <folder>…): tests/fuzz/<name>_fuzz.cpp, which defines LLVMFuzzerTestOneInput. With PARLEY_FUZZ it is
# a libFuzzer binary run for a short fixed count; otherwise its body is compiled too and runs over its seeds once.
function(parley_fuzz name)
  list(TRANSFORM ARGN PREPEND parley_ OUTPUT_VARIABLE modules)
  set(seeds ${CMAKE_SOURCE_DIR}/tests/fuzz/seeds/${name})
  add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp)
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(fuzz_${name} PRIVATE ${modules})
  if(PARLEY_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} -runs=${PARLEY_FUZZ_RUNS} -seed=1 -max_len=4096 -timeout=10
             -rss_limit_mb=2048 ${CMAKE_BINARY_DIR}/corpus/${name} ${seeds})
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/corpus/${name})
  else()
    parley_quick_to_build(fuzz_${name})
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} ${seeds})
  endif()
  set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT 300)
endfunction()
set(PARLEY_FUZZ_RUNS 5000 CACHE STRING "Inputs that each fuzz target tries in a test run")
