// Input: a token as a client would send it. Also its second half's reading as claims, and what we write from them.
#include <string_view>

#include "auth/access_token.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auth::KeyTable kKeys = [] {
    auth::KeyTable table;
    table.add("devkey", "secret");
    return table;
  }();
  const TimePoint now{std::chrono::seconds(1'800'000'000)};
  (void)auth::verify_token(text, kKeys, now);

  auto claims = auth::claims_from_json(text);
  if (!claims) return 0;
  const auto again = auth::claims_from_json(auth::claims_to_json(*claims));
  if (!again || *again != *claims) __builtin_trap();
  claims->issuer = "devkey";
  claims->expires_at = 1'800'000'100;
  claims->not_before.reset();
  const std::string token = auth::sign_token(*claims, "secret");
  const auto verified = auth::verify_token(token, kKeys, now);
  if (token.size() <= auth::kMaxTokenBytes && (!verified || *verified != *claims)) __builtin_trap();
  return 0;
}
