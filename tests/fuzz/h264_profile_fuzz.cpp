// Two profile-level-ids, separated by a slash.
#include "codec/h264_profile.h"

#include "fuzz/payload_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley::codec;
  const std::string_view text = parley::as_text({data, size});
  const std::size_t slash = text.find('/');
  const std::string_view a = text.substr(0, slash);
  const std::string_view b = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  check(same_profile(a, b) == same_profile(b, a));
  const auto parsed = parse_h264_profile_level_id(a);
  if (!parsed) return 0;
  check(parse_h264_profile_level_id(to_string(*parsed)) == parsed);
  check(same_profile(a, to_string(*parsed)));
  return 0;
}
