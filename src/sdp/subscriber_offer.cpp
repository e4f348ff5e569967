#include "sdp/subscriber_offer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sdp/codec_list.h"
#include "sdp/publisher_answer.h"

namespace parley::sdp {
namespace {

using codec::Codec;

constexpr std::string_view kDataMid = "0";

// The same numbers in every offer, so that all sections of the bundle agree on what a payload type is. RTX is the
// codec's number plus one.
struct Format {
  Codec codec;
  std::uint8_t payload_type;
  std::string_view fmtp;
};
constexpr std::array<Format, 11> kFormats{{
    {Codec::kOpus, 111, kOpusParameters},
    {Codec::kRed, 63, "111/111"},
    {Codec::kPcmu, 0, ""},
    {Codec::kPcma, 8, ""},
    {Codec::kVp8, 96, ""},
    {Codec::kVp9, 98, "profile-id=0"},
    {Codec::kVp9, 100, "profile-id=2"},
    {Codec::kH264, 125, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"},
    {Codec::kH264, 102, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f"},
    {Codec::kH265, 116, "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST"},
    {Codec::kAv1, 35, ""},
}};
constexpr PayloadType kOpusPayloadType{111};

// One id means one URI in the whole bundle (RFC 8843 section 9.1). Below 15, for the one-byte form.
struct Extension {
  std::uint8_t id;
  std::string_view uri;
  bool audio;
  bool video;
};
constexpr std::array<Extension, 7> kExtensions{{
    {2, kUriAbsSendTime, true, true},
    {3, kUriTransportCc, true, true},
    {4, kUriMid, true, true},
    {5, kUriPlayoutDelay, false, true},
    {6, kUriAbsCaptureTime, true, true},
    {12, kUriDependencyDescriptor, false, true},
    {13, kUriVideoOrientation, false, true},
}};

std::vector<NegotiatedCodec> codecs_of(const SubscriberTrack& track) {
  std::vector<NegotiatedCodec> out;
  const bool is_video = track.kind == MediaKind::kVideo;
  const auto put = [&](Codec codec) {
    if (codec::is_video(codec) != is_video) return;
    for (const Format& format : kFormats) {
      if (format.codec != codec) continue;
      NegotiatedCodec entry{PayloadType(format.payload_type), codec, std::nullopt, std::nullopt,
                            std::string(format.fmtp)};
      if (std::ranges::find(out, entry.payload_type, &NegotiatedCodec::payload_type) != out.end()) continue;
      if (is_video && track.rtx_ssrc) {
        entry.rtx_payload_type = PayloadType(static_cast<std::uint8_t>(format.payload_type + 1));
      }
      if (codec == Codec::kRed) entry.red_primary = kOpusPayloadType;
      if (codec == Codec::kOpus && track.stereo) entry.fmtp += ";sprop-stereo=1";
      out.push_back(std::move(entry));
    }
  };
  for (const Codec codec : track.codecs) put(codec);
  // RED's blocks are opus: its payload type has to stand in the section.
  if (std::ranges::find(out, Codec::kRed, &NegotiatedCodec::codec) != out.end()) put(Codec::kOpus);
  return out;
}

bool is_offered(const Extension& extension, MediaKind kind, const SubscriberOfferConfig& config) {
  if (extension.uri == kUriTransportCc && config.bandwidth != BandwidthFeedback::kTransportCc) return false;
  if (extension.uri == kUriAbsSendTime && config.bandwidth != BandwidthFeedback::kRemb) return false;
  return kind == MediaKind::kAudio ? extension.audio : extension.video;
}

NegotiatedFeedback offered_feedback(MediaKind kind, const SubscriberOfferConfig& config) {
  const bool is_video = kind == MediaKind::kVideo;
  const bool transport_cc = config.bandwidth == BandwidthFeedback::kTransportCc;
  return {.nack = is_video || config.audio_nack,
          .pli = is_video,
          .fir = is_video,
          .transport_cc = transport_cc,
          .remb = is_video && !transport_cc};
}

}  // namespace

SubscriberOfferer::SubscriberOfferer(std::uint64_t session_id, LocalTransport transport, SubscriberOfferConfig config)
    : transport_(std::move(transport)), config_(config) {
  origin_.session_id = session_id;
}

std::optional<std::string> SubscriberOfferer::add_track(SubscriberTrack track) {
  if (codecs_of(track).empty()) return std::nullopt;
  const auto is_reusable = [&](const Section& section) {
    return config_.reuse_sections && section.free && section.track.kind == track.kind;
  };
  auto it = std::ranges::find_if(sections_, is_reusable);
  if (it == sections_.end()) {
    if (section_count() >= config_.max_sections) return std::nullopt;
    it = sections_.insert(sections_.end(), Section{std::to_string(section_count()), {}});
  }
  it->track = std::move(track);
  it->active = true;
  it->offered_inactive = it->free = false;
  dirty_ = true;
  return it->mid;
}

bool SubscriberOfferer::remove_track(std::string_view mid) {
  const auto it = std::ranges::find(sections_, mid, &Section::mid);
  if (it == sections_.end() || !it->active) return false;
  it->active = false;
  dirty_ = true;
  return true;
}

void SubscriberOfferer::set_transport(LocalTransport transport) {
  transport_ = std::move(transport);
  dirty_ = true;
}

SessionDescription SubscriberOfferer::make_offer() {
  ++origin_.session_version;
  SessionDescription out;
  out.origin = origin_;
  out.ice_lite = true;
  out.extmap_allow_mixed = true;
  out.msid_semantic = "WMS *";
  out.transport.ice_options = {"trickle"};
  out.media.push_back(describe_data());
  for (auto& section : sections_) {
    out.media.push_back(describe(section));
    section.offered_inactive = !section.active;
  }
  Group bundle{"BUNDLE", {}};
  for (const auto& section : out.media) bundle.mids.push_back(section.mid);
  out.groups.push_back(std::move(bundle));
  dirty_ = false;
  return out;
}

void SubscriberOfferer::note_answered() {
  for (auto& section : sections_) section.free = !section.active && section.offered_inactive;
}

std::map<std::string, std::string> SubscriberOfferer::mid_to_track_id() const {
  std::map<std::string, std::string> out;
  for (const auto& section : sections_) {
    if (section.active) out.emplace(section.mid, section.track.track_id);
  }
  return out;
}

std::optional<std::string> SubscriberOfferer::mid_of_track(std::string_view track_id) const {
  for (const auto& section : sections_) {
    if (section.active && section.track.track_id == track_id) return section.mid;
  }
  return std::nullopt;
}

void SubscriberOfferer::put_transport(MediaSection& out, bool with_candidates) const {
  out.transport.ice_ufrag = transport_.ice_ufrag;
  out.transport.ice_pwd = transport_.ice_pwd;
  out.transport.fingerprints = {transport_.fingerprint};
  out.transport.setup = Setup::kActpass;
  if (!with_candidates) return;
  out.candidates = transport_.candidates;
  out.end_of_candidates = !transport_.candidates.empty();
}

MediaSection SubscriberOfferer::describe_data() const {
  MediaSection out;
  out.type = MediaType::kApplication;
  out.protocol = "UDP/DTLS/SCTP";
  out.formats = {"webrtc-datachannel"};
  out.mid = kDataMid;
  out.sctp_port = kSctpPort;
  out.max_message_size = transport_.max_message_size;
  put_transport(out, true);
  return out;
}

MediaSection SubscriberOfferer::describe(const Section& section) const {
  const SubscriberTrack& track = section.track;
  MediaSection out;
  out.type = track.kind == MediaKind::kAudio ? MediaType::kAudio : MediaType::kVideo;
  out.protocol = "UDP/TLS/RTP/SAVPF";
  out.mid = section.mid;
  out.direction = section.active ? Direction::kSendOnly : Direction::kInactive;
  out.rtcp_mux = out.rtcp_rsize = true;
  put_transport(out, false);

  const auto codecs = codecs_of(track);
  put_codecs(out, codecs);
  for (const auto& entry : codecs) {
    put_feedback(out, entry.payload_type, offered_feedback(track.kind, config_));
  }
  for (const Extension& extension : kExtensions) {
    if (is_offered(extension, track.kind, config_)) {
      out.extmaps.push_back({extension.id, std::nullopt, std::string(extension.uri)});
    }
  }
  if (!section.active) return out;

  const Msid msid{track.stream_id, track.track_id};
  out.msid = msid;
  out.ssrcs.push_back({track.ssrc, track.cname, msid});
  if (track.rtx_ssrc && track.kind == MediaKind::kVideo) {
    out.ssrcs.push_back({*track.rtx_ssrc, track.cname, msid});
    out.ssrc_groups.push_back({"FID", {track.ssrc, *track.rtx_ssrc}});
  }
  return out;
}

}  // namespace parley::sdp
