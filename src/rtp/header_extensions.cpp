// RFC 8285 section 4.2 and 4.3, the elements within a block:
//
//  one-byte:  | ID (4) | len-1 (4) | value (1..16) |      ID 0: one octet of padding, ID 15: stop here
//  two-byte:  |    ID (8)    |  len (8)  | value (0..255) |   ID 0: one octet of padding
#include "rtp/header_extensions.h"

#include <algorithm>

namespace parley::rtp {
namespace {

constexpr std::uint16_t kOneByteProfile = 0xbede;
constexpr std::uint16_t kTwoByteProfile = 0x1000;  // the low four bits are "appbits", any value
constexpr std::uint16_t kTwoByteMask = 0xfff0;
constexpr std::uint8_t kReservedId = 15;
constexpr std::size_t kBlockHeadSize = 4;
constexpr std::size_t kMaxOneByteValue = 16;
constexpr std::size_t kMaxTwoByteValue = 255;

constexpr std::array<std::string_view, kExtensionTypeCount> kUris = {
    "urn:ietf:params:rtp-hdrext:sdes:mid",
    "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
    "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
    "urn:3gpp:video-orientation",
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
};

struct Element {
  std::uint8_t id = 0;
  ByteView value;
};

enum class Step : std::uint8_t { kElement, kPadding, kEnd, kMalformed };

Step read_one_byte(ByteReader& reader, Element& out) {
  const auto head = reader.try_u8();
  if (!head) return Step::kEnd;
  if (*head == 0) return Step::kPadding;
  out.id = *head >> 4U;
  // RFC 8285 section 4.2: ID 15, and ID 0 with a length, end the block whatever follows.
  if (out.id == 0 || out.id == kReservedId) return Step::kEnd;
  const auto value = reader.try_bytes((*head & 0x0fU) + std::size_t{1});
  if (!value) return Step::kMalformed;
  out.value = *value;
  return Step::kElement;
}

Step read_two_byte(ByteReader& reader, Element& out) {
  const auto id = reader.try_u8();
  if (!id) return Step::kEnd;
  if (*id == 0) return Step::kPadding;
  out.id = *id;
  const auto length = reader.try_u8();
  if (!length) return Step::kMalformed;
  const auto value = reader.try_bytes(*length);
  if (!value) return Step::kMalformed;
  out.value = *value;
  return Step::kElement;
}

// A token longer than we keep would be another one when cut: then it counts as absent.
template <class Token>
void take_token(std::optional<Token>& out, ByteView value) {
  if (!value.empty() && value.size() <= Token::kMax) out = Token(as_text(value));
}

// A value of a size that its definition does not know counts as absent, not as malformed: the rest of the packet is
// good.
void take(Extensions& out, ExtensionType type, ByteView value) {
  switch (type) {
    case ExtensionType::kMid:
      return take_token(out.mid, value);
    case ExtensionType::kRid:
      return take_token(out.rid, value);
    case ExtensionType::kRepairedRid:
      return take_token(out.repaired_rid, value);
    case ExtensionType::kAudioLevel:
      if (value.size() == 1) {
        out.audio_level = AudioLevel{static_cast<std::uint8_t>(value[0] & 0x7fU), (value[0] & 0x80U) != 0};
      }
      return;
    case ExtensionType::kTransportCc:
      if (value.size() == 2) out.transport_sequence = load_be<std::uint16_t>(value.data());
      return;
    case ExtensionType::kAbsSendTime:
      if (value.size() == 3) out.abs_send_time = ByteReader(value).try_u24();
      return;
    case ExtensionType::kAbsCaptureTime:
      if (value.size() == 8 || value.size() == 16) out.abs_capture_time = value;
      return;
    case ExtensionType::kPlayoutDelay:
      if (value.size() == 3) out.playout_delay = value;
      return;
    case ExtensionType::kVideoOrientation:
      if (value.size() == 1) out.video_orientation = value;
      return;
    case ExtensionType::kDependencyDescriptor:
      out.dependency_descriptor = value;
      return;
    case ExtensionType::kCount:
      return;
  }
}

}  // namespace

std::string_view uri_of(ExtensionType type) {
  const auto index = static_cast<std::size_t>(type);
  return index < kUris.size() ? kUris[index] : std::string_view{};
}

std::optional<ExtensionType> type_of_uri(std::string_view uri) {
  const auto* found = std::find(kUris.begin(), kUris.end(), uri);
  if (found == kUris.end()) return std::nullopt;
  return static_cast<ExtensionType>(found - kUris.begin());
}

bool ExtensionMap::set(std::uint8_t id, ExtensionType type) {
  if (id == 0 || id == kReservedId || type >= ExtensionType::kCount) return false;
  const auto index = static_cast<std::size_t>(type);
  // Keeps the map one to one when an id or a type is assigned anew.
  if (types_[id] != 0) ids_[types_[id] - 1U] = 0;
  if (ids_[index] != 0) types_[ids_[index]] = 0;
  ids_[index] = id;
  types_[id] = static_cast<std::uint8_t>(index + 1);
  return true;
}

std::optional<ExtensionType> ExtensionMap::type_of(std::uint8_t id) const {
  if (types_[id] == 0) return std::nullopt;
  return static_cast<ExtensionType>(types_[id] - 1);
}

Result<Extensions> Extensions::parse(const PacketView& packet, const ExtensionMap& map) {
  Extensions out;
  const bool one_byte = packet.extension_profile == kOneByteProfile;
  if (!one_byte && (packet.extension_profile & kTwoByteMask) != kTwoByteProfile) return out;
  ByteReader reader(packet.extensions);
  Element element;
  for (;;) {
    switch (one_byte ? read_one_byte(reader, element) : read_two_byte(reader, element)) {
      case Step::kEnd:
        return out;
      case Step::kMalformed:
        return DropReason::kRtpExtensionMalformed;
      case Step::kPadding:
        break;
      case Step::kElement:
        if (const auto type = map.type_of(element.id)) take(out, *type, element.value);
        break;
    }
  }
}

ExtensionWriter::ExtensionWriter(ByteSpan out, bool two_byte) : writer_(out), two_byte_(two_byte) {
  writer_.u16(two_byte ? kTwoByteProfile : kOneByteProfile).u16(0);
}

ExtensionWriter& ExtensionWriter::add(std::uint8_t id, ByteView value) {
  last_value_offset_ = 0;
  if (id == 0) return *this;
  any_ = true;
  const bool fits_form = two_byte_ ? value.size() <= kMaxTwoByteValue
                                   : id < kReservedId && !value.empty() && value.size() <= kMaxOneByteValue;
  expressible_ = expressible_ && fits_form;
  if (!fits_form) return *this;
  if (two_byte_) {
    writer_.u8(id).u8(static_cast<std::uint8_t>(value.size()));
  } else {
    writer_.u8(static_cast<std::uint8_t>((id << 4U) | (value.size() - 1U)));
  }
  const std::size_t at = writer_.size();
  writer_.bytes(value);
  if (writer_.ok()) last_value_offset_ = at;
  return *this;
}

std::optional<std::size_t> ExtensionWriter::finish() {
  if (!any_) return 0;
  writer_.zeros((4 - writer_.size() % 4) % 4);
  if (!writer_.ok() || !expressible_) return std::nullopt;
  writer_.patch_u16(2, static_cast<std::uint16_t>((writer_.size() - kBlockHeadSize) / 4));
  return writer_.size();
}

void write_fixed_header(ByteSpan out, const Header& header) {
  ByteWriter(out)
      .u8(static_cast<std::uint8_t>(0x80U | (header.has_extensions ? 0x10U : 0U)))
      .u8(static_cast<std::uint8_t>((header.marker ? 0x80U : 0U) | (header.payload_type.value & 0x7fU)))
      .u16(header.sequence)
      .u32(header.timestamp)
      .u32(header.ssrc.value);
}

}  // namespace parley::rtp
