// Input: a request target as it stands in a request line.
#include <string_view>

#include "http/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley::http;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Request request;
  if (utf8_prefix(text, size / 2).size() > size / 2) __builtin_trap();
  if (is_utf8(text) && !is_utf8(utf8_prefix(text, size / 2))) __builtin_trap();
  if (set_target(request, text)) {
    if (request.path.empty() || request.path.front() != '/' || request.query.size() > Query::kMaxParameters) {
      __builtin_trap();
    }
    (void)request.query.get_bool("auto_subscribe", true);
    (void)request.query.get_int("protocol", 0);
  }
  if (percent_decode(text).size() > text.size()) __builtin_trap();
  if (percent_decode(percent_encode(text)) != text) __builtin_trap();
  return 0;
}
