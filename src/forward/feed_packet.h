// One packet of a feed: received once, described once, shared by every subscriber of a shard, never changed.
#pragma once

#include <cstdint>
#include <optional>

#include "base/packet_pool.h"
#include "base/time.h"
#include "codec/packet_info.h"
#include "rtp/header_extensions.h"

namespace parley::forward {

struct FeedPacket {
  PacketRef packet;                  // the decrypted RTP packet as the publisher sent it (RTX already undone)
  std::uint16_t payload_offset = 0;  // of the codec payload within packet
  std::uint16_t payload_size = 0;    // without padding; 0: a padding-only packet, which closes its own gap
  // Raised when sequence or timestamp do not go on from what came before on this layer (new SSRC, unmuted): whatever
  // follows must be joined anew, video at a keyframe.
  std::uint8_t generation = 0;
  std::uint8_t layer = 0;  // index of the encoding (simulcast); SVC layers are in info.spatial_id
  bool marker = false;
  bool recovered = false;  // came by retransmission
  codec::Codec codec{};
  std::int64_t sequence = 0;   // 64-bit, per layer
  std::int64_t timestamp = 0;  // 64-bit, per layer, in the codec's clock
  TimePoint arrival;
  codec::PacketInfo info;
  std::optional<rtp::AudioLevel> audio_level;
  // Offsets of raw extension values within packet (0: absent), copied on to subscribers that negotiated them.
  std::uint16_t dependency_descriptor_offset = 0;
  std::uint8_t dependency_descriptor_size = 0;
  std::uint16_t abs_capture_time_offset = 0;
  std::uint8_t abs_capture_time_size = 0;
  std::uint16_t playout_delay_offset = 0;
  std::uint16_t video_orientation_offset = 0;

  [[nodiscard]] ByteView payload() const { return packet.bytes().subspan(payload_offset, payload_size); }
};

// Ties a layer's RTP timestamps to our clock, from the publisher's sender reports. All tracks of one publisher use the
// same clock offset, so audio and video that belong together stay together.
struct FeedClock {
  std::uint8_t layer = 0;
  std::uint8_t generation = 0;  // of the layer, as FeedPacket::generation
  std::int64_t timestamp = 0;   // as FeedPacket::timestamp
  TimePoint at;                 // when that timestamp was captured, on our clock
};

}  // namespace parley::forward
