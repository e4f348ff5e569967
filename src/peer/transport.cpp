#include "peer/transport.h"

#include <array>
#include <utility>

#include "base/log.h"
#include "peer/demux.h"

namespace parley::peer {
namespace {

srtp::Profile to_srtp(dtls::SrtpProfile profile) {
  switch (profile) {
    case dtls::SrtpProfile::kAes128CmHmacSha1_80:
      return srtp::Profile::kAes128CmHmacSha1_80;
    case dtls::SrtpProfile::kAeadAes256Gcm:
      return srtp::Profile::kAeadAes256Gcm;
    case dtls::SrtpProfile::kAeadAes128Gcm:
      break;
  }
  return srtp::Profile::kAeadAes128Gcm;
}

}  // namespace

Transport::Transport(TimePoint now, Config config)
    : config_(std::move(config)), ice_(now, config_.local, config_.ice) {}

Transport::~Transport() = default;

void Transport::set_remote(TimePoint now, const Remote& remote) {
  ice_.set_remote(remote.ice);
  if (fingerprint_) return;
  fingerprint_ = remote.fingerprint;
  ensure_dtls(now, remote.local_role);
  dtls_->set_remote_fingerprint(*fingerprint_);
  pump(now);
}

void Transport::restart_ice(ice::Credentials local) { ice_.restart(std::move(local)); }

Result<Received> Transport::handle_datagram(TimePoint now, const Address& from, ByteSpan datagram) {
  switch (classify(datagram)) {
    case DatagramKind::kStun:
      return handle_stun(now, from, datagram);
    case DatagramKind::kDtls:
      return handle_dtls(now, datagram);
    case DatagramKind::kRtp:
      return handle_media(now, datagram, false);
    case DatagramKind::kRtcp:
      return handle_media(now, datagram, true);
    case DatagramKind::kUnknown:
      break;
  }
  return DropReason::kUnknownFirstByte;
}

Result<Received> Transport::handle_stun(TimePoint now, const Address& from, ByteView datagram) {
  std::array<std::uint8_t, ice::LiteAgent::kMaxResponseSize> response{};
  const auto handled = ice_.handle_stun(now, from, datagram, response);
  if (!handled) return handled.error();
  if (handled->response_size != 0) {
    transmits_.push_back({from, {response.begin(), response.begin() + static_cast<long>(handled->response_size)}});
  }
  if (handled->refused) {
    pump(now);
    return *handled->refused;
  }
  if (handled->became_connected) {
    dtls_deadline_ = now + config_.dtls_timeout;
    if (dtls_ && dtls_role_ == dtls::Role::kClient) dtls_->start(now);
  }
  pump(now);
  return Received{.address_authenticated = true};
}

Result<Received> Transport::handle_dtls(TimePoint now, ByteView datagram) {
  // A ClientHello can overtake the signalled answer: whoever sends one has taken the client's role.
  ensure_dtls(now, dtls::Role::kServer);
  const auto handled = dtls_->handle_datagram(now, datagram);
  if (handled) ice_.note_activity(now);
  pump(now);
  if (!handled) return handled.error();
  if (sctp_error_) return *std::exchange(sctp_error_, std::nullopt);
  return Received{};
}

Result<Received> Transport::handle_media(TimePoint now, ByteSpan datagram, bool rtcp) {
  if (!receiver_) return DropReason::kSrtpNotReady;
  const auto size = rtcp ? receiver_->unprotect_rtcp(datagram) : receiver_->unprotect_rtp(datagram);
  if (!size) return size.error();
  ice_.note_activity(now);
  return Received{.kind = rtcp ? Received::Kind::kRtcp : Received::Kind::kRtp, .size = *size};
}

void Transport::ensure_dtls(TimePoint now, dtls::Role role) {
  if (dtls_) return;
  dtls_role_ = role;
  dtls_.emplace(config_.certificate, role);
  // As client we speak first, but only once ICE knows where to.
  if (role == dtls::Role::kServer || ice_.selected()) dtls_->start(now);
}

void Transport::handle_timeout(TimePoint now) {
  if (ended_) return;
  ice_.handle_timeout(now);
  if (ice_.state() == ice::State::kExpired) {
    end(ice_.selected() ? EndReason::kConsentExpired : EndReason::kNeverConnected);
    return;
  }
  if (!connected_ && now >= dtls_deadline_) {
    end(EndReason::kDtlsFailed);
    return;
  }
  if (dtls_ && dtls_->deadline() <= now) dtls_->handle_timeout(now);
  pump(now);
}

TimePoint Transport::deadline() const {
  if (ended_) return kNever;
  TimePoint when = ice_.deadline();
  if (!connected_) when = soonest(when, dtls_deadline_);
  if (dtls_) when = soonest(when, dtls_->deadline());
  return when;
}

void Transport::pump(TimePoint now) {
  if (!dtls_) return;
  (void)now;
  while (auto data = dtls_->poll_data()) {
    ensure_sctp();
    if (const auto done = sctp_->handle_packet(*data); !done) sctp_error_ = done.error();
  }
  if (!connected_ && dtls_->state() == dtls::State::kConnected) install_srtp();
  pump_sctp();
  if (const auto to = ice_.selected()) {
    while (auto datagram = dtls_->poll_transmit()) transmits_.push_back({*to, std::move(*datagram)});
  }
  if (dtls_->state() == dtls::State::kFailed) end(EndReason::kDtlsFailed);
  if (dtls_->state() == dtls::State::kClosed) end(EndReason::kDtlsClosed);
}

void Transport::install_srtp() {
  const dtls::SrtpKeys* keys = dtls_->srtp_keys();
  if (keys != nullptr) {
    auto sender = srtp::Sender::create(to_srtp(keys->profile), keys->local);
    auto receiver = srtp::Receiver::create(to_srtp(keys->profile), keys->remote);
    if (!sender || !receiver) {
      end(EndReason::kDtlsFailed);
      return;
    }
    sender_.emplace(std::move(*sender));
    receiver_.emplace(std::move(*receiver));
  }
  connected_ = true;
  events_.emplace_back(Connected{});
  if (!config_.channels.empty()) ensure_sctp();
}

void Transport::ensure_sctp() {
  if (sctp_) return;
  sctp::Config config;
  config.dtls_client = dtls_role_ == dtls::Role::kClient;
  config.max_message_size = config_.max_message_size;
  config.max_send_buffer = config_.max_data_buffer;
  sctp_ = std::make_unique<sctp::Association>(config, config_.wake);
  sctp_->connect();
}

void Transport::collect() {
  if (!sctp_ || !dtls_ || ended_) return;
  pump_sctp();
  const auto to = ice_.selected();
  if (!to) return;
  while (auto datagram = dtls_->poll_transmit()) transmits_.push_back({*to, std::move(*datagram)});
}

void Transport::pump_sctp() {
  if (!sctp_) return;
  while (auto event = sctp_->poll_event()) on_sctp_event(std::move(*event));
  while (auto packet = sctp_->poll_transmit()) (void)dtls_->send(*packet);
}

void Transport::on_sctp_event(sctp::Event event) {
  if (std::holds_alternative<sctp::Connected>(event)) {
    for (const sctp::ChannelConfig& channel : config_.channels) {
      if (const auto stream = sctp_->open_channel(channel)) {
        label_of_stream_[*stream] = channel.label;
        stream_of_label_[channel.label] = *stream;
        events_.emplace_back(ChannelOpened{channel.label, false});
      }
    }
  } else if (auto* opened = std::get_if<sctp::ChannelOpened>(&event)) {
    if (!opened->by_peer) return;  // told when we opened it
    label_of_stream_[opened->stream] = opened->config.label;
    stream_of_label_.try_emplace(opened->config.label, opened->stream);
    events_.emplace_back(ChannelOpened{opened->config.label, true});
  } else if (auto* closed = std::get_if<sctp::ChannelClosed>(&event)) {
    const auto label = label_of_stream_.find(closed->stream);
    if (label == label_of_stream_.end()) return;
    const auto stream = stream_of_label_.find(label->second);
    if (stream != stream_of_label_.end() && stream->second == closed->stream) stream_of_label_.erase(stream);
    label_of_stream_.erase(label);
  } else if (auto* message = std::get_if<sctp::Message>(&event)) {
    const auto label = label_of_stream_.find(message->stream);
    if (label == label_of_stream_.end()) return;
    events_.emplace_back(DataMessage{label->second, std::move(message->payload)});
  }
}

std::optional<Transmit> Transport::poll_transmit() {
  if (transmits_.empty()) return std::nullopt;
  Transmit out = std::move(transmits_.front());
  transmits_.pop_front();
  return out;
}

std::optional<Event> Transport::poll_event() {
  if (events_.empty()) return std::nullopt;
  Event out = std::move(events_.front());
  events_.pop_front();
  return out;
}

Result<std::size_t> Transport::protect_rtp(ByteSpan slot, std::size_t size) {
  if (!sender_ || ended_) return DropReason::kSrtpNotReady;
  return sender_->protect_rtp(slot, size);
}

Result<std::size_t> Transport::protect_rtcp(ByteSpan slot, std::size_t size) {
  if (!sender_ || ended_) return DropReason::kSrtpNotReady;
  return sender_->protect_rtcp(slot, size);
}

Result<void> Transport::send_data(const std::string& label, ByteView payload) {
  const auto stream = stream_of_label_.find(label);
  if (stream == stream_of_label_.end() || ended_) return DropReason::kSctpNotReady;
  const auto sent = sctp_->send(stream->second, payload, true);
  if (!sent) return sent.error();
  collect();
  return {};
}

void Transport::forget_incoming_ssrc(Ssrc ssrc) {
  if (receiver_) receiver_->remove_stream(ssrc.value);
}

void Transport::forget_outgoing_ssrc(Ssrc ssrc) {
  if (sender_) sender_->remove_stream(ssrc.value);
}

void Transport::close() {
  if (ended_) return;
  if (sctp_) sctp_->close();
  collect();
  if (dtls_) {
    dtls_->close();
    const auto to = ice_.selected();
    while (auto datagram = dtls_->poll_transmit()) {
      if (to) transmits_.push_back({*to, std::move(*datagram)});
    }
  }
  ended_ = true;
}

void Transport::end(EndReason reason) {
  if (ended_) return;
  ended_ = true;
  events_.emplace_back(Ended{reason});
}

}  // namespace parley::peer
