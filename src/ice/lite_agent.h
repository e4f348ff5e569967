// ICE-lite (RFC 8445 section 2.5): we answer authenticated Binding requests and never send checks of our own. Consent
// (RFC 7675) is the peer's checks: silent for Config::consent_timeout means gone.
//
// Sans-IO: STUN bytes in, the response's bytes out. STUN messages go through libnice's stun/ API.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::ice {

struct Credentials {
  std::string ufrag;
  std::string pwd;
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

// A ufrag that names the shard which issued it, so that one TCP port can serve all shards. Answers nullopt for ufrags
// that are not ours.
Credentials make_credentials(RandomSource& random, std::uint16_t shard);
std::optional<std::uint16_t> shard_of(std::string_view local_ufrag);

// Server-side ufrag (the part of USERNAME before the colon) of a Binding request, unauthenticated: only for finding the
// agent that will check it. Errors: kStunMalformed, kStunUnsupported.
Result<std::string_view> peek_local_ufrag(ByteView stun);

struct Config {
  Duration consent_timeout = 15s;
  Duration establish_timeout = 20s;  // never authenticated since start
};

enum class State : std::uint8_t { kNew, kConnected, kExpired };

class LiteAgent {
 public:
  LiteAgent(TimePoint now, Credentials local, Config config = {});

  // The peer's ufrag must match the second half of USERNAME once it is known; before, any is taken.
  void set_remote(const Credentials& remote);
  // New local credentials: both the old and the new are accepted until a check with the new ones is authenticated, so
  // media flows through an ICE restart.
  void restart(Credentials local);

  struct Handled {
    std::size_t response_size = 0;  // bytes written to response_out, to be sent back to `from`
    bool address_changed = false;   // the selected address is now `from`
    bool became_connected = false;
  };
  // Authenticates by MESSAGE-INTEGRITY and FINGERPRINT, answers success (XOR-MAPPED-ADDRESS) or an error response
  // (400, 401, 487 role conflict). response_out needs 256 bytes. The selected address follows USE-CANDIDATE; a peer
  // whose selected pair is silent and that checks from a new address is followed at its next authenticated check.
  Result<Handled> handle_stun(TimePoint now, const Address& from, ByteView stun, ByteSpan response_out);
  // Decrypted media from the peer also proves that it lives.
  void note_activity(TimePoint now);

  [[nodiscard]] const Credentials& local() const { return local_; }
  [[nodiscard]] const std::optional<Credentials>& previous_local() const { return previous_local_; }
  [[nodiscard]] std::optional<Address> selected() const { return selected_; }
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);

 private:
  Credentials local_;
  std::optional<Credentials> previous_local_;
  std::optional<Credentials> remote_;
  Config config_;
  std::optional<Address> selected_;
  TimePoint created_;
  TimePoint last_consent_;
  State state_ = State::kNew;
};

}  // namespace parley::ice
