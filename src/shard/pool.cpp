#include "shard/pool.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "shard/shard.h"

namespace parley::shard {
namespace {

Error port_error(const Error& cause, const std::string& key) { return {cause.code, key + ": " + cause.message, key}; }

}  // namespace

struct Pool::Impl {
  explicit Impl(std::function<void()> on_events) : events(std::move(on_events)) {}
  // Shards post to each other: all threads end before the first of them is destroyed.
  ~Impl() {
    for (const auto& shard : shards) shard->stop();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Mailbox<room::MediaEvent> events;
  std::vector<std::unique_ptr<Shard>> shards;
  std::vector<std::size_t> load;  // transports placed on each shard
};

Result<std::unique_ptr<Pool>, Error> Pool::start(const Config& config, std::function<void()> on_events) {
  auto impl = std::make_unique<Impl>(std::move(on_events));
  for (room::ShardIndex i = 0; i < config.shards; ++i) {
    Address local = config.bind;
    local.port = config.bind.port == 0 ? 0 : static_cast<std::uint16_t>(config.bind.port + i);
    auto socket = net::UdpSocket::bind(local);
    if (!socket) return port_error(socket.error(), "rtc.udp_port");
    impl->shards.push_back(std::make_unique<Shard>(config, i, std::move(*socket), impl->events));
  }
  for (const auto& shard : impl->shards) shard->connect(impl->shards);
  if (config.tcp_port != 0) {
    Address local = config.bind;
    local.port = config.tcp_port;
    local.protocol = Protocol::kTcp;
    net::TcpLimits limits;
    limits.max_connections = config.max_tcp_connections;
    limits.max_per_ip = config.max_tcp_connections_per_ip;
    const auto listening = impl->shards.front()->listen_tcp(local, limits);
    if (!listening) return port_error(listening.error(), "rtc.tcp_port");
  }
  impl->load.assign(config.shards, 0);
  for (const auto& shard : impl->shards) shard->start();
  return std::unique_ptr<Pool>(new Pool(std::move(impl)));
}

Pool::Pool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pool::~Pool() = default;

room::ShardIndex Pool::shard_count() const { return static_cast<room::ShardIndex>(impl_->shards.size()); }

room::ShardIndex Pool::place() {
  const auto least = std::min_element(impl_->load.begin(), impl_->load.end());
  return static_cast<room::ShardIndex>(least - impl_->load.begin());
}

void Pool::submit(room::ShardIndex shard, room::MediaCommand command) {
  if (std::holds_alternative<room::CreateTransport>(command)) ++impl_->load[shard];
  if (std::holds_alternative<room::CloseTransport>(command) && impl_->load[shard] > 0) --impl_->load[shard];
  impl_->shards[shard]->submit(std::move(command));
}

void Pool::take_events(std::vector<room::MediaEvent>& into) { impl_->events.take(into); }

std::vector<ShardStats> Pool::stats() const {
  std::vector<ShardStats> out;
  out.reserve(impl_->shards.size());
  for (const auto& shard : impl_->shards) out.push_back(shard->stats());
  return out;
}

}  // namespace parley::shard
