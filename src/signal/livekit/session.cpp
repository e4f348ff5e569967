#include "signal/livekit/session.h"

#include <google/protobuf/util/json_util.h>

#include "base/log.h"
#include "signal/livekit/grants.h"

namespace parley::signal::livekit {

namespace {

// A client that goes on like this after so many refusals is no LiveKit client.
constexpr std::uint32_t kMaxOverLimit = 1000;

std::int64_t unix_millis(TimePoint now) { return to_millis(now.time_since_epoch()); }

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace

Session::Session(Context& context, Intent intent)
    : context_(context), intent_(std::move(intent)), bucket_(context.config.requests) {}

Session::~Session() {
  if (entered_) context_.rooms.signal_lost(context_.clock(), handle_);
}

void Session::on_open(std::shared_ptr<http::WebSocketSession> socket) {
  socket_ = std::move(socket);
  ++context_.stats.sessions_open;
  ++context_.stats.sessions_opened;
  enter(context_.clock());
  context_.rooms_touched();
}

void Session::enter(TimePoint now) {
  // Set before, because the room speaks to its new sink from within the call.
  entered_ = true;
  const auto entered =
      std::visit(Overloaded{[&](const room::JoinParams& join) { return context_.rooms.join(now, join, this); },
                            [&](const room::ResumeParams& resume) { return context_.rooms.resume(now, resume, this); }},
                 intent_);
  // Descriptions and attributes of the request are of no further use, and a session may last for hours.
  intent_ = room::JoinParams{};
  if (entered) {
    handle_ = *entered;
  } else {
    entered_ = false;
    refuse(entered.error());
  }
}

void Session::refuse(const Error& error) {
  ++context_.stats.joins_refused;
  log::info("signal", "join refused", {{"code", error.code}, {"error", error.message}});
  if (closing_) return;  // a resume has said goodbye already
  on_event(room::LeaveEvent{room::DisconnectReason::kJoinFailure, room::LeaveAction::kDisconnect});
  close_socket(http::close_code::kNormal, error.message);
}

void Session::on_message(std::string_view payload, bool text) {
  if (closing_ || socket_ == nullptr) return;
  const TimePoint received = context_.clock();
  text_ = text;
  ++context_.stats.requests;
  pb::SignalRequest request;
  if (!decode(payload, request)) {
    ++context_.stats.requests_undecodable;
    if (++undecodable_ >= context_.config.max_undecodable) {
      close_socket(http::close_code::kBadPayload, "these frames are no SignalRequests");
    }
    return;
  }
  if (!bucket_.take(received)) {
    refuse_over_limit(request);
    return;
  }
  handle(received, request);
  context_.stats.request_latency.record(context_.clock() - received);
}

bool Session::decode(std::string_view payload, pb::SignalRequest& out) const {
  if (!text_) return out.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  return google::protobuf::util::JsonStringToMessage({payload.data(), payload.size()}, &out, options).ok();
}

void Session::handle(TimePoint now, const pb::SignalRequest& request) {
  if (answer_here(now, request)) return;
  const auto for_room = to_request(request);
  if (!for_room || !entered_) return;
  context_.rooms.handle_request(now, handle_, *for_room);
  context_.rooms_touched();
}

// What needs no room.
bool Session::answer_here(TimePoint now, const pb::SignalRequest& request) {
  pb::SignalResponse response;
  switch (request.message_case()) {
    case pb::SignalRequest::kPing:
      response.set_pong(unix_millis(now));
      break;
    case pb::SignalRequest::kPingReq:
      response.mutable_pong_resp()->set_last_ping_timestamp(request.ping_req().timestamp());
      response.mutable_pong_resp()->set_timestamp(unix_millis(now));
      break;
    case pb::SignalRequest::kPublishDataTrackRequest:
      response.mutable_request_response()->set_reason(pb::RequestResponse::NOT_ALLOWED);
      response.mutable_request_response()->set_message("this server carries no data tracks");
      *response.mutable_request_response()->mutable_publish_data_track() = request.publish_data_track_request();
      break;
    case pb::SignalRequest::kUnpublishDataTrackRequest:
      response.mutable_request_response()->set_reason(pb::RequestResponse::NOT_FOUND);
      response.mutable_request_response()->set_message("there is no such data track");
      *response.mutable_request_response()->mutable_unpublish_data_track() = request.unpublish_data_track_request();
      break;
    default:
      return false;
  }
  send(response);
  return true;
}

void Session::refuse_over_limit(const pb::SignalRequest& request) {
  ++context_.stats.requests_rate_limited;
  if (++over_limit_ >= kMaxOverLimit) {
    close_socket(http::close_code::kPolicy, "too many requests");
    return;
  }
  pb::SignalResponse response;
  pb::RequestResponse& refusal = *response.mutable_request_response();
  refusal.set_reason(pb::RequestResponse::LIMIT_EXCEEDED);
  refusal.set_message("too many requests; send fewer in a second");
  if (request.has_update_metadata()) refusal.set_request_id(request.update_metadata().request_id());
  send(response);
}

void Session::on_event(const room::SignalEvent& event) {
  if (closing_) return;
  if (const auto* update = std::get_if<room::UpdateEvent>(&event)) {
    send_update(*update);
  } else if (const auto* refresh = std::get_if<room::RefreshTokenEvent>(&event)) {
    send_refreshed_token(*refresh);
  } else {
    send(to_response(event, context_.config.server));
  }
}

void Session::send(const pb::SignalResponse& response) {
  if (socket_ == nullptr) return;
  ++context_.stats.responses;
  std::string bytes;
  if (text_) {
    if (!google::protobuf::util::MessageToJsonString(response, &bytes).ok()) return;
    socket_->send_text(std::move(bytes));
  } else {
    response.SerializeToString(&bytes);
    socket_->send_binary(std::move(bytes));
  }
}

void Session::send_update(const room::UpdateEvent& event) {
  if (text_ || socket_ == nullptr) {
    send(to_response(event, context_.config.server));
    return;
  }
  UpdateCache& cache = context_.update_cache;
  if (cache.payload == nullptr || cache.participants != event.participants) {
    std::string bytes;
    to_response(event, context_.config.server).SerializeToString(&bytes);
    cache = {event.participants, std::make_shared<const std::string>(std::move(bytes))};
  }
  ++context_.stats.responses;
  socket_->send(cache.payload, false);
}

void Session::send_refreshed_token(const room::RefreshTokenEvent& event) {
  const std::string* secret = context_.keys.secret_of(event.grants.api_key);
  if (secret == nullptr) return;
  pb::SignalResponse response;
  response.set_refresh_token(auth::sign_token(claims_from(event.grants, event.room, context_.clock()), *secret));
  send(response);
}

void Session::close() {
  entered_ = false;
  close_socket(http::close_code::kNormal, "");
}

void Session::close_socket(std::uint16_t code, std::string_view reason) {
  if (closing_) return;
  closing_ = true;
  if (socket_ != nullptr) socket_->close(code, reason);
}

void Session::on_closed(std::uint16_t code, std::string_view reason) {
  log::debug("signal", "socket closed", {{"code", code}, {"reason", reason}});
  --context_.stats.sessions_open;
  closing_ = true;
  socket_ = nullptr;
  if (!std::exchange(entered_, false)) return;
  context_.rooms.signal_lost(context_.clock(), handle_);
  context_.rooms_touched();
}

}  // namespace parley::signal::livekit
