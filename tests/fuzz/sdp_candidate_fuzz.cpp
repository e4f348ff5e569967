// A candidate that is read is printed so that it is read again, with the same meaning.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "sdp/candidate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const auto first = sdp::parse_candidate(as_text({data, size}));
  if (!first) return 0;
  const auto second = sdp::parse_candidate(sdp::print_candidate(*first));
  if (!second || *second != *first) __builtin_trap();
  if (const auto endpoint = first->endpoint(); endpoint && endpoint->port != first->port) __builtin_trap();
  return 0;
}
