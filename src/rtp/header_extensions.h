// RFC 8285 RTP header extensions: ids negotiated per m-section, one-byte (0xBEDE) and two-byte (0x100x) form.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/result.h"
#include "rtp/packet_view.h"

namespace parley::rtp {

enum class ExtensionType : std::uint8_t {
  kMid,                   // urn:ietf:params:rtp-hdrext:sdes:mid (RFC 9143)
  kRid,                   // urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id (RFC 8852)
  kRepairedRid,           // urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
  kAudioLevel,            // urn:ietf:params:rtp-hdrext:ssrc-audio-level (RFC 6464)
  kTransportCc,           // http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
  kAbsSendTime,           // http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
  kAbsCaptureTime,        // http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time
  kPlayoutDelay,          // http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
  kVideoOrientation,      // urn:3gpp:video-orientation
  kDependencyDescriptor,  // https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension
  kCount
};
inline constexpr std::size_t kExtensionTypeCount = static_cast<std::size_t>(ExtensionType::kCount);

std::string_view uri_of(ExtensionType type);
std::optional<ExtensionType> type_of_uri(std::string_view uri);

// Bidirectional map of negotiated ids (1..14 fit the one-byte form, up to 255 the two-byte form).
class ExtensionMap {
 public:
  bool set(std::uint8_t id, ExtensionType type);  // false for id 0 or 15
  // 0: not negotiated.
  [[nodiscard]] std::uint8_t id_of(ExtensionType type) const { return ids_[static_cast<std::size_t>(type)]; }
  [[nodiscard]] std::optional<ExtensionType> type_of(std::uint8_t id) const;
  friend bool operator==(const ExtensionMap&, const ExtensionMap&) = default;

 private:
  std::array<std::uint8_t, kExtensionTypeCount> ids_{};
  std::array<std::uint8_t, 256> types_{};  // type + 1
};

struct AudioLevel {
  std::uint8_t level = 127;  // -dBov: 0 loudest, 127 silence
  bool voice = false;
};

// All extensions of one packet that we know, read in one pass. Spans borrow the packet.
struct Extensions {
  std::optional<Mid> mid;
  std::optional<Rid> rid;
  std::optional<Rid> repaired_rid;
  std::optional<AudioLevel> audio_level;
  std::optional<std::uint16_t> transport_sequence;
  std::optional<std::uint32_t> abs_send_time;  // 24 bits, 6.18 fixed-point seconds
  ByteView abs_capture_time;                   // raw, 8 or 16 bytes; empty when absent
  ByteView playout_delay;                      // raw, 3 bytes
  ByteView video_orientation;                  // raw, 1 byte
  ByteView dependency_descriptor;              // raw

  // Unknown ids are passed over. Errors: kRtpExtensionMalformed (an element that leaves the block).
  static Result<Extensions> parse(const PacketView& packet, const ExtensionMap& map);
};

// Builds an extension block element by element into a caller's buffer. Chooses the one-byte form unless an element
// needs the two-byte form; elements are added in any order, finish() pads to 32 bits.
class ExtensionWriter {
 public:
  // `out` begins where the block (its 0xBEDE head) shall stand; two_byte must be known before the first element.
  explicit ExtensionWriter(ByteSpan out, bool two_byte = false);
  // id 0 (not negotiated) is ignored, so callers need not ask.
  ExtensionWriter& add(std::uint8_t id, ByteView value);
  // Offset, within `out`, of the value just added (for patching transport-cc right before sending). 0 when none.
  [[nodiscard]] std::size_t last_value_offset() const { return last_value_offset_; }
  // Size of the whole block in bytes: 0 when nothing was added (then the X bit must be 0). nullopt: did not fit, into
  // the buffer or into the chosen form (one-byte: ids 1..14 and 1..16 bytes; two-byte: at most 255 bytes).
  [[nodiscard]] std::optional<std::size_t> finish();

 private:
  ByteWriter writer_;
  bool two_byte_;
  bool any_ = false;
  bool expressible_ = true;  // every element fitted the chosen form
  std::size_t last_value_offset_ = 0;
};

// A header to write; the payload follows at the returned offset.
struct Header {
  bool marker = false;
  PayloadType payload_type;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  Ssrc ssrc;
  bool has_extensions = false;
};
// Writes the 12 fixed octets. out must hold kFixedHeaderSize.
void write_fixed_header(ByteSpan out, const Header& header);

}  // namespace parley::rtp
