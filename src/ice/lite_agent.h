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

// Which address we send to, after each authenticated check:
//   nothing selected yet                             -> its sender, until something is nominated
//   USE-CANDIDATE, first of these credentials        -> its sender
//   USE-CANDIDATE within kNominationWindow of that   -> its sender, if its PRIORITY is higher, or equal and we would
//   not
//                                                       leave UDP for TCP. This settles aggressive nomination, where
//                                                       several pairs carry the flag at once (RFC 5245 section 8.1.1.2)
//   USE-CANDIDATE later                              -> its sender: the browser has changed its mind
//   without it, selected silent for kSilentAfter     -> its sender: the peer has moved, or its NAT has
class LiteAgent {
 public:
  static constexpr Duration kNominationWindow = 2s;
  // Chromium checks the pair in use every 2.5 s, Firefox every 4 to 6 s (RFC 7675): longer means that it left.
  static constexpr Duration kSilentAfter = 7s;
  static constexpr std::size_t kMaxResponseSize = 256;

  LiteAgent(TimePoint now, Credentials local, Config config = {});

  // The peer's ufrag must match the second half of USERNAME once it is known; before, any is taken.
  void set_remote(const Credentials& remote);
  // New local credentials: both the old and the new are accepted until a check with the new ones is authenticated, so
  // media flows through an ICE restart. The peer's new ufrag is unknown again: call set_remote() after this.
  // An expired agent does not take the old ones any more (RFC 7675 section 5.1) and connects again with the new.
  void restart(Credentials local);

  struct Handled {
    std::size_t response_size = 0;  // bytes written to response_out, to be sent back to `from`
    bool address_changed = false;   // the selected address is now `from`
    bool became_connected = false;
    std::optional<DropReason> refused;  // the response is an error response: count the request under this reason
  };
  // Authenticates by MESSAGE-INTEGRITY and FINGERPRINT, answers success (XOR-MAPPED-ADDRESS) or an error response
  // (400, 401, 420, 487 role conflict; see Handled::refused). response_out needs kMaxResponseSize bytes.
  // Errors, which are never answered: kStunMalformed (no STUN message, or its FINGERPRINT is absent or wrong),
  // kStunUnsupported (no Binding request, or no room to list what is unknown), kStunUnknownUfrag (consent has expired).
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
  struct Nomination {
    TimePoint first;  // start of the window
    std::uint32_t priority = 0;
  };
  struct AuthenticatedCheck;

  [[nodiscard]] const Credentials* credentials_of(std::string_view username) const;
  [[nodiscard]] bool should_select(TimePoint now, const Address& from, const AuthenticatedCheck& check) const;
  void accept(TimePoint now, const Address& from, const AuthenticatedCheck& check, Handled& handled);

  Credentials local_;
  std::optional<Credentials> previous_local_;
  std::optional<Credentials> remote_;
  Config config_;
  std::optional<Address> selected_;
  std::optional<Nomination> nomination_;
  TimePoint created_;
  TimePoint last_consent_{};
  TimePoint selected_heard_{};
  State state_ = State::kNew;
  bool local_expired_ = false;
};

}  // namespace parley::ice
