#include "sdp/codec_list.h"

#include <algorithm>
#include <limits>

#include "codec/h264_profile.h"
#include "sdp/text.h"

namespace parley::sdp {
namespace {

using codec::Codec;

std::uint8_t channels_of(Codec codec) { return codec == Codec::kOpus || codec == Codec::kRed ? 2 : 1; }

// Static payload types of RFC 3551 need no rtpmap.
std::optional<Codec> static_codec(PayloadType payload_type) {
  if (payload_type == PayloadType(0)) return Codec::kPcmu;
  if (payload_type == PayloadType(8)) return Codec::kPcma;
  return std::nullopt;
}

std::optional<Codec> codec_of(const MediaSection& section, PayloadType payload_type) {
  const RtpMap* map = section.rtpmap_of(payload_type);
  const auto codec = map == nullptr ? static_codec(payload_type) : codec::codec_of(map->name);
  if (!codec || codec::is_video(*codec) != (section.type == MediaType::kVideo)) return std::nullopt;
  // RED also exists for video and for telephone events, at other clock rates; those are not ours.
  if (map != nullptr && (map->clock_rate != codec::clock_rate_of(*codec) || map->channels != channels_of(*codec))) {
    return std::nullopt;
  }
  return codec;
}

// "111/111": RFC 2198 section 5 lists the payload types of the blocks, primary first.
std::optional<PayloadType> red_primary(const MediaSection& section, PayloadType payload_type) {
  std::string_view list = section.fmtp_of(payload_type);
  const auto primary = text::number<std::uint8_t>(text::trim(text::cut(list, '/')));
  if (!primary) return std::nullopt;
  const PayloadType out(*primary);
  if (std::ranges::find(section.payload_types, out) == section.payload_types.end()) return std::nullopt;
  if (codec_of(section, out) != Codec::kOpus) return std::nullopt;
  return out;
}

// How far from what every receiver decodes: 0 and 1 are the baseline family in packetization-mode 1.
constexpr int kCommonH264 = 1;
int h264_rank(std::string_view fmtp) {
  const auto profile_text = fmtp_value(fmtp, "profile-level-id").value_or(codec::kH264DefaultProfileLevelId);
  const auto profile_level = codec::parse_h264_profile_level_id(profile_text);
  if (!profile_level) return std::numeric_limits<int>::max();
  const int mode = fmtp_value(fmtp, "packetization-mode").value_or("0") == "1" ? 0 : 10;
  switch (profile_level->profile) {
    case codec::H264Profile::kConstrainedBaseline:
      return mode;
    case codec::H264Profile::kBaseline:
      return mode + 1;
    case codec::H264Profile::kMain:
      return mode + 2;
    case codec::H264Profile::kConstrainedHigh:
      return mode + 3;
    case codec::H264Profile::kHigh:
      return mode + 4;
    default:
      return mode + 5;
  }
}

}  // namespace

std::vector<NegotiatedCodec> known_codecs(const MediaSection& section) {
  std::vector<NegotiatedCodec> out;
  for (const PayloadType payload_type : section.payload_types) {
    const auto codec = codec_of(section, payload_type);
    if (!codec) continue;
    NegotiatedCodec entry{payload_type, *codec, section.rtx_of(payload_type), std::nullopt,
                          std::string(section.fmtp_of(payload_type))};
    if (*codec == Codec::kRed) {
      entry.red_primary = red_primary(section, payload_type);
      if (!entry.red_primary) continue;
    }
    out.push_back(std::move(entry));
  }
  return out;
}

void prefer_common_h264(std::vector<NegotiatedCodec>& codecs) {
  std::vector<NegotiatedCodec> h264;
  for (const auto& entry : codecs) {
    if (entry.codec == Codec::kH264) h264.push_back(entry);
  }
  std::ranges::stable_sort(h264, {}, [](const NegotiatedCodec& entry) { return h264_rank(entry.fmtp); });
  const int limit =
      !h264.empty() && h264_rank(h264.front().fmtp) <= kCommonH264 ? kCommonH264 : std::numeric_limits<int>::max() - 1;
  std::erase_if(h264, [&](const NegotiatedCodec& entry) { return h264_rank(entry.fmtp) > limit; });

  std::size_t next = 0;
  std::vector<NegotiatedCodec> out;
  for (auto& entry : codecs) {
    if (entry.codec != Codec::kH264) {
      out.push_back(std::move(entry));
    } else if (next < h264.size()) {
      out.push_back(std::move(h264[next++]));
    }
  }
  codecs = std::move(out);
}

RtpMap rtpmap_for(PayloadType payload_type, Codec codec) {
  return {payload_type, std::string(codec::name_of(codec)), codec::clock_rate_of(codec), channels_of(codec)};
}

void put_codecs(MediaSection& out, std::span<const NegotiatedCodec> codecs) {
  for (const auto& entry : codecs) {
    out.payload_types.push_back(entry.payload_type);
    out.rtpmaps.push_back(rtpmap_for(entry.payload_type, entry.codec));
    if (!entry.fmtp.empty()) out.fmtps.push_back({entry.payload_type, entry.fmtp});
    if (!entry.rtx_payload_type) continue;
    out.payload_types.push_back(*entry.rtx_payload_type);
    out.rtpmaps.push_back({*entry.rtx_payload_type, "rtx", codec::clock_rate_of(entry.codec), 1});
    out.fmtps.push_back({*entry.rtx_payload_type, "apt=" + std::to_string(entry.payload_type.value)});
  }
}

std::optional<PayloadType> leading_payload_type(std::span<const NegotiatedCodec> codecs) {
  if (codecs.empty()) return std::nullopt;
  return codecs.front().red_primary.value_or(codecs.front().payload_type);
}

NegotiatedFeedback feedback_of(const MediaSection& section, PayloadType payload_type) {
  return {.nack = section.has_feedback(payload_type, "nack"),
          .pli = section.has_feedback(payload_type, "nack pli"),
          .fir = section.has_feedback(payload_type, "ccm fir"),
          .transport_cc = section.has_feedback(payload_type, "transport-cc"),
          .remb = section.has_feedback(payload_type, "goog-remb")};
}

NegotiatedFeedback both(const NegotiatedFeedback& a, const NegotiatedFeedback& b) {
  return {.nack = a.nack && b.nack,
          .pli = a.pli && b.pli,
          .fir = a.fir && b.fir,
          .transport_cc = a.transport_cc && b.transport_cc,
          .remb = a.remb && b.remb};
}

void put_feedback(MediaSection& out, PayloadType payload_type, const NegotiatedFeedback& feedback) {
  const auto put = [&](bool wanted, const char* value) {
    if (wanted) out.feedback.push_back({payload_type, value});
  };
  put(feedback.remb, "goog-remb");
  put(feedback.transport_cc, "transport-cc");
  put(feedback.fir, "ccm fir");
  put(feedback.nack, "nack");
  put(feedback.pli, "nack pli");
}

}  // namespace parley::sdp
