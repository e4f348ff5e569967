// Input: the join_request parameter as it came, and the same bytes as the message inside a well-formed wrapping.
#include <string_view>

#include "auth/base64url.h"
#include "signal/livekit/gzip.h"
#include "signal/livekit/join_query.h"
#include "signal/livekit/proto.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  using namespace parley::signal::livekit;
  redirect_protobuf_log();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  room::Grants grants;
  grants.identity = "a";
  (void)intent_from_join_request(text, grants, "r");
  (void)intent_from_query(http::Query(text), grants, "r");
  const auto plain = gunzip(text, 1000);
  if (plain && plain->size() > 1000) __builtin_trap();

  for (const auto compression : {pb::WrappedJoinRequest::NONE, pb::WrappedJoinRequest::GZIP}) {
    pb::WrappedJoinRequest wrapped;
    wrapped.set_compression(compression);
    wrapped.set_join_request(data, size);
    const std::string encoded = auth::base64url_encode(wrapped.SerializeAsString());
    if (auth::base64url_decode(encoded) != wrapped.SerializeAsString()) __builtin_trap();
    const auto intent = intent_from_join_request(encoded, grants, "r");
    if (!intent && intent.error().code != "invalid_argument") __builtin_trap();
    if (intent && std::holds_alternative<room::JoinParams>(*intent) &&
        !std::get<room::JoinParams>(*intent).single_connection) {
      __builtin_trap();
    }
  }
  return 0;
}
