#include "support/client_transport.h"

#include "peer/demux.h"

namespace parley::test {
namespace {

ice::Credentials client_credentials(RandomSource& random) { return {random.token(8), random.token(24)}; }

srtp::Profile profile_of(dtls::SrtpProfile profile) {
  if (profile == dtls::SrtpProfile::kAes128CmHmacSha1_80) return srtp::Profile::kAes128CmHmacSha1_80;
  if (profile == dtls::SrtpProfile::kAeadAes256Gcm) return srtp::Profile::kAeadAes256Gcm;
  return srtp::Profile::kAeadAes128Gcm;
}

}  // namespace

ClientTransport::ClientTransport(TimePoint now, ClientConfig config, RandomSource& random)
    : config_(std::move(config)),
      random_(random),
      ice_(now, client_credentials(random), random, config_.ice),
      dtls_(config_.certificate, dtls::Role::kClient) {}

ClientTransport::~ClientTransport() = default;

void ClientTransport::connect(TimePoint now, const ClientRemote& server) {
  dtls_.set_remote_fingerprint(server.fingerprint);
  connect_restarted(now, server);
}

void ClientTransport::restart(TimePoint now) { ice_.restart(now, client_credentials(random_)); }

void ClientTransport::connect_restarted(TimePoint now, const ClientRemote& server) {
  ice_.set_remote(now, server.credentials);
  std::uint32_t priority = 2'130'706'431;
  for (const Address& candidate : server.candidates) ice_.add_remote_candidate(now, candidate, priority--);
  pump(now);
}

void ClientTransport::handle_datagram(TimePoint now, const Address& from, ByteSpan datagram) {
  const peer::DatagramKind kind = peer::classify(datagram);
  if (kind == peer::DatagramKind::kStun) {
    if (!ice_.handle_stun(now, from, datagram)) ++rejected_;
  } else if (kind == peer::DatagramKind::kDtls) {
    if (!dtls_.handle_datagram(now, datagram)) ++rejected_;
  } else if (receiver_ && (kind == peer::DatagramKind::kRtp || kind == peer::DatagramKind::kRtcp)) {
    const bool rtcp = kind == peer::DatagramKind::kRtcp;
    const auto size = rtcp ? receiver_->unprotect_rtcp(datagram) : receiver_->unprotect_rtp(datagram);
    if (size) {
      packets_.push_back({rtcp, {datagram.begin(), datagram.begin() + static_cast<long>(*size)}});
    } else {
      ++rejected_;
    }
  } else {
    ++rejected_;
  }
  pump(now);
}

void ClientTransport::handle_timeout(TimePoint now) {
  if (ice_.deadline() <= now) ice_.handle_timeout(now);
  if (dtls_.deadline() <= now) dtls_.handle_timeout(now);
  pump(now);
}

TimePoint ClientTransport::deadline() const { return soonest(ice_.deadline(), dtls_.deadline()); }

void ClientTransport::pump(TimePoint now) {
  if (ice_.selected() && !dtls_started_) {
    dtls_started_ = true;
    dtls_.start(now);
  }
  if (!sender_ && dtls_.state() == dtls::State::kConnected && dtls_.srtp_keys() != nullptr) {
    const dtls::SrtpKeys& keys = *dtls_.srtp_keys();
    sender_.emplace(*srtp::Sender::create(profile_of(keys.profile), keys.local));
    receiver_.emplace(*srtp::Receiver::create(profile_of(keys.profile), keys.remote));
    sctp::Config sctp_config;
    sctp_config.dtls_client = true;
    sctp_ = std::make_unique<sctp::Association>(sctp_config, config_.wake);
    sctp_->connect();
  }
  while (auto data = dtls_.poll_data()) {
    if (sctp_) (void)sctp_->handle_packet(*data);
  }
  collect();
  while (auto transmit = ice_.poll_transmit()) transmits_.push_back({transmit->to, std::move(transmit->bytes)});
}

void ClientTransport::collect() {
  pump_sctp();
  const auto to = ice_.selected();
  if (!to) return;
  while (auto datagram = dtls_.poll_transmit()) transmits_.push_back({*to, std::move(*datagram)});
}

void ClientTransport::pump_sctp() {
  if (!sctp_) return;
  while (auto event = sctp_->poll_event()) {
    if (std::holds_alternative<sctp::Connected>(*event)) {
      for (const std::string& label : config_.channels) {
        sctp::ChannelConfig channel;
        channel.label = label;
        channel.ordered = label == "_reliable";
        if (!channel.ordered) channel.max_retransmits = 0;
        if (const auto stream = sctp_->open_channel(channel)) {
          stream_of_[label] = *stream;
          label_of_[*stream] = label;
        }
      }
    } else if (auto* opened = std::get_if<sctp::ChannelOpened>(&*event)) {
      label_of_[opened->stream] = opened->config.label;
      stream_of_.try_emplace(opened->config.label, opened->stream);
    } else if (auto* message = std::get_if<sctp::Message>(&*event)) {
      data_.push_back({label_of_[message->stream], std::move(message->payload)});
    }
  }
  while (auto packet = sctp_->poll_transmit()) (void)dtls_.send(*packet);
}

bool ClientTransport::seal(ByteView packet, bool rtcp) {
  const auto to = ice_.selected();
  if (!sender_ || !to) return false;
  std::vector<std::uint8_t> bytes(packet.begin(), packet.end());
  bytes.resize(packet.size() + srtp::kMaxOverhead);
  const auto size = rtcp ? sender_->protect_rtcp(bytes, packet.size()) : sender_->protect_rtp(bytes, packet.size());
  if (!size) return false;
  bytes.resize(*size);
  transmits_.push_back({*to, std::move(bytes)});
  return true;
}

bool ClientTransport::send_data(const std::string& label, ByteView payload) {
  const auto stream = stream_of_.find(label);
  if (stream == stream_of_.end() || !sctp_->send(stream->second, payload, true)) return false;
  collect();
  return true;
}

void ClientTransport::send_raw_sctp(ByteView packet) {
  (void)dtls_.send(packet);
  collect();
}

std::optional<ClientTransport::Transmit> ClientTransport::poll_transmit() {
  if (transmits_.empty()) return std::nullopt;
  Transmit out = std::move(transmits_.front());
  transmits_.pop_front();
  return out;
}

std::optional<ClientTransport::Packet> ClientTransport::poll_packet() {
  if (packets_.empty()) return std::nullopt;
  Packet out = std::move(packets_.front());
  packets_.pop_front();
  return out;
}

std::optional<ClientTransport::Data> ClientTransport::poll_data() {
  if (data_.empty()) return std::nullopt;
  Data out = std::move(data_.front());
  data_.pop_front();
  return out;
}

}  // namespace parley::test
