// Chat's values as the APIs show them.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "chat/views.h"
#include "hub/event.h"
#include "hub/presence.h"
#include "store/members.h"
#include "store/messages.h"
#include "store/read_markers.h"
#include "store/room_events.h"
#include "store/rooms.h"

namespace parley::chat {

// {id, name, type, visibility, topic, flag, e2ee, archived, locked, retentionDays, ownerId, memberCount, lastSeq,
// createdAt, updatedAt}
[[nodiscard]] boost::json::object to_json(const store::Room& room);
// The same with the asker's {role, unread, mentions, lastReadSeq, peerId?, lastMessage?}.
[[nodiscard]] boost::json::object to_json(const RoomView& view);
// starred, muted, notify: with what holds where nothing was chosen.
[[nodiscard]] boost::json::object preferences_json(const RoomView& view);
// Without the call of a missed one.
[[nodiscard]] boost::json::object to_json(const InboxItem& item);
// {userId, name, role, avatarUrl, guest, joinedAt}
[[nodiscard]] boost::json::object to_json(const store::Member& member);
// The same with {presence, lastSeenAt?}.
[[nodiscard]] boost::json::object to_json(const MemberView& view);
// {id, seq, roomId, senderId, sender: {id, name, avatarUrl}, content, type, replyTo, threadId, replyCount, lastReplyAt,
// files, mentions, reactions, pinned, clientId, createdAt, editedAt, deletedAt}
[[nodiscard]] boost::json::object to_json(const store::Message& message);
// {emoji, count, userIds}
[[nodiscard]] boost::json::object to_json(const store::Reaction& reaction);
// {roomId, userId, seq, readAt}
[[nodiscard]] boost::json::object to_json(const store::ReadMarker& marker);
// {kind, roomId, messageId, fileId?, senderId, createdAt, snippet, highlights}
[[nodiscard]] boost::json::object to_json(const SearchItem& item);
// {userId, status, lastSeenAt}
[[nodiscard]] boost::json::object presence_json(std::string_view user_id, const hub::Presence& presence);
// {event, data}: of a missed event, as an answer to join-room carries it.
[[nodiscard]] boost::json::object missed_json(const store::RoomEvent& event);

// Data of an event that is about a message: `event.data` holds what the event says besides ("{}" at least), `thread`
// the state of the thread that the message is a reply in.
//   new-message       the message, whose seq is the event's
//   message-updated   {roomId, seq, message}
//   message-deleted   {roomId, seq, messageId, threadId, deletedAt, deletedBy}
//   reaction-updated  {roomId, seq, messageId, reactions, emoji, userId, added}
// and thread: {id, replyCount, lastReplyAt} with the first and the third when they concern a reply.
[[nodiscard]] std::string message_event_data(const store::RoomEvent& event, const store::Message& message,
                                             const store::ThreadState& thread);
[[nodiscard]] hub::EventRef to_event(const store::RoomEvent& event);

}  // namespace parley::chat
