#include "forward/incoming_track.h"

#include <algorithm>
#include <utility>

#include "forward/incoming_layer.h"
#include "forward/keyframe_requester.h"
#include "rtp/rtcp/nack.h"
#include "rtp/rtcp/pli.h"
#include "rtp/rtcp/receiver_report.h"
#include "rtp/rtx.h"

namespace parley::forward {
namespace {

// A layer counts as sent, when a keyframe of it is asked for, until it fell silent for this much longer than the
// others: a still screen sends one frame a second.
constexpr Duration kSilentLayer = 2s;
constexpr std::size_t kMaxNacksPerPoll = 128;
constexpr std::size_t kReportHead = 8;  // head and sender SSRC
constexpr std::size_t kReportBlock = 24;
constexpr std::size_t kFeedbackHead = 12;  // head and two SSRCs
constexpr std::size_t kNackItem = 4;

const ReceiveCodec* codec_for(const IncomingConfig& config, PayloadType type, bool rtx) {
  for (const ReceiveCodec& codec : config.codecs) {
    if (rtx ? codec.rtx_payload_type == type : codec.payload_type == type) return &codec;
  }
  return nullptr;
}

}  // namespace

struct IncomingTrack::Impl {
  IncomingConfig config;
  Ssrc local_ssrc;
  SenderClock* clock = nullptr;
  KeyframeRequester keyframes;
  std::array<std::unique_ptr<IncomingLayer>, kMaxLayers> layers;
  Duration rtt{0};
  TimePoint next_report = kNever;

  [[nodiscard]] IncomingLayer* live(std::uint8_t index) const {
    return index < kMaxLayers && layers[index] && layers[index]->started() ? layers[index].get() : nullptr;
  }
  [[nodiscard]] bool wants_nacks() const { return config.nack && !config.muted; }

  Result<FeedPacket> handle_media(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                  const rtp::Extensions& extensions, const StreamRef& stream, bool recovered);
  Result<FeedPacket> handle_rtx(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                const rtp::Extensions& extensions, const StreamRef& stream);
  [[nodiscard]] std::optional<std::uint8_t> layer_to_ask(std::uint8_t wanted) const;
  void write_report(TimePoint now, ByteWriter& out);
  void write_nacks(TimePoint now, std::uint8_t index, ByteWriter& out);
  void write_plis(TimePoint now, std::uint8_t index, ByteWriter& out);
  // RFC 3550 section 6.1: a compound begins with a report. False: no room for it.
  [[nodiscard]] bool ensure_report(ByteWriter& out) const;
};

IncomingTrack::IncomingTrack(IncomingConfig config, Ssrc local_ssrc, SenderClock& clock)
    : impl_(std::make_unique<Impl>()) {
  impl_->config = std::move(config);
  impl_->local_ssrc = local_ssrc;
  impl_->clock = &clock;
}
IncomingTrack::~IncomingTrack() = default;
IncomingTrack::IncomingTrack(IncomingTrack&&) noexcept = default;
IncomingTrack& IncomingTrack::operator=(IncomingTrack&&) noexcept = default;

void IncomingTrack::update(IncomingConfig config) {
  config.muted = impl_->config.muted;
  impl_->config = std::move(config);
}
const IncomingConfig& IncomingTrack::config() const { return impl_->config; }

void IncomingTrack::bind(TimePoint now, const StreamRef& stream, Ssrc ssrc) {
  if (stream.layer >= kMaxLayers || stream.rtx) return;
  std::unique_ptr<IncomingLayer>& layer = impl_->layers[stream.layer];
  if (!layer) layer = std::make_unique<IncomingLayer>(stream.layer);
  layer->bind(ssrc);
  layer->nack.set_rtt(impl_->rtt > Duration{0} ? impl_->rtt : NackConfig{}.default_rtt);
  if (impl_->next_report == kNever) impl_->next_report = now + kReportInterval;
}

// ---- packets ----

Result<FeedPacket> IncomingTrack::handle_rtp(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                             const rtp::Extensions& extensions, const StreamRef& stream) {
  if (stream.layer >= kMaxLayers) return DropReason::kRtpUnknownSsrc;
  if (stream.rtx) return impl_->handle_rtx(now, std::move(packet), view, extensions, stream);
  if (!impl_->layers[stream.layer]) bind(now, stream, view.ssrc);
  return impl_->handle_media(now, std::move(packet), view, extensions, stream, false);
}

Result<FeedPacket> IncomingTrack::Impl::handle_rtx(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                                   const rtp::Extensions& extensions, const StreamRef& stream) {
  const ReceiveCodec* codec = codec_for(config, view.payload_type, true);
  if (codec == nullptr) return DropReason::kRtpUnknownPayloadType;
  const IncomingLayer* layer = live(stream.layer);
  if (layer == nullptr) return DropReason::kRtxUnknownStream;
  const Result<std::size_t> size =
      rtp::restore_from_rtx(packet.mutable_bytes(), view, {.ssrc = *layer->ssrc, .payload_type = codec->payload_type});
  if (!size) return size.error();
  packet.set_size(*size);
  const Result<rtp::PacketView> original = rtp::PacketView::parse(packet.bytes());
  if (!original) return DropReason::kRtxMalformed;
  return handle_media(now, std::move(packet), *original, extensions, stream, true);
}

Result<FeedPacket> IncomingTrack::Impl::handle_media(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                                     const rtp::Extensions& extensions, const StreamRef& stream,
                                                     bool recovered) {
  const ReceiveCodec* codec = codec_for(config, view.payload_type, false);
  if (codec == nullptr) return DropReason::kRtpUnknownPayloadType;
  IncomingLayer& layer = *layers[stream.layer];
  const std::uint32_t clock_rate = codec::clock_rate_of(codec->codec);
  const Result<IncomingLayer::Place> place = layer.admit(now, view, clock_rate, recovered);
  if (!place) return place.error();

  Result<FeedPacket> out = layer.describe(now, std::move(packet), view, extensions, codec->codec, *place);
  const bool keyframe = out.has_value() && out->info.keyframe && out->info.starts_frame;
  const bool was_missing = wants_nacks() && layer.nack.on_packet(now, place->sequence, keyframe);
  if (recovered || was_missing) ++layer.counters.recovered;
  if (out.has_value()) out->recovered = recovered || was_missing;
  if (keyframe) {
    keyframes.on_keyframe(stream.layer);
    ++layer.counters.keyframes;
  }
  if (layer.nack.take_keyframe_request() && config.kind == MediaKind::kVideo) keyframes.request(now, stream.layer);
  if (config.muted) return DropReason::kRtpMuted;
  return out;
}

void IncomingTrack::set_muted(TimePoint /*now*/, bool muted) {
  if (impl_->config.muted == muted) return;
  impl_->config.muted = muted;
  for (const auto& layer : impl_->layers) {
    if (!layer) continue;
    layer->nack.reset();
    if (!muted) layer->resume();
  }
}

void IncomingTrack::set_rtt(Duration rtt) {
  impl_->rtt = rtt;
  for (const auto& layer : impl_->layers) {
    if (layer) layer->nack.set_rtt(rtt);
  }
}

std::optional<FeedClock> IncomingTrack::handle_sender_report(TimePoint now, std::uint8_t layer, NtpTime ntp,
                                                             std::uint32_t rtp_timestamp) {
  impl_->clock->update(now, ntp);
  IncomingLayer* source = impl_->live(layer);
  if (source == nullptr) return std::nullopt;
  source->stats->on_sender_report(now, ntp);
  const std::optional<TimePoint> at = impl_->clock->to_local(ntp);
  if (!at) return std::nullopt;
  return FeedClock{
      .layer = layer, .generation = source->generation, .timestamp = source->timestamps.peek(rtp_timestamp), .at = *at};
}

// ---- what we ask of the publisher ----

void IncomingTrack::request_keyframe(TimePoint now, std::uint8_t layer) {
  if (impl_->config.kind != MediaKind::kVideo) return;
  if (const auto index = impl_->layer_to_ask(layer)) impl_->keyframes.request(now, *index);
}

std::optional<std::uint8_t> IncomingTrack::Impl::layer_to_ask(std::uint8_t wanted) const {
  TimePoint newest = TimePoint::min();
  for (const auto& layer : layers) {
    if (layer && layer->started()) newest = std::max(newest, layer->last_packet);
  }
  std::optional<std::uint8_t> best;
  for (std::uint8_t i = 0; i < kMaxLayers; ++i) {
    const IncomingLayer* layer = live(i);
    if (layer == nullptr || newest - layer->last_packet > kSilentLayer) continue;
    if (i <= wanted || !best) best = i;
  }
  return best;
}

TimePoint IncomingTrack::deadline() const {
  TimePoint at = soonest(impl_->next_report, impl_->config.pli ? impl_->keyframes.deadline() : kNever);
  if (!impl_->wants_nacks()) return at;
  for (const auto& layer : impl_->layers) {
    if (layer) at = soonest(at, layer->nack.deadline());
  }
  return at;
}

bool IncomingTrack::poll_rtcp(TimePoint now, ByteWriter& out) {
  const std::size_t before = out.size();
  if (now >= impl_->next_report) impl_->write_report(now, out);
  for (std::uint8_t i = 0; i < kMaxLayers; ++i) {
    IncomingLayer* layer = impl_->live(i);
    if (layer == nullptr) continue;
    if (impl_->wants_nacks()) impl_->write_nacks(now, i, out);
    if (layer->nack.take_keyframe_request() && impl_->config.kind == MediaKind::kVideo) {
      impl_->keyframes.request(now, i);
    }
    if (impl_->config.pli) impl_->write_plis(now, i, out);
  }
  return out.size() > before;
}

void IncomingTrack::Impl::write_report(TimePoint now, ByteWriter& out) {
  if (!out.ok() || out.room() < kReportHead + kMaxLayers * kReportBlock) return;
  std::array<rtp::rtcp::ReportBlock, kMaxLayers> blocks;
  std::size_t count = 0;
  for (std::uint8_t i = 0; i < kMaxLayers; ++i) {
    IncomingLayer* layer = live(i);
    // RFC 3550 section 6.4: only sources heard since the last report.
    if (layer == nullptr || !std::exchange(layer->heard_since_report, false)) continue;
    if (const auto block = layer->stats->report(now, *layer->ssrc)) blocks[count++] = *block;
  }
  next_report = now + kReportInterval;
  if (count == 0) return;
  static_cast<void>(rtp::rtcp::write_receiver_report(out, local_ssrc, std::span(blocks).first(count)));
}

bool IncomingTrack::Impl::ensure_report(ByteWriter& out) const {
  return out.size() > 0 || rtp::rtcp::write_receiver_report(out, local_ssrc);
}

void IncomingTrack::Impl::write_nacks(TimePoint now, std::uint8_t index, ByteWriter& out) {
  IncomingLayer& layer = *layers[index];
  if (now < layer.nack.deadline()) return;
  // Asked only for what surely fits: each try counts.
  const std::size_t head = kFeedbackHead + (out.size() == 0 ? kReportHead : 0);
  if (!out.ok() || out.room() < head + kNackItem) return;
  std::array<std::int64_t, kMaxNacksPerPoll> sequences{};
  const std::size_t fits = std::min((out.room() - head) / kNackItem, sequences.size());
  const std::size_t count = layer.nack.poll(now, std::span(sequences).first(fits));
  if (count == 0 || !ensure_report(out)) return;
  layer.counters.nacks +=
      rtp::rtcp::write_nack(out, {.sender = local_ssrc, .media = *layer.ssrc}, std::span(sequences).first(count));
}

void IncomingTrack::Impl::write_plis(TimePoint now, std::uint8_t index, ByteWriter& out) {
  const std::size_t needed = kFeedbackHead + (out.size() == 0 ? kReportHead : 0);
  if (!out.ok() || out.room() < needed || !keyframes.take(now, index)) return;
  if (!ensure_report(out)) return;
  if (rtp::rtcp::write_pli(out, {.sender = local_ssrc, .media = *layers[index]->ssrc})) ++layers[index]->counters.plis;
}

// ---- what it looks like ----

bool IncomingTrack::layer_active(TimePoint now, std::uint8_t layer) const {
  const IncomingLayer* source = impl_->live(layer);
  const Duration timeout = impl_->config.kind == MediaKind::kVideo ? kVideoLayerTimeout : kAudioLayerTimeout;
  return source != nullptr && now - source->last_packet < timeout;
}

std::uint8_t IncomingTrack::layer_count() const {
  return static_cast<std::uint8_t>(std::min<std::size_t>(impl_->config.encodings.size(), kMaxLayers));
}

std::optional<Ssrc> IncomingTrack::ssrc_of(std::uint8_t layer) const {
  return layer < kMaxLayers && impl_->layers[layer] ? impl_->layers[layer]->ssrc : std::nullopt;
}

IncomingLayerStats IncomingTrack::layer_stats(TimePoint now, std::uint8_t layer) const {
  const IncomingLayer* source = impl_->live(layer);
  if (source == nullptr) return {.ssrc = ssrc_of(layer)};
  IncomingLayerStats out = source->counters;
  out.ssrc = source->ssrc;
  out.active = layer_active(now, layer);
  out.expected = source->past_expected + source->stats->expected();
  out.received = out.expected - source->past_lost - source->stats->residual_lost();
  out.bits_per_second = source->rate.bits_per_second(now);
  out.jitter = source->stats->jitter_time();
  return out;
}

}  // namespace parley::forward
