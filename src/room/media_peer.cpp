#include "room/media_peer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/log.h"
#include "rtp/rtcp/compound.h"

namespace parley::room {
namespace {

// RTCP datagrams stay within this, so that with SRTCP's tag they fit any path that media fits.
constexpr std::size_t kMaxRtcpSize = 1200;

TransportEnd to_event(peer::EndReason reason) {
  switch (reason) {
    case peer::EndReason::kNeverConnected:
      return TransportEnd::kNeverConnected;
    case peer::EndReason::kDtlsFailed:
      return TransportEnd::kDtlsFailed;
    case peer::EndReason::kDtlsClosed:
      return TransportEnd::kDtlsClosed;
    case peer::EndReason::kConsentExpired:
      break;
  }
  return TransportEnd::kConsentExpired;
}

std::optional<DataChannel> channel_of(std::string_view label) {
  for (const DataChannel channel : {DataChannel::kReliable, DataChannel::kLossy, DataChannel::kDataTrack}) {
    if (label == label_of(channel)) return channel;
  }
  return std::nullopt;
}

}  // namespace

MediaPeer::MediaPeer(TimePoint now, const CreateTransport& command, peer::Config config, MediaContext& context)
    : id_(command.transport),
      room_(command.room),
      context_(context),
      transport_(now, std::move(config)),
      local_ssrc_(context.random.u32()),
      rtp_bucket_(context.rates.rtp),
      rtcp_bucket_(context.rates.rtcp),
      data_messages_bucket_(context.rates.data_messages),
      data_bytes_bucket_(context.rates.data_bytes),
      next_report_(now + kReportInterval),
      next_quality_(now + kQualityInterval) {
  ufrags.push_back(command.local.ufrag);
}

// ---- tracks ----

std::size_t MediaPeer::add_incoming(forward::IncomingConfig config, MediaFeed& feed) {
  const auto free = std::find_if(incoming_.begin(), incoming_.end(), [](const auto& slot) { return !slot; });
  const auto slot = static_cast<std::size_t>(free - incoming_.begin());
  if (free == incoming_.end()) incoming_.emplace_back();
  forget(demux_.set(static_cast<std::uint16_t>(slot), config));
  incoming_[slot].emplace(Incoming{forward::IncomingTrack(std::move(config), local_ssrc_, clock_), &feed});
  return slot;
}

void MediaPeer::update_incoming(std::size_t slot, forward::IncomingConfig config) {
  forget(demux_.set(static_cast<std::uint16_t>(slot), config));
  incoming_[slot]->track.update(std::move(config));
}

void MediaPeer::mute_incoming(TimePoint now, std::size_t slot, bool muted) {
  incoming_[slot]->track.set_muted(now, muted);
}

void MediaPeer::remove_incoming(std::size_t slot) {
  forget(demux_.remove(static_cast<std::uint16_t>(slot)));
  // Totals must not shrink when a track goes.
  add_request_counts(*incoming_[slot], context_.stats);
  incoming_[slot].reset();
}

void MediaPeer::add_request_counts(const Incoming& incoming, MediaShardStats& stats) {
  for (std::uint8_t layer = 0; layer < incoming.track.layer_count(); ++layer) {
    const forward::IncomingLayerStats counts = incoming.track.layer_stats(TimePoint{}, layer);
    stats.nacks_sent += counts.nacks;
    stats.plis_sent += counts.plis;
  }
}

void MediaPeer::add_request_counts(MediaShardStats& stats) const {
  for (const auto& incoming : incoming_) {
    if (incoming) add_request_counts(*incoming, stats);
  }
}

void MediaPeer::request_keyframe(TimePoint now, std::size_t slot, std::uint8_t layer) {
  incoming_[slot]->track.request_keyframe(now, layer);
}

MediaSubscriber& MediaPeer::add_outgoing(MediaFeed& feed, forward::OutgoingConfig config) {
  auto subscriber = std::make_unique<MediaSubscriber>(*this, feed, std::move(config), context_.random);
  MediaSubscriber& added = *subscriber;
  by_ssrc_[added.track.config().ssrc] = &added;
  if (added.track.config().rtx_ssrc) by_ssrc_[*added.track.config().rtx_ssrc] = &added;
  outgoing_.push_back(std::move(subscriber));
  return added;
}

MediaSubscriber* MediaPeer::outgoing(FeedId feed) {
  const auto found =
      std::find_if(outgoing_.begin(), outgoing_.end(), [feed](const auto& s) { return s->feed.id == feed; });
  return found == outgoing_.end() ? nullptr : found->get();
}

void MediaPeer::remove_outgoing(FeedId feed) {
  const auto found =
      std::find_if(outgoing_.begin(), outgoing_.end(), [feed](const auto& s) { return s->feed.id == feed; });
  if (found == outgoing_.end()) return;
  const forward::OutgoingConfig& config = (*found)->track.config();
  by_ssrc_.erase(config.ssrc);
  transport_.forget_outgoing_ssrc(config.ssrc);
  if (config.rtx_ssrc) {
    by_ssrc_.erase(*config.rtx_ssrc);
    transport_.forget_outgoing_ssrc(*config.rtx_ssrc);
  }
  outgoing_.erase(found);
}

std::vector<FeedId> MediaPeer::incoming_feeds() const {
  std::vector<FeedId> out;
  for (const auto& slot : incoming_) {
    if (slot) out.push_back(slot->feed->id);
  }
  return out;
}

std::vector<FeedId> MediaPeer::outgoing_feeds() const {
  std::vector<FeedId> out;
  out.reserve(outgoing_.size());
  for (const auto& subscriber : outgoing_) out.push_back(subscriber->feed.id);
  return out;
}

void MediaPeer::forget(const std::vector<Ssrc>& ssrcs) {
  for (const Ssrc ssrc : ssrcs) transport_.forget_incoming_ssrc(ssrc);
}

// ---- packets in ----

Result<MediaPeer::FromPublisher> MediaPeer::handle_rtp(TimePoint now, PacketRef packet) {
  // Before anything is noted of the packet: the publisher's feedback then tells it of a loss, and it slows down.
  if (!rtp_bucket_.take(now)) return DropReason::kRtpRateLimited;
  const auto view = rtp::PacketView::parse(packet.bytes());
  if (!view) return view.error();
  const auto extensions = rtp::Extensions::parse(*view, demux_.extensions());
  if (!extensions) return extensions.error();
  if (extensions->transport_sequence) {
    feedback_.on_packet(now, *extensions->transport_sequence);
    feedback_ssrc_ = view->ssrc;
  }
  const auto route = demux_.route(now, *view, *extensions);
  if (!route) {
    if (!demux_.find(view->ssrc)) transport_.forget_incoming_ssrc(view->ssrc);
    return route.error();
  }
  if (route->replaced) transport_.forget_incoming_ssrc(*route->replaced);
  Incoming& incoming = *incoming_[route->stream.slot];
  const Ssrc ssrc = view->ssrc;
  if (route->fresh) incoming.track.bind(now, route->stream, ssrc);
  if (route->stream.rtx) ++context_.stats.rtx_received;
  auto described = incoming.track.handle_rtp(now, std::move(packet), *view, *extensions, route->stream);
  if (!described) return described.error();
  if (route->fresh && !route->stream.rtx) note_started(*route, *described, ssrc);
  return FromPublisher{incoming.feed, std::move(*described)};
}

void MediaPeer::note_started(const forward::Route& route, const forward::FeedPacket& packet, Ssrc ssrc) {
  const FeedId feed = incoming_[route.stream.slot]->feed->id;
  context_.events.emplace_back(FeedStarted{feed, route.stream.layer, ssrc, packet.codec});
}

Result<void> MediaPeer::handle_rtcp(TimePoint now, ByteView datagram, RtcpEffects& effects) {
  using namespace rtp::rtcp;
  if (!rtcp_bucket_.take(now)) return DropReason::kRtcpRateLimited;
  const auto on_blocks = [&](const auto& blocks) {
    for (const ReportBlock block : blocks) {
      if (MediaSubscriber* subscriber = subscriber_of(block.ssrc)) subscriber->track.handle_report_block(now, block);
    }
  };
  const auto on_keyframe_request = [&](Ssrc ssrc) {
    MediaSubscriber* subscriber = subscriber_of(ssrc);
    if (subscriber == nullptr) return context_.stats.drops.count(DropReason::kRtcpUnknownSsrc);
    ++context_.stats.plis_received;
    subscriber->track.handle_keyframe_request();
    effects.keyframes.push_back(subscriber);
  };
  return parse_compound(
      datagram, Overloaded{[&](const SenderReport& report) {
                             on_blocks(report.blocks);
                             const auto stream = demux_.find(report.sender);
                             if (!stream || stream->rtx) return;
                             Incoming& incoming = *incoming_[stream->slot];
                             const auto clock = incoming.track.handle_sender_report(now, stream->layer, report.info.ntp,
                                                                                    report.info.rtp_timestamp);
                             if (clock) effects.clocks.push_back({incoming.feed, *clock});
                           },
                           [&](const ReceiverReport& report) { on_blocks(report.blocks); },
                           [&](const Nack& nack) {
                             MediaSubscriber* subscriber = subscriber_of(nack.ssrcs.media);
                             if (subscriber == nullptr) return context_.stats.drops.count(DropReason::kRtcpUnknownSsrc);
                             nack_scratch_.clear();
                             nack.for_each_sequence([&](std::uint16_t sequence) { nack_scratch_.push_back(sequence); });
                             handle_nack(now, *subscriber, nack_scratch_);
                           },
                           [&](const Pli& pli) { on_keyframe_request(pli.ssrcs.media); },
                           [&](const Fir& fir) {
                             for (const FirEntry entry : fir.entries) on_keyframe_request(entry.ssrc);
                           },
                           // SDES, BYE and the receivers' bandwidth estimates change nothing here.
                           [](const auto&) {}});
}

void MediaPeer::handle_nack(TimePoint now, MediaSubscriber& subscriber, std::vector<std::uint16_t>& sequences) {
  context_.stats.nacks_received += sequences.size();
  ByteSpan slot;
  subscriber.track.handle_nack(
      now, sequences, subscriber.feed.history,
      [&] {
        slot = context_.sink.reserve();
        return slot.first(kMaxPacketSize);
      },
      [&](const forward::Sent& sent) {
        ++context_.stats.rtx_sent;
        if (const auto done = send_rtp(slot, sent); !done) context_.stats.drops.count(done.error());
      });
}

MediaSubscriber* MediaPeer::subscriber_of(Ssrc ssrc) {
  const auto found = by_ssrc_.find(ssrc);
  return found == by_ssrc_.end() ? nullptr : found->second;
}

// ---- packets out ----

Result<void> MediaPeer::send_rtp(ByteSpan slot, const forward::Sent& sent) {
  if (sent.transport_cc_offset != 0) {
    store_be<std::uint16_t>(slot.data() + sent.transport_cc_offset, transport_sequence_++);
  }
  const auto sealed = transport_.protect_rtp(slot, sent.size);
  if (!sealed) return sealed.error();
  const auto to = transport_.remote_address();
  if (!to) return DropReason::kUnknownAddress;
  context_.sink.commit(*sealed, *to);
  ++sent_since_quality_;
  ++context_.stats.packets_out;
  context_.stats.bytes_out += *sealed;
  return {};
}

void MediaPeer::send_rtcp(ByteSpan slot, std::size_t size) {
  const auto sealed = transport_.protect_rtcp(slot, size);
  const auto to = transport_.remote_address();
  if (!sealed || !to) {
    context_.stats.drops.count(sealed ? DropReason::kUnknownAddress : sealed.error());
    return;
  }
  context_.sink.commit(*sealed, *to);
}

Result<void> MediaPeer::send_data(DataChannel channel, ByteView payload) {
  const auto sent = transport_.send_data(std::string(label_of(channel)), payload);
  if (!sent) return sent.error();
  ++context_.stats.data_messages_out;
  return {};
}

void MediaPeer::flush(TimePoint now) {
  while (auto transmit = transport_.poll_transmit()) {
    const ByteSpan slot = context_.sink.reserve();
    if (transmit->bytes.size() > slot.size()) continue;
    std::memcpy(slot.data(), transmit->bytes.data(), transmit->bytes.size());
    context_.sink.commit(transmit->bytes.size(), transmit->to);
  }
  while (auto event = transport_.poll_event()) on_transport_event(now, std::move(*event));
}

void MediaPeer::on_transport_event(TimePoint now, peer::Event event) {
  if (std::holds_alternative<peer::Connected>(event)) {
    context_.events.emplace_back(TransportConnected{id_});
  } else if (const auto* ended = std::get_if<peer::Ended>(&event)) {
    ended_ = true;
    context_.events.emplace_back(TransportEnded{id_, to_event(ended->reason)});
  } else if (const auto* opened = std::get_if<peer::ChannelOpened>(&event)) {
    const bool was_open = reliable_open_ && lossy_open_;
    reliable_open_ = reliable_open_ || opened->label == label_of(DataChannel::kReliable);
    lossy_open_ = lossy_open_ || opened->label == label_of(DataChannel::kLossy);
    if (!was_open && reliable_open_ && lossy_open_) context_.events.emplace_back(DataChannelsOpen{id_});
  } else if (auto* message = std::get_if<peer::DataMessage>(&event)) {
    on_data(now, std::move(*message));
  }
}

void MediaPeer::on_data(TimePoint now, peer::DataMessage message) {
  const auto channel = channel_of(message.label);
  if (!channel) {
    context_.stats.drops.count(DropReason::kDataNotAllowed);
    return;
  }
  if (!data_messages_bucket_.take(now) || !data_bytes_bucket_.take(now, static_cast<double>(message.payload.size()))) {
    context_.stats.drops.count(DropReason::kDataRateLimited);
    return;
  }
  ++context_.stats.data_messages_in;
  auto payload = std::make_shared<const std::vector<std::uint8_t>>(std::move(message.payload));
  context_.events.emplace_back(DataReceived{id_, *channel, std::move(payload)});
}

// ---- time ----

TimePoint MediaPeer::deadline() const {
  TimePoint when = transport_.deadline();
  if (ended_ || !transport_.connected()) return when;
  when = soonest(when, soonest(next_quality_, feedback_.deadline()));
  if (!outgoing_.empty()) when = soonest(when, next_report_);
  for (const auto& slot : incoming_) {
    if (slot) when = soonest(when, slot->track.deadline());
  }
  return when;
}

void MediaPeer::handle_timeout(TimePoint now) {
  if (transport_.deadline() <= now) transport_.handle_timeout(now);
  flush(now);
  if (ended_ || !transport_.connected()) return;
  send_feedback(now);
  if (now >= next_report_) {
    send_reports(now);
    next_report_ = now + kReportInterval;
  }
  if (now >= next_quality_) {
    report_quality(now);
    next_quality_ = now + kQualityInterval;
  }
}

void MediaPeer::send_feedback(TimePoint now) {
  // Each datagram takes what fits; the bound is against a track that always has more to say.
  for (int datagrams = 0; datagrams < 16 && send_incoming_rtcp(now); ++datagrams) {
  }
  send_transport_feedback(now);
}

bool MediaPeer::send_incoming_rtcp(TimePoint now) {
  ByteSpan slot = context_.sink.reserve();
  ByteWriter writer(slot.first(kMaxRtcpSize));
  for (auto& incoming : incoming_) {
    if (incoming && incoming->track.deadline() <= now) incoming->track.poll_rtcp(now, writer);
  }
  if (writer.size() == 0) return false;
  send_rtcp(slot, writer.size());
  return true;
}

void MediaPeer::send_transport_feedback(TimePoint now) {
  while (feedback_.deadline() <= now) {
    ByteSpan slot = context_.sink.reserve();
    ByteWriter writer(slot.first(kMaxRtcpSize));
    if (!feedback_.poll(now, feedback_ssrc_, local_ssrc_, writer)) return;
    send_rtcp(slot, writer.size());
  }
}

void MediaPeer::send_reports(TimePoint now) {
  auto next = outgoing_.begin();
  while (next != outgoing_.end()) {
    ByteSpan slot = context_.sink.reserve();
    ByteWriter writer(slot.first(kMaxRtcpSize));
    for (; next != outgoing_.end(); ++next) {
      const std::size_t before = writer.size();
      // Nothing written: not started yet (room was there), or the datagram is full.
      if (!(*next)->track.write_sender_report(now, writer) && kMaxRtcpSize - before < kMaxRtcpSize / 2) break;
    }
    if (writer.size() == 0) return;
    send_rtcp(slot, writer.size());
  }
}

void MediaPeer::report_quality(TimePoint now) {
  TransportQuality quality;
  quality.transport = id_;
  std::uint64_t expected = 0;
  std::uint64_t received = 0;
  for (auto& incoming : incoming_) {
    if (!incoming) continue;
    std::uint64_t expected_total = 0;
    std::uint64_t received_total = 0;
    for (std::uint8_t layer = 0; layer < incoming->track.layer_count(); ++layer) {
      const forward::IncomingLayerStats stats = incoming->track.layer_stats(now, layer);
      expected_total += stats.expected;
      received_total += stats.received;
      quality.jitter = std::max(quality.jitter, stats.jitter);
    }
    // A renegotiated track may have begun to count anew.
    if (expected_total >= incoming->expected_before) {
      expected += expected_total - incoming->expected_before;
      received += std::min(received_total - std::min(received_total, incoming->received_before),
                           expected_total - incoming->expected_before);
    }
    incoming->expected_before = expected_total;
    incoming->received_before = received_total;
  }
  quality.uplink_expected = static_cast<std::uint32_t>(expected);
  if (expected > 0) quality.uplink_loss = static_cast<float>(expected - received) / static_cast<float>(expected);
  quality.downlink_sent = std::exchange(sent_since_quality_, 0);
  for (const auto& subscriber : outgoing_) {
    const forward::OutgoingStats& stats = subscriber->track.stats();
    quality.downlink_loss = std::max(quality.downlink_loss, stats.fraction_lost);
    quality.jitter = std::max(quality.jitter, stats.jitter);
    if (stats.rtt) quality.rtt = std::max(quality.rtt, *stats.rtt);
  }
  context_.events.emplace_back(quality);
}

}  // namespace parley::room
