// The same events as plain JSON text frames, for clients without a Socket.IO library.
//
//   client: {"event": "send-message", "data": {…}, "id": 7}        "id" (a number or a short string) asks for an answer
//   server: {"id": 7, "ok": true, "data": {…}}  |  {"id": 7, "ok": false, "error": {…}}
//           {"event": "new-message", "data": {…}}
//
// Who the client is stands in the query (access_token), in the Authorization header, or in the first frame:
// {"event": "auth", "data": {"token": …}}. The server says {"event": "connected", "data": {"sid": …}}, or
// {"event": "connect-error", "data": {"code", "message"}} and closes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "http/router.h"
#include "signal/socketio/client.h"

namespace parley::signal::socketio {

struct JsonServerConfig {
  Duration auth_timeout = 10s;  // until the first frame
  std::size_t max_frame = 1'000'000;
  std::size_t max_depth = 32;
  std::size_t max_sessions = 20'000;
};

struct JsonStats {
  std::size_t sessions_open = 0;
  std::uint64_t sessions_opened = 0;
};

class JsonServer {
 public:
  // random outlives it. On executor's thread alone.
  JsonServer(boost::asio::any_io_executor executor, JsonServerConfig config, RandomSource& random, Connector connector);
  ~JsonServer();
  JsonServer(const JsonServer&) = delete;
  JsonServer& operator=(const JsonServer&) = delete;

  void mount(http::Router& router, std::string_view path);
  [[nodiscard]] const JsonStats& stats() const;

  struct Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

// One frame of a client. Error "malformed": no JSON object, no "event", or an "id" of another kind.
[[nodiscard]] Result<IncomingEvent, Error> read_json_frame(std::string_view text, std::size_t max_depth);

}  // namespace parley::signal::socketio
