// The dependency descriptor RTP header extension (https://aomediacodec.github.io/av1-rtp-spec/ appendix A): for each
// packet the frame it belongs to, that frame's layer, which decode targets it serves, and what it depends on. It stands
// outside the payload, so it serves every video codec and works under end-to-end encryption.
//
//    0                   1                   2
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
//   |S|E|template id|         frame number          |   mandatory, three bytes; the whole value when nothing follows
//   |T|A|D|F|C| structure if T | active decode targets if A | frame DTIs if D | frame diffs if F | chain diffs if C |
//
// A template structure comes with the first packet of a key frame; later packets name one of its templates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/packet_info.h"

namespace parley::codec {

inline constexpr std::size_t kMaxTemplates = 64;
inline constexpr std::size_t kMaxDecodeTargets = 32;
inline constexpr std::size_t kMaxChains = 32;
// A template's diffs are 1..16, so a longer list would repeat itself; frames of real encoders refer to at most eight.
inline constexpr std::size_t kMaxFrameDiffs = 16;
inline constexpr std::uint8_t kMaxDescriptorTemporalId = 7;

// A frame's role in one decode target.
enum class Dti : std::uint8_t {
  kNotPresent = 0,   // the frame is no part of the target
  kDiscardable = 1,  // no other frame of the target refers to it
  kSwitch = 2,       // if it decodes, every later frame of the target will
  kRequired = 3,
};

// One Dti for each decode target, two bits each.
class DtiSet {
 public:
  [[nodiscard]] constexpr Dti operator[](std::size_t target) const {
    return static_cast<Dti>((bits_ >> (2U * target)) & 3U);
  }
  constexpr void set(std::size_t target, Dti dti) {
    bits_ = (bits_ & ~(std::uint64_t{3} << (2U * target))) | (static_cast<std::uint64_t>(dti) << (2U * target));
  }
  friend bool operator==(const DtiSet&, const DtiSet&) = default;

 private:
  std::uint64_t bits_ = 0;
};

// Distances, in frame numbers, to the frames referred to.
struct FrameDiffs {
  std::array<std::uint16_t, kMaxFrameDiffs> values{};
  std::uint8_t count = 0;
  friend bool operator==(const FrameDiffs&, const FrameDiffs&) = default;
};

struct FrameTemplate {
  std::uint8_t spatial_id = 0;
  std::uint8_t temporal_id = 0;
  DtiSet dtis;
  FrameDiffs frame_diffs;
  std::array<std::uint8_t, kMaxChains> chain_diffs{};
};

// The highest layer that a decode target includes.
struct DecodeTargetLayer {
  std::uint8_t spatial_id = 0;
  std::uint8_t temporal_id = 0;
  friend bool operator==(const DecodeTargetLayer&, const DecodeTargetLayer&) = default;
};

struct RenderSize {
  std::uint32_t width = 0;  // 1..65536, 0 when not told
  std::uint32_t height = 0;
  friend bool operator==(const RenderSize&, const RenderSize&) = default;
};

struct DependencyStructure {
  std::uint8_t template_id_offset = 0;
  std::uint8_t template_count = 0;
  std::uint8_t decode_target_count = 0;
  std::uint8_t chain_count = 0;
  std::uint8_t max_spatial_id = 0;
  std::array<FrameTemplate, kMaxTemplates> templates{};
  std::array<std::uint8_t, kMaxDecodeTargets> protected_by{};  // chain index, when there are chains
  std::array<DecodeTargetLayer, kMaxDecodeTargets> decode_targets{};
  std::array<RenderSize, kMaxSpatialLayers> sizes{};

  // The template that a descriptor names, or null when the id belongs to another structure.
  [[nodiscard]] const FrameTemplate* find(std::uint8_t template_id) const;
  // The best decode target, spatial layer before temporal, that exceeds neither maximum and is set in `active`.
  // kMaxTemporalLayers - 1 is no temporal limit. nullopt: there is none.
  [[nodiscard]] std::optional<std::uint8_t> decode_target_for(std::uint8_t max_spatial, std::uint8_t max_temporal,
                                                              std::uint32_t active = ~std::uint32_t{0}) const;
  // One bit for each decode target that exceeds neither maximum: what to tell a receiver that gets no more.
  [[nodiscard]] std::uint32_t active_mask_for(std::uint8_t max_spatial, std::uint8_t max_temporal) const;
  [[nodiscard]] std::uint32_t all_decode_targets() const;
};

// One packet's descriptor with its template filled in. A plain value that may outlive the packet and the reader.
struct FrameDescriptor {
  bool first_packet = false;
  bool last_packet = false;
  bool structure_attached = false;
  bool keyframe = false;  // a packet of the frame whose first packet had the structure attached
  std::uint8_t template_id = 0;
  std::uint16_t frame_number = 0;
  std::uint8_t spatial_id = 0;
  std::uint8_t temporal_id = 0;  // up to kMaxDescriptorTemporalId
  std::uint8_t decode_target_count = 0;
  std::uint8_t chain_count = 0;
  DtiSet dtis;
  FrameDiffs frame_diffs;
  std::array<std::uint8_t, kMaxChains> chain_diffs{};  // 0: the chain (re)starts here
  std::uint32_t active_decode_targets = 0;             // in force at this packet
  bool active_decode_targets_present = false;          // this packet itself carries the bitmask
  bool temporal_switch_up = false;      // switch indication for a decode target of the frame's own spatial layer
  bool unused_by_upper_layers = false;  // no decode target of a higher spatial layer includes the frame
  RenderSize size;                      // of the frame's spatial layer
  RenderSize top_size;                  // of the highest spatial layer

  // Where the bitmask stands or would stand, and where the last field ends; for rewrite_dependency_descriptor.
  std::uint16_t mask_bit_offset = 0;
  std::uint16_t end_bit_offset = 0;
  friend bool operator==(const FrameDescriptor&, const FrameDescriptor&) = default;
};

// Reads the descriptors of one SSRC and keeps the template structure between them. About 11 kB, no heap.
class DependencyDescriptorReader {
 public:
  // `value` is the extension's value, `sequence` the packet's 64-bit RTP sequence number: a late packet is read with
  // the structure that was in force at its place. A malformed value changes nothing. Errors: kRtpExtensionMalformed;
  // kAwaitingKeyframe when the structure it needs has not been seen (the payload may still be described by itself).
  Result<FrameDescriptor> read(ByteView value, std::int64_t sequence);
  // The newest structure; null before the first.
  [[nodiscard]] const DependencyStructure* structure() const;
  void reset();

 private:
  struct Epoch {
    DependencyStructure structure;
    std::int64_t sequence = 0;         // of the packet that brought the structure
    std::uint16_t frame_number = 0;    // of the key frame
    std::uint32_t active = 0;          // decode targets, as last told
    std::int64_t active_sequence = 0;  // by this packet
  };
  Result<FrameDescriptor> read_attached(ByteView value, std::int64_t sequence);
  Result<FrameDescriptor> read_following(ByteView value, std::int64_t sequence);
  void adopt(const Epoch& epoch);

  std::optional<Epoch> current_;
  std::optional<Epoch> previous_;  // for packets that the key frame overtook
};

struct DescriptorPatch {
  std::optional<std::uint16_t> frame_number{};
  std::optional<std::uint32_t> active_decode_targets{};  // replaces the bitmask, or adds it where the original has none
};

// An added bitmask makes a value longer: five flags and 32 bits at most.
inline constexpr std::size_t kMaxDescriptorGrowth = 5;

// Writes `original`, patched, to the front of `out` and returns its size. `frame` is what read() made of `original`;
// the bitmask is cut to its decode_target_count. 0: `out` is too small, or `frame` belongs to another value.
std::size_t rewrite_dependency_descriptor(ByteSpan out, ByteView original, const FrameDescriptor& frame,
                                          const DescriptorPatch& patch);

// Fills in what the payload could not tell: frame borders, layer, key frame, switch points, dependencies and (on key
// frames) the size of the highest layer. ends_picture stays as the marker set it.
void apply(const FrameDescriptor& frame, PacketInfo& info);

}  // namespace parley::codec
