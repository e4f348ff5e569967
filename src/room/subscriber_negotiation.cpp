#include "room/subscriber_negotiation.h"

#include <algorithm>

#include "base/log.h"

namespace parley::room {

namespace {

sdp::SubscriberTrack to_sdp(const DownTrack& track) {
  sdp::SubscriberTrack out;
  out.kind = track.kind;
  out.stream_id = track.stream_id();
  out.track_id = track.track_sid;
  out.cname = track.participant_sid;
  out.ssrc = track.ssrc;
  out.rtx_ssrc = track.rtx_ssrc;
  out.codecs = {track.codec};
  if (track.codec == codec::Codec::kRed) out.codecs.push_back(codec::Codec::kOpus);
  out.stereo = track.stereo;
  return out;
}

}  // namespace

SubscriberNegotiation::SubscriberNegotiation(Context& context, Wakeup& wakeup, RoomId room, ParticipantId participant,
                                             ShardIndex shard, bool reuse_sections)
    : context_(context),
      link_(context, room, participant, shard, true),
      // Browsers read the session id as a signed number.
      offerer_(context.random.u64() >> 2U, link_.local(),
               {.reuse_sections = reuse_sections, .max_sections = context.config.limits.subscriptions_per_participant}),
      offer_id_(context.random.u32() % 256),
      send_(wakeup),
      unanswered_(wakeup) {}

bool SubscriberNegotiation::add(TimePoint now, const DownTrack& track) {
  remove(now, track.track_sid);
  const auto mid = offerer_.add_track(to_sdp(track));
  if (!mid) return false;
  mid_of_[track.track_sid] = *mid;
  schedule(now);
  return true;
}

void SubscriberNegotiation::remove(TimePoint now, const std::string& track_sid) {
  const auto found = mid_of_.find(track_sid);
  if (found == mid_of_.end()) return;
  offerer_.remove_track(found->second);
  mid_of_.erase(found);
  schedule(now);
}

void SubscriberNegotiation::schedule(TimePoint now) {
  if (suspended_) return;
  const Timeouts& timeouts = context_.config.timeouts;
  send_.set_by(std::max(now + timeouts.offer_urgent, last_sent_ + timeouts.offer_debounce));
}

std::optional<SignalEvent> SubscriberNegotiation::poll(TimePoint now) {
  if (!send_.due(now)) return std::nullopt;
  // handle_answer schedules again.
  if (outstanding_ || !offerer_.needs_offer() || link_.ended) return std::nullopt;
  return offer_now(now);
}

bool SubscriberNegotiation::overdue(TimePoint now) { return unanswered_.due(now) && outstanding_; }

void SubscriberNegotiation::suspend() {
  suspended_ = true;
  outstanding_ = false;
  unanswered_.clear();
  send_.clear();
}

std::optional<SignalEvent> SubscriberNegotiation::resume(TimePoint now) {
  suspended_ = false;
  link_.restart();
  offerer_.set_transport(link_.local());
  return offer_now(now);
}

OfferEvent SubscriberNegotiation::offer_now(TimePoint now) {
  last_offer_ = offerer_.make_offer();
  last_sent_ = now;
  send_.clear();
  outstanding_ = true;
  unanswered_.set(now + context_.config.timeouts.offer_unanswered);
  ++offer_id_;
  if (offer_id_ == 0) ++offer_id_;  // 0 means "not numbered"
  offered_ = offerer_.mid_to_track_id();
  return {{sdp::print(last_offer_), offer_id_, offered_}};
}

Result<std::optional<Placements>, Error> SubscriberNegotiation::handle_answer(TimePoint now,
                                                                              const SessionDescription& answer) {
  if (!outstanding_ || (answer.id != 0 && answer.id != offer_id_)) return std::optional<Placements>{};
  const auto description = sdp::parse(answer.sdp);
  if (!description) return description.error();
  const auto read = sdp::parse_subscriber_answer(last_offer_, *description);
  if (!read) return read.error();

  outstanding_ = false;
  unanswered_.clear();
  offerer_.note_answered();
  link_.set_remote(read->remote, sdp::is_dtls_server(read->remote.setup) ? dtls::Role::kServer : dtls::Role::kClient);
  auto placements = place(*read);
  if (offerer_.needs_offer()) schedule(now);
  return std::optional{std::move(placements)};
}

Placements SubscriberNegotiation::place(const sdp::SubscriberAnswer& answer) {
  Placements out;
  for (const auto& [sid, mid] : mid_of_) {
    // Added after the offer: the answer says nothing of it, also where a section used before will carry it.
    const auto offered = offered_.find(mid);
    if (offered == offered_.end() || offered->second != sid) continue;
    const auto* media = answer.section(mid);
    if (media == nullptr) continue;
    if (media->rejected || !sdp::can_send(media->direction) || media->codecs.empty()) {
      out.refused.push_back(sid);
    } else {
      out.placed.push_back({sid, *media});
    }
  }
  for (const std::string& sid : out.refused) {
    offerer_.remove_track(mid_of_[sid]);
    mid_of_.erase(sid);
  }
  return out;
}

}  // namespace parley::room
