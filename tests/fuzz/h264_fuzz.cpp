#include "fuzz/payload_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::codec::describe_input(parley::codec::Codec::kH264, {data, size});
  return 0;
}
