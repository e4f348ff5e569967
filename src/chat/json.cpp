#include "chat/json.h"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/iso_time.h"

namespace parley::chat {

namespace json = boost::json;

namespace {

json::value time_or_null(std::int64_t ms) {
  if (ms == 0) return nullptr;
  return json::value(to_iso(ms));
}

json::value text_or_null(std::string_view text) {
  if (text.empty()) return nullptr;
  return json::value(text);
}

json::array parsed_array(const std::string& text) {
  if (text == "[]") return {};
  boost::system::error_code failure;
  json::value value = json::parse(text, failure);
  return !failure && value.is_array() ? std::move(value.as_array()) : json::array();
}

json::array reactions_json(const std::vector<store::Reaction>& reactions) {
  json::array all;
  all.reserve(reactions.size());
  for (const store::Reaction& reaction : reactions) all.push_back(to_json(reaction));
  return all;
}

json::array files_json(const std::vector<store::LinkedFile>& files) {
  json::array all;
  for (const store::LinkedFile& file : files) {
    boost::system::error_code failure;
    json::value value = json::parse(file.json, failure);
    if (!failure) all.push_back(std::move(value));
  }
  return all;
}

json::value preview_json(const std::string& preview) {
  if (preview.empty() || preview == store::kNoLinkPreview) return nullptr;
  boost::system::error_code failure;
  json::value value = json::parse(preview, failure);
  return failure ? json::value(nullptr) : value;
}

void add_thread(json::object& data, const store::ThreadState& thread) {
  if (thread.id.empty()) return;
  data.emplace("thread", json::object{{"id", thread.id},
                                      {"replyCount", thread.reply_count},
                                      {"lastReplyAt", time_or_null(thread.last_reply_at)}});
}

}  // namespace

json::object to_json(const store::Room& room) {
  return {{"id", room.id},
          {"name", room.name},
          {"type", room.type},
          {"visibility", room.visibility},
          {"topic", room.topic},
          {"flag", room.flag},
          {"e2ee", room.e2ee},
          {"archived", room.archived},
          {"locked", room.locked},
          {"retentionDays", room.retention_days},
          {"ownerId", text_or_null(room.owner_id)},
          {"memberCount", room.member_count},
          {"lastSeq", room.last_seq},
          {"createdAt", to_iso(room.created_at)},
          {"updatedAt", to_iso(room.updated_at)}};
}

namespace {

// Where somebody chose nothing: a conversation of few tells everything, one of many what names them.
constexpr std::int64_t kManyMembers = 10;

std::string_view notify_of(const RoomView& view) {
  if (!view.preferences.notify.empty()) return view.preferences.notify;
  return view.room.member_count >= kManyMembers ? "mentions" : "everything";
}

}  // namespace

json::object preferences_json(const RoomView& view) {
  return {{"starred", view.preferences.starred}, {"muted", view.preferences.muted}, {"notify", notify_of(view)}};
}

json::object to_json(const InboxItem& item) {
  constexpr std::array<std::string_view, 3> kKinds{"mention", "thread", "missed-call"};
  return {{"kind", kKinds.at(static_cast<std::size_t>(item.kind))},
          {"roomId", item.room_id},
          {"at", to_iso(item.at)},
          {"read", item.read},
          {"message", item.message ? json::value(to_json(*item.message)) : json::value(nullptr)}};
}

json::object to_json(const RoomView& view) {
  json::object out = to_json(view.room);
  out.emplace("role", text_or_null(view.role == auth::RoomRole::kNone ? "" : auth::to_string(view.role)));
  out.emplace("unread", view.unread);
  out.emplace("mentions", view.mentions);
  out.emplace("lastReadSeq", view.last_read_seq);
  out.emplace("peerId", text_or_null(view.peer_id));
  for (const auto& [name, value] : preferences_json(view)) out.emplace(name, value);
  out.emplace("lastMessage", view.last_message ? json::value(to_json(*view.last_message)) : json::value(nullptr));
  return out;
}

json::object to_json(const store::Member& member) {
  return {{"userId", member.user_id},
          {"name", member.name},
          {"handle", member.handle},
          {"role", member.role},
          {"avatarUrl", text_or_null(member.avatar_url)},
          {"guest", member.guest},
          {"joinedAt", to_iso(member.joined_at)}};
}

json::object to_json(const MemberView& view) {
  json::object out = to_json(view.member);
  out.emplace("presence", hub::to_string(view.presence.status));
  out.emplace("lastSeenAt", time_or_null(view.presence.last_seen_ms));
  return out;
}

json::object to_json(const store::Message& message) {
  json::object out;
  out.reserve(24);
  out.emplace("id", message.id);
  out.emplace("seq", message.seq);
  out.emplace("roomId", message.room_id);
  out.emplace("senderId", message.sender_id);
  out.emplace("sender", json::object{{"id", message.sender_id},
                                     {"name", message.sender_name},
                                     {"avatarUrl", text_or_null(message.sender_avatar_url)}});
  out.emplace("content", message.content);
  out.emplace("type", message.type);
  out.emplace("replyTo", text_or_null(message.reply_to));
  out.emplace("threadId", text_or_null(message.thread_id));
  out.emplace("replyCount", message.reply_count);
  out.emplace("lastReplyAt", time_or_null(message.last_reply_at));
  out.emplace("files", files_json(message.files));
  out.emplace("mentions", parsed_array(message.mentions));
  out.emplace("reactions", reactions_json(message.reactions));
  out.emplace("preview", preview_json(message.link_preview));
  out.emplace("pinned", message.pinned);
  out.emplace("clientId", message.client_id == message.id ? json::value(nullptr) : text_or_null(message.client_id));
  out.emplace("createdAt", to_iso(message.created_at));
  out.emplace("editedAt", time_or_null(message.edited_at));
  out.emplace("deletedAt", time_or_null(message.deleted_at));
  return out;
}

json::object to_json(const store::Reaction& reaction) {
  return {{"emoji", reaction.emoji},
          {"count", reaction.count},
          {"userIds", json::array(reaction.user_ids.begin(), reaction.user_ids.end())}};
}

json::object to_json(const store::ReadMarker& marker) {
  return {
      {"roomId", marker.room_id}, {"userId", marker.user_id}, {"seq", marker.seq}, {"readAt", to_iso(marker.read_at)}};
}

json::object to_json(const SearchItem& item) {
  json::array highlights;
  for (const auto& [begin, end] : item.highlights) highlights.push_back(json::array{begin, end});
  return {{"kind", item.kind},
          {"roomId", text_or_null(item.room_id)},
          {"messageId", text_or_null(item.message_id)},
          {"fileId", text_or_null(item.file_id)},
          {"senderId", text_or_null(item.sender_id)},
          {"createdAt", to_iso(item.created_at)},
          {"snippet", item.snippet},
          {"highlights", std::move(highlights)}};
}

json::object presence_json(std::string_view user_id, const hub::Presence& presence) {
  return {{"userId", user_id},
          {"status", hub::to_string(presence.status)},
          {"lastSeenAt", time_or_null(presence.last_seen_ms)}};
}

json::object missed_json(const store::RoomEvent& event) {
  return {{"event", event.name}, {"data", json::parse(event.data)}};
}

std::string message_event_data(const store::RoomEvent& event, const store::Message& message,
                               const store::ThreadState& thread) {
  if (event.name == "new-message") {
    json::object data = to_json(message);
    add_thread(data, thread);
    return json::serialize(data);
  }
  json::object data{{"roomId", event.room_id}, {"seq", event.seq}};
  if (event.name == "message-deleted") {
    data.emplace("messageId", message.id);
    data.emplace("threadId", text_or_null(message.thread_id));
    data.emplace("deletedAt", time_or_null(message.deleted_at));
    data.emplace("deletedBy", text_or_null(message.deleted_by));
    add_thread(data, thread);
  } else if (event.name == "reaction-updated") {
    data.emplace("messageId", message.id);
    data.emplace("reactions", reactions_json(message.reactions));
  } else {
    data.emplace("message", to_json(message));
  }
  boost::system::error_code failure;
  const json::value extra = json::parse(event.data, failure);
  if (!failure && extra.is_object()) {
    for (const auto& [name, value] : extra.as_object()) data.emplace(name, value);
  }
  return json::serialize(data);
}

hub::EventRef to_event(const store::RoomEvent& event) {
  return hub::make_event({event.name, event.data, event.room_id, event.seq});
}

}  // namespace parley::chat
