// The answer to an offer of a client that publishes: the publisher connection of the two-connection mode, the only
// connection of the one-connection mode (where we also send on the client's recvonly sections), and WHIP and WHEP.
//
// A pure function of its arguments. Sections keep their order, mids, payload types and extension ids; nothing is
// accepted that was not offered and that we do not understand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "codec/packet_info.h"
#include "sdp/negotiated.h"
#include "sdp/session_description.h"
#include "sdp/transport.h"

namespace parley::sdp {

// What to do with a section on which the client wants to send. Sections without a wish, or with accept false, are
// answered inactive.
struct MediaWish {
  std::string mid;
  bool accept = true;
  MediaKind kind = MediaKind::kAudio;           // a wish of the other kind than the section is not granted
  std::optional<codec::Codec> preferred_codec;  // goes first with its RTX; ignored when not offered
  bool red = false;                             // audio: RED first, when offered; else RED is refused
  bool dtx = false;                             // audio: ask for usedtx=1
  bool stereo = false;                          // audio: ask for stereo=1
  std::vector<std::string> rids;                // only these of the offered rids; empty: all of them
};

// A track that we send on a section where the client can receive.
struct SendPlacement {
  std::string mid;
  std::string stream_id;  // "PA_…|TR_…"
  std::string track_id;   // "TR_…"
  std::string cname;
  Ssrc ssrc;
  std::optional<Ssrc> rtx_ssrc;
  codec::Codec codec = codec::Codec::kOpus;  // kRed: opus within RED when the section offers it, else plain opus
  bool stereo = false;                       // audio: state sprop-stereo=1
};

struct PublisherAnswerInput {
  LocalTransport transport;
  Setup preferred_setup = Setup::kPassive;  // where the offer says actpass
  std::uint64_t session_id = 0;
  std::uint64_t session_version = 1;
  std::vector<codec::Codec> enabled_codecs;  // a codec not listed is refused; kRed must be listed to be used
  // Firefox on some systems sends with whatever codec it likes of those answered: leave it only the preferred one.
  bool only_preferred_codec = false;
  // When refused, Chromium turns the picture before it encodes; receivers without the extension need that.
  bool accept_video_orientation = false;
  std::vector<MediaWish> wishes;
  std::vector<SendPlacement> placements;
};

struct PublisherAnswer {
  SessionDescription answer;
  std::vector<NegotiatedMedia> media;  // one per section of the offer, in its order
  RemoteTransport remote;
  Setup local_setup = Setup::kPassive;  // what the answer says: kPassive makes us the DTLS server

  [[nodiscard]] const NegotiatedMedia* section(std::string_view mid) const;
};

// Errors: "sdp_transport" (no usable transport in the offer), "sdp_no_media" (no section at all). A single section that
// cannot be used is refused in the answer instead (port 0).
Result<PublisherAnswer, Error> answer_publisher_offer(const SessionDescription& offer,
                                                      const PublisherAnswerInput& input);

inline constexpr std::uint16_t kSctpPort = 5000;

}  // namespace parley::sdp
