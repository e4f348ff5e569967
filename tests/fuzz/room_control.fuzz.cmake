# A stateful target: the input is a list of operations, each run a whole call with its descriptions, so there are fewer.
block()
  math(EXPR PARLEY_FUZZ_RUNS "${PARLEY_FUZZ_RUNS} / 10")
  parley_fuzz(room_control room)
endblock()
