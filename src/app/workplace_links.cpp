#include "app/workplace_links.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "calls/json.h"
#include "chat/json.h"
#include "files/json.h"
#include "files/previews.h"
#include "signal/socketio/engine_packet.h"

namespace parley::app {
namespace {

using auth::awaitable;
namespace json = boost::json;

awaitable<Result<auth::Object, Error>> describe(chat::Service& chat, std::string user_id, std::string room_id) {
  co_return co_await chat.rooms().object_for(std::move(user_id), std::move(room_id));
}

awaitable<Result<void, Error>> join(chat::Service& chat, std::string user_id, std::string room_id,
                                    auth::RoomRole role) {
  co_return co_await chat.rooms().admit(std::move(room_id), std::move(user_id), role);
}

awaitable<Result<void, Error>> leave(chat::Service& chat, std::string user_id, std::string room_id) {
  auth::Subject guest;
  guest.user_id = std::move(user_id);
  guest.guest = true;
  guest.guest_room = room_id;
  co_return co_await chat.rooms().leave(std::move(guest), std::move(room_id));
}

constexpr int kLinkPicture = 128;  // pixels of the longest edge: shown half as large

awaitable<std::string> preview_of(unfurl::Service& unfurl, std::string url) {
  const auto preview = co_await unfurl.preview(std::move(url));
  if (!preview) co_return std::string();
  json::object out{{"url", preview->url}, {"title", preview->title}, {"site", preview->site}};
  out["description"] = preview->description.empty() ? json::value(nullptr) : json::value(preview->description);
  out["image"] = nullptr;
  if (!preview->image.empty()) out["image"] = "data:image/webp;base64," + signal::socketio::to_base64(preview->image);
  co_return json::serialize(out);
}

json::object room_json(const room::RoomInfo& room) {
  return {{"sid", room.sid},
          {"name", room.name},
          {"emptyTimeout", room.empty_timeout},
          {"maxParticipants", room.max_participants},
          {"creationTime", std::to_string(room.creation_time_ms / 1000)},
          {"metadata", room.metadata},
          {"numParticipants", room.num_participants},
          {"numPublishers", room.num_publishers}};
}

json::object participant_json(const room::ParticipantInfo& participant) {
  return {{"sid", participant.sid},
          {"identity", participant.identity},
          {"name", participant.name},
          {"state", participant.state == room::ParticipantState::kActive ? "ACTIVE" : "DISCONNECTED"},
          {"metadata", participant.metadata},
          {"joinedAt", std::to_string(participant.joined_at_ms / 1000)},
          {"isPublisher", participant.is_publisher},
          {"disconnectReason", to_string(participant.disconnect_reason)}};
}

json::object track_json(const room::TrackInfo& track) {
  return {{"sid", track.sid},
          {"name", track.name},
          {"type", track.type == room::TrackType::kAudio ? "AUDIO" : "VIDEO"},
          {"muted", track.muted},
          {"width", track.width},
          {"height", track.height},
          {"mimeType", track.mime_type}};
}

struct MediaHook {
  hooks::Service& hooks;

  void operator()(const room::RoomStarted& e) const { hooks.emit("room_started", {{"room", room_json(e.room)}}); }
  void operator()(const room::RoomFinished& e) const { hooks.emit("room_finished", {{"room", room_json(e.room)}}); }
  void operator()(const room::ParticipantJoined& e) const {
    hooks.emit("participant_joined", {{"room", room_json(e.room)}, {"participant", participant_json(*e.participant)}});
  }
  void operator()(const room::ParticipantLeft& e) const {
    hooks.emit(e.was_active ? "participant_left" : "participant_connection_aborted",
               {{"room", room_json(e.room)}, {"participant", participant_json(*e.participant)}});
  }
  void operator()(const room::TrackPublished& e) const { track("track_published", e); }
  void operator()(const room::TrackUnpublished& e) const { track("track_unpublished", e); }

  template <class Event>
  void track(const char* name, const Event& e) const {
    hooks.emit(name, {{"room", room_json(e.room)},
                      {"participant", participant_json(*e.participant)},
                      {"track", track_json(e.track)}});
  }
};

}  // namespace

files::RoomLookup room_lookup(chat::Service& chat) {
  return [&chat](std::string user_id, std::string room_id) {
    return describe(chat, std::move(user_id), std::move(room_id));
  };
}

auth::RoomHooks room_hooks(chat::Service& chat) {
  auth::RoomHooks out;
  out.describe = room_lookup(chat);
  out.join = [&chat](std::string user_id, std::string room_id, auth::RoomRole role) {
    return join(chat, std::move(user_id), std::move(room_id), role);
  };
  out.leave = [&chat](std::string user_id, std::string room_id) {
    return leave(chat, std::move(user_id), std::move(room_id));
  };
  return out;
}

chat::LinkPreview link_preview(unfurl::Service& unfurl) {
  return [&unfurl](std::string url) { return preview_of(unfurl, std::move(url)); };
}

unfurl::Shrink shrink_pictures() {
  return [](const std::string& bytes) {
    auto made = files::make_small_picture(bytes, kLinkPicture, files::PreviewLimits());
    return made ? std::move(*made) : std::string();
  };
}

void WorkplaceLinks::on_profile_changed(const store::User& user) { chat_.rooms().user_changed(user.id); }

void WorkplaceLinks::on_user_created(const store::User& user) {
  hooks_.emit("user.created", {{"user", json::object{{"id", user.id}, {"name", user.name}, {"guest", user.guest}}}});
}

// Nothing is put into words where nobody listens.
template <class Members>
Result<void, Error> WorkplaceLinks::record(store::Session& session, const char* event, const Members& members) {
  if (!hooks_.active()) return {};
  return hooks_.record(session, event, members());
}

Result<void, Error> WorkplaceLinks::on_room_created(store::Session& session, const store::Room& room) {
  return record(session, "room.created", [&] { return json::object{{"room", chat::to_json(room)}}; });
}
Result<void, Error> WorkplaceLinks::on_room_updated(store::Session& session, const store::Room& room) {
  return record(session, "room.updated", [&] { return json::object{{"room", chat::to_json(room)}}; });
}
Result<void, Error> WorkplaceLinks::on_room_deleted(store::Session& session, const store::Room& room) {
  return record(session, "room.deleted", [&] { return json::object{{"room", chat::to_json(room)}}; });
}
Result<void, Error> WorkplaceLinks::on_member_added(store::Session& session, const store::Member& member) {
  return record(session, "member.added", [&] {
    return json::object{{"roomId", member.room_id}, {"member", chat::to_json(member)}};
  });
}
Result<void, Error> WorkplaceLinks::on_member_removed(store::Session& session, const store::Member& member) {
  return record(session, "member.removed", [&] {
    return json::object{{"roomId", member.room_id}, {"member", chat::to_json(member)}};
  });
}
Result<void, Error> WorkplaceLinks::on_message_created(store::Session& session, const store::Message& message) {
  return record(session, "message.created", [&] { return json::object{{"message", chat::to_json(message)}}; });
}
Result<void, Error> WorkplaceLinks::on_message_updated(store::Session& session, const store::Message& message) {
  return record(session, "message.updated", [&] { return json::object{{"message", chat::to_json(message)}}; });
}
Result<void, Error> WorkplaceLinks::on_message_deleted(store::Session& session, const store::Message& message) {
  return record(session, "message.deleted", [&] { return json::object{{"message", chat::to_json(message)}}; });
}

Result<void, Error> WorkplaceLinks::on_file_created(store::Session& session, const store::File& file) {
  return record(session, "file.created", [&] { return json::object{{"file", files::to_json(file)}}; });
}
Result<void, Error> WorkplaceLinks::on_file_updated(store::Session& session, const store::File& file) {
  return record(session, "file.updated", [&] { return json::object{{"file", files::to_json(file)}}; });
}
Result<void, Error> WorkplaceLinks::on_file_deleted(store::Session& session, const store::File& file,
                                                    std::string_view by_user) {
  return record(session, "file.deleted", [&] {
    return json::object{{"file", files::to_json(file)}, {"byUserId", by_user}};
  });
}

Result<void, Error> WorkplaceLinks::on_call_changed(store::Session& session, const calls::CallView& call, bool first) {
  const char* name = first ? "call.started" : "call.updated";
  if (!call.call.live()) name = "call.ended";
  return record(session, name, [&] { return json::object{{"call", calls::to_json(call)}}; });
}

void WorkplaceLinks::on_room_event(const room::RoomEvent& event) { std::visit(MediaHook{hooks_}, event); }

}  // namespace parley::app
