// What forwarding needs to know of one video or audio packet, in one shape for every codec. Filled by codec::describe_*
// from the RTP payload descriptor, the payload's clear first bytes or the dependency descriptor; never from payload
// that end-to-end encryption hides.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::codec {

enum class Codec : std::uint8_t { kOpus, kRed, kPcmu, kPcma, kVp8, kVp9, kH264, kH265, kAv1 };

// "opus", "red", "PCMU", "PCMA", "VP8", "VP9", "H264", "H265", "AV1": the encoding names of SDP.
std::string_view name_of(Codec codec);
// Case-insensitive; accepts "video/VP8" as well as "vp8".
std::optional<Codec> codec_of(std::string_view name_or_mime);
bool is_video(Codec codec);
std::uint32_t clock_rate_of(Codec codec);

inline constexpr std::uint8_t kMaxSpatialLayers = 4;
inline constexpr std::uint8_t kMaxTemporalLayers = 4;

struct PacketInfo {
  bool starts_frame = true;  // first packet of a frame (of a layer frame, for SVC)
  bool ends_frame = true;    // last packet of a frame (of a layer frame, for SVC)
  bool ends_picture = true;  // last packet of the whole superframe as sent (the RTP marker)
  bool keyframe = false;     // a decoder can start here (for SVC: the picture is a key picture)
  std::uint8_t spatial_id = 0;
  std::uint8_t temporal_id = 0;
  bool temporal_switch_up = false;  // from here the receiver may go up to temporal_id (VP8 Y bit, VP9 U bit, DD switch)
  bool inter_layer_dependency = false;   // VP9 D bit: needs the layer below of the same picture
  bool inter_picture_predicted = false;  // VP9 P bit
  bool discardable = false;              // VP8 N bit / DD discardable: nothing depends on it
  bool unused_by_upper_layers = false;   // VP9 Z bit / DD: a receiver of a higher spatial layer does without it

  // VP8 (RFC 7741): descriptor fields, wire width, and where they stand in the payload.
  std::optional<std::uint16_t> picture_id{};
  bool picture_id_long = false;  // 15-bit form
  std::optional<std::uint8_t> tl0_pic_idx{};
  std::optional<std::uint8_t> key_idx{};
  std::uint8_t descriptor_size = 0;  // bytes of payload descriptor before the codec's own bytes

  // From keyframes where cheap to read (VP8 header, H264 SPS is not parsed): 0 when unknown.
  std::uint16_t width = 0;
  std::uint16_t height = 0;

  friend bool operator==(const PacketInfo&, const PacketInfo&) = default;
};

}  // namespace parley::codec
