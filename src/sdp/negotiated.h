// What one section came to after offer and answer, in the terms that forwarding needs. Room turns it into
// forward::IncomingConfig and OutgoingConfig.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "codec/packet_info.h"
#include "sdp/session_description.h"

namespace parley::sdp {

inline constexpr std::string_view kUriMid = "urn:ietf:params:rtp-hdrext:sdes:mid";
inline constexpr std::string_view kUriRid = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
inline constexpr std::string_view kUriRepairedRid = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
inline constexpr std::string_view kUriAudioLevel = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
inline constexpr std::string_view kUriTransportCc =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
inline constexpr std::string_view kUriAbsSendTime = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
inline constexpr std::string_view kUriAbsCaptureTime = "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
inline constexpr std::string_view kUriPlayoutDelay = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
inline constexpr std::string_view kUriVideoOrientation = "urn:3gpp:video-orientation";
inline constexpr std::string_view kUriDependencyDescriptor =
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

struct NegotiatedCodec {
  PayloadType payload_type;
  codec::Codec codec{};
  std::optional<PayloadType> rtx_payload_type;
  std::optional<PayloadType> red_primary;  // for kRed: payload type of the blocks inside
  std::string fmtp;                        // as agreed (the answer's)
  friend bool operator==(const NegotiatedCodec&, const NegotiatedCodec&) = default;
};

struct NegotiatedExtension {
  std::uint8_t id = 0;
  std::string uri;
  friend bool operator==(const NegotiatedExtension&, const NegotiatedExtension&) = default;
};

// Feedback agreed for the section's codecs (of the preferred one where they differ).
struct NegotiatedFeedback {
  bool nack = false;
  bool pli = false;
  bool fir = false;
  bool transport_cc = false;
  bool remb = false;
  friend bool operator==(const NegotiatedFeedback&, const NegotiatedFeedback&) = default;
};

struct NegotiatedMedia {
  std::string mid;
  MediaType type = MediaType::kAudio;
  Direction direction = Direction::kInactive;  // ours: kRecvOnly is a track we receive
  bool rejected = false;                       // port 0: nothing below is filled
  std::vector<NegotiatedCodec> codecs;         // preferred first; RTX is not listed by itself
  std::vector<NegotiatedExtension> extensions;
  NegotiatedFeedback feedback;
  // The client's sending side, from its offer: encodings in the offer's order (which says nothing of quality).
  std::vector<std::string> rids;
  std::vector<SsrcAttributes> ssrcs;
  std::vector<SsrcGroup> ssrc_groups;
  std::optional<Msid> msid;

  [[nodiscard]] std::uint8_t extension_id(std::string_view uri) const;  // 0: not agreed
  // RTX SSRC that an FID group pairs with the given one.
  [[nodiscard]] std::optional<Ssrc> rtx_ssrc_of(Ssrc primary) const;
  // SSRCs that are not the repair half of an FID group, in the offer's order (in that of a SIM group when there is
  // one).
  [[nodiscard]] std::vector<Ssrc> primary_ssrcs() const;
};

}  // namespace parley::sdp
