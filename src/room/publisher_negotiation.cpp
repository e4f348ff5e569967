#include "room/publisher_negotiation.h"

#include <algorithm>
#include <set>

namespace parley::room {

namespace {

std::vector<AnnouncedCodec> announced_codecs(const std::vector<std::unique_ptr<Publication>>& publications) {
  std::vector<AnnouncedCodec> out;
  for (const auto& publication : publications) {
    for (const PublishedCodec& codec : publication->codecs()) {
      out.push_back({publication->sid(), codec.cid, codec.sdp_cid, codec.mid, publication->kind()});
    }
  }
  return out;
}

const Publication* find(const std::vector<std::unique_ptr<Publication>>& publications, const std::string& sid) {
  const auto found =
      std::find_if(publications.begin(), publications.end(), [&](const auto& p) { return p->sid() == sid; });
  return found == publications.end() ? nullptr : found->get();
}

std::vector<sdp::MediaWish> wishes_for(const std::vector<SectionMatch>& matches,
                                       const std::vector<std::unique_ptr<Publication>>& publications) {
  std::vector<sdp::MediaWish> wishes;
  for (const SectionMatch& match : matches) {
    const Publication* publication = find(publications, match.track_sid);
    for (const PublishedCodec& codec : publication->codecs()) {
      if (codec.cid == match.cid) wishes.push_back(publication->wish(codec, match.mid));
    }
  }
  return wishes;
}

}  // namespace

PublisherNegotiation::PublisherNegotiation(Context& context, RoomId room, ParticipantId participant, ShardIndex shard)
    : context_(context),
      room_(room),
      participant_(participant),
      shard_(shard),
      session_id_(context.random.u64() >> 2U) {}  // browsers read it as a signed number

Result<PublisherNegotiation::Outcome, Error> PublisherNegotiation::handle_offer(
    const SessionDescription& offer, const std::vector<std::unique_ptr<Publication>>& publications,
    SingleConnection* single) {
  const auto description = sdp::parse(offer.sdp, {.bytes = context_.config.limits.sdp});
  if (!description) return description.error();
  const auto remote = sdp::remote_transport(*description);
  if (!remote) return remote.error();
  if (link_ && link_->ended) return Error{"failed_precondition", "the connection has ended", "offer"};
  if (!link_) link_ = std::make_unique<Link>(context_, room_, participant_, shard_, false);
  link_->prepare(*remote);

  std::erase_if(stale_, [&](const StaleSection& s) {
    const auto* section = description->section(s.mid);
    return section == nullptr || !client_sends(*section) || msid_token(*section) != s.token;
  });
  auto matches = match_sections(*description, announced_codecs(publications), stale_);

  sdp::PublisherAnswerInput input;
  input.transport = link_->local();
  input.session_id = session_id_;
  input.session_version = ++session_version_;
  input.enabled_codecs = enabled_codecs(context_.config);
  // Firefox sends with any codec of the answer it likes.
  input.only_preferred_codec = sdp::is_from_firefox(*description);
  input.accept_video_orientation = context_.config.video_orientation;
  input.wishes = wishes_for(matches, publications);
  if (single != nullptr) {
    std::set<std::string> publishing;
    for (const SectionMatch& match : matches) publishing.insert(match.mid);
    input.placements = single->place(*description, publishing);
  }
  auto answer = sdp::answer_publisher_offer(*description, input);
  if (!answer) return answer.error();
  link_->set_remote(answer->remote,
                    answer->local_setup == sdp::Setup::kActive ? dtls::Role::kClient : dtls::Role::kServer);

  Outcome outcome;
  outcome.answer.sdp = sdp::print(answer->answer);
  outcome.answer.id = offer.id;  // clients take an answer with any other number as stale
  for (SectionMatch& match : matches) {
    const auto* media = answer->section(match.mid);
    if (media != nullptr && !media->rejected && sdp::can_receive(media->direction) && !media->codecs.empty()) {
      outcome.matches.push_back(std::move(match));
    }
  }
  for (const auto& placement : input.placements) outcome.answer.mid_to_track_id[placement.mid] = placement.track_id;
  outcome.details = std::move(*answer);
  return outcome;
}

void PublisherNegotiation::retire(const std::string& mid, const std::string& token) {
  if (!mid.empty()) stale_.push_back({mid, token});
}

}  // namespace parley::room
