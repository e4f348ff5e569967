// The other side of LiteAgent: a full, controlling ICE client (RFC 8445) with one local socket and one component. The
// simulator's peers and the load tester use it; the server itself never sends checks.
//
//   add_remote_candidate ─► pair: check, retransmit ─► answered ─► nominate the best ─► connected, consent every 5 s
//
// Sans-IO: handle_stun / handle_timeout in, poll_transmit out. What it leaves out, since a lite peer never needs it: it
// gathers no candidates, answers no checks and changes no role.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "ice/lite_agent.h"

namespace parley::ice {

struct ControllingConfig {
  Duration initial_rto = 50ms;  // doubles up to max_rto; RFC 8445 section 14.3 asks >= 500 ms of real networks
  Duration max_rto = 1'600ms;
  std::uint32_t max_sends = 7;           // Rc of RFC 8489 section 6.2.1: then the check has failed
  Duration retry_after = 500ms;          // a failed or refused check is tried anew after this long
  Duration nomination_patience = 100ms;  // how long a better pair may take once a worse one has answered
  Duration consent_interval = 5s;        // RFC 7675 section 5.1; each is drawn from 0.8 to 1.2 times this
  Duration consent_timeout = 30s;        // no answered consent check for this long: kExpired
  Duration establish_timeout = 30s;      // nothing nominated for this long: kExpired
};

class ControllingAgent {
 public:
  // `random` (transaction ids, tie-breaker, consent jitter) must outlive the agent.
  ControllingAgent(TimePoint now, Credentials local, RandomSource& random, ControllingConfig config = {});

  // No check leaves before the remote credentials are known.
  void set_remote(TimePoint now, Credentials remote);
  // A candidate of the peer's description; priority as in its a=candidate line. Known addresses are ignored.
  void add_remote_candidate(TimePoint now, const Address& address, std::uint32_t priority);
  // ICE restart: new credentials, candidates forgotten. selected() stays until the new generation has nominated.
  void restart(TimePoint now, Credentials local);
  // Nominates this candidate now, as a browser does that changes its mind. False when it is unknown.
  bool nominate(TimePoint now, const Address& address);

  struct Transmit {
    Address to;
    std::vector<std::uint8_t> bytes;
  };
  [[nodiscard]] std::optional<Transmit> poll_transmit();
  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);
  // Errors: kStunMalformed, kStunBadIntegrity, kStunUnsupported (no answer to a check of ours from where it was sent
  // to).
  Result<void> handle_stun(TimePoint now, const Address& from, ByteView stun);

  [[nodiscard]] bool connected() const { return state_ == State::kConnected; }
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] std::optional<Address> selected() const { return selected_; }
  // Our own address as the peer sees it (XOR-MAPPED-ADDRESS).
  [[nodiscard]] std::optional<Address> mapped_address() const { return mapped_; }
  [[nodiscard]] const Credentials& local() const { return local_; }
  // Error code of the last error response (401, 420, 487...); 0 when there was none.
  [[nodiscard]] int last_error() const { return last_error_; }

 private:
  using TransactionId = std::array<std::uint8_t, 16>;  // magic cookie first, as libnice keeps it

  struct Check {
    TransactionId id{};
    bool use_candidate = false;
    std::uint32_t sends = 0;
    Duration rto{};
    TimePoint next_send = kNever;
    std::vector<std::uint8_t> bytes;
  };
  struct Pair {
    Address remote;
    std::uint32_t priority = 0;
    bool answered = false;
    std::optional<Check> check;
    TimePoint next_check = kNever;  // when no check is under way
  };

  void begin_check(TimePoint now, Pair& pair, bool use_candidate);
  void send_check(TimePoint now, Pair& pair);
  void check_failed(TimePoint now, Pair& pair);
  void check_answered(TimePoint now, Pair& pair);
  void nominate_best(TimePoint now);
  void advance_pair(TimePoint now, Pair& pair);
  [[nodiscard]] bool is_selected(const Pair& pair) const { return nominated_ && selected_ == pair.remote; }
  [[nodiscard]] Pair* find_pair(const Address& remote);
  [[nodiscard]] Pair* find_transaction(ByteView id);
  [[nodiscard]] TimePoint expiry() const;

  Credentials local_;
  std::optional<Credentials> remote_;
  RandomSource* random_;
  ControllingConfig config_;
  std::uint64_t tie_breaker_;
  std::vector<Pair> pairs_;
  std::deque<Transmit> outgoing_;
  std::optional<Address> selected_;
  std::optional<Address> mapped_;
  bool nominated_ = false;          // selected_ belongs to this generation of credentials
  TimePoint nominate_at_ = kNever;  // armed by the first answered pair
  TimePoint started_;
  TimePoint last_consent_{};
  int last_error_ = 0;
  State state_ = State::kNew;
};

}  // namespace parley::ice
