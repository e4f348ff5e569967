// Access tokens: compact JWS (RFC 7515) with HS256, carrying LiveKit's claims and video grants.
//
//   base64url({"alg":"HS256","typ":"JWT"}) "." base64url(claims) "." base64url(HMAC-SHA256(secret, the two before))
//
// The issuer (`iss`) names the API key whose secret signed; the secret's raw bytes are the HMAC key.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace parley::auth {

// A longer token is refused before anything is decoded. A whole request head is at most 32 KiB.
inline constexpr std::size_t kMaxTokenBytes = 32 * 1024;
// Clocks of token makers differ from ours; `exp` and `nbf` are stretched by this much.
inline constexpr Duration kClockLeeway = 60s;

// What the token lets its bearer do. Absent optional booleans have the defaults that the may_* functions apply.
struct VideoGrants {
  bool room_join = false;
  std::string room;
  bool room_create = false;
  bool room_list = false;
  bool room_admin = false;
  bool room_record = false;
  bool ingress_admin = false;
  std::string destination_room;
  std::optional<bool> can_publish;
  std::optional<bool> can_subscribe;
  std::optional<bool> can_publish_data;
  std::vector<std::string> can_publish_sources;  // "camera", "microphone", …; empty: every source
  std::optional<bool> can_update_own_metadata;
  bool hidden = false;
  bool recorder = false;
  bool agent = false;
  std::optional<bool> can_subscribe_metrics;
  std::optional<bool> can_manage_agent_session;

  [[nodiscard]] bool may_publish() const { return can_publish.value_or(true); }
  [[nodiscard]] bool may_subscribe() const { return can_subscribe.value_or(true); }
  [[nodiscard]] bool may_publish_data() const { return can_publish_data.value_or(may_publish()); }
  [[nodiscard]] bool may_update_own_metadata() const { return can_update_own_metadata.value_or(false); }
  [[nodiscard]] bool may_subscribe_metrics() const { return can_subscribe_metrics.value_or(false); }
  [[nodiscard]] bool may_manage_agent_session() const { return can_manage_agent_session.value_or(false); }
  // Admin calls are for one room each.
  [[nodiscard]] bool may_administer(std::string_view name) const { return room_admin && room == name; }

  friend bool operator==(const VideoGrants&, const VideoGrants&) = default;
};

struct Claims {
  std::string issuer;                      // iss: the API key
  std::string identity;                    // sub, or jti where sub is empty
  std::optional<std::int64_t> expires_at;  // exp, nbf, iat: seconds since the Unix epoch
  std::optional<std::int64_t> not_before;
  std::optional<std::int64_t> issued_at;
  std::string name;
  std::string metadata;
  std::map<std::string, std::string> attributes;
  std::string kind;  // empty means "standard"
  std::vector<std::string> kind_details;
  VideoGrants video;
  bool sip_admin = false;
  bool sip_call = false;
  bool agent_admin = false;
  std::string sha256;  // of a webhook's body, base64
  std::string room_preset;
  std::string room_config;  // JSON text of a RoomConfiguration; empty when absent

  friend bool operator==(const Claims&, const Claims&) = default;
};

// API keys and their secrets. Read-only once the server runs.
class KeyTable {
 public:
  void add(std::string key, std::string secret) { secrets_.insert_or_assign(std::move(key), std::move(secret)); }
  // nullptr when the key is unknown.
  [[nodiscard]] const std::string* secret_of(std::string_view key) const;
  [[nodiscard]] bool empty() const { return secrets_.empty(); }
  // A key to sign server-made tokens with: the first in order of name; empty view when there is none.
  [[nodiscard]] std::string_view first_key() const {
    return secrets_.empty() ? std::string_view() : secrets_.begin()->first;
  }

 private:
  std::map<std::string, std::string, std::less<>> secrets_;
};

// JSON object text of the claims, as they stand in a token's middle part. Members at their default are left out.
[[nodiscard]] std::string claims_to_json(const Claims& claims);
// Error code "malformed" when the text is no JSON object or a known claim has another type than it must.
[[nodiscard]] Result<Claims, Error> claims_from_json(std::string_view json);

// Signs with the secret; claims.issuer should name the key that it belongs to.
[[nodiscard]] std::string sign_token(const Claims& claims, std::string_view secret);

// Every failure is an Error with code "unauthenticated" and a message that may be shown to the client; the message
// never tells more about the key than that the signature does not fit.
[[nodiscard]] Result<Claims, Error> verify_token(std::string_view token, const KeyTable& keys, TimePoint now);

}  // namespace parley::auth
