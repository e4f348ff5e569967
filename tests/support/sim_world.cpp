#include "support/sim_world.h"

#include <algorithm>
#include <cstring>

#include "sctp/association.h"

namespace parley::test {
namespace {

// Certificates cost milliseconds to make: one for each side serves all tests of a process.
std::shared_ptr<const dtls::Certificate> server_certificate() {
  static const auto kCertificate = *dtls::Certificate::generate();
  return kCertificate;
}

std::shared_ptr<const dtls::Certificate> shared_client_certificate() {
  static const auto kCertificate = *dtls::Certificate::generate();
  return kCertificate;
}

// 2026-01-01, so that NTP times look real.
constexpr TimePoint kStart{Duration{1'767'225'600'000'000}};
constexpr RoomId kRoom{1};

}  // namespace

// ---- client ----

SimClient::SimClient(SimWorld& world, TransportId id, room::ShardIndex shard, Address address,
                     std::vector<std::string> channels)
    : world_(world),
      id_(id),
      shard_(shard),
      address_(address),
      server_credentials_(ice::make_credentials(world.random(), shard)),
      transport_(world.now(), {world.client_certificate(), {}, std::move(channels), {}}, world.random()),
      next_report_(world.now() + 1s) {
  move_to(address_);
}

void SimClient::start() {
  transport_.connect(world_.now(), server());
  flush(world_.now());
}

ClientRemote SimClient::server() const {
  return {server_credentials_, {world_.shard_address(shard_)}, world_.fingerprint()};
}

void SimClient::publish(const VideoPlan& plan, FeedId feed) {
  source_.emplace(world_.now(), plan, id_.value);
  world_.submit(shard_, room::AddIncoming{id_, feed, incoming_config(plan)});
}

VideoReceiver& SimClient::subscribe(FeedId feed, room::ShardIndex feed_shard, const forward::LayerTarget& target,
                                    bool nack, codec::Codec codec, Duration hold) {
  ReceiverPlan plan;
  plan.codec = codec;
  plan.ssrc = Ssrc{world_.random().u32()};
  plan.rtx_ssrc = Ssrc{world_.random().u32()};
  plan.nack = nack;
  plans_[feed] = plan;
  forward::OutgoingConfig config = outgoing_config(plan);
  config.target = target;
  world_.submit(shard_, room::AddOutgoing{id_, feed, feed_shard, std::move(config), hold});
  return receivers_.try_emplace(feed, world_.now(), plan).first->second;
}

void SimClient::set_target(FeedId feed, const forward::LayerTarget& target) {
  world_.submit(shard_, room::UpdateOutgoing{id_, feed, target});
}

void SimClient::move_to(const Address& address) {
  SimNetwork& network = world_.network();
  network.detach(address_);
  address_ = address;
  network.attach(address_, [this](TimePoint now, const Address& from, std::vector<std::uint8_t> bytes) {
    handle_datagram(now, from, std::move(bytes));
  });
}

void SimClient::restart_ice() {
  server_credentials_ = ice::make_credentials(world_.random(), shard_);
  transport_.restart(world_.now());
  world_.submit(shard_, room::SetRemote{id_, server_credentials_, transport_.credentials(), transport_.fingerprint(),
                                        dtls::Role::kServer});
  transport_.connect_restarted(world_.now(), server());
  flush(world_.now());
}

void SimClient::handle_datagram(TimePoint now, const Address& from, std::vector<std::uint8_t> bytes) {
  transport_.handle_datagram(now, from, bytes);
  while (auto packet = transport_.poll_packet()) dispatch(now, *packet);
  while (auto data = transport_.poll_data()) data_.push_back(std::move(*data));
  flush(now);
}

void SimClient::dispatch(TimePoint now, const ClientTransport::Packet& packet) {
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

void SimClient::handle_timeout(TimePoint now) {
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
  flush(now);
}

TimePoint SimClient::deadline() const {
  TimePoint when = transport_.deadline();
  if (source_ && transport_.connected()) when = soonest(when, soonest(source_->deadline(), next_report_));
  for (const auto& [feed, receiver] : receivers_) when = soonest(when, receiver.deadline());
  return when;
}

void SimClient::flush(TimePoint now) {
  while (auto transmit = transport_.poll_transmit()) {
    if (!silent_) world_.network().send(now, address_, transmit->to, std::move(transmit->bytes));
  }
}

// ---- world ----

struct SimWorld::Shard final : room::PacketSink {
  Shard(SimWorld& w, room::ShardIndex i) : world(w), address(w.shard_address(i)) {
    room::MediaShardConfig config;
    config.index = i;
    config.certificate = server_certificate();
    config.rates = w.rates_;
    room::FeedLink& link = world;
    media = std::make_unique<room::MediaShard>(config, world.random_, *this, link);
  }
  ByteSpan reserve() override { return slot; }
  void commit(std::size_t size, const Address& to) override {
    world.network_.send(world.now_, address, to, {slot.begin(), slot.begin() + static_cast<long>(size)});
  }

  SimWorld& world;
  Address address;
  std::array<std::uint8_t, kMaxPacketSize + 160> slot{};
  std::unique_ptr<room::MediaShard> media;
};

SimWorld::SimWorld(std::uint64_t seed, room::ShardIndex shards, room::PeerRates rates)
    : rates_(rates), network_(seed), random_(seed + 1), now_(kStart), next_sctp_(kStart) {
  (void)srtp::initialise();
  for (room::ShardIndex i = 0; i < shards; ++i) {
    shards_.push_back(std::make_unique<Shard>(*this, i));
    network_.attach(shard_address(i), [this, i](TimePoint now, const Address& from, std::vector<std::uint8_t> bytes) {
      running_ = i;
      PacketRef packet = shards_[i]->media->pool().copy_of(bytes);
      if (packet) shards_[i]->media->handle_datagram(now, from, std::move(packet));
    });
  }
}

SimWorld::~SimWorld() = default;

room::MediaShard& SimWorld::shard(room::ShardIndex index) { return *shards_[index]->media; }

Address SimWorld::shard_address(room::ShardIndex index) const {
  return Address::v4(10, 0, 0, 1, static_cast<std::uint16_t>(7882 + index));
}

const dtls::Fingerprint& SimWorld::fingerprint() const { return server_certificate()->fingerprint(); }

std::shared_ptr<const dtls::Certificate> SimWorld::client_certificate() const { return shared_client_certificate(); }

SimClient& SimWorld::add_client(room::ShardIndex shard, std::vector<std::string> channels, bool server_channels) {
  SimClient& client = add_idle_client(shard, std::move(channels), server_channels);
  client.start();
  return client;
}

SimClient& SimWorld::add_idle_client(room::ShardIndex shard, std::vector<std::string> channels, bool server_channels) {
  const TransportId id{++last_transport_};
  const auto n = static_cast<std::uint8_t>(id.value);
  clients_.push_back(
      std::make_unique<SimClient>(*this, id, shard, Address::v4(10, 1, 0, n, 5000), std::move(channels)));
  SimClient& client = *clients_.back();
  const ice::Credentials local = client.server_credentials();
  submit(shard, room::CreateTransport{id, kRoom, local, server_channels});
  submit(shard, room::SetRemote{id, local, client.transport().credentials(), client.transport().fingerprint(),
                                dtls::Role::kServer});
  return client;
}

void SimWorld::submit(room::ShardIndex shard, room::MediaCommand command) {
  running_ = shard;
  shards_[shard]->media->handle_command(now_, std::move(command));
  settle();
}

Result<void> SimWorld::send_packet(room::ShardIndex to, FeedId feed, const forward::FeedPacket& packet) {
  forward::FeedPacket head = packet;
  const ByteView bytes = packet.packet.bytes();
  head.packet.reset();
  link_packets_.push_back({to, feed, std::move(head), {bytes.begin(), bytes.end()}});
  return {};
}

void SimWorld::send(room::ShardIndex to, room::LinkMessage message) {
  link_notes_.push_back({running_, to, std::move(message)});
}

bool SimWorld::deliver_links() {
  if (link_packets_.empty() && link_notes_.empty()) return false;
  for (LinkNote& note : std::exchange(link_notes_, {})) {
    running_ = note.to;
    shards_[note.to]->media->handle_link_message(now_, note.from, note.message);
  }
  for (LinkPacket& packet : std::exchange(link_packets_, {})) {
    running_ = packet.to;
    packet.head.packet = shards_[packet.to]->media->pool().copy_of(packet.bytes);
    if (packet.head.packet) shards_[packet.to]->media->handle_link_packet(now_, packet.feed, packet.head);
  }
  return true;
}

// Everything that happens at this instant, until nothing more does.
void SimWorld::settle() {
  while (deliver_links()) {
  }
  for (const auto& shard : shards_) {
    while (auto event = shard->media->poll_event()) events_.push_back(std::move(*event));
  }
}

TimePoint SimWorld::next_deadline() const {
  TimePoint when = soonest(network_.next(), next_sctp_);
  for (const auto& shard : shards_) when = soonest(when, shard->media->deadline());
  for (const auto& client : clients_) when = soonest(when, client->deadline());
  return when;
}

bool SimWorld::run_until(const std::function<bool()>& condition, Duration limit) {
  const TimePoint end = now_ + limit;
  while (!condition()) {
    const TimePoint next = next_deadline();
    if (next > end) {
      now_ = end;
      return condition();
    }
    now_ = std::max(now_, next);
    while (network_.deliver_one(now_)) settle();
    if (now_ >= next_sctp_) {
      sctp::Stack::handle_timers(now_);
      next_sctp_ = now_ + sctp::Stack::kTimerInterval;
      for (std::uint64_t id = 1; id <= last_transport_; ++id) {
        for (room::ShardIndex i = 0; i < shards_.size(); ++i) {
          running_ = i;
          shards_[i]->media->collect(now_, TransportId{id});
        }
      }
      for (const auto& client : clients_) client->transport().collect();
    }
    for (room::ShardIndex i = 0; i < shards_.size(); ++i) {
      running_ = i;
      if (shards_[i]->media->deadline() <= now_) shards_[i]->media->handle_timeout(now_);
    }
    settle();
    for (const auto& client : clients_) client->handle_timeout(now_);
  }
  return true;
}

void SimWorld::run_for(Duration duration) {
  (void)run_until([] { return false; }, duration);
}

}  // namespace parley::test
