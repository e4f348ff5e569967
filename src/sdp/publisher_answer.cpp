#include "sdp/publisher_answer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "sdp/codec_list.h"
#include "sdp/extension_answer.h"
#include "sdp/text.h"

namespace parley::sdp {
namespace {

using codec::Codec;

// A section's answer while it is being made.
struct Answered {
  MediaSection section;
  NegotiatedMedia media;
};

// What flows in a section, in our terms.
struct Flow {
  const MediaWish* receive = nullptr;
  const SendPlacement* send = nullptr;
};

// ---- refusal and data ----

Answered refuse(const MediaSection& offered) {
  Answered out;
  out.section.type = out.media.type = offered.type;
  out.section.other_type = offered.other_type;
  out.section.protocol = offered.protocol;
  out.section.mid = out.media.mid = offered.mid;
  out.section.port = 0;
  out.section.direction = Direction::kInactive;
  // RFC 3264 section 6: a refused stream lists formats all the same, though they mean nothing.
  if (!offered.payload_types.empty()) out.section.payload_types = {offered.payload_types.front()};
  if (!offered.formats.empty()) out.section.formats = {offered.formats.front()};
  out.media.rejected = true;
  return out;
}

bool is_data_channel(const MediaSection& section) {
  return section.type == MediaType::kApplication && section.protocol.ends_with("DTLS/SCTP") &&
         std::ranges::find(section.formats, "webrtc-datachannel") != section.formats.end();
}

Answered answer_data(const MediaSection& offered, std::uint64_t max_message_size) {
  Answered out;
  out.section.type = out.media.type = MediaType::kApplication;
  out.section.protocol = offered.protocol;
  out.section.formats = {"webrtc-datachannel"};
  out.section.mid = out.media.mid = offered.mid;
  out.section.sctp_port = kSctpPort;
  out.section.max_message_size = max_message_size;
  out.media.direction = Direction::kSendRecv;
  return out;
}

// ---- codecs ----

// The parameters that describe a stream or that tune the sender which named them. Limits of what the client can receive
// (VP8's max-fs and max-fr) would, repeated by us, limit what it sends.
bool is_answered_parameter(Codec codec, std::string_view key) {
  using Keys = std::array<std::string_view, 4>;
  static constexpr Keys kVp9{"profile-id"};
  static constexpr Keys kH264{"level-asymmetry-allowed", "packetization-mode", "profile-level-id"};
  static constexpr Keys kH265{"level-id", "profile-id", "tier-flag", "tx-mode"};
  static constexpr Keys kAv1{"level-idx", "profile", "tier"};
  static constexpr Keys kNone{};
  // The client's own hints to its encoder (x-google-start-bitrate): it reads them from the answer.
  if (key.starts_with("x-google-")) return true;
  const Keys& keys = codec == Codec::kVp9    ? kVp9
                     : codec == Codec::kH264 ? kH264
                     : codec == Codec::kH265 ? kH265
                     : codec == Codec::kAv1  ? kAv1
                                             : kNone;
  return !key.empty() && std::ranges::find(keys, key) != keys.end();
}

std::string answered_parameters(const NegotiatedCodec& offered, const Flow& flow) {
  if (offered.codec == Codec::kRed) return offered.fmtp;
  std::string out;
  if (offered.codec == Codec::kOpus) {
    out = kOpusParameters;
    if (flow.receive != nullptr && flow.receive->dtx) out += ";usedtx=1";
    // 510 kb/s is the most that opus can use: the sender's own settings decide.
    if (flow.receive != nullptr && flow.receive->stereo) out += ";stereo=1;maxaveragebitrate=510000";
    if (flow.send != nullptr && flow.send->stereo) out += ";sprop-stereo=1";
    return out;
  }
  std::string_view rest = offered.fmtp;
  while (!rest.empty()) {
    const std::string_view parameter = text::trim(text::cut(rest, ';'));
    std::string_view value = parameter;
    if (!is_answered_parameter(offered.codec, text::trim(text::cut(value, '=')))) continue;
    if (!out.empty()) out += ';';
    out += parameter;
  }
  return out;
}

void move_to_front(std::vector<NegotiatedCodec>& codecs, Codec wanted) {
  std::ranges::stable_partition(codecs, [&](const NegotiatedCodec& entry) { return entry.codec == wanted; });
}

void order_for_receiving(std::vector<NegotiatedCodec>& codecs, const MediaWish& wish, bool only_preferred) {
  const bool is_red = wish.red || wish.preferred_codec == Codec::kRed;
  if (wish.kind == MediaKind::kAudio) {
    if (!is_red) std::erase_if(codecs, [](const NegotiatedCodec& entry) { return entry.codec == Codec::kRed; });
    move_to_front(codecs, Codec::kOpus);
    if (wish.preferred_codec) move_to_front(codecs, *wish.preferred_codec);
    if (is_red && wish.preferred_codec.value_or(Codec::kOpus) == Codec::kOpus) move_to_front(codecs, Codec::kRed);
    return;
  }
  if (!wish.preferred_codec) return;
  move_to_front(codecs, *wish.preferred_codec);
  if (only_preferred && !codecs.empty() && codecs.front().codec == *wish.preferred_codec) codecs.resize(1);
}

// Only what the placement sends: the first form of its codec, for RED with the opus inside. Empty when it was not
// offered.
std::vector<NegotiatedCodec> codecs_to_send(const std::vector<NegotiatedCodec>& offered, Codec wanted) {
  std::vector<NegotiatedCodec> out;
  const auto take = [&](Codec codec) {
    const auto it = std::ranges::find(offered, codec, &NegotiatedCodec::codec);
    if (it != offered.end()) out.push_back(*it);
  };
  take(wanted);
  if (wanted == Codec::kRed) take(Codec::kOpus);
  return out;
}

// ---- simulcast ----

bool is_wanted_rid(const MediaSection& offered, const Flow& flow, const std::string& rid) {
  const auto it = std::ranges::find(offered.rids, rid, &RidLine::id);
  if (it == offered.rids.end() || it->direction != RidDirection::kSend) return false;
  if (flow.receive == nullptr || flow.receive->rids.empty()) return true;
  return std::ranges::find(flow.receive->rids, rid) != flow.receive->rids.end();
}

// The offered encodings, in the offer's order. Sections answered inactive keep them as well: Chromium drops for good an
// encoding that an answer lacks. '~' is repeated, since Chromium takes the answer's as an order to pause or to resume.
void put_simulcast(Answered& out, const MediaSection& offered, const Flow& flow) {
  std::vector<SimulcastStream> streams;
  if (offered.simulcast) {
    for (const auto& stream : offered.simulcast->send) {
      const auto it =
          std::ranges::find_if(stream, [&](const auto& one) { return is_wanted_rid(offered, flow, one.rid); });
      if (it != stream.end()) streams.push_back({*it});
    }
  } else {
    for (const auto& rid : offered.rids) {
      if (is_wanted_rid(offered, flow, rid.id)) streams.push_back({{rid.id, false}});
    }
  }
  if (streams.size() > codec::kMaxSpatialLayers) streams.resize(codec::kMaxSpatialLayers);
  for (const auto& stream : streams) {
    out.section.rids.push_back({stream.front().rid, RidDirection::kRecv, {}});
    out.media.rids.push_back(stream.front().rid);
  }
  if (offered.simulcast && !streams.empty()) out.section.simulcast = Simulcast{{}, std::move(streams)};
}

// ---- the whole ----

class Answerer {
 public:
  Answerer(const SessionDescription& offer, const PublisherAnswerInput& input) : offer_(offer), input_(input) {}

  Result<PublisherAnswer, Error> run() {
    if (offer_.media.empty()) return Error{"sdp_no_media", "the offer has no section", "m"};
    put_session_lines();
    for (const auto& offered : offer_.media) {
      Answered answered = answer(offered);
      out_.answer.media.push_back(std::move(answered.section));
      out_.media.push_back(std::move(answered.media));
    }
    put_bundle();
    auto remote = put_transport();
    if (!remote) return std::move(remote).error();
    out_.remote = *std::move(remote);
    return std::move(out_);
  }

 private:
  void put_session_lines() {
    SessionDescription& answer = out_.answer;
    answer.origin.session_id = input_.session_id;
    answer.origin.session_version = input_.session_version;
    answer.ice_lite = true;
    answer.extmap_allow_mixed = offer_.extmap_allow_mixed;
    answer.msid_semantic = "WMS *";
    answer.transport.ice_options = {"trickle"};
  }

  // One transport is all we have: what is not in the bundle is refused, save a lone section without one.
  bool shares_transport(const MediaSection& offered) {
    if (const Group* bundle = offer_.bundle()) {
      return !offered.mid.empty() && std::ranges::find(bundle->mids, offered.mid) != bundle->mids.end();
    }
    return !unbundled_taken_;
  }

  Answered answer(const MediaSection& offered) {
    if (offered.rejected() || !shares_transport(offered)) return refuse(offered);
    Answered out = is_data_channel(offered) ? take_data(offered) : answer_rtp(offered);
    if (!out.media.rejected) unbundled_taken_ = true;
    return out;
  }

  Answered take_data(const MediaSection& offered) {
    return std::exchange(data_taken_, true) ? refuse(offered) : answer_data(offered, input_.transport.max_message_size);
  }

  Flow flow_of(const MediaSection& offered) const {
    Flow flow;
    const MediaKind kind = offered.type == MediaType::kAudio ? MediaKind::kAudio : MediaKind::kVideo;
    const auto wish = std::ranges::find(input_.wishes, offered.mid, &MediaWish::mid);
    if (wish != input_.wishes.end() && wish->accept && wish->kind == kind && can_send(offered.direction)) {
      flow.receive = &*wish;
    }
    const auto placement = std::ranges::find(input_.placements, offered.mid, &SendPlacement::mid);
    if (placement != input_.placements.end() && can_receive(offered.direction)) flow.send = &*placement;
    return flow;
  }

  // Settles the flow too: without a common codec nothing can be sent.
  std::vector<NegotiatedCodec> choose_codecs(const MediaSection& offered, Flow& flow) const {
    std::vector<NegotiatedCodec> codecs = known_codecs(offered);
    std::erase_if(codecs, [&](const NegotiatedCodec& entry) {
      return std::ranges::find(input_.enabled_codecs, entry.codec) == input_.enabled_codecs.end();
    });
    prefer_common_h264(codecs);
    if (flow.send != nullptr) {
      auto sendable = codecs_to_send(codecs, flow.send->codec);
      if (sendable.empty()) flow.send = nullptr;
      if (flow.receive == nullptr && flow.send != nullptr) codecs = std::move(sendable);
    }
    if (flow.receive != nullptr) order_for_receiving(codecs, *flow.receive, input_.only_preferred_codec);
    for (auto& entry : codecs) entry.fmtp = answered_parameters(entry, flow);
    return codecs;
  }

  Answered answer_rtp(const MediaSection& offered) const {
    // RTCP on a port of its own would need a second ICE component, plain RTP has no keys.
    const bool is_usable =
        offered.is_rtp() && offered.rtcp_mux && offered.protocol.find("RTP/SAVP") != std::string::npos;
    if (!is_usable) return refuse(offered);
    Flow flow = flow_of(offered);
    std::vector<NegotiatedCodec> codecs = choose_codecs(offered, flow);
    if (codecs.empty()) return refuse(offered);

    Answered out;
    MediaSection& section = out.section;
    section.type = out.media.type = offered.type;
    section.protocol = offered.protocol;
    section.mid = out.media.mid = offered.mid;
    section.direction = out.media.direction = direction_of(flow.send != nullptr, flow.receive != nullptr);
    section.rtcp_mux = true;
    section.rtcp_rsize = offered.rtcp_rsize;
    section.extmap_allow_mixed = offered.extmap_allow_mixed;
    put_codecs(section, codecs);
    put_extensions_and_feedback(out, offered, codecs, flow);
    put_simulcast(out, offered, flow);
    if (flow.send != nullptr) put_sending(section, *flow.send, codecs);
    out.media.codecs = std::move(codecs);
    out.media.ssrcs = offered.ssrcs;
    out.media.ssrc_groups = offered.ssrc_groups;
    out.media.msid = offered.effective_msid();
    return out;
  }

  void put_extensions_and_feedback(Answered& out, const MediaSection& offered,
                                   const std::vector<NegotiatedCodec>& codecs, const Flow& flow) const {
    const NegotiatedFeedback leading = feedback_of(offered, *leading_payload_type(codecs));
    const ExtensionPolicy policy{.receiving = flow.receive != nullptr,
                                 .sending = flow.send != nullptr,
                                 .two_byte_ids = offer_.extmap_allow_mixed || offered.extmap_allow_mixed,
                                 .video_orientation = input_.accept_video_orientation,
                                 .transport_cc_feedback = leading.transport_cc};
    out.section.extmaps = answer_extensions(offered, policy);
    for (const auto& entry : out.section.extmaps) {
      out.media.extensions.push_back({static_cast<std::uint8_t>(entry.id), entry.uri});
    }
    const bool transport_cc = out.media.extension_id(kUriTransportCc) != 0;

    const NegotiatedFeedback supported{
        .nack = true, .pli = true, .fir = true, .transport_cc = transport_cc, .remb = !transport_cc};
    for (const auto& entry : codecs) {
      put_feedback(out.section, entry.payload_type, both(feedback_of(offered, entry.payload_type), supported));
    }
    out.media.feedback = both(leading, supported);
  }

  static void put_sending(MediaSection& section, const SendPlacement& placement,
                          const std::vector<NegotiatedCodec>& codecs) {
    const Msid msid{placement.stream_id, placement.track_id};
    section.msid = msid;
    section.ssrcs.push_back({placement.ssrc, placement.cname, msid});
    const auto sent = std::ranges::find(codecs, placement.codec, &NegotiatedCodec::codec);
    const bool has_rtx = sent != codecs.end() && sent->rtx_payload_type;
    if (!placement.rtx_ssrc || !has_rtx) return;
    section.ssrcs.push_back({*placement.rtx_ssrc, placement.cname, msid});
    section.ssrc_groups.push_back({"FID", {placement.ssrc, *placement.rtx_ssrc}});
  }

  void put_bundle() {
    const Group* bundle = offer_.bundle();
    if (bundle == nullptr) return;
    Group group{bundle->semantics, {}};
    for (const auto& mid : bundle->mids) {
      const MediaSection* section = out_.answer.section(mid);
      if (section != nullptr && !section->rejected()) group.mids.push_back(mid);
    }
    if (!group.mids.empty()) out_.answer.groups.push_back(std::move(group));
  }

  // The transport is that of the section which the answer's bundle names first (RFC 8843 section 7.3.1).
  Result<RemoteTransport, Error> put_transport() {
    const MediaSection* tagged = transport_section(out_.answer);
    auto remote =
        tagged == nullptr ? remote_transport(offer_) : remote_transport(offer_, offer_.media[index_of(*tagged)]);
    if (!remote) return remote;
    out_.local_setup = answer_setup(remote->setup, input_.preferred_setup);
    const LocalTransport& local = input_.transport;
    for (auto& section : out_.answer.media) {
      if (section.rejected()) continue;
      section.transport.ice_ufrag = local.ice_ufrag;
      section.transport.ice_pwd = local.ice_pwd;
      section.transport.fingerprints = {local.fingerprint};
      section.transport.setup = out_.local_setup;
      if (&section != tagged) continue;
      section.candidates = local.candidates;
      section.end_of_candidates = !local.candidates.empty();
    }
    return remote;
  }
  [[nodiscard]] std::size_t index_of(const MediaSection& section) const {
    return static_cast<std::size_t>(&section - out_.answer.media.data());
  }

  const SessionDescription& offer_;
  const PublisherAnswerInput& input_;
  PublisherAnswer out_;
  bool unbundled_taken_ = false;
  bool data_taken_ = false;
};

}  // namespace

const NegotiatedMedia* PublisherAnswer::section(std::string_view mid) const {
  const auto it = std::ranges::find(media, mid, &NegotiatedMedia::mid);
  return it == media.end() ? nullptr : &*it;
}

Result<PublisherAnswer, Error> answer_publisher_offer(const SessionDescription& offer,
                                                      const PublisherAnswerInput& input) {
  return Answerer(offer, input).run();
}

}  // namespace parley::sdp
