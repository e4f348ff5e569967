// The text that GET /metrics answers: every module's plain stats structs as Prometheus families.
#pragma once

#include <string>
#include <vector>

#include "http/stats.h"
#include "metrics/workplace.h"
#include "room/manager.h"
#include "shard/stats.h"

namespace parley::metrics {

// Requests of signalling sessions, counted by the signalling module.
struct SignalSnapshot {
  std::uint64_t requests = 0;
  std::uint64_t undecodable = 0;
  std::uint64_t rate_limited = 0;
  std::size_t sessions = 0;
  http::LatencyHistogram latency;  // from a request's receipt to the end of its handling
};

struct Snapshot {
  std::vector<shard::ShardStats> shards;
  room::Stats rooms;
  http::Stats http;
  SignalSnapshot signal;
  WorkplaceSnapshot workplace;
  bool draining = false;
};

// Prometheus text format 0.0.4.
std::string exposition(const Snapshot& snapshot);
inline constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace parley::metrics
