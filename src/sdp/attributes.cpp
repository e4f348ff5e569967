#include "sdp/attributes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sdp/text.h"

namespace parley::sdp {
namespace {

constexpr std::uint8_t kMaxPayloadType = 127;

std::optional<PayloadType> payload_type_from(std::string_view text) {
  const auto value = text::number<std::uint8_t>(text);
  if (!value || *value > kMaxPayloadType) return std::nullopt;
  return PayloadType(*value);
}

// RFC 8851: letters, digits, '-' and '_'; more than 16 would not fit the one-byte header extension.
bool is_rid(std::string_view s) {
  return text::all(
      s, [](char c) { return text::is_alnum(c) || c == '-' || c == '_'; }, 1, Rid::kMax);
}

Problem apply_mid(MediaSection& out, std::string_view value, const ParseLimits& /*limits*/) {
  if (!is_mid(value)) return "a mid is one word of 1 to 16 characters";
  out.mid = value;
  return kFine;
}

Problem apply_rtpmap(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.rtpmaps.size() >= limits.payload_types) return kTooMany;
  RtpMap map;
  const auto payload_type = payload_type_from(text::word(value));
  if (!payload_type) return "the payload type is not a number up to 127";
  map.payload_type = *payload_type;
  if (out.rtpmap_of(map.payload_type) != nullptr) return "the payload type is mapped twice";

  map.name = text::cut(value, '/');
  if (!text::all(map.name, text::is_visible, 1, 64)) return "the encoding name is missing or too long";
  const auto clock_rate = text::number<std::uint32_t>(text::cut(value, '/'));
  if (!clock_rate || *clock_rate == 0) return "the clock rate is not a positive number";
  map.clock_rate = *clock_rate;
  if (!value.empty()) {
    const auto channels = text::number<std::uint8_t>(value);
    if (!channels || *channels == 0) return "the channel count is not a number from 1 to 255";
    map.channels = *channels;
  }
  out.rtpmaps.push_back(std::move(map));
  return kFine;
}

Problem apply_fmtp(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.fmtps.size() >= limits.payload_types) return kTooMany;
  const auto payload_type = payload_type_from(text::word(value));
  if (!payload_type) return "the payload type is not a number up to 127";
  if (!value.empty()) out.fmtps.push_back({*payload_type, std::string(value)});
  return kFine;
}

Problem apply_feedback(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.feedback.size() >= limits.list_entries) return kTooMany;
  const std::string_view target = text::word(value);
  RtcpFeedback entry;
  if (target != "*") {
    entry.payload_type = payload_type_from(target);
    if (!entry.payload_type) return "the payload type is neither a number up to 127 nor '*'";
  }
  // One space between the words, so that "nack  pli" compares equal to "nack pli".
  while (!value.empty()) {
    if (!entry.value.empty()) entry.value += ' ';
    entry.value += text::word(value);
  }
  if (entry.value.empty()) return "the feedback type is missing";
  out.feedback.push_back(std::move(entry));
  return kFine;
}

Problem apply_extmap(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.extmaps.size() >= limits.list_entries) return kTooMany;
  ExtMap entry;
  std::string_view suffix = text::word(value);
  const auto id = text::number<std::uint16_t>(text::cut(suffix, '/'));
  if (!id || *id == 0) return "the id is not a positive number";
  entry.id = *id;
  if (!suffix.empty()) {
    entry.direction = direction_from(suffix);
    if (!entry.direction) return "the direction after the id is unknown";
  }
  entry.uri = text::word(value);
  if (entry.uri.empty()) return "the URI is missing";
  out.extmaps.push_back(std::move(entry));
  return kFine;
}

std::optional<Msid> msid_from(std::string_view value) {
  Msid out;
  out.stream = text::word(value);
  out.track = text::word(value);
  if (out.stream.empty()) return std::nullopt;
  return out;
}

Problem apply_msid(MediaSection& out, std::string_view value, const ParseLimits& /*limits*/) {
  auto msid = msid_from(value);
  if (!msid) return "the stream id is missing";
  // A track of several streams has a line for each; the first names the one we go by.
  if (!out.msid) out.msid = std::move(msid);
  return kFine;
}

Problem apply_ssrc(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  const auto id = text::number<std::uint32_t>(text::word(value));
  if (!id) return "the SSRC is not a 32-bit number";
  auto it = std::ranges::find(out.ssrcs, Ssrc(*id), &SsrcAttributes::ssrc);
  if (it == out.ssrcs.end()) {
    if (out.ssrcs.size() >= limits.list_entries) return kTooMany;
    it = out.ssrcs.insert(out.ssrcs.end(), SsrcAttributes{Ssrc(*id), {}, {}});
  }
  if (value.starts_with("cname:")) {
    it->cname = text::trim(value.substr(6));
  } else if (value.starts_with("msid:")) {
    it->msid = msid_from(value.substr(5));
    if (!it->msid) return "the stream id is missing";
  }
  return kFine;
}

Problem apply_ssrc_group(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.ssrc_groups.size() >= limits.list_entries) return kTooMany;
  SsrcGroup group;
  group.semantics = text::word(value);
  while (!value.empty()) {
    if (group.ssrcs.size() >= limits.list_entries) return kTooMany;
    const auto id = text::number<std::uint32_t>(text::word(value));
    if (!id) return "an SSRC is not a 32-bit number";
    group.ssrcs.emplace_back(*id);
  }
  if (group.semantics.empty() || group.ssrcs.empty()) return "a group needs a name and at least one SSRC";
  out.ssrc_groups.push_back(std::move(group));
  return kFine;
}

Problem apply_rid(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.rids.size() >= limits.list_entries) return kTooMany;
  RidLine rid;
  rid.id = text::word(value);
  if (!is_rid(rid.id)) return "a rid is 1 to 16 letters, digits, '-' or '_'";
  if (std::ranges::find(out.rids, rid.id, &RidLine::id) != out.rids.end()) return "the rid stands there twice";
  const std::string_view direction = text::word(value);
  if (direction != "send" && direction != "recv") return "the direction is neither send nor recv";
  rid.direction = direction == "send" ? RidDirection::kSend : RidDirection::kRecv;
  rid.parameters = value;
  out.rids.push_back(std::move(rid));
  return kFine;
}

std::optional<SimulcastStream> simulcast_stream_from(std::string_view alternatives) {
  SimulcastStream out;
  while (true) {
    const bool is_last = alternatives.find(',') == std::string_view::npos;
    std::string_view rid = text::cut(alternatives, ',');
    const bool paused = rid.starts_with('~');
    if (paused) rid.remove_prefix(1);
    if (!is_rid(rid)) return std::nullopt;
    out.push_back({std::string(rid), paused});
    if (is_last) return out;
  }
}

Problem simulcast_list_from(std::vector<SimulcastStream>& out, std::string_view list, const ParseLimits& limits) {
  if (!out.empty()) return "the direction stands there twice";
  while (true) {
    if (out.size() >= limits.list_entries) return kTooMany;
    const bool is_last = list.find(';') == std::string_view::npos;
    auto stream = simulcast_stream_from(text::cut(list, ';'));
    if (!stream) return "the list of rids cannot be read";
    out.push_back(*std::move(stream));
    if (is_last) return kFine;
  }
}

Problem apply_simulcast(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  Simulcast simulcast;
  while (!value.empty()) {
    const std::string_view direction = text::word(value);
    if (direction != "send" && direction != "recv") return "the direction is neither send nor recv";
    auto& list = direction == "send" ? simulcast.send : simulcast.recv;
    if (const Problem problem = simulcast_list_from(list, text::word(value), limits); !problem.empty()) return problem;
  }
  if (simulcast.send.empty() && simulcast.recv.empty()) return "the list of rids is missing";
  out.simulcast = std::move(simulcast);
  return kFine;
}

Problem apply_candidate(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  if (out.candidates.size() >= limits.list_entries) return kTooMany;
  auto candidate = parse_candidate(value);
  if (candidate) {
    out.candidates.push_back(*std::move(candidate));
  } else if (candidate.error().code != "candidate_unsupported") {
    return "the candidate cannot be read";
  }
  return kFine;
}

template <class T, std::optional<T> MediaSection::*Member>
Problem apply_number(MediaSection& out, std::string_view value, const ParseLimits& /*limits*/) {
  out.*Member = text::number<T>(text::trim(value));
  return (out.*Member).has_value() ? kFine : Problem("the number is missing or too large");
}

template <bool MediaSection::*Member>
Problem apply_flag(MediaSection& out, std::string_view /*value*/, const ParseLimits& /*limits*/) {
  out.*Member = true;
  return kFine;
}

using Apply = Problem (*)(MediaSection&, std::string_view, const ParseLimits&);
constexpr std::array<std::pair<std::string_view, Apply>, 18> kMediaAttributes{{
    {"mid", apply_mid},
    {"rtpmap", apply_rtpmap},
    {"fmtp", apply_fmtp},
    {"rtcp-fb", apply_feedback},
    {"extmap", apply_extmap},
    {"extmap-allow-mixed", apply_flag<&MediaSection::extmap_allow_mixed>},
    {"msid", apply_msid},
    {"ssrc", apply_ssrc},
    {"ssrc-group", apply_ssrc_group},
    {"rid", apply_rid},
    {"simulcast", apply_simulcast},
    {"candidate", apply_candidate},
    {"end-of-candidates", apply_flag<&MediaSection::end_of_candidates>},
    {"bundle-only", apply_flag<&MediaSection::bundle_only>},
    {"rtcp-mux", apply_flag<&MediaSection::rtcp_mux>},
    {"rtcp-rsize", apply_flag<&MediaSection::rtcp_rsize>},
    {"sctp-port", apply_number<std::uint16_t, &MediaSection::sctp_port>},
    {"max-message-size", apply_number<std::uint64_t, &MediaSection::max_message_size>},
}};

Problem apply_fingerprint(TransportAttributes& out, std::string_view value, const ParseLimits& limits) {
  if (out.fingerprints.size() >= limits.list_entries) return kTooMany;
  const std::string_view algorithm = text::word(value);
  const std::string_view digest = text::word(value);
  if (!text::all(algorithm, text::is_visible, 1, 32)) return "the hash algorithm is missing";
  Fingerprint fingerprint{std::string(algorithm), std::string(digest)};
  constexpr std::size_t kMaxDigest = std::size_t{64} * 3;  // SHA-512 in hexadecimal with colons
  if (digest.size() % 3 != 2 || digest.size() > kMaxDigest) return "the digest is not pairs of hexadecimal digits";
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const bool fits = i % 3 == 2 ? digest[i] == ':' : text::is_hex(digest[i]);
    if (!fits) return "the digest is not pairs of hexadecimal digits";
  }
  std::ranges::transform(fingerprint.algorithm, fingerprint.algorithm.begin(), text::lower);
  std::ranges::transform(fingerprint.value, fingerprint.value.begin(), text::upper);
  out.fingerprints.push_back(std::move(fingerprint));
  return kFine;
}

Problem apply_setup(TransportAttributes& out, std::string_view value) {
  for (const Setup setup : {Setup::kActpass, Setup::kActive, Setup::kPassive, Setup::kHoldconn}) {
    if (text_of(setup) == text::trim(value)) {
      out.setup = setup;
      return kFine;
    }
  }
  return "the role is unknown";
}

Problem apply_ice_options(TransportAttributes& out, std::string_view value, const ParseLimits& limits) {
  std::vector<std::string> options;
  while (!value.empty()) {
    if (options.size() >= limits.list_entries) return kTooMany;
    options.emplace_back(text::word(value));
  }
  std::erase(options, "");
  out.ice_options = std::move(options);
  return kFine;
}

Problem apply_ice_text(std::string& out, std::string_view value) {
  if (!text::all(value, text::is_visible, 1, 256)) return "the value is not one word of up to 256 characters";
  out = value;
  return kFine;
}

}  // namespace

bool is_mid(std::string_view text) { return text::all(text, text::is_visible, 1, Mid::kMax); }

std::optional<Direction> direction_from(std::string_view name) {
  for (const Direction direction :
       {Direction::kSendRecv, Direction::kSendOnly, Direction::kRecvOnly, Direction::kInactive}) {
    if (text_of(direction) == name) return direction;
  }
  return std::nullopt;
}

std::optional<Problem> apply_transport_attribute(TransportAttributes& out, std::string_view name,
                                                 std::string_view value, const ParseLimits& limits) {
  if (name == "ice-ufrag") return apply_ice_text(out.ice_ufrag, text::trim(value));
  if (name == "ice-pwd") return apply_ice_text(out.ice_pwd, text::trim(value));
  if (name == "ice-options") return apply_ice_options(out, value, limits);
  if (name == "fingerprint") return apply_fingerprint(out, value, limits);
  if (name == "setup") return apply_setup(out, value);
  return std::nullopt;
}

Problem apply_media_attribute(MediaSection& out, std::string_view name, std::string_view value,
                              const ParseLimits& limits) {
  const auto* const it = std::ranges::find(kMediaAttributes, name, &decltype(kMediaAttributes)::value_type::first);
  return it == kMediaAttributes.end() ? kFine : it->second(out, text::trim(value), limits);
}

Problem apply_media_line(MediaSection& out, std::string_view value, const ParseLimits& limits) {
  const std::string_view type = text::word(value);
  if (type.empty()) return "the media type is missing";
  out.type = MediaType::kOther;
  for (const MediaType known : {MediaType::kAudio, MediaType::kVideo, MediaType::kApplication}) {
    if (text_of(known) == type) out.type = known;
  }
  if (out.type == MediaType::kOther) out.other_type = type;

  std::string_view port = text::word(value);
  const auto port_value = text::number<std::uint16_t>(text::cut(port, '/'));
  if (!port_value) return "the port is not a number up to 65535";
  out.port = *port_value;
  out.protocol = text::word(value);
  if (value.empty()) return "the protocol or the list of formats is missing";

  const bool is_rtp = out.protocol.find("RTP/") != std::string::npos;
  while (!value.empty()) {
    const std::string_view format = text::word(value);
    if (out.payload_types.size() + out.formats.size() >= limits.payload_types) return kTooMany;
    if (!is_rtp) {
      out.formats.emplace_back(format);
      continue;
    }
    const auto payload_type = payload_type_from(format);
    if (!payload_type) return "a payload type is not a number up to 127";
    if (std::ranges::find(out.payload_types, *payload_type) == out.payload_types.end()) {
      out.payload_types.push_back(*payload_type);
    }
  }
  return kFine;
}

}  // namespace parley::sdp
