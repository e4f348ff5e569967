#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "sdp/codec_list.h"
#include "sdp/subscriber_offer.h"

namespace parley::sdp {
namespace {

// The answer's codecs that the offer has under the same number, in the answer's order.
std::vector<NegotiatedCodec> common_codecs(const MediaSection& offered, const MediaSection& answered) {
  const std::vector<NegotiatedCodec> ours = known_codecs(offered);
  std::vector<NegotiatedCodec> out;
  for (auto& entry : known_codecs(answered)) {
    const auto it = std::ranges::find(ours, entry.payload_type, &NegotiatedCodec::payload_type);
    if (it == ours.end() || it->codec != entry.codec) continue;
    if (entry.rtx_payload_type != it->rtx_payload_type) entry.rtx_payload_type.reset();
    out.push_back(std::move(entry));
  }
  return out;
}

std::vector<NegotiatedExtension> common_extensions(const MediaSection& offered, const MediaSection& answered) {
  std::vector<NegotiatedExtension> out;
  for (const auto& ours : offered.extmaps) {
    const bool is_common = std::ranges::any_of(
        answered.extmaps, [&](const ExtMap& theirs) { return theirs.id == ours.id && theirs.uri == ours.uri; });
    if (is_common) out.push_back({static_cast<std::uint8_t>(ours.id), ours.uri});
  }
  return out;
}

NegotiatedMedia refused(const MediaSection& offered) {
  NegotiatedMedia out;
  out.mid = offered.mid;
  out.type = offered.type;
  out.rejected = true;
  return out;
}

NegotiatedMedia agree(const MediaSection& offered, const MediaSection& answered) {
  NegotiatedMedia out;
  out.mid = offered.mid;
  out.type = offered.type;
  if (!offered.is_rtp()) {
    out.direction = Direction::kSendRecv;
    return out;
  }
  out.codecs = common_codecs(offered, answered);
  // Without a common codec there is nothing to send, whatever the direction says.
  if (out.codecs.empty()) return refused(offered);
  out.direction = direction_of(can_send(offered.direction) && can_receive(answered.direction),
                               can_receive(offered.direction) && can_send(answered.direction));
  out.extensions = common_extensions(offered, answered);
  const PayloadType leading = *leading_payload_type(out.codecs);
  out.feedback = both(feedback_of(offered, leading), feedback_of(answered, leading));
  return out;
}

Error mismatch(std::size_t index, std::string_view why) {
  return {"sdp_answer_mismatch", "section " + std::to_string(index) + " of the answer " + std::string(why), "m"};
}

}  // namespace

const NegotiatedMedia* SubscriberAnswer::section(std::string_view mid) const {
  const auto it = std::ranges::find(media, mid, &NegotiatedMedia::mid);
  return it == media.end() ? nullptr : &*it;
}

Result<SubscriberAnswer, Error> parse_subscriber_answer(const SessionDescription& offer,
                                                        const SessionDescription& answer) {
  if (answer.media.size() > offer.media.size()) return mismatch(offer.media.size(), "has no counterpart in the offer");
  auto remote = remote_transport(answer);
  if (!remote) return std::move(remote).error();
  SubscriberAnswer out{*std::move(remote), {}};
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    const MediaSection& offered = offer.media[i];
    if (i >= answer.media.size() || answer.media[i].rejected()) {
      out.media.push_back(refused(offered));
      continue;
    }
    const MediaSection& answered = answer.media[i];
    if (answered.type != offered.type) return mismatch(i, "is of another type than offered");
    if (!answered.mid.empty() && answered.mid != offered.mid) return mismatch(i, "has another mid than offered");
    out.media.push_back(agree(offered, answered));
  }
  return out;
}

}  // namespace parley::sdp
