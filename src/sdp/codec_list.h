// The formats of a section that we understand, and the parameters that we answer and offer for them; for this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/packet_info.h"
#include "sdp/negotiated.h"
#include "sdp/session_description.h"

namespace parley::sdp {

inline constexpr std::string_view kOpusParameters = "minptime=10;useinbandfec=1";

// Every format whose name, clock rate and channels are those of a codec that we know, in the section's order, with its
// own fmtp. RED is listed when its blocks are opus of the same section. RTX stands with its codec.
std::vector<NegotiatedCodec> known_codecs(const MediaSection& section);

// H264 in several forms is cut down to those that every receiver decodes (baseline, packetization-mode 1) as long as
// there is one, best first; other codecs keep their places.
void prefer_common_h264(std::vector<NegotiatedCodec>& codecs);

// The encoding's SDP spelling with the right clock rate and channels.
RtpMap rtpmap_for(PayloadType payload_type, codec::Codec codec);

// Lines of an m-section for these codecs, RTX right after each: formats, rtpmap, fmtp.
void put_codecs(MediaSection& out, std::span<const NegotiatedCodec> codecs);

// The payload type whose feedback counts for the section: the first codec's, or that of the opus inside RED, for which
// browsers list none.
std::optional<PayloadType> leading_payload_type(std::span<const NegotiatedCodec> codecs);

// Feedback of the payload type as the section lists it.
NegotiatedFeedback feedback_of(const MediaSection& section, PayloadType payload_type);
NegotiatedFeedback both(const NegotiatedFeedback& a, const NegotiatedFeedback& b);
void put_feedback(MediaSection& out, PayloadType payload_type, const NegotiatedFeedback& feedback);

}  // namespace parley::sdp
