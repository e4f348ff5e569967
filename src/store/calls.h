// Calls and who took part in them. Times are ms since the Unix epoch; an absent one is 0.
//
// calls             one row for each call; at most one without an end in a room (unique index)
// call_participants who was rung or took part
// call_audience     who was a member of the room then: the call stands in the history of each of them
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

enum class CallType : std::uint8_t { kAudio, kVideo };

enum class CallStatus : std::uint8_t {
  kRinging,    // nobody has answered yet
  kActive,     // answered, or open to whoever comes
  kEnded,      // was active
  kMissed,     // nobody answered in time
  kDeclined,   // everybody who was rung declined
  kCancelled,  // the initiator gave up before an answer
};

enum class CallParticipantStatus : std::uint8_t {
  kRinging,
  kJoined,
  kLeft,
  kMissed,
  kDeclined,
};

// "audio", "ringing", "left", …: as the database and the APIs carry them.
[[nodiscard]] std::string_view to_string(CallType type);
[[nodiscard]] std::string_view to_string(CallStatus status);
[[nodiscard]] std::string_view to_string(CallParticipantStatus status);
[[nodiscard]] std::optional<CallType> call_type_from(std::string_view text);
[[nodiscard]] std::optional<CallStatus> call_status_from(std::string_view text);
[[nodiscard]] std::optional<CallParticipantStatus> call_participant_status_from(std::string_view text);

struct CallParticipant {
  std::string user_id;
  std::string name;  // the account's; read, never written
  CallParticipantStatus status = CallParticipantStatus::kRinging;
  std::int64_t joined_at = 0;  // the first time
  std::int64_t left_at = 0;    // the last time; 0 while in the call
  bool busy = false;           // was in another call when it rang; not stored
  friend bool operator==(const CallParticipant&, const CallParticipant&) = default;
};

struct Call {
  std::string id;  // UUIDv7: ids sort by start
  std::string room_id;
  CallType type = CallType::kVideo;
  std::string initiator_id;  // empty: the account is gone
  CallStatus status = CallStatus::kRinging;
  std::int64_t started_at = 0;
  std::int64_t answered_at = 0;  // when the first person beside the initiator came
  std::int64_t ended_at = 0;     // 0: goes on
  std::vector<CallParticipant> participants;

  [[nodiscard]] bool live() const { return ended_at == 0; }
  // From the answer to the end; 0 while the call lasts and when nobody answered.
  [[nodiscard]] std::int64_t duration_ms() const {
    return answered_at == 0 || ended_at == 0 ? 0 : ended_at - answered_at;
  }
  friend bool operator==(const Call&, const Call&) = default;
};

// Writes the call as it is now, over what stood there, with the participants named in `touched` (without it: all).
// `seen_at`: when this was the state of things. Error already_exists where the room has another call without an end.
Result<void, Error> save_call(Session& session, const Call& call, std::span<const std::string> touched,
                              std::int64_t seen_at);
Result<void, Error> save_call(Session& session, const Call& call, std::int64_t seen_at);
// The members that the room has now find the call in their history, and keep it.
Result<void, Error> note_call_audience(Session& session, std::string_view call_id, std::string_view room_id);
// Calls that go on were alive at `seen_at`.
Result<void, Error> touch_live_calls(Session& session, std::int64_t seen_at);

// Error not_found where there is none.
Result<Call, Error> find_call(Session& session, std::string_view id);
// Was the person a member of the call's room when it took place?
Result<bool, Error> in_call_audience(Session& session, std::string_view call_id, std::string_view user_id);

struct CallPage {
  std::string before;  // id of a call: older ones; empty: from the newest
  std::size_t limit = 50;
};
// Newest first.
Result<std::vector<Call>, Error> list_calls_of_user(Session& session, std::string_view user_id, const CallPage& page);
Result<std::vector<Call>, Error> list_calls_of_room(Session& session, std::string_view room_id, const CallPage& page);

// After a stop without a farewell: every call without an end gets one, at the last time it was known alive. Returns the
// calls as they are now.
Result<std::vector<Call>, Error> close_unfinished_calls(Session& session);

}  // namespace parley::store
