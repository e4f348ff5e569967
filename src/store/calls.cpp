#include "store/calls.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>

#include "store/session.h"

namespace parley::store {

namespace {

template <class E, std::size_t N>
using Names = std::array<std::pair<std::string_view, E>, N>;

constexpr Names<CallType, 2> kTypes{{{"audio", CallType::kAudio}, {"video", CallType::kVideo}}};
constexpr Names<CallStatus, 6> kStatuses{{{"ringing", CallStatus::kRinging},
                                          {"active", CallStatus::kActive},
                                          {"ended", CallStatus::kEnded},
                                          {"missed", CallStatus::kMissed},
                                          {"declined", CallStatus::kDeclined},
                                          {"cancelled", CallStatus::kCancelled}}};
constexpr Names<CallParticipantStatus, 5> kParticipantStatuses{{{"ringing", CallParticipantStatus::kRinging},
                                                                {"joined", CallParticipantStatus::kJoined},
                                                                {"left", CallParticipantStatus::kLeft},
                                                                {"missed", CallParticipantStatus::kMissed},
                                                                {"declined", CallParticipantStatus::kDeclined}}};

template <class E, std::size_t N>
std::string_view name_of(const Names<E, N>& names, E value) {
  return std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.second == value; })->first;
}

template <class E, std::size_t N>
std::optional<E> value_of(const Names<E, N>& names, std::string_view text) {
  const auto row = std::find_if(names.begin(), names.end(), [&](const auto& r) { return r.first == text; });
  return row == names.end() ? std::nullopt : std::optional(row->second);
}

struct CallRow {
  Call call;
  std::string type;
  std::string status;
  auto columns() {
    return std::tie(call.id, call.room_id, type, call.initiator_id, status, call.started_at, call.answered_at,
                    call.ended_at);
  }
};

#define PARLEY_CALL \
  "SELECT c.id, c.room_id, c.type, COALESCE(c.initiator_id, ''), c.status, c.started_at, c.answered_at, c.ended_at "

struct ParticipantRow {
  CallParticipant participant;
  std::string status;
  auto columns() {
    return std::tie(participant.user_id, participant.name, status, participant.joined_at, participant.left_at);
  }
};

// The table's CHECK lets no other word in.
Call finish_row(Session& session, CallRow row) {
  row.call.type = call_type_from(row.type).value_or(CallType::kVideo);
  row.call.status = call_status_from(row.status).value_or(CallStatus::kEnded);
  session.each<ParticipantRow>(
      "SELECT p.user_id, u.name, p.status, p.joined_at, p.left_at FROM call_participants p "
      "JOIN users u ON u.id = p.user_id WHERE p.call_id = :call ORDER BY p.position, p.user_id",
      [&](ParticipantRow&& participant) {
        participant.participant.status =
            call_participant_status_from(participant.status).value_or(CallParticipantStatus::kLeft);
        row.call.participants.push_back(std::move(participant.participant));
      },
      row.call.id);
  return std::move(row.call);
}

std::vector<Call> finish_rows(Session& session, std::vector<CallRow> rows) {
  std::vector<Call> calls;
  calls.reserve(rows.size());
  for (CallRow& row : rows) calls.push_back(finish_row(session, std::move(row)));
  return calls;
}

// Above every UUID.
std::string_view before_of(const CallPage& page) {
  return page.before.empty() ? std::string_view("g") : std::string_view(page.before);
}

void save_participant(Session& session, const Call& call, std::size_t position) {
  const CallParticipant& participant = call.participants[position];
  session.exec(
      "INSERT INTO call_participants (call_id, user_id, position, status, joined_at, left_at) "
      "VALUES (:call, :user, :position, :status, :joined, :left) ON CONFLICT (call_id, user_id) DO UPDATE SET "
      "position = excluded.position, status = excluded.status, joined_at = excluded.joined_at, "
      "left_at = excluded.left_at",
      call.id, participant.user_id, static_cast<std::int64_t>(position), to_string(participant.status),
      participant.joined_at, participant.left_at);
}

// The last time that the call was known to go on.
void close_call(Call& call, std::int64_t seen_at) {
  call.ended_at = std::max({seen_at, call.started_at, call.answered_at});
  for (CallParticipant& participant : call.participants) {
    call.ended_at = std::max({call.ended_at, participant.joined_at, participant.left_at});
  }
  call.status = call.status == CallStatus::kRinging ? CallStatus::kMissed : CallStatus::kEnded;
  for (CallParticipant& participant : call.participants) {
    if (participant.status == CallParticipantStatus::kRinging) participant.status = CallParticipantStatus::kMissed;
    if (participant.status == CallParticipantStatus::kJoined) {
      participant.status = CallParticipantStatus::kLeft;
      participant.left_at = call.ended_at;
    }
  }
}

}  // namespace

std::string_view to_string(CallType type) { return name_of(kTypes, type); }
std::string_view to_string(CallStatus status) { return name_of(kStatuses, status); }
std::string_view to_string(CallParticipantStatus status) { return name_of(kParticipantStatuses, status); }
std::optional<CallType> call_type_from(std::string_view text) { return value_of(kTypes, text); }
std::optional<CallStatus> call_status_from(std::string_view text) { return value_of(kStatuses, text); }
std::optional<CallParticipantStatus> call_participant_status_from(std::string_view text) {
  return value_of(kParticipantStatuses, text);
}

Result<void, Error> save_call(Session& session, const Call& call, std::span<const std::string> touched,
                              std::int64_t seen_at) {
  session.exec(
      "INSERT INTO calls (id, room_id, type, initiator_id, status, started_at, answered_at, ended_at, duration_ms, "
      "seen_at) VALUES (:id, :room, :type, :initiator, :status, :started, :answered, :ended, :duration, :seen) "
      "ON CONFLICT (id) DO UPDATE SET status = excluded.status, answered_at = excluded.answered_at, "
      "ended_at = excluded.ended_at, duration_ms = excluded.duration_ms, seen_at = excluded.seen_at",
      call.id, call.room_id, to_string(call.type),
      call.initiator_id.empty() ? std::optional<std::string_view>() : call.initiator_id, to_string(call.status),
      call.started_at, call.answered_at, call.ended_at, call.duration_ms(), seen_at);
  for (std::size_t i = 0; i < call.participants.size(); ++i) {
    const std::string& user = call.participants[i].user_id;
    if (std::find(touched.begin(), touched.end(), user) != touched.end()) save_participant(session, call, i);
  }
  return {};
}

Result<void, Error> save_call(Session& session, const Call& call, std::int64_t seen_at) {
  std::vector<std::string> all;
  all.reserve(call.participants.size());
  for (const CallParticipant& participant : call.participants) all.push_back(participant.user_id);
  return save_call(session, call, all, seen_at);
}

Result<void, Error> note_call_audience(Session& session, std::string_view call_id, std::string_view room_id) {
  session.exec(
      "INSERT INTO call_audience (user_id, call_id) SELECT m.user_id, CAST(:call AS TEXT) FROM room_members m "
      "WHERE m.room_id = :room ON CONFLICT (user_id, call_id) DO NOTHING",
      call_id, room_id);
  return {};
}

Result<void, Error> touch_live_calls(Session& session, std::int64_t seen_at) {
  session.exec("UPDATE calls SET seen_at = :seen WHERE ended_at = 0", seen_at);
  return {};
}

Result<Call, Error> find_call(Session& session, std::string_view id) {
  auto row = session.row<CallRow>(PARLEY_CALL "FROM calls c WHERE c.id = :id", id);
  if (!row) return Error{"not_found", "there is no such call", "callId"};
  return finish_row(session, std::move(*row));
}

Result<bool, Error> in_call_audience(Session& session, std::string_view call_id, std::string_view user_id) {
  return session
      .value<std::int64_t>("SELECT 1 FROM call_audience WHERE user_id = :user AND call_id = :call", user_id, call_id)
      .has_value();
}

Result<std::vector<Call>, Error> list_calls_of_user(Session& session, std::string_view user_id, const CallPage& page) {
  return finish_rows(session, session.rows<CallRow>(PARLEY_CALL "FROM call_audience a JOIN calls c ON c.id = a.call_id "
                                                                "WHERE a.user_id = :user AND a.call_id < :before "
                                                                "ORDER BY a.call_id DESC LIMIT :limit",
                                                    user_id, before_of(page), page.limit));
}

Result<std::vector<Call>, Error> list_calls_of_room(Session& session, std::string_view room_id, const CallPage& page) {
  return finish_rows(session, session.rows<CallRow>(PARLEY_CALL "FROM calls c WHERE c.room_id = :room AND "
                                                                "c.id < :before ORDER BY c.id DESC LIMIT :limit",
                                                    room_id, before_of(page), page.limit));
}

Result<std::vector<Call>, Error> close_unfinished_calls(Session& session) {
  const auto unfinished =
      session.rows<std::tuple<std::string, std::int64_t>>("SELECT id, seen_at FROM calls WHERE ended_at = 0");
  std::vector<Call> closed;
  closed.reserve(unfinished.size());
  for (const auto& [id, seen_at] : unfinished) {
    auto call = find_call(session, id);
    if (!call) return call.error();
    close_call(*call, seen_at);
    if (const auto saved = save_call(session, *call, seen_at); !saved) return saved.error();
    closed.push_back(std::move(*call));
  }
  return closed;
}

}  // namespace parley::store
