// Any offer gets an answer that keeps within it: same sections, no payload type, extension or rid of our own; and any
// description may come back as the answer to an offer of ours.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "sdp/publisher_answer.h"
#include "sdp/subscriber_offer.h"

namespace {

using namespace parley;
using codec::Codec;

void require(bool condition) {
  if (!condition) __builtin_trap();
}

sdp::LocalTransport local_transport() { return {"srvU", "serverpasswordserverpwd1", {"sha-256", "AA"}, {}}; }

sdp::PublisherAnswerInput input_for(const sdp::SessionDescription& offer) {
  sdp::PublisherAnswerInput input;
  input.transport = local_transport();
  input.enabled_codecs = {Codec::kOpus, Codec::kRed, Codec::kVp8, Codec::kVp9, Codec::kH264, Codec::kH265, Codec::kAv1};
  for (const auto& section : offer.media) {
    const bool is_audio = section.type == sdp::MediaType::kAudio;
    sdp::MediaWish wish;
    wish.mid = section.mid;
    wish.kind = is_audio ? MediaKind::kAudio : MediaKind::kVideo;
    wish.red = wish.stereo = true;
    wish.preferred_codec = is_audio ? Codec::kOpus : Codec::kH264;
    input.wishes.push_back(wish);
    sdp::SendPlacement placement;
    placement.mid = section.mid;
    placement.stream_id = "PA_a|TR_a";
    placement.track_id = "TR_a";
    placement.cname = "PA_a";
    placement.rtx_ssrc = Ssrc(1);
    placement.codec = is_audio ? Codec::kRed : Codec::kVp8;
    input.placements.push_back(placement);
  }
  return input;
}

void check_section(const sdp::MediaSection& offered, const sdp::MediaSection& answered,
                   const sdp::NegotiatedMedia& media) {
  require(answered.mid == offered.mid && answered.type == offered.type && media.mid == offered.mid);
  require(!offered.rejected() || answered.rejected());
  require(media.rejected == answered.rejected());
  require(!can_send(answered.direction) || can_receive(offered.direction) || !answered.is_rtp());
  require(!can_receive(answered.direction) || can_send(offered.direction) || !answered.is_rtp());
  for (const PayloadType payload_type : answered.payload_types) {
    require(std::ranges::find(offered.payload_types, payload_type) != offered.payload_types.end());
  }
  for (const auto& entry : answered.extmaps) {
    require(std::ranges::any_of(offered.extmaps,
                                [&](const auto& other) { return other.id == entry.id && other.uri == entry.uri; }));
  }
  for (const auto& rid : answered.rids) {
    require(std::ranges::find(offered.rids, rid.id, &sdp::RidLine::id) != offered.rids.end());
  }
  require(answered.rejected() || !answered.is_rtp() || !media.codecs.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Many empty sections find nothing that a few do not, and cost most of the time.
  const auto description = sdp::parse(as_text({data, size}), {.media_sections = 12});
  if (!description) return 0;

  const auto answer = sdp::answer_publisher_offer(*description, input_for(*description));
  if (answer) {
    require(answer->answer.media.size() == description->media.size());
    require(answer->media.size() == description->media.size());
    for (std::size_t i = 0; i < description->media.size(); ++i) {
      check_section(description->media[i], answer->answer.media[i], answer->media[i]);
    }
    const auto again = sdp::parse(sdp::print(answer->answer));
    require(again.has_value() && *again == answer->answer);
  }

  sdp::SubscriberOfferer offerer(1, local_transport());
  offerer.add_track({MediaKind::kAudio, "PA_a|TR_a", "TR_a", "PA_a", Ssrc(1), std::nullopt, {Codec::kRed}});
  offerer.add_track({MediaKind::kVideo, "PA_a|TR_b", "TR_b", "PA_a", Ssrc(2), Ssrc(3), {Codec::kH264, Codec::kVp8}});
  const auto read = sdp::parse_subscriber_answer(offerer.make_offer(), *description);
  require(!read || read->media.size() == 3);
  return 0;
}
