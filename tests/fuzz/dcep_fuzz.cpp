// A DATA_CHANNEL_OPEN that is understood means the same after it was written and read again.
#include "sctp/dcep.h"

namespace {

void check(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley::sctp;
  const auto config = parse_dcep_open({data, size});
  if (!config) return 0;
  check(!(config->max_retransmits && config->max_lifetime_ms));
  const auto written = write_dcep_open(*config);
  check(written.size() == size);
  const auto back = parse_dcep_open(written);
  check(back.has_value());
  check(back->label == config->label && back->protocol == config->protocol && back->ordered == config->ordered);
  check(back->max_retransmits == config->max_retransmits && back->max_lifetime_ms == config->max_lifetime_ms);
  return 0;
}
