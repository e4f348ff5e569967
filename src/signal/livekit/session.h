// One LiveKit signalling connection: frames in → room requests, room events → frames out.
//
//   WebSocket ── SignalRequest ──▶ Session ── room::Request ──▶ room::Manager
//             ◀── SignalResponse ──        ◀── room::SignalEvent ──
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "http/token_bucket.h"
#include "http/websocket.h"
#include "room/events.h"
#include "room/manager.h"
#include "signal/livekit/context.h"
#include "signal/livekit/join_query.h"

namespace parley::signal::livekit {

class Session final : public http::WebSocketHandler, public room::SignalSink {
 public:
  // intent has passed the checks of the endpoint; the room is entered when the socket is open.
  Session(Context& context, Intent intent);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  // Without on_closed only when the loop itself goes: the room is told then, too.
  ~Session() override;

  void on_open(std::shared_ptr<http::WebSocketSession> socket) override;
  void on_message(std::string_view payload, bool text) override;
  void on_closed(std::uint16_t code, std::string_view reason) override;

  void on_event(const room::SignalEvent& event) override;
  void close() override;

 private:
  void enter(TimePoint now);
  void refuse(const Error& error);
  [[nodiscard]] bool decode(std::string_view payload, pb::SignalRequest& out) const;
  void handle(TimePoint now, const pb::SignalRequest& request);
  [[nodiscard]] bool answer_here(TimePoint now, const pb::SignalRequest& request);
  void refuse_over_limit(const pb::SignalRequest& request);
  void send(const pb::SignalResponse& response);
  void send_update(const room::UpdateEvent& event);
  void send_refreshed_token(const room::RefreshTokenEvent& event);
  void close_socket(std::uint16_t code, std::string_view reason);

  Context& context_;
  Intent intent_;
  std::shared_ptr<http::WebSocketSession> socket_;  // null once closed
  room::ParticipantHandle handle_;
  http::TokenBucket bucket_;
  std::uint32_t undecodable_ = 0;
  std::uint32_t over_limit_ = 0;
  bool entered_ = false;  // the room holds us as its sink
  bool closing_ = false;
  bool text_ = false;  // frames go out as the client's last one came in
};

}  // namespace parley::signal::livekit
