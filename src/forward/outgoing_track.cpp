#include "forward/outgoing_track.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "codec/red.h"
#include "codec/vp8.h"
#include "codec/vp9.h"
#include "rtp/rtcp/report_block.h"
#include "rtp/rtcp/sdes.h"
#include "rtp/rtcp/sender_report.h"
#include "rtp/rtx.h"

namespace parley::forward {
namespace {

using rtp::ExtensionType;

// How far back receivers can ask: 512 packets are two seconds at 3 Mbit/s and 6 KiB; audio sends 50 packets a second.
constexpr std::size_t kVideoMap = 512;
constexpr std::size_t kAudioMap = 64;

constexpr std::uint8_t kPaddingBit = 0x20;
constexpr std::uint8_t kMaxOneByteId = 14;  // RFC 8285 section 4.2
constexpr std::size_t kMaxOneByteValue = 16;
constexpr Duration kDefaultResendInterval = 30ms;  // before the round trip is known

// RFC 3711 section 3.3.1: starting in the lower half keeps the receiver's first guess of the rollover counter right.
std::uint16_t first_sequence(RandomSource& random) { return static_cast<std::uint16_t>(random.u32() & 0x7fffU); }

bool needs_two_byte_ids(const rtp::ExtensionMap& map) {
  for (std::size_t i = 0; i < rtp::kExtensionTypeCount; ++i) {
    if (map.id_of(static_cast<ExtensionType>(i)) > kMaxOneByteId) return true;
  }
  return false;
}

// The receiver's payload type into every block header of RFC 2198.
void relabel_red(ByteSpan payload, PayloadType primary) {
  for (std::size_t at = 0; at < payload.size();) {
    const bool more = (payload[at] & 0x80U) != 0;
    payload[at] = static_cast<std::uint8_t>((payload[at] & 0x80U) | (primary.value & 0x7fU));
    if (!more) return;
    at += 4;
  }
}

}  // namespace

OutgoingTrack::OutgoingTrack(OutgoingConfig config, RandomSource& random)
    : config_(std::move(config)),
      selector_(config_.kind, config_.target),
      munger_(codec::clock_rate_of(config_.codec), config_.kind == MediaKind::kVideo ? kVideoMap : kAudioMap,
              first_sequence(random)),
      rtx_sequence_(first_sequence(random)),
      two_byte_ids_(needs_two_byte_ids(config_.extensions)) {}

Result<Sent> OutgoingTrack::write(TimePoint now, const FeedPacket& packet, ByteSpan slot) {
  if (!selector_.target().enabled) return DropReason::kSubscriberPaused;
  Selection selection;
  if (packet.payload_size == 0) {
    selection.reason = DropReason::kPaddingOnly;
  } else if (!payload_type_for(packet)) {
    selection.reason = DropReason::kRtpUnknownPayloadType;
  } else {
    selection = selector_.select(now, packet);
  }
  const Result<Translation> translation = munger_.translate(packet, selection);
  if (!translation) return translation.error();
  if (selection.action == Selection::Action::kSwitch) ++stats_.switches;
  if (packet.info.keyframe && !translation->empty) keyframe_requested_ = false;

  Result<Sent> sent = build(now, packet, *translation, slot, {});
  if (!sent) return sent;
  ++stats_.packets;
  stats_.bytes += sent->size;
  return sent;
}

Result<Sent> OutgoingTrack::retransmit(TimePoint now, std::uint16_t sequence, const PacketHistory& history,
                                       ByteSpan slot) {
  ++stats_.nacked;
  const std::optional<Origin> origin = munger_.origin_of(sequence);
  const FeedPacket* packet = origin ? history.get(origin->layer, origin->generation, origin->source) : nullptr;
  if (packet == nullptr) {
    ++stats_.nack_missed;
    return DropReason::kRtpTooOld;
  }
  if (munger_.throttle_resend(now, origin->output, resend_interval())) return DropReason::kRateLimited;
  // A number that was never used: its packet came before we began with this stream, or in the wake of a loss.
  Selection selection;
  if (packet->payload_size > 0 && selector_.admits(*packet)) {
    selection = {.action = Selection::Action::kForward, .reason = {}, .marker = packet->marker};
  }
  const Translation translation = munger_.retranslate(*origin, *packet, selection);
  Result<Sent> sent = build(now, *packet, translation, slot, {.resend = true, .rtx = config_.rtx_ssrc.has_value()});
  if (!sent) return sent;
  ++stats_.retransmitted_packets;
  stats_.retransmitted_bytes += sent->size;
  return sent;
}

Result<Sent> OutgoingTrack::build(TimePoint now, const FeedPacket& packet, const Translation& translation,
                                  ByteSpan slot, Form form) {
  const std::optional<PayloadType> media_type = payload_type_for(packet);
  if (!media_type && !translation.empty) return DropReason::kRtpUnknownPayloadType;
  const bool rtx = form.rtx && config_.rtx_payload_type.has_value();
  const std::optional<Extensions> extensions =
      write_extensions(now, translation.empty ? nullptr : &packet, translation, slot);
  if (!extensions) return DropReason::kSendBufferFull;

  ByteSpan rest = slot.subspan(rtp::kFixedHeaderSize + extensions->size);
  if (rtx) {
    if (rest.size() < rtp::kRtxHeaderSize) return DropReason::kSendBufferFull;
    store_be<std::uint16_t>(rest.data(), translation.sequence);
    rest = rest.subspan(rtp::kRtxHeaderSize);
  }
  Result<std::size_t> payload_size = std::size_t{0};
  if (!translation.empty) payload_size = write_payload(packet, translation.patch, rest);
  if (!payload_size) return payload_size.error();

  const rtp::Header header{.marker = translation.marker,
                           .payload_type = rtx ? *config_.rtx_payload_type : media_type.value_or(config_.payload_type),
                           .sequence = rtx ? rtx_sequence_++ : translation.sequence,
                           .timestamp = translation.timestamp,
                           .ssrc = rtx ? *config_.rtx_ssrc : config_.ssrc,
                           .has_extensions = extensions->size > 0};
  rtp::write_fixed_header(slot, header);
  if (!form.resend) payload_octets_ += *payload_size;
  return Sent{.size = slot.size() - rest.size() + *payload_size,
              .ssrc = header.ssrc,
              .sequence = header.sequence,
              .transport_cc_offset = extensions->transport_cc_offset,
              .retransmission = form.resend};
}

std::optional<PayloadType> OutgoingTrack::payload_type_for(const FeedPacket& packet) const {
  if (packet.codec == config_.codec) return config_.payload_type;
  if (packet.codec == codec::Codec::kRed && config_.codec == codec::Codec::kOpus) return config_.payload_type;
  // Senders of RED may leave the redundancy out of a packet and send it as what it is.
  if (packet.codec == codec::Codec::kOpus && config_.codec == codec::Codec::kRed) return config_.red_primary;
  return std::nullopt;
}

std::optional<OutgoingTrack::Extensions> OutgoingTrack::write_extensions(TimePoint now, const FeedPacket* packet,
                                                                         const Translation& translation,
                                                                         ByteSpan slot) const {
  if (slot.size() < rtp::kFixedHeaderSize) return std::nullopt;
  const ByteSpan block = slot.subspan(rtp::kFixedHeaderSize);
  const rtp::ExtensionMap& map = config_.extensions;
  const bool two_byte = two_byte_ids_ || (packet != nullptr && packet->dependency_descriptor_size > kMaxOneByteValue);
  rtp::ExtensionWriter writer(block, two_byte);
  Extensions out;

  if (const std::uint8_t id = map.id_of(ExtensionType::kTransportCc); id != 0) {
    constexpr std::array<std::uint8_t, 2> kPlaceholder{};
    writer.add(id, kPlaceholder);
    out.transport_cc_offset = rtp::kFixedHeaderSize + writer.last_value_offset();
  }
  if (const std::uint8_t id = map.id_of(ExtensionType::kAbsSendTime); id != 0) {
    const std::uint64_t fixed_point = to_ntp(now).value >> 14U;  // 6.18 seconds
    const std::array<std::uint8_t, 3> value{static_cast<std::uint8_t>(fixed_point >> 16U),
                                            static_cast<std::uint8_t>(fixed_point >> 8U),
                                            static_cast<std::uint8_t>(fixed_point)};
    writer.add(id, value);
  }
  if (writes_mid() && !config_.mid.empty()) writer.add(map.id_of(ExtensionType::kMid), as_bytes(config_.mid.view()));
  if (packet != nullptr) add_media_extensions(writer, *packet, translation.patch, block);

  const std::optional<std::size_t> size = writer.finish();
  if (!size) return std::nullopt;
  out.size = *size;
  return out;
}

void OutgoingTrack::add_media_extensions(rtp::ExtensionWriter& writer, const FeedPacket& packet,
                                         const CodecPatch& patch, ByteSpan block) const {
  const rtp::ExtensionMap& map = config_.extensions;
  const ByteView bytes = packet.packet.bytes();
  if (packet.audio_level) {
    const std::array<std::uint8_t, 1> value{
        static_cast<std::uint8_t>((packet.audio_level->voice ? 0x80U : 0U) | (packet.audio_level->level & 0x7fU))};
    writer.add(map.id_of(ExtensionType::kAudioLevel), value);
  }
  if (packet.abs_capture_time_size > 0) {
    writer.add(map.id_of(ExtensionType::kAbsCaptureTime),
               bytes.subspan(packet.abs_capture_time_offset, packet.abs_capture_time_size));
  }
  if (packet.playout_delay_offset > 0) {
    writer.add(map.id_of(ExtensionType::kPlayoutDelay), bytes.subspan(packet.playout_delay_offset, 3));
  }
  if (packet.video_orientation_offset > 0) {
    writer.add(map.id_of(ExtensionType::kVideoOrientation), bytes.subspan(packet.video_orientation_offset, 1));
  }
  const std::uint8_t descriptor_id = map.id_of(ExtensionType::kDependencyDescriptor);
  if (packet.dependency_descriptor_size == 0 || descriptor_id == 0) return;
  writer.add(descriptor_id, bytes.subspan(packet.dependency_descriptor_offset, packet.dependency_descriptor_size));
  const std::size_t at = writer.last_value_offset();
  if (patch.frame_number && at > 0 && at + packet.dependency_descriptor_size <= block.size()) {
    store_be<std::uint16_t>(&block[at + 1], *patch.frame_number);
  }
}

Result<std::size_t> OutgoingTrack::write_payload(const FeedPacket& packet, const CodecPatch& patch,
                                                 ByteSpan out) const {
  ByteView payload = packet.payload();
  std::size_t head = 0;
  if (packet.codec == codec::Codec::kRed && config_.codec == codec::Codec::kOpus) {
    const Result<codec::RedPacket> red = codec::parse_red(payload);
    if (!red) return red.error();
    payload = red->primary.data;
  } else if (packet.codec == codec::Codec::kVp8 && (patch.picture_id || patch.tl0_pic_idx || patch.key_idx)) {
    head = codec::write_vp8_descriptor(
        out, payload, {.picture_id = patch.picture_id, .tl0_pic_idx = patch.tl0_pic_idx, .key_idx = patch.key_idx});
    if (head == 0) return DropReason::kSendBufferFull;
    payload = payload.subspan(packet.info.descriptor_size);
  }
  if (out.size() < head + payload.size()) return DropReason::kSendBufferFull;
  std::memcpy(out.data() + head, payload.data(), payload.size());
  if (packet.codec == codec::Codec::kVp9 && (patch.picture_id || patch.tl0_pic_idx)) {
    codec::patch_vp9_descriptor(out.first(payload.size()),
                                {.picture_id = patch.picture_id, .tl0_pic_idx = patch.tl0_pic_idx});
  } else if (packet.codec == codec::Codec::kRed && config_.codec == codec::Codec::kRed && config_.red_primary) {
    relabel_red(out.first(payload.size()), *config_.red_primary);
  }
  return head + payload.size();
}

Result<Sent> OutgoingTrack::write_padding(TimePoint now, std::uint8_t bytes, ByteSpan slot) {
  if (!config_.rtx_ssrc || !config_.rtx_payload_type || !munger_.started() || bytes == 0) {
    return DropReason::kPaddingOnly;
  }
  const std::optional<Extensions> extensions = write_extensions(now, nullptr, {}, slot);
  if (!extensions) return DropReason::kSendBufferFull;
  const ByteSpan rest = slot.subspan(rtp::kFixedHeaderSize + extensions->size);
  if (rest.size() < bytes) return DropReason::kSendBufferFull;
  std::memset(rest.data(), 0, bytes);
  rest[bytes - 1U] = bytes;
  const rtp::Header header{.marker = false,
                           .payload_type = *config_.rtx_payload_type,
                           .sequence = rtx_sequence_++,
                           .timestamp = munger_.last_timestamp(),
                           .ssrc = *config_.rtx_ssrc,
                           .has_extensions = extensions->size > 0};
  rtp::write_fixed_header(slot, header);
  slot[0] |= kPaddingBit;
  stats_.padding_bytes += bytes;
  return Sent{.size = slot.size() - rest.size() + bytes,
              .ssrc = header.ssrc,
              .sequence = header.sequence,
              .transport_cc_offset = extensions->transport_cc_offset,
              .retransmission = false};
}

bool OutgoingTrack::write_sender_report(TimePoint now, ByteWriter& out) {
  const std::optional<std::uint32_t> timestamp = munger_.timestamp_at(now);
  if (!timestamp || stats_.packets == 0) return false;
  constexpr std::size_t kReport = 28;
  const std::string_view cname = std::string_view(config_.cname).substr(0, rtp::rtcp::kMaxCname);
  // Head, SSRC, item head, text, at least one zero, up to a 32-bit boundary.
  const std::size_t description = 4 + (4 + 2 + cname.size() + 1 + 3) / 4 * 4;
  if (!out.ok() || out.room() < kReport + description) return false;
  const rtp::rtcp::SenderInfo info{.ntp = to_ntp(now),
                                   .rtp_timestamp = *timestamp,
                                   .packet_count = static_cast<std::uint32_t>(stats_.packets),
                                   .octet_count = static_cast<std::uint32_t>(payload_octets_)};
  const std::array chunks{rtp::rtcp::SdesChunk{.ssrc = config_.ssrc, .cname = cname}};
  return rtp::rtcp::write_sender_report(out, config_.ssrc, info) && rtp::rtcp::write_sdes(out, chunks);
}

void OutgoingTrack::handle_report_block(TimePoint now, const rtp::rtcp::ReportBlock& block) {
  if (block.ssrc != config_.ssrc || stats_.packets == 0) return;
  acknowledged_ = true;
  stats_.fraction_lost = static_cast<float>(block.fraction_lost) / 256.0F;
  stats_.cumulative_lost = static_cast<std::uint32_t>(std::max(block.cumulative_lost, 0));
  const std::uint32_t rate = codec::clock_rate_of(config_.codec);
  stats_.jitter = Duration{static_cast<std::int64_t>(std::uint64_t{block.jitter} * 1'000'000U / rate)};
  if (block.last_sr == 0) return;
  // RFC 3550 section 6.4.1: A - LSR - DLSR, in 1/65536 s. More than half the range is a negative number.
  const std::uint32_t rtt = to_ntp(now).compact() - block.last_sr - block.delay_since_last_sr;
  if (rtt < 0x80000000U) stats_.rtt = Duration{static_cast<std::int64_t>((std::uint64_t{rtt} * 1'000'000U) >> 16U)};
}

void OutgoingTrack::handle_keyframe_request() { keyframe_requested_ = true; }

void OutgoingTrack::set_target(const LayerTarget& target) {
  if (target == selector_.target()) return;
  selector_.set_target(target);
  asked_layer_.reset();
}

std::optional<std::uint8_t> OutgoingTrack::wanted_keyframe(TimePoint now) {
  std::optional<std::uint8_t> layer = selector_.wants_keyframe();
  if (keyframe_requested_ && selector_.current_layer() && config_.kind == MediaKind::kVideo) {
    layer = selector_.current_layer();
  }
  if (!layer) {
    asked_layer_.reset();
    return std::nullopt;
  }
  if (asked_layer_ == layer && now - asked_at_ < kKeyframeRetry) return std::nullopt;
  asked_layer_ = layer;
  asked_at_ = now;
  return layer;
}

Duration OutgoingTrack::resend_interval() const {
  return std::max(kMinResendInterval, stats_.rtt.value_or(kDefaultResendInterval) * 3 / 4);
}

}  // namespace parley::forward
