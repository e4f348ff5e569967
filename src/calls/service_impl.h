// Service's inside: what is known of each live call beside the switchboard, and how changes are carried out.
//
//   operation ──→ Switchboard ──take_effects()──→ apply(): media, presence, in-call state at once
//                                                   └──→ save(): write job (call + room event) ──→ publish, then ring
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/authorize.h"
#include "calls/in_call.h"
#include "calls/service.h"
#include "store/audit.h"
#include "store/database.h"
#include "store/members.h"
#include "store/rooms.h"

namespace parley::calls {

// What a read job tells of a room.
struct RoomFacts {
  store::Room room;
  std::optional<store::Member> me;
  std::vector<store::Member> members;  // when asked for

  [[nodiscard]] auth::RoomRole role() const;
  [[nodiscard]] bool direct() const { return room.type == "direct"; }
  // Refers to the facts.
  [[nodiscard]] auth::Object object() const;
};

// A live call's surroundings.
struct Place {
  InCall in_call;
  auth::RoomType room_type = auth::RoomType::kGroup;
  // The room's members as far as known: all at the start of the call, those who came in since.
  std::map<std::string, auth::RoomRole, std::less<>> roles;
  bool noted = false;  // the audience is written down
};

struct Service::Impl : std::enable_shared_from_this<Service::Impl> {
  Impl(Config config, Parts given);

  [[nodiscard]] TimePoint now() const { return config.clock(); }

  // ---- reading ----
  Answer<RoomFacts> facts(std::string user_id, std::string room_id, bool everybody);
  [[nodiscard]] bool removed_since(std::uint64_t mark, std::string_view room_id, std::string_view user_id) const;
  [[nodiscard]] CallView live_view(const LiveCall& live, std::string_view user_id) const;

  // ---- authority ----
  // With what the room says now. knocks: the lock is what is knocked at. Error not_found: no such live call.
  Answer<void> permit(const auth::Subject& subject, const std::string& call_id, auth::Action action,
                      bool knocks = false);
  // With what is known of the room, which sets the rest of the object.
  Result<Place*, Error> permit_here(const auth::Subject& subject, const std::string& call_id, auth::Action action,
                                    auth::Object object);
  // For what happens many times a second. own, opened: as in auth::Object.
  Result<Place*, Error> permit_now(const auth::Subject& subject, const std::string& call_id, auth::Action action,
                                   bool own = false, bool opened = false);
  // The same, for what is done to somebody in it: those above the asker are out of reach.
  Result<Place*, Error> permit_silence(const auth::Subject& subject, const std::string& call_id,
                                       const std::string& user_id);
  // The same, for what is done to a share.
  Result<Place*, Error> permit_share(const auth::Subject& subject, const std::string& call_id,
                                     const std::string& share_id, auth::Action action);

  // ---- the audit log ----
  // user_id: whom it was done to; may be empty.
  [[nodiscard]] store::AuditEntry act(const auth::Subject& actor, std::string action, const std::string& call_id,
                                      const std::string& user_id) const;
  // settle_for(), and the entry where the operation was done.
  Answer<CallView> settle_audited(store::AuditEntry entry, auth::Subject subject, std::string call_id,
                                  Result<void, Error> done);

  // ---- what people may send ----
  void apply_rights(const LiveCall& live, const std::string& identity);
  void apply_rights(const LiveCall& live, const Seat& seat);

  // ---- coming in ----
  Answer<Joined> open_call(auth::Subject subject, RoomFacts facts, StartParams params, Origin origin);
  Answer<Joined> enter(auth::Subject subject, RoomFacts facts, std::string call_id, bool second_device, Origin origin);
  [[nodiscard]] NewCall new_call(const auth::Subject& subject, const RoomFacts& facts, const StartParams& params,
                                 std::string id) const;
  // Error unavailable: there is no API key to sign with.
  [[nodiscard]] Result<void, Error> can_sign() const;
  // For one who is in the call.
  MediaTicket issue(const auth::Subject& subject, const RoomFacts& facts, const LiveCall& live, bool second_device,
                    const Origin& origin);

  // ---- carrying out ----
  struct Pending {
    std::vector<CallChanged> changes;
    std::vector<Effect> later;  // after the change of their call is written
  };
  Pending apply();
  void apply_one(const Effect& effect, Pending& pending);
  // For operations: wait until it is written.
  Answer<void> save_all(Pending pending);
  Answer<void> commit();
  // After an operation on a live call: the call as the operation left it.
  Answer<CallView> settle_for(auth::Subject subject, std::string call_id, Result<void, Error> done);
  // For what happens: written in its own time.
  void flush();
  Answer<void> save(CallChanged change, std::vector<Effect> later);
  void note_failure(const CallChanged& change, std::uint64_t generation, const Error& why);
  void tell_later(const std::vector<Effect>& effects);
  void ring(const RingUser& ring);
  void tell_lobby(const std::string& call_id);
  [[nodiscard]] hub::EventRef incoming_call(const LiveCall& live, const Seat& seat) const;
  void relay(Place& place);
  void end_media(const std::string& room_id, std::string_view user_id, std::string_view identity);
  void note_removal(std::string room_id, std::string_view user_id);
  void on_media(const room::RoomEvent& event);
  void share_changed(const std::string& room_id, const std::string& identity, const std::string& track_sid,
                     bool started);

  // ---- signals between two ----
  [[nodiscard]] bool acquainted_by_now(const std::string& one, const std::string& other) const;
  // Is the other to be rung, too?
  [[nodiscard]] bool signal_rings(const std::string& from, const std::string& to, bool offer);

  // ---- time ----
  void handle_timeout();
  Answer<void> touch(std::int64_t seen_at);
  [[nodiscard]] TimePoint deadline() const;
  void arm();

  struct Unsaved {
    CallView view;
    std::uint64_t generation = 0;
  };
  struct Removal {
    std::uint64_t number = 0;
    std::string room_id;  // empty: the account ended
    std::string user_id;
  };
  // Two people who exchange signals without a call of ours.
  struct Pair {
    std::string caller;
    bool answered = false;
    TimePoint last;
  };

  Config config;
  Parts parts;
  Observer* observer = nullptr;
  Switchboard board;
  std::map<std::string, Place, std::less<>> places;  // by call
  std::map<std::string, Unsaved, std::less<>> unsaved;
  TimePoint retry_at = kNever;
  TimePoint touch_at = kNever;
  std::uint64_t next_generation = 1;
  std::deque<Removal> removals;
  std::uint64_t next_removal = 1;
  std::map<std::string, TokenBucket, std::less<>> signal_rates;         // of connected people
  std::map<std::pair<std::string, std::string>, Pair> pairs;            // smaller id first
  std::map<std::pair<std::string, std::string>, TimePoint> acquainted;  // found to share a room, until then
  boost::asio::steady_timer timer;
  TimePoint asleep_until = kNever;
  bool stopped = false;
  Stats counters;
};

// "not_found" for calls that are over, never were, or are none of the asker's business.
[[nodiscard]] Error no_such_call();

}  // namespace parley::calls
