// Calls as REST and events use them: every method checks authority, changes the live call, writes it down, and tells
// those concerned. Lives on the control thread.
//
//   REST, events ──→ Service ──→ Switchboard (who is rung, who is in)  ──effects──→ store (write job: call + room
//   event) room events  ──→   │    └──→ InCall (hands, strokes, control)                  └──→ hub (call-updated,
//   incoming-call …) hub listener ──→   │    └──→ MediaControl (remove, mute, end the media room)
//
// Error codes: those of auth::authorize, and not_found (no such call or person in it), failed_precondition (the call is
// over, locked, or is not ringing for the asker), rate_limited, invalid_argument, resource_exhausted, unavailable.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/access_token.h"
#include "auth/accounts.h"
#include "auth/subject.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "calls/annotations.h"
#include "calls/config.h"
#include "calls/media.h"
#include "calls/observer.h"
#include "calls/switchboard.h"
#include "calls/view.h"
#include "hub/hub.h"
#include "room/events.h"
#include "room/types.h"
#include "store/calls.h"

namespace parley::store {
class Database;
}

namespace parley::calls {

template <class T>
using Answer = boost::asio::awaitable<Result<T, Error>>;

// Where the request came in, for media.url when the configuration names none.
struct Origin {
  std::string host;  // "chat.example.org", "127.0.0.1:7880": the Host header
  bool secure = false;
};

// What a client passes to LiveKit's room.connect(url, token).
struct MediaTicket {
  std::string url;  // "ws://…", "wss://…"
  std::string token;
  std::int64_t expires_at = 0;  // ms; for connecting: a connection outlives it
};

struct Joined {
  CallView call;
  MediaTicket media;
};

// Who is rung.
struct RingWish {
  bool ring = true;                // false: nobody
  std::vector<std::string> users;  // only these; empty: all
};

struct StartParams {
  std::string room_id;
  std::optional<store::CallType> type;  // of a new call; absent: video
  RingWish ring;
  bool second_device = false;  // an identity of its own beside the person's other device ("<userId>#2")
};

struct JoinParams {
  bool second_device = false;
};

struct RightsChange {
  std::optional<bool> microphone;
  std::optional<bool> camera;
  std::optional<bool> screen_share;
};

struct HistoryParams {
  std::string room_id;  // of this room alone; empty: of all
  std::string cursor;
  std::size_t limit = 50;  // 1 to 200
};

struct HistoryPage {
  std::vector<CallView> items;  // newest first
  std::string next_cursor;      // empty: that was all
};

class Service final : public hub::Listener, public auth::AccountListener, public room::RoomObserver {
 public:
  struct Parts {
    store::Database& database;
    hub::Hub& hub;
    MediaControl& media;
    RandomSource& random;
    const auth::KeyTable& keys;
    boost::asio::any_io_executor executor;
  };
  // All parts must outlive the service.
  Service(Config config, Parts parts);
  ~Service() override;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Before the first client: ends the calls that a stop cut short.
  Answer<void> recover();
  // Waits for deadlines until stop(); spawn it once.
  boost::asio::awaitable<void> run();
  void stop();

  // ---- calls ----

  // A live call in the room is joined, otherwise one starts and rings.
  Answer<Joined> start(auth::Subject subject, StartParams params, Origin origin);
  // Answers the ringing, or comes (back) into the call.
  Answer<Joined> accept(auth::Subject subject, std::string call_id, JoinParams params, Origin origin);
  Answer<CallView> decline(auth::Subject subject, std::string call_id);
  // By the initiator, before an answer.
  Answer<CallView> cancel(auth::Subject subject, std::string call_id);
  Answer<CallView> leave(auth::Subject subject, std::string call_id);
  // In a direct room, by the initiator or a moderator: for everybody. Others leave, or are refused with for_all. While
  // it rings for the asker: declines.
  Answer<CallView> end(auth::Subject subject, std::string call_id, bool for_all = false);
  // Rings more members of the room.
  Answer<CallView> ring(auth::Subject subject, std::string call_id, std::vector<std::string> users);

  Answer<CallView> get(auth::Subject subject, std::string call_id);
  Answer<HistoryPage> history(auth::Subject subject, HistoryParams params);
  // The call that goes on in the room; empty: none.
  Answer<std::optional<CallView>> live_in_room(auth::Subject subject, std::string room_id);

  // ---- moderation ----

  Answer<CallView> lock(auth::Subject subject, std::string call_id, bool locked);
  // For those who are no moderators. Absent members stay as they are.
  Answer<CallView> allow(auth::Subject subject, std::string call_id, RightsChange change);
  // Out of the call, and not back until admitted.
  Answer<CallView> remove(auth::Subject subject, std::string call_id, std::string user_id);
  // track_sid empty: the microphone. Moderators silence; nobody but the publisher makes sound again.
  Answer<void> mute(auth::Subject subject, std::string call_id, std::string user_id, std::string track_sid);
  // Into the waiting list. Idempotent.
  Answer<void> knock(auth::Subject subject, std::string call_id);
  Answer<void> stop_knocking(auth::Subject subject, std::string call_id);
  Answer<std::vector<Waiting>> waiting(auth::Subject subject, std::string call_id);
  Answer<void> admit(auth::Subject subject, std::string call_id, std::string user_id);
  Answer<void> deny(auth::Subject subject, std::string call_id, std::string user_id);

  // ---- within a call: not written down; for those who are in it ----

  // Hands, shares, strokes and control as they are, for one who comes late: {callId, hands, shares: [{…, strokes}]}.
  Answer<boost::json::object> in_call_state(auth::Subject subject, std::string call_id);
  Answer<void> raise_hand(auth::Subject subject, std::string call_id, bool raised);
  // user_id empty: everybody's.
  Answer<void> lower_hand(auth::Subject subject, std::string call_id, std::string user_id);
  Answer<void> react(auth::Subject subject, std::string call_id, std::string emoji);

  // For clients that share without our media plane; a screen published through it is known by itself (share id = track
  // sid). Returns nothing that the client did not name: share_id is its own choice, unique in the call.
  Answer<void> start_share(auth::Subject subject, std::string call_id, std::string share_id);
  Answer<void> stop_share(auth::Subject subject, std::string call_id, std::string share_id);

  Answer<void> draw(auth::Subject subject, std::string call_id, std::string share_id, Stroke stroke);
  Answer<void> undo_stroke(auth::Subject subject, std::string call_id, std::string share_id);
  Answer<void> clear_strokes(auth::Subject subject, std::string call_id, std::string share_id, bool everybodys);
  Answer<void> set_drawers(auth::Subject subject, std::string call_id, std::string share_id, Drawers drawers);

  Answer<void> request_control(auth::Subject subject, std::string call_id, std::string share_id);
  // By the sharer.
  Answer<void> answer_control(auth::Subject subject, std::string call_id, std::string share_id, std::string user_id,
                              bool granted);
  // input: opaque, at most Config::max_control_input bytes of JSON.
  Answer<void> control_input(auth::Subject subject, std::string call_id, std::string share_id,
                             boost::json::object input);
  // By the sharer or the one in control.
  Answer<void> end_control(auth::Subject subject, std::string call_id, std::string share_id);

  // signal: any JSON text, at most Config::max_signal bytes. Both must be members of one room.
  Answer<void> signal(auth::Subject subject, std::string to_user_id, std::string signal_json);

  // ---- what others tell; from the control thread ----

  void on_user_online(std::string_view user_id) override;
  void on_user_offline(std::string_view user_id, std::int64_t last_seen_ms) override;
  // Rings on the new device, where a call rings for its user.
  void on_device_attached(hub::DeviceId device, std::string_view user_id) override;
  // Out of the call and of the media room before it returns.
  void on_member_removed(std::string_view room_id, std::string_view user_id) override;
  void on_member_role(std::string_view room_id, std::string_view user_id, std::string_view role) override;
  void on_room_deleted(std::string_view room_id) override;
  void on_session_ended(std::string_view user_id, std::string_view session_id, std::string_view reason) override;
  void on_user_ended(std::string_view user_id, std::string_view reason) override;
  // Queues: it is called from within room::Manager.
  void on_room_event(const room::RoomEvent& event) override;

  // run() does this by itself; for tests.
  void handle_timeout();
  [[nodiscard]] TimePoint deadline() const;

  // Before recover(); outlives the service.
  void set_observer(Observer& observer);
  // For room::Manager::set_admission: a token of ours counts only while its bearer is in the call.
  [[nodiscard]] Result<void, Error> admission(const std::string& room, const room::Grants& grants) const;
  // For room::Manager::set_authority: a moderator's token is worth what its bearer's role is now.
  [[nodiscard]] Result<void, Error> authority(const std::string& room, const room::Grants& grants,
                                              const std::string& identity) const;

  struct Stats {
    std::size_t live_calls = 0;
    std::size_t ringing = 0;
    std::size_t participants = 0;
    std::uint64_t started = 0;  // since the start, as all below
    std::uint64_t answered = 0;
    std::uint64_t missed = 0;
    std::uint64_t signals = 0;
    std::uint64_t strokes = 0;
    std::uint64_t write_failures = 0;
  };
  [[nodiscard]] Stats stats() const;

 private:
  struct Impl;
  // Shared with the coroutines that are under way.
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::calls
