#include "signal/livekit/join_query.h"

#include <boost/json.hpp>
#include <utility>

#include "auth/base64url.h"
#include "signal/livekit/convert.h"
#include "signal/livekit/gzip.h"

namespace parley::signal::livekit {

namespace {

constexpr std::pair<std::string_view, room::Sdk> kSdks[] = {
    {"js", room::Sdk::kJs},           {"ios", room::Sdk::kSwift},
    {"swift", room::Sdk::kSwift},     {"android", room::Sdk::kAndroid},
    {"flutter", room::Sdk::kFlutter}, {"go", room::Sdk::kGo},
    {"unity", room::Sdk::kUnity},     {"reactnative", room::Sdk::kReactNative},
    {"rust", room::Sdk::kRust},       {"python", room::Sdk::kPython},
    {"cpp", room::Sdk::kCpp},         {"unityweb", room::Sdk::kUnityWeb},
    {"node", room::Sdk::kNode},       {"unreal", room::Sdk::kUnreal},
    {"esp32", room::Sdk::kEsp32},
};

std::int32_t small_int(const http::Query& query, std::string_view name) {
  const std::int64_t value = query.get_int(name, 0);
  return value >= 0 && value <= 1'000'000 ? static_cast<std::int32_t>(value) : 0;
}

std::vector<room::ClientCapability> capabilities_from(std::string_view list) {
  std::vector<room::ClientCapability> out;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    pb::ClientInfo::Capability value{};
    if (pb::ClientInfo::Capability_Parse(std::string(list.substr(0, comma)), &value)) {
      out.push_back(static_cast<room::ClientCapability>(value));
    }
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

room::ClientInfo client_from(const http::Query& query) {
  room::ClientInfo out;
  for (const auto& [name, sdk] : kSdks) {
    if (name == query.get("sdk")) out.sdk = sdk;
  }
  out.version = query.get("version");
  out.protocol = small_int(query, "protocol");
  out.client_protocol = small_int(query, "client_protocol");
  out.os = query.get("os");
  out.os_version = query.get("os_version");
  out.device_model = query.get("device_model");
  out.browser = query.get("browser");
  out.browser_version = query.get("browser_version");
  out.network = query.get("network");
  out.capabilities = capabilities_from(query.get("capabilities"));
  return out;
}

room::Attributes attributes_from(std::string_view encoded) {
  const auto text = auth::base64url_decode(encoded, auth::Padding::kOptional);
  if (!text) return {};
  boost::system::error_code ec;
  const boost::json::value parsed = boost::json::parse(*text, ec);
  if (ec || !parsed.is_object()) return {};
  room::Attributes out;
  for (const auto& [key, value] : parsed.get_object()) {
    if (value.is_string()) out.insert_or_assign(std::string(key), std::string(value.get_string()));
  }
  return out;
}

// An old way to publish from a second connection: the same person under another identity, who receives nothing.
void make_publish_only(room::JoinParams& join, std::string_view suffix) {
  join.grants.identity += '#';
  join.grants.identity += suffix;
  join.grants.permission.can_subscribe = false;
  join.auto_subscribe = false;
}

std::optional<pb::JoinRequest> unpack(std::string_view encoded) {
  const auto bytes = auth::base64url_decode(encoded, auth::Padding::kOptional);
  pb::WrappedJoinRequest wrapped;
  if (!bytes || !wrapped.ParseFromString(*bytes)) return std::nullopt;
  pb::JoinRequest request;
  if (wrapped.compression() == pb::WrappedJoinRequest::NONE) {
    return request.ParseFromString(wrapped.join_request()) ? std::optional(std::move(request)) : std::nullopt;
  }
  if (wrapped.compression() != pb::WrappedJoinRequest::GZIP) return std::nullopt;
  const auto plain = gunzip(wrapped.join_request(), kMaxJoinRequest);
  return plain && request.ParseFromString(*plain) ? std::optional(std::move(request)) : std::nullopt;
}

room::ResumeParams resume_from(const pb::JoinRequest& request, const room::Grants& grants, const std::string& room) {
  room::ResumeParams out;
  out.room = room;
  out.sid = request.participant_sid();
  out.grants = grants;
  out.client = from_proto(request.client_info());
  if (request.has_sync_state()) out.sync_state = from_proto(request.sync_state());
  if (request.has_publisher_offer()) out.publisher_offer = from_proto(request.publisher_offer());
  return out;
}

room::JoinParams join_from(const pb::JoinRequest& request, const room::Grants& grants, const std::string& room) {
  room::JoinParams out;
  out.room = room;
  out.grants = grants;
  out.client = from_proto(request.client_info());
  if (request.has_connection_settings()) {
    const pb::ConnectionSettings& settings = request.connection_settings();
    out.auto_subscribe = settings.auto_subscribe();
    out.adaptive_stream = settings.adaptive_stream();
    if (settings.has_subscriber_allow_pause()) out.subscriber_allow_pause = settings.subscriber_allow_pause();
  }
  out.metadata = request.metadata();
  out.attributes = {request.participant_attributes().begin(), request.participant_attributes().end()};
  out.single_connection = true;
  for (const pb::AddTrackRequest& track : request.add_track_requests()) out.add_tracks.push_back(from_proto(track));
  if (request.has_publisher_offer()) out.publisher_offer = from_proto(request.publisher_offer());
  return out;
}

}  // namespace

Intent intent_from_query(const http::Query& query, const room::Grants& grants, const std::string& room) {
  if (query.get_bool("reconnect", false)) {
    room::ResumeParams resume;
    resume.room = room;
    resume.sid = query.get("sid");
    resume.grants = grants;
    resume.client = client_from(query);
    return resume;
  }
  room::JoinParams join;
  join.room = room;
  join.grants = grants;
  join.client = client_from(query);
  join.auto_subscribe = query.get_bool("auto_subscribe", true);
  join.adaptive_stream = query.get_bool("adaptive_stream", false);
  join.subscriber_allow_pause = query.get_bool("subscriber_allow_pause", true);
  join.attributes = attributes_from(query.get("attributes"));
  if (const std::string_view suffix = query.get("publish"); !suffix.empty()) make_publish_only(join, suffix);
  return join;
}

Result<Intent, Error> intent_from_join_request(std::string_view encoded, const room::Grants& grants,
                                               const std::string& room) {
  if (encoded.empty()) return Error{"invalid_argument", "the parameter join_request is missing", "join_request"};
  const auto request = unpack(encoded);
  if (!request) return Error{"invalid_argument", "the parameter join_request cannot be decoded", "join_request"};
  if (request->reconnect()) return Intent(resume_from(*request, grants, room));
  return Intent(join_from(*request, grants, room));
}

}  // namespace parley::signal::livekit
