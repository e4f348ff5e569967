#include "forward/incoming_layer.h"

#include <algorithm>
#include <utility>

#include "codec/describe.h"

namespace parley::forward {
namespace {

std::uint16_t offset_in(const PacketRef& packet, ByteView part) {
  return static_cast<std::uint16_t>(part.data() - packet.bytes().data());
}

void note_extensions(const rtp::Extensions& extensions, FeedPacket& out) {
  out.audio_level = extensions.audio_level;
  if (!extensions.abs_capture_time.empty()) {
    out.abs_capture_time_offset = offset_in(out.packet, extensions.abs_capture_time);
    out.abs_capture_time_size = static_cast<std::uint8_t>(extensions.abs_capture_time.size());
  }
  if (!extensions.playout_delay.empty()) out.playout_delay_offset = offset_in(out.packet, extensions.playout_delay);
  if (!extensions.video_orientation.empty()) {
    out.video_orientation_offset = offset_in(out.packet, extensions.video_orientation);
  }
}

// Padding carries no picture: no rule of the selector may take it for one.
codec::PacketInfo padding_info() {
  codec::PacketInfo info;
  info.starts_frame = false;
  info.ends_frame = false;
  info.ends_picture = false;
  return info;
}

}  // namespace

Result<void> ReceiveWindow::take(std::int64_t sequence) {
  const auto bit = std::uint64_t{1} << static_cast<std::uint64_t>(sequence & (kWordBits - 1));
  if (!started_) {
    started_ = true;
    highest_ = sequence;
  } else if (sequence > highest_) {
    if (sequence - highest_ >= kSize) {
      seen_.fill(0);
    } else {
      for (std::int64_t s = highest_ + 1; s < sequence; ++s) {
        word(s) &= ~(std::uint64_t{1} << static_cast<std::uint64_t>(s & (kWordBits - 1)));
      }
    }
    highest_ = sequence;
  } else {
    if (highest_ - sequence >= kSize) return DropReason::kRtpTooOld;
    if ((word(sequence) & bit) != 0) return DropReason::kRtpDuplicate;
  }
  word(sequence) |= bit;
  return {};
}

void IncomingLayer::bind(Ssrc media) {
  if (ssrc == media) return;
  if (ssrc) {
    ++generation;
    if (stats) {
      past_expected += stats->expected();
      past_lost += stats->residual_lost();
    }
  }
  ssrc = media;
  sequences_.reset();
  timestamps.reset();
  stats.reset();
  nack.reset();
  window_.reset();
  first_of_generation_.reset();
  first_is_next_ = false;
  if (descriptors_) descriptors_->reset();
}

void IncomingLayer::resume() {
  ++generation;
  first_is_next_ = true;
}

Result<IncomingLayer::Place> IncomingLayer::admit(TimePoint now, const rtp::PacketView& view, std::uint32_t clock_rate,
                                                  bool recovered) {
  const std::int64_t sequence = sequences_.peek(view.sequence);
  const bool newest = !window_.started() || sequence > window_.highest();
  if (first_of_generation_ && sequence < *first_of_generation_) return DropReason::kRtpTooOld;
  // What was missing when the mute began is not missed after it.
  if (first_is_next_ && !newest) return DropReason::kRtpTooOld;
  if (const Result<void> taken = window_.take(sequence); !taken) {
    if (taken.error() == DropReason::kRtpDuplicate) ++counters.duplicates;
    return taken.error();
  }
  const Place place{.sequence = sequence, .timestamp = timestamps.peek(view.timestamp)};
  // Only the newest packet moves the reference, so that a late one cannot drag it back.
  if (newest) {
    sequences_.unwrap(view.sequence);
    timestamps.unwrap(view.timestamp);
    if (std::exchange(first_is_next_, false)) first_of_generation_ = sequence;
  }
  if (!stats) stats.emplace(clock_rate);
  if (recovered) {
    stats->on_recovered();
  } else {
    stats->on_packet(now, sequence, view.timestamp);
  }
  ++counters.packets;
  counters.bytes += view.payload.size();
  rate.add(now, view.payload.size());
  last_packet = now;
  heard_since_report = true;
  return place;
}

Result<codec::PacketInfo> IncomingLayer::read_info(const rtp::PacketView& view, const rtp::Extensions& extensions,
                                                   codec::Codec codec, std::int64_t sequence, bool& descriptor_ok) {
  Result<codec::PacketInfo> info = codec::describe(codec, view.payload, view.marker);
  if (!info || extensions.dependency_descriptor.empty() || !codec::is_video(codec)) return info;
  if (!descriptors_) descriptors_ = std::make_unique<codec::DependencyDescriptorReader>();
  const auto frame = descriptors_->read(extensions.dependency_descriptor, sequence);
  if (frame) {
    codec::apply(*frame, *info);
    descriptor_ok = true;
  } else {
    // Without its structure it cannot be read here, but a receiver may have it.
    descriptor_ok = frame.error() == DropReason::kAwaitingKeyframe;
  }
  return info;
}

Result<FeedPacket> IncomingLayer::describe(TimePoint now, PacketRef packet, const rtp::PacketView& view,
                                           const rtp::Extensions& extensions, codec::Codec codec, const Place& place) {
  bool descriptor_ok = false;
  codec::PacketInfo info = padding_info();
  if (view.payload.empty()) {
    ++counters.padding_only;
  } else {
    const Result<codec::PacketInfo> read = read_info(view, extensions, codec, place.sequence, descriptor_ok);
    if (!read) return read.error();
    info = *read;
  }
  if (info.keyframe && info.width != 0) {
    counters.width = info.width;
    counters.height = info.height;
  }
  FeedPacket out;
  out.packet = std::move(packet);
  out.payload_offset = view.header_size;
  out.payload_size = static_cast<std::uint16_t>(view.payload.size());
  out.generation = generation;
  out.layer = index_;
  out.marker = view.marker;
  out.codec = codec;
  out.sequence = place.sequence;
  out.timestamp = place.timestamp;
  out.arrival = now;
  out.info = info;
  note_extensions(extensions, out);
  constexpr std::size_t kMandatoryDescriptor = 3;
  if (descriptor_ok && extensions.dependency_descriptor.size() >= kMandatoryDescriptor) {
    out.dependency_descriptor_offset = offset_in(out.packet, extensions.dependency_descriptor);
    out.dependency_descriptor_size = static_cast<std::uint8_t>(extensions.dependency_descriptor.size());
  }
  return out;
}

}  // namespace parley::forward
