// A session description (RFC 8866) as far as WebRTC uses it (RFC 9429): the model, its parser and its printer. What the
// model has no place for (bandwidth, timing, connection addresses, unknown attributes) is passed over by the parser.
//
// parse(print(x)) == x for every x whose strings are SDP tokens or values and whose lists are within ParseLimits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "sdp/candidate.h"

namespace parley::sdp {

enum class MediaType : std::uint8_t { kAudio, kVideo, kApplication, kOther };
enum class Direction : std::uint8_t { kSendRecv, kSendOnly, kRecvOnly, kInactive };
enum class Setup : std::uint8_t { kActpass, kActive, kPassive, kHoldconn };  // RFC 4145

[[nodiscard]] bool can_send(Direction direction);
[[nodiscard]] bool can_receive(Direction direction);
[[nodiscard]] Direction direction_of(bool send, bool receive);
[[nodiscard]] Direction reversed(Direction direction);  // the same flow seen from the other end
[[nodiscard]] std::string_view text_of(Direction direction);
[[nodiscard]] std::string_view text_of(Setup setup);
[[nodiscard]] std::string_view text_of(MediaType type);

// RFC 8122. The parser turns the algorithm to lower and the value to upper case.
struct Fingerprint {
  std::string algorithm;  // "sha-256"
  std::string value;      // "AB:CD:…"
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// What may stand at session level and then holds for every section that does not say otherwise. Kept as written; use
// transport_of() (sdp/transport.h) for the values in force.
struct TransportAttributes {
  std::string ice_ufrag;
  std::string ice_pwd;
  std::vector<std::string> ice_options;
  std::vector<Fingerprint> fingerprints;
  std::optional<Setup> setup;
  friend bool operator==(const TransportAttributes&, const TransportAttributes&) = default;
};

struct Origin {
  std::string username = "-";
  std::uint64_t session_id = 0;
  std::uint64_t session_version = 0;
  std::string address = "IN IP4 127.0.0.1";
  friend bool operator==(const Origin&, const Origin&) = default;
};

struct Group {  // RFC 5888
  std::string semantics;
  std::vector<std::string> mids;
  friend bool operator==(const Group&, const Group&) = default;
};

struct RtpMap {
  PayloadType payload_type;
  std::string name;  // as written; compare without regard to case
  std::uint32_t clock_rate = 0;
  std::uint8_t channels = 1;
  friend bool operator==(const RtpMap&, const RtpMap&) = default;
};

struct Fmtp {
  PayloadType payload_type;
  std::string parameters;  // "apt=96", "minptime=10;useinbandfec=1", "111/111"
  friend bool operator==(const Fmtp&, const Fmtp&) = default;
};
// Value of key in a ';'-separated parameter list: "" for a key without '=', nullopt when absent. Keys without regard to
// case.
std::optional<std::string_view> fmtp_value(std::string_view parameters, std::string_view key);

struct RtcpFeedback {                       // RFC 4585
  std::optional<PayloadType> payload_type;  // nullopt: '*', every payload type
  std::string value;                        // "nack", "nack pli", "ccm fir", "transport-cc", "goog-remb"
  friend bool operator==(const RtcpFeedback&, const RtcpFeedback&) = default;
};

struct ExtMap {  // RFC 8285
  std::uint16_t id = 0;
  std::optional<Direction> direction;  // the "/sendonly" suffix, as written
  std::string uri;
  friend bool operator==(const ExtMap&, const ExtMap&) = default;
};

struct Msid {          // RFC 8830
  std::string stream;  // "-" for none
  std::string track;   // empty when the line had one token
  friend bool operator==(const Msid&, const Msid&) = default;
};

struct SsrcAttributes {  // RFC 5576
  Ssrc ssrc;
  std::string cname;
  std::optional<Msid> msid;
  friend bool operator==(const SsrcAttributes&, const SsrcAttributes&) = default;
};

struct SsrcGroup {
  std::string semantics;  // "FID", "SIM"
  std::vector<Ssrc> ssrcs;
  friend bool operator==(const SsrcGroup&, const SsrcGroup&) = default;
};

enum class RidDirection : std::uint8_t { kSend, kRecv };
struct RidLine {  // RFC 8851
  std::string id;
  RidDirection direction = RidDirection::kSend;
  std::string parameters;  // "pt=96;max-width=1280", empty when none
  friend bool operator==(const RidLine&, const RidLine&) = default;
};

// RFC 8853: streams are separated by ';', the alternatives for one stream by ',', '~' marks one that starts paused.
struct SimulcastAlternative {
  std::string rid;
  bool paused = false;
  friend bool operator==(const SimulcastAlternative&, const SimulcastAlternative&) = default;
};
using SimulcastStream = std::vector<SimulcastAlternative>;
struct Simulcast {
  std::vector<SimulcastStream> send;
  std::vector<SimulcastStream> recv;
  friend bool operator==(const Simulcast&, const Simulcast&) = default;
};

struct MediaSection {
  MediaType type = MediaType::kAudio;
  std::string other_type;  // the media name when type is kOther
  std::uint16_t port = 9;
  std::string protocol;                    // "UDP/TLS/RTP/SAVPF", "UDP/DTLS/SCTP"
  std::vector<PayloadType> payload_types;  // formats of an RTP section, in order of preference
  std::vector<std::string> formats;        // formats of any other section ("webrtc-datachannel")

  std::string mid;  // at most 16 characters; empty when the section has none
  Direction direction = Direction::kSendRecv;
  bool bundle_only = false;
  TransportAttributes transport;
  std::vector<Candidate> candidates;  // those of transports unknown to us are left out
  bool end_of_candidates = false;

  std::optional<Msid> msid;
  bool rtcp_mux = false;
  bool rtcp_rsize = false;
  bool extmap_allow_mixed = false;
  std::vector<RtpMap> rtpmaps;
  std::vector<Fmtp> fmtps;
  std::vector<RtcpFeedback> feedback;
  std::vector<ExtMap> extmaps;
  std::vector<RidLine> rids;
  std::optional<Simulcast> simulcast;
  std::vector<SsrcAttributes> ssrcs;
  std::vector<SsrcGroup> ssrc_groups;

  std::optional<std::uint16_t> sctp_port;         // RFC 8841
  std::optional<std::uint64_t> max_message_size;  // bytes; 0: no limit

  // Port 0 refuses the section, except beside a=bundle-only, where it means the bundle's port (RFC 8843 section 6).
  [[nodiscard]] bool rejected() const { return port == 0 && !bundle_only; }
  [[nodiscard]] bool is_rtp() const { return type == MediaType::kAudio || type == MediaType::kVideo; }
  [[nodiscard]] const RtpMap* rtpmap_of(PayloadType payload_type) const;
  [[nodiscard]] std::string_view fmtp_of(PayloadType payload_type) const;  // "" when there is none
  // Whether the payload type (or '*') lists exactly that feedback, e.g. "nack pli".
  [[nodiscard]] bool has_feedback(PayloadType payload_type, std::string_view value) const;
  [[nodiscard]] std::optional<PayloadType> rtx_of(PayloadType payload_type) const;  // by apt (RFC 4588)
  // a=msid, else the msid of the first SSRC that has one.
  [[nodiscard]] std::optional<Msid> effective_msid() const;
  friend bool operator==(const MediaSection&, const MediaSection&) = default;
};

struct SessionDescription {
  Origin origin;
  std::string name = "-";
  bool ice_lite = false;
  bool extmap_allow_mixed = false;
  std::string msid_semantic;  // "WMS *", empty when absent
  TransportAttributes transport;
  std::vector<Group> groups;
  std::vector<MediaSection> media;

  [[nodiscard]] const Group* bundle() const;  // the first BUNDLE group, nullptr when there is none
  [[nodiscard]] const MediaSection* section(std::string_view mid) const;
  [[nodiscard]] MediaSection* section(std::string_view mid);
  friend bool operator==(const SessionDescription&, const SessionDescription&) = default;
};

// Firefox names itself in the origin.
inline bool is_from_firefox(const SessionDescription& description) {
  return description.origin.username.starts_with("mozilla");
}

// What a description may cost us at most. Lists are per section unless said otherwise.
struct ParseLimits {
  std::size_t bytes = 256 * 1024;  // the whole text
  std::size_t lines = 16 * 1024;
  std::size_t line_bytes = 4096;
  std::size_t media_sections = 256;
  std::size_t payload_types = 128;  // also rtpmap and fmtp lines
  std::size_t list_entries = 1024;  // every other list: feedback, extensions, SSRCs, candidates, ...
};

// Lines end with LF or CRLF. Error codes: "sdp_too_large" (a limit), "sdp_malformed"; message starts with "line N: ",
// field is the attribute ("extmap") or line type ("m") at fault.
Result<SessionDescription, Error> parse(std::string_view text, const ParseLimits& limits = {});

// CRLF line ends.
std::string print(const SessionDescription& description);

}  // namespace parley::sdp
