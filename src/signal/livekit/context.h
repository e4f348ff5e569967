// What all signalling sessions and endpoints of the process share.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "auth/access_token.h"
#include "base/time.h"
#include "http/stats.h"
#include "http/token_bucket.h"
#include "http/websocket.h"
#include "room/manager.h"
#include "signal/livekit/convert.h"

namespace parley::signal::livekit {

struct Config {
  ServerIdentity server;
  http::Rate requests{100, 500};  // of one session
  // After so many frames that are no SignalRequest the session is closed: the client speaks something else.
  std::uint32_t max_undecodable = 5;
  // /rtc/v1, one connection for both directions. Off: clients are told 404 and fall back to /rtc.
  bool single_connection = true;
  bool dev = false;        // GET /api/dev/token
  std::string public_url;  // named by it: "ws://host:port"; empty: left to the page
};

struct Stats {
  std::size_t sessions_open = 0;
  std::uint64_t sessions_opened = 0;
  std::uint64_t joins_refused = 0;  // by token, limits or room
  std::uint64_t requests = 0;
  std::uint64_t requests_undecodable = 0;
  std::uint64_t requests_rate_limited = 0;
  std::uint64_t responses = 0;
  std::uint64_t api_calls = 0;
  std::uint64_t api_errors = 0;
  http::LatencyHistogram request_latency;  // frame received → its replies queued
};

// The same update goes to everybody in a room; it is encoded once.
struct UpdateCache {
  std::vector<room::ParticipantInfoRef> participants;
  http::WebSocketSession::Payload payload;
};

// Everything referred to must outlive the sessions, and so the io_context's last run.
struct Context {
  room::Manager& rooms;
  const auth::KeyTable& keys;
  Config config;
  std::function<TimePoint()> clock;  // required
  // Called after whatever may have changed the rooms' deadline: the application sets its timer anew.
  std::function<void()> rooms_touched = [] {};
  Stats stats{};
  UpdateCache update_cache{};
};

}  // namespace parley::signal::livekit
