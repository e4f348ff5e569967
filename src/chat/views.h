// What chat's methods take and answer. Ids are UUIDs as text.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auth/subject.h"
#include "hub/device.h"
#include "hub/presence.h"
#include "store/members.h"
#include "store/messages.h"
#include "store/read_markers.h"
#include "store/room_events.h"
#include "store/rooms.h"

namespace parley::chat {

// A page and where the next one begins; next_cursor is empty on the last one.
template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;
};

// ---- rooms ----

struct NewRoom {
  std::string name;  // may be empty for direct rooms only
  std::string type = "group";
  std::string visibility = "private";
  std::string topic;
  std::string flag;
  bool e2ee = false;
  std::vector<std::string> member_ids;  // besides the maker; exactly one for a direct room
};

// Members that are not set stay as they are.
struct RoomChange {
  std::optional<std::string> name;
  std::optional<std::string> topic;
  std::optional<std::string> flag;
  std::optional<std::string> visibility;
  std::optional<bool> e2ee;  // can be switched on only
  std::optional<bool> archived;
  std::optional<bool> locked;
  std::optional<std::int64_t> retention_days;  // 0: for ever
};

struct RoomView {
  store::Room room;
  auth::RoomRole role = auth::RoomRole::kNone;  // the asker's
  std::int64_t last_read_seq = 0;
  std::int64_t unread = 0;
  std::int64_t mentions = 0;
  std::string peer_id;  // direct rooms: the other person
  std::optional<store::Message> last_message;
  store::RoomPreferences preferences;  // the asker's
};

// Members that are not set stay as they are.
struct PreferencesChange {
  std::optional<bool> starred;
  std::optional<bool> muted;
  std::optional<std::string> notify;  // "everything", "mentions", "nothing"
};

struct MemberView {
  store::Member member;
  hub::Presence presence;
};

struct Created {
  RoomView view;
  bool existed = false;  // a direct room of these two was there
};

// What a client gets that opens a room (join-room).
struct Opened {
  RoomView view;
  std::vector<MemberView> members;       // empty in rooms over hub::Config::quiet_room_size members
  std::vector<store::ReadMarker> reads;  // likewise
  std::vector<std::string> present;      // user ids with the room open; likewise
  bool reload = false;                   // too much was missed: load the room anew
  std::vector<store::RoomEvent> missed;  // with their data, in order, up to last_seq
  std::int64_t last_seq = 0;             // what `missed`, or the room loaded from now on, reaches to at least
};

// ---- messages ----

struct NewMessage {
  std::string room_id;
  std::string content;
  std::string client_id;  // empty: none
  std::string reply_to;
  std::string thread_id;
  std::vector<std::string> file_ids;
};

struct Sent {
  store::Message message;
  bool repeated = false;  // the client_id was known: the message of then
};

struct History {
  std::string thread_id;  // empty: the whole room
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  std::optional<std::int64_t> around;
  std::size_t limit = 50;
};

// next_cursor continues in the direction asked for: older, or newer with `after`. The other two are for whoever wants
// to turn round; empty where there is nothing.
struct HistoryPage {
  std::vector<store::Message> items;  // newest last
  std::string next_cursor;
  std::string before_cursor;
  std::string after_cursor;
};

// ---- inbox ----

enum class InboxKind : std::uint8_t { kMention, kThread, kMissedCall };

struct InboxItem {
  InboxKind kind = InboxKind::kMention;
  std::string room_id;
  std::int64_t at = 0;  // ms since the Unix epoch
  bool read = false;
  std::optional<store::Message> message;  // that names the person, or the newest answer of the thread
  std::string call_id;                    // missed calls
};

// ---- search ----

struct SearchRequest {
  std::string text;     // see search_query.h
  std::string room_id;  // one room only; empty: all
  bool by_rank = false;
  std::string cursor;
  std::size_t limit = 20;
};

struct SearchItem {
  std::string kind;  // "message", "file"
  std::string room_id;
  std::string message_id;  // of a file: the message it hangs on, may be empty
  std::string file_id;
  std::string sender_id;
  std::int64_t created_at = 0;
  std::string snippet;  // plain text, an excerpt of the content
  // Of the snippet, what matched: [begin, end) in UTF-16 code units, as JavaScript counts.
  std::vector<std::pair<std::size_t, std::size_t>> highlights;
};

}  // namespace parley::chat
