#include "loopback/call.h"

#include <fcntl.h>

#include <stdexcept>

#include "ice/lite_agent.h"
#include "net/clock.h"
#include "net/sockaddr.h"
#include "rtp/packet_view.h"
#include "srtp/session.h"

namespace parley::test {
namespace {

constexpr RoomId kRoom{1};
constexpr std::size_t kClientSlab = 128U << 10U;
constexpr int kPortAttempts = 20;
constexpr Duration kLookAgain = 50ms;

std::shared_ptr<const dtls::Certificate> shared_client_certificate() {
  static const auto kCertificate = *dtls::Certificate::generate();
  return kCertificate;
}

forward::LayerTarget up_to(std::uint8_t layer) { return {true, layer, 3}; }

}  // namespace

std::shared_ptr<const dtls::Certificate> server_certificate() {
  static const auto kCertificate = *dtls::Certificate::generate();
  return kCertificate;
}

FreePorts find_free_ports(room::ShardIndex shards) {
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    std::vector<net::UdpSocket> held;
    Address local = *Address::parse("::", 0);
    auto first = net::UdpSocket::bind(local);
    if (!first) continue;
    const std::uint16_t base = first->local_address().port;
    held.push_back(std::move(*first));
    for (room::ShardIndex i = 1; i < shards; ++i) {
      local.port = static_cast<std::uint16_t>(base + i);
      if (auto next = net::UdpSocket::bind(local)) held.push_back(std::move(*next));
    }
    if (held.size() != shards) continue;
    local.port = 0;
    local.protocol = Protocol::kTcp;
    const auto tcp = net::open_bound_socket(local);
    if (tcp) return {base, net::local_address_of(tcp->fd.get(), Protocol::kTcp).port};
  }
  throw std::runtime_error("no free ports");
}

// ---- client ----

LoopbackClient::LoopbackClient(LoopbackCall& call, TransportId id, room::ShardIndex shard, Way way,
                               std::vector<std::string> channels)
    : call_(call),
      id_(id),
      shard_(shard),
      server_(call.server_address(shard, way)),
      transport_(
          call.now_,
          {shared_client_certificate(), {}, std::move(channels), [waker = call.loop_.waker()] { waker->wake(); }},
          call.random_),
      next_report_(call.now_ + 1s) {
  const ice::Credentials local = ice::make_credentials(call.random_, shard);
  call.pool().submit(shard, room::CreateTransport{id, kRoom, local, false});
  call.pool().submit(
      shard, room::SetRemote{id, local, transport_.credentials(), transport_.fingerprint(), dtls::Role::kServer});
  if (way == Way::kTcp) {
    open_tcp(server_);
  } else {
    open_udp(*Address::parse(way == Way::kUdp4 ? "127.0.0.1" : "::1", 0));
  }
  transport_.connect(call.now_, {local, {server_}, server_certificate()->fingerprint()});
  flush();
}

LoopbackClient::~LoopbackClient() { die(); }

void LoopbackClient::open_udp(const Address& local) {
  auto socket = net::UdpSocket::bind(local);
  if (!socket) throw std::runtime_error(socket.error().message);
  udp_.emplace(std::move(*socket));
  batch_.emplace(*udp_, call_.drops_, kClientSlab);
  const auto added = call_.loop_.add(udp_->fd(), EPOLLIN, [this](TimePoint now, std::uint32_t /*events*/) {
    udp_->receive_batch(call_.packets_, call_.drops_,
                        [&](PacketRef packet, const Address& from) { receive(now, from, packet.mutable_bytes()); });
    flush();
  });
  if (!added) throw std::runtime_error(added.error().message);
}

void LoopbackClient::open_tcp(const Address& server) {
  net::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  net::SockAddr to{};
  const socklen_t size = net::to_sockaddr(server, AF_INET, to);
  if (::connect(fd.get(), &to.sa, size) != 0) throw std::runtime_error("cannot connect to " + server.text());
  ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
  net::TcpConnection::Handlers handlers;
  handlers.on_packet = [this, server](TimePoint now, ByteView packet) {
    std::vector<std::uint8_t> bytes(packet.begin(), packet.end());
    receive(now, server, bytes);
    flush();
  };
  tcp_ = std::make_unique<net::TcpConnection>(call_.loop_, net::TcpHandover{std::move(fd), server, {}, {}}, call_.now_,
                                              60s, std::move(handlers));
}

void LoopbackClient::publish(const VideoPlan& plan, FeedId feed) {
  source_.emplace(call_.now_, plan, id_.value);
  call_.pool().submit(shard_, room::AddIncoming{id_, feed, incoming_config(plan)});
}

VideoReceiver& LoopbackClient::subscribe(FeedId feed, room::ShardIndex feed_shard, std::uint8_t layer) {
  ReceiverPlan plan;
  plan.ssrc = Ssrc{call_.random_.u32()};
  plan.rtx_ssrc = Ssrc{call_.random_.u32()};
  plans_[feed] = plan;
  forward::OutgoingConfig config = outgoing_config(plan);
  config.target = up_to(layer);
  call_.pool().submit(shard_, room::AddOutgoing{id_, feed, feed_shard, std::move(config)});
  return receivers_.try_emplace(feed, call_.now_, plan).first->second;
}

void LoopbackClient::set_target(FeedId feed, std::uint8_t layer) {
  call_.pool().submit(shard_, room::UpdateOutgoing{id_, feed, up_to(layer)});
}

void LoopbackClient::die() {
  if (udp_) call_.loop_.remove(udp_->fd());
  batch_.reset();
  udp_.reset();
  tcp_.reset();
}

void LoopbackClient::receive(TimePoint now, const Address& from, ByteSpan bytes) {
  transport_.handle_datagram(now, from, bytes);
  while (auto packet = transport_.poll_packet()) dispatch(now, *packet);
}

void LoopbackClient::dispatch(TimePoint now, const ClientTransport::Packet& packet) {
  if (packet.rtcp) {
    if (!source_) return;
    for (const auto& answer : source_->handle_rtcp(packet.bytes)) transport_.send_rtp(answer);
    return;
  }
  const auto view = rtp::PacketView::parse(packet.bytes);
  for (auto& [feed, receiver] : receivers_) {
    const ReceiverPlan& plan = plans_.at(feed);
    if (view && (view->ssrc == plan.ssrc || view->ssrc == plan.rtx_ssrc)) receiver.handle_rtp(now, packet.bytes);
  }
}

void LoopbackClient::handle_timeout(TimePoint now) {
  if (!alive()) return;
  transport_.collect();
  transport_.handle_timeout(now);
  if (source_ && transport_.connected()) {
    for (const auto& packet : source_->poll(now)) transport_.send_rtp(packet);
    if (now >= next_report_) {
      transport_.send_rtcp(source_->sender_reports(now));
      next_report_ = now + 1s;
    }
  }
  for (auto& [feed, receiver] : receivers_) {
    for (const auto& datagram : receiver.poll_rtcp(now)) transport_.send_rtcp(datagram);
  }
  flush();
}

TimePoint LoopbackClient::deadline() const {
  if (!alive()) return kNever;
  TimePoint when = transport_.deadline();
  if (source_ && transport_.connected()) when = soonest(when, soonest(source_->deadline(), next_report_));
  for (const auto& [feed, receiver] : receivers_) when = soonest(when, receiver.deadline());
  return when;
}

void LoopbackClient::flush() {
  while (auto transmit = transport_.poll_transmit()) {
    if (batch_) batch_->append(transmit->bytes, transmit->to);
    if (tcp_) (void)tcp_->send(transmit->bytes);
  }
  if (batch_) batch_->flush();
}

// ---- call ----

LoopbackCall::LoopbackCall(room::ShardIndex shards, bool tcp) : now_(net::now()) {
  (void)srtp::initialise();
  config_.shards = shards;
  config_.certificate = server_certificate();
  // Somebody else can take a port between looking and binding: then other ports are as good.
  for (int attempt = 0; !pool_; ++attempt) {
    const FreePorts ports = find_free_ports(shards);
    config_.bind = *Address::parse("::", ports.udp);
    config_.tcp_port = tcp ? ports.tcp : std::uint16_t{0};
    auto started = shard::Pool::start(config_, [waker = loop_.waker()] { waker->wake(); });
    if (started) {
      pool_ = std::move(*started);
    } else if (attempt == kPortAttempts) {
      throw std::runtime_error(started.error().message);
    }
  }
}

LoopbackCall::~LoopbackCall() = default;

Address LoopbackCall::server_address(room::ShardIndex shard, Way way) const {
  Address out =
      *Address::parse(way == Way::kUdp6 ? "::1" : "127.0.0.1", static_cast<std::uint16_t>(config_.bind.port + shard));
  if (way == Way::kTcp) {
    out.port = config_.tcp_port;
    out.protocol = Protocol::kTcp;
  }
  return out;
}

LoopbackClient& LoopbackCall::add_client(room::ShardIndex shard, Way way, std::vector<std::string> channels) {
  now_ = net::now();
  clients_.push_back(
      std::make_unique<LoopbackClient>(*this, TransportId{++last_transport_}, shard, way, std::move(channels)));
  return *clients_.back();
}

void LoopbackCall::turn(TimePoint end) {
  // Statistics come without an event: whoever waits for them looks again this often.
  TimePoint when = soonest(end, now_ + kLookAgain);
  for (const auto& client : clients_) when = soonest(when, client->deadline());
  now_ = loop_.turn(when);
  for (const auto& client : clients_) client->handle_timeout(now_);
  if (!pool_) return;
  pool_->take_events(fresh_);
  for (room::MediaEvent& event : fresh_) events_.push_back(std::move(event));
}

bool LoopbackCall::run_until(const std::function<bool()>& condition, Duration limit) {
  now_ = net::now();
  const TimePoint end = now_ + limit;
  while (!condition()) {
    if (now_ >= end) return false;
    turn(end);
  }
  return true;
}

bool LoopbackCall::connect_all(Duration limit) {
  return run_until(
      [this] {
        for (const auto& client : clients_) {
          if (!client->transport().connected()) return false;
        }
        return true;
      },
      limit);
}

}  // namespace parley::test
