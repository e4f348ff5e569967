// What the parser takes, the printer says so that it is taken again, with the same meaning.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "sdp/session_description.h"
#include "sdp/transport.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const auto first = sdp::parse(as_text({data, size}));
  if (!first) {
    if (first.error().code.empty() || first.error().message.empty()) __builtin_trap();
    return 0;
  }
  const std::string text = sdp::print(*first);
  const auto second = sdp::parse(text, {.bytes = text.size(), .line_bytes = text.size()});
  if (!second || *second != *first || sdp::print(*second) != text) __builtin_trap();

  const auto remote = sdp::remote_transport(*first);
  if (remote && (remote->ufrag.size() < 4 || remote->pwd.size() < 22 || remote->fingerprint.value.empty())) {
    __builtin_trap();
  }
  return 0;
}
