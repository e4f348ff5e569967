// Who calls whom: the calls that go on, as a state machine without I/O. Time is an argument; what results is a list of
// effects that the owner takes and carries out.
//
//            start ──→ ringing ──answer──→ active ──nobody left, end──→ ended
//                         ├── nobody answered in time ──→ missed
//                         ├── everybody who was rung declined ──→ declined
//                         └── the initiator gave up ──→ cancelled
//
//   a person: ringing ──→ joined ⇄ left          ringing ──→ missed | declined ──→ joined (may still come)
//
// A person in a call is present through media, or through a device's socket as long as there never was media (clients
// that connect to each other directly). One that is not present for Config::gone_after has left, at the time it went.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/deadline_queue.h"
#include "base/result.h"
#include "base/time.h"
#include "calls/view.h"
#include "store/calls.h"

namespace parley::calls {

struct SwitchboardConfig {
  Duration ring_timeout = 45s;
  Duration direct_grace = 10s;
  Duration gone_after = 30s;
  std::size_t max_calls = 10'000;
  std::size_t max_rung = 500;
  std::size_t max_waiting = 200;
  // A call with more participants announces their coming and going at most once in announce_every: each announcement
  // holds all of them and goes to all members.
  std::size_t crowd = 50;
  Duration announce_every = 1s;
};

struct Person {
  std::string user_id;
  std::string name;
  std::string avatar_url;
};

struct Waiting {
  std::string user_id;
  std::string name;
  std::int64_t since = 0;  // ms
};

enum class Ringing : std::uint8_t {
  kNobody,  // the call is open to whoever comes
  kNamed,   // these people, connected or not
  kOnline,  // those who are connected, or become so while it rings
};

struct NewCall {
  std::string id;
  std::string room_id;
  std::string room_name;
  bool direct = false;
  store::CallType type = store::CallType::kVideo;
  Person initiator;
  Ringing ringing = Ringing::kNobody;
  std::vector<Person> others;  // whom to ring
};

// ---- effects, in the order in which they happened ----

// To be written down and told to the room's members.
struct CallChanged {
  CallView view;
  std::vector<std::string> touched;  // participants whose row changed
};
// incoming-call to the person's devices.
struct RingUser {
  std::string call_id;
  std::string user_id;
};
// The person is in some call now, or in none any more.
struct PresenceChanged {
  std::string user_id;
  bool in_call = false;
};
// The person's media ends.
struct MediaEnds {
  std::string room_id;
  std::string user_id;
  std::string identity;  // this one alone; empty: all of the person's
};
// The person has come in, or gone out and whatever depends on being in (a raised hand, shares) goes too.
struct Came {
  std::string call_id;
  std::string user_id;
};
struct Went {
  std::string call_id;
  std::string user_id;
};
struct LobbyChanged {
  std::string call_id;
};
struct LobbyAnswered {
  std::string call_id;
  std::string room_id;
  std::string user_id;
  bool admitted = false;
};
// The call is over: its media room and all that hangs on the call goes. Follows its last CallChanged.
struct CallOver {
  std::string call_id;
  std::string room_id;
};
using Effect =
    std::variant<CallChanged, RingUser, PresenceChanged, MediaEnds, Came, Went, LobbyChanged, LobbyAnswered, CallOver>;

// One person's place in a call.
struct Seat {
  store::CallParticipant record;
  TimePoint ring_until = kNever;
  TimePoint away_since = kNever;  // joined, and neither media nor socket
  bool had_media = false;
  bool expelled = false;                                    // no member of the room any more, or the account ended
  std::set<std::string, std::less<>> media;                 // identities that are connected
  std::map<std::string, std::string, std::less<>> tickets;  // identity → the session that asked for its token

  [[nodiscard]] bool joined() const { return record.status == store::CallParticipantStatus::kJoined; }
  [[nodiscard]] bool ringing() const { return record.status == store::CallParticipantStatus::kRinging; }
};

struct LiveCall {
  store::Call call;  // without participants: the seats have them
  std::string room_name;
  bool direct = false;
  bool locked = false;
  MemberRights rights;
  Person initiator;
  std::vector<Seat> seats;  // initiator first, then as they were rung or came
  TimePoint ring_until = kNever;
  std::vector<Person> absent;  // rung when they connect
  TimePoint alone_since = kNever;
  TimePoint announce_at = kNever;
  store::CallStatus told = store::CallStatus::kRinging;  // in the last announcement
  std::set<std::string, std::less<>> touched;            // since the last announcement
  std::set<std::string, std::less<>> barred;             // sent out
  std::set<std::string, std::less<>> admitted;           // may come in although it is locked
  std::deque<Waiting> lobby;
  std::set<std::string, std::less<>> concerned;  // whoever has or had to do with it: they know it by calls_of()

  [[nodiscard]] const Seat* seat_of(std::string_view user_id) const;
  [[nodiscard]] std::size_t joined() const;
  // Barred people, and everybody while it is locked, unless admitted.
  [[nodiscard]] bool lets_in(std::string_view user_id) const;
  [[nodiscard]] CallView view() const;
};

class Switchboard {
 public:
  explicit Switchboard(SwitchboardConfig config) : config_(config) {}

  // ---- people ----

  // The call must be new and its room without a live one: Error already_exists; resource_exhausted: too many calls.
  Result<void, Error> start(TimePoint now, NewCall call);
  // Answers, or comes (back). moderator: a lock does not hold him up. Errors: not_found, permission_denied (locked, or
  // sent out).
  Result<void, Error> join(TimePoint now, std::string_view call_id, const Person& person, bool moderator = false);
  Result<void, Error> decline(TimePoint now, std::string_view call_id, std::string_view user_id);
  Result<void, Error> cancel(TimePoint now, std::string_view call_id, std::string_view user_id);
  Result<void, Error> leave(TimePoint now, std::string_view call_id, std::string_view user_id);
  Result<void, Error> end(TimePoint now, std::string_view call_id);
  // Rings people who are not in the call.
  Result<void, Error> ring(TimePoint now, std::string_view call_id, const std::vector<Person>& people);

  // ---- moderation and lobby ----

  Result<void, Error> set_locked(TimePoint now, std::string_view call_id, bool locked);
  Result<void, Error> set_rights(TimePoint now, std::string_view call_id, const MemberRights& rights);
  // Out, and not back in until admitted.
  Result<void, Error> remove(TimePoint now, std::string_view call_id, std::string_view user_id);
  // Who may come in anyhow is admitted at once.
  Result<void, Error> knock(TimePoint now, std::string_view call_id, const Person& person);
  Result<void, Error> stop_knocking(std::string_view call_id, std::string_view user_id);
  Result<void, Error> admit(std::string_view call_id, std::string_view user_id);
  Result<void, Error> deny(std::string_view call_id, std::string_view user_id);

  // ---- what happens elsewhere ----

  // A new device of somebody for whom a call rings already: see ringing_for().
  void user_online(TimePoint now, std::string_view user_id);
  void user_offline(TimePoint now, std::string_view user_id);
  // Identities are "<userId>" or "<userId>#<n>"; those of people without a seat are none of our business.
  void media_joined(TimePoint now, std::string_view room_id, std::string_view identity);
  // deliberate: the client said goodbye, as opposed to a lost connection.
  void media_left(TimePoint now, std::string_view room_id, std::string_view identity, bool deliberate);
  void media_finished(TimePoint now, std::string_view room_id);
  void member_removed(TimePoint now, std::string_view room_id, std::string_view user_id);
  void room_deleted(TimePoint now, std::string_view room_id);
  void user_ended(TimePoint now, std::string_view user_id);
  // The devices of this log-in are out; others stay.
  void session_ended(TimePoint now, std::string_view user_id, std::string_view session_id);

  // ---- media tokens ----

  // Notes that the session was given a token for this identity; the seat is joined.
  void note_ticket(std::string_view call_id, std::string_view user_id, std::string identity, std::string session_id);
  // May the bearer of a token made for that call come into the media room now?
  [[nodiscard]] Result<void, Error> admission(std::string_view room_id, std::string_view call_id,
                                              std::string_view identity) const;

  // ---- time ----

  [[nodiscard]] TimePoint deadline() const { return queue_.next(); }
  void handle_timeout(TimePoint now);

  [[nodiscard]] std::vector<Effect> take_effects();

  // ---- looking ----

  [[nodiscard]] const LiveCall* find(std::string_view call_id) const;
  [[nodiscard]] const LiveCall* in_room(std::string_view room_id) const;
  // Calls that ring for this person now.
  [[nodiscard]] std::vector<const LiveCall*> ringing_for(std::string_view user_id) const;
  [[nodiscard]] bool in_call(std::string_view user_id) const;
  // Do the two sit in one call?
  [[nodiscard]] bool in_one_call(std::string_view user_id, std::string_view other_id) const;
  [[nodiscard]] std::size_t size() const { return calls_.size(); }
  void for_each(const std::function<void(const LiveCall&)>& use) const;

 private:
  using CallNumber = std::uint64_t;
  struct Entry {
    CallNumber number = 0;
    LiveCall live;
    DeadlineQueue<CallNumber>::Ticket ticket;
  };
  using Calls = std::map<std::string, std::unique_ptr<Entry>, std::less<>>;

  Entry* entry(std::string_view call_id) const;
  Entry* entry_in_room(std::string_view room_id) const;
  // The seat that media events of this room and identity are about; {} when there is none.
  std::pair<Entry*, Seat*> media_seat(std::string_view room_id, std::string_view identity) const;
  [[nodiscard]] Result<Entry*, Error> require(std::string_view call_id) const;
  static Seat* seat(LiveCall& live, std::string_view user_id);
  Seat& seat_for(LiveCall& live, const Person& person);
  void concern(LiveCall& live, const std::string& user_id);
  // Copied: what is done to them may end them.
  [[nodiscard]] std::vector<std::string> calls_of(std::string_view user_id) const;

  // Changes of one seat; what follows for the call is settle()'s.
  void ring_seat(LiveCall& live, const Person& person, TimePoint until);
  void seat_joins(TimePoint now, LiveCall& live, Seat& seat);
  void seat_leaves(LiveCall& live, Seat& seat, std::int64_t at_ms);
  void stop_ringing(LiveCall& live, Seat& seat, store::CallParticipantStatus status);
  void update_presence(TimePoint now, Seat& seat) const;
  // Out of the seat, the lobby and the people to ring; media ends.
  void send_out(TimePoint now, LiveCall& live, std::string_view user_id);
  void expel(TimePoint now, Entry& entry, std::string_view user_id);

  // Ends the call when it is over, else announces what changed. The entry may be gone afterwards. urgent: more than
  // people's coming and going has changed.
  void settle(TimePoint now, Entry& entry, bool urgent = false);
  static std::optional<store::CallStatus> outcome(TimePoint now, const LiveCall& live, Duration direct_grace);
  void finish(TimePoint now, Entry& entry, store::CallStatus status);
  void announce(TimePoint now, LiveCall& live, bool urgent);
  void expire(TimePoint now, Entry& entry);
  [[nodiscard]] TimePoint next_deadline(TimePoint now, const LiveCall& live) const;
  void drop(Entry& entry);
  bool leave_lobby(LiveCall& live, std::string_view user_id);

  // Joined seats of a person, over all calls.
  void count_in(const std::string& user_id);
  void count_out(const std::string& user_id);

  SwitchboardConfig config_;
  Calls calls_;
  std::unordered_map<CallNumber, Entry*> by_number_;
  std::map<std::string, Entry*, std::less<>> by_room_;
  // LiveCall::concerned, the other way round.
  std::map<std::string, std::set<std::string>, std::less<>> of_user_;
  std::map<std::string, std::size_t, std::less<>> joined_of_;
  std::set<std::string, std::less<>> online_;
  DeadlineQueue<CallNumber> queue_;
  CallNumber next_number_ = 1;
  std::vector<Effect> effects_;
};

}  // namespace parley::calls
