// What the control plane counts, gathered for /metrics.
#pragma once

#include <cstddef>
#include <cstdint>

#include "calls/service.h"
#include "files/service.h"
#include "files/uploads.h"
#include "hooks/service.h"
#include "hub/hub.h"
#include "store/database.h"
#include "unfurl/service.h"
#include "work/histogram.h"
#include "work/pool.h"

namespace parley::metrics {

// Sockets of Socket.IO and of JSON frames, counted by the signalling module.
struct SocketSnapshot {
  std::size_t socketio = 0;  // now
  std::size_t json = 0;      // now
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t events = 0;  // from clients
  std::uint64_t errors = 0;  // events answered with an error
};

struct WorkplaceSnapshot {
  store::Stats database;
  hub::Stats hub;
  work::LatencyHistogram fanout;  // of messages
  calls::Service::Stats calls;
  files::Service::Stats files;
  files::Uploads::Stats uploads;
  hooks::Stats hooks;
  unfurl::Stats unfurl;
  work::Pool::Stats hash_pool;
  work::Pool::Stats disk_pool;
  SocketSnapshot sockets;
};

}  // namespace parley::metrics
