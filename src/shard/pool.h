// All shards of the process: threads, sockets and mailboxes around room::MediaShard.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/result.h"
#include "dtls/transport.h"
#include "room/media_api.h"
#include "room/media_shard.h"
#include "shard/stats.h"

namespace parley::shard {

struct Config {
  room::ShardIndex shards = 1;
  Address bind;                // "::" for all; port: shard i takes port + i
  std::uint16_t tcp_port = 0;  // one for all shards; 0: no ICE-TCP
  std::uint32_t max_tcp_connections = 2'000;
  std::uint32_t max_tcp_connections_per_ip = 100;
  std::shared_ptr<const dtls::Certificate> certificate;
  std::size_t max_packets_per_shard = 65'536;
  Duration consent_timeout = 15s;
  Duration establish_timeout = 20s;
  std::size_t max_data_message = 256U << 10U;  // bytes
  std::size_t max_data_buffer = 4U << 20U;     // bytes
  room::PeerRates rates;
};

class Pool final : public room::MediaPlane {
 public:
  // Binds every port and starts the threads. on_events: called from shards' threads when take_events has something new;
  // must only wake the control thread. Errors name the port and the configuration key.
  static Result<std::unique_ptr<Pool>, Error> start(const Config& config, std::function<void()> on_events);
  ~Pool() override;  // stops and joins

  // ---- control thread ----
  [[nodiscard]] room::ShardIndex shard_count() const override;
  [[nodiscard]] room::ShardIndex place() override;
  void submit(room::ShardIndex shard, room::MediaCommand command) override;
  void take_events(std::vector<room::MediaEvent>& into);

  // A copy of each shard's last published statistics. Any thread.
  [[nodiscard]] std::vector<ShardStats> stats() const;

 private:
  struct Impl;
  explicit Pool(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::shard
