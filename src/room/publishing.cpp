#include "room/publishing.h"

#include <algorithm>

#include "base/log.h"
#include "room/negotiated_media.h"

namespace parley::room {

namespace {

std::string token_of(const PublishedCodec& codec) { return codec.sdp_cid.empty() ? codec.cid : codec.sdp_cid; }

const SectionMatch* match_of(const PublisherNegotiation::Outcome& outcome, const Publication& publication,
                             const PublishedCodec& codec) {
  const auto found = std::find_if(outcome.matches.begin(), outcome.matches.end(), [&](const SectionMatch& m) {
    return m.track_sid == publication.sid() && m.cid == codec.cid;
  });
  return found == outcome.matches.end() ? nullptr : &*found;
}

}  // namespace

void Publishing::refuse(Participant& publisher, const AddTrackRequest& request, RequestReason reason,
                        std::string message) {
  publisher.send(RequestResponseEvent{0, reason, std::move(message), request});
}

void Publishing::add_track(TimePoint now, Participant& publisher, const AddTrackRequest& request) {
  const Limits& limits = context_.config.limits;
  if (request.type == TrackType::kData) {
    return refuse(publisher, request, RequestReason::kUnsupportedType, "data is not published as a track here");
  }
  if (request.cid.empty() || request.cid.size() > limits.track_name) {
    return refuse(publisher, request, RequestReason::kInvalidRequest, "cid must be given and short");
  }
  if (!publisher.may_publish(request.source)) {
    return refuse(publisher, request, RequestReason::kNotAllowed, "no permission to publish this source");
  }
  if (!request.sid.empty()) return add_backup_codec(publisher, request);
  // A client that lost the answer in a reconnect asks again.
  for (const auto& publication : publisher.publications()) {
    if (!publication->live() && publication->codec_by_cid(request.cid) != nullptr) {
      return publisher.send(TrackPublishedEvent{request.cid, publication->info()});
    }
  }
  if (publisher.publications().size() >= limits.tracks_per_participant) {
    return refuse(publisher, request, RequestReason::kLimitExceeded, "too many tracks");
  }
  if (request.name.size() > limits.track_name || request.stream.size() > limits.track_name) {
    return refuse(publisher, request, RequestReason::kLimitExceeded, "name is too long");
  }
  Publication& publication =
      publisher.add_publication(std::make_unique<Publication>(context_, publisher.wakeup(), now, request));
  members_.own_track(publication.sid(), publisher.id());
  publisher.send(TrackPublishedEvent{request.cid, publication.info()});
}

void Publishing::add_backup_codec(Participant& publisher, const AddTrackRequest& request) {
  Publication* publication = publisher.publication(request.sid);
  if (publication == nullptr) {
    return refuse(publisher, request, RequestReason::kNotFound, "no such track");
  }
  const std::string& cid = request.simulcast_codecs.empty() || request.simulcast_codecs.front().cid.empty()
                               ? request.cid
                               : request.simulcast_codecs.front().cid;
  if (publication->codec_by_cid(cid) == nullptr && !publication->add_codec(context_.config, request)) {
    return refuse(publisher, request, RequestReason::kLimitExceeded, "too many codecs of one track");
  }
  publisher.send(TrackPublishedEvent{cid, publication->info()});
}

Result<void, Error> Publishing::handle_offer(TimePoint now, Participant& publisher, const SessionDescription& offer) {
  auto outcome = publisher.publisher().handle_offer(offer, publisher.publications(), publisher.single());
  if (!outcome) return outcome.error();
  // The answer goes first: what follows may be about sections that only exist once it is applied.
  publisher.send(AnswerEvent{outcome->answer});
  const bool ended = end_unmatched(now, publisher, *outcome);
  const bool bound = bind(now, publisher, *outcome);
  if (ended || bound) {
    publisher.touch();
    members_.announce(publisher);
    for (const auto& publication : publisher.publications()) {
      if (publication->live()) subscribing_.track_live(now, publisher, *publication);
    }
  }
  if (SingleConnection* single = publisher.single()) {
    subscribing_.apply(now, publisher, single->placed(now, outcome->details));
  }
  return {};
}

bool Publishing::bind(TimePoint now, Participant& publisher, const PublisherNegotiation::Outcome& outcome) {
  bool news = false;
  for (const auto& publication : publisher.publications()) {
    for (PublishedCodec& codec : publication->codecs()) {
      const SectionMatch* match = match_of(outcome, *publication, codec);
      if (match == nullptr) continue;
      codec.sdp_cid = match->token == codec.cid ? std::string{} : match->token;
      const auto before = codec.codec;
      const bool was_live = publication->live();
      const bool fresh = !codec.negotiated();
      bind_codec(now, publisher, *publication, codec, *outcome.details.section(match->mid));
      news = news || fresh || before != codec.codec;
      if (publication->live() && !was_live) {
        ++context_.counters.tracks_published;
        publisher.touch();
        context_.notify(TrackPublished{room_info_(), publisher.snapshot(), publication->info()});
      }
    }
  }
  return news;
}

void Publishing::bind_codec(TimePoint now, Participant& publisher, Publication& publication, PublishedCodec& codec,
                            const sdp::NegotiatedMedia& media) {
  Link* link = publisher.publisher().link().get();
  const auto before = codec.config;
  if (codec.feed) {
    const auto sending = codec.codec;
    publication.negotiated(now, codec, media, *codec.feed);
    // What the publisher really sends counts for more than what the answer prefers.
    const bool still_agreed = std::any_of(media.codecs.begin(), media.codecs.end(),
                                          [&](const auto& agreed) { return agreed.codec == sending; });
    if (codec.codec != sending && still_agreed) publication.set_codec(now, codec, sending);
    if (!same_terms(before, codec.config)) link->submit(UpdateIncoming{link->id(), *codec.feed, codec.config});
    return;
  }
  const FeedId feed{context_.next_id()};
  context_.feeds.emplace(feed, Context::FeedOwner{publisher.id(), publication.sid()});
  publication.negotiated(now, codec, media, feed);
  link->submit(AddIncoming{link->id(), feed, codec.config});
}

bool Publishing::end_unmatched(TimePoint now, Participant& publisher, const PublisherNegotiation::Outcome& outcome) {
  std::vector<std::pair<std::string, std::string>> ended;  // track sid, cid
  for (const auto& publication : publisher.publications()) {
    for (const PublishedCodec& codec : publication->codecs()) {
      if (codec.negotiated() && match_of(outcome, *publication, codec) == nullptr) {
        ended.emplace_back(publication->sid(), codec.cid);
      }
    }
  }
  for (const auto& [sid, cid] : ended) {
    if (Publication* publication = publisher.publication(sid)) end_codec(now, publisher, *publication, cid);
  }
  return !ended.empty();
}

void Publishing::end_codec(TimePoint now, Participant& publisher, Publication& publication, const std::string& cid) {
  if (publication.codecs().front().cid == cid) return unpublish(now, publisher, publication.sid());
  PublishedCodec* codec = publication.codec_by_cid(cid);
  PublishedCodec ending = *codec;
  publication.remove_codec(cid);
  subscribing_.track_changed(now, publisher, publication);  // its subscribers let go before the feed ends
  stop_feed(publisher, ending);
}

void Publishing::stop_feed(Participant& publisher, PublishedCodec& codec) {
  if (!codec.feed) return;
  if (Link* link = publisher.publisher().link().get()) link->submit(RemoveIncoming{link->id(), *codec.feed});
  context_.feeds.erase(*codec.feed);
  codec.feed.reset();
}

void Publishing::retire_sections(Participant& publisher, const Publication& publication) {
  for (const PublishedCodec& codec : publication.codecs()) publisher.publisher().retire(codec.mid, token_of(codec));
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): see the header
void Publishing::unpublish(TimePoint now, Participant& publisher, std::string sid) {
  Publication* publication = publisher.publication(sid);
  if (publication == nullptr) return;
  const bool live = publication->live();
  subscribing_.track_gone(now, *publication);
  for (PublishedCodec& codec : publication->codecs()) stop_feed(publisher, codec);
  const TrackInfo info = publication->info();
  members_.disown_track(sid);
  publisher.remove_publication(sid);
  publisher.touch();
  if (!live) return;
  --context_.counters.tracks_published;
  context_.notify(TrackUnpublished{room_info_(), publisher.snapshot(), info});
}

bool Publishing::mute(TimePoint now, Participant& publisher, const std::string& sid, bool muted) {
  Publication* publication = publisher.publication(sid);
  if (publication == nullptr) return false;
  if (publication->info().muted == muted) return true;
  publication->set_muted(now, muted);
  for (const PublishedCodec& codec : publication->codecs()) {
    Link* link = publisher.publisher().link().get();
    if (codec.feed && link != nullptr) link->submit(MuteIncoming{link->id(), *codec.feed, muted});
  }
  publisher.touch();
  if (publication->live()) members_.announce(publisher);
  return true;
}

void Publishing::update_audio(TimePoint now, Participant& publisher, const UpdateLocalAudioTrackRequest& request) {
  Publication* publication = publisher.publication(request.track_sid);
  constexpr std::size_t kMaxFeatures = 16;
  if (publication == nullptr || publication->kind() != MediaKind::kAudio || request.features.size() > kMaxFeatures) {
    return publisher.send(RequestResponseEvent{0, RequestReason::kNotFound, "no such audio track", request});
  }
  publication->set_audio_features(now, request.features);
  publisher.touch();
  members_.announce(publisher);
}

void Publishing::update_video(TimePoint now, Participant& publisher, const UpdateLocalVideoTrackRequest& request) {
  Publication* publication = publisher.publication(request.track_sid);
  if (publication == nullptr || publication->kind() != MediaKind::kVideo) {
    return publisher.send(RequestResponseEvent{0, RequestReason::kNotFound, "no such video track", request});
  }
  publication->set_size(now, request.width, request.height);
  publisher.touch();
  members_.announce(publisher);
}

void Publishing::update_layers(TimePoint now, Participant& publisher, const UpdateVideoLayersRequest& request) {
  Publication* publication = publisher.publication(request.track_sid);
  if (publication == nullptr || publication->kind() != MediaKind::kVideo) return;
  publication->set_layers(now, request.layers);
  publisher.touch();
  members_.announce(publisher);
  subscribing_.track_changed(now, publisher, *publication);
}

void Publishing::permission_changed(TimePoint now, Participant& publisher) {
  std::vector<std::string> revoked;
  for (const auto& publication : publisher.publications()) {
    if (!publisher.may_publish(publication->info().source)) revoked.push_back(publication->sid());
  }
  for (const std::string& sid : revoked) {
    retire_sections(publisher, *publisher.publication(sid));
    unpublish(now, publisher, sid);
    publisher.send(TrackUnpublishedEvent{sid});
  }
}

void Publishing::leaving(TimePoint now, Participant& publisher) {
  while (!publisher.publications().empty()) {
    unpublish(now, publisher, publisher.publications().back()->sid());
  }
}

void Publishing::feed_started(TimePoint now, Participant& publisher, const std::string& track_sid,
                              const FeedStarted& event) {
  Publication* publication = publisher.publication(track_sid);
  if (publication == nullptr) return;
  for (PublishedCodec& codec : publication->codecs()) {
    if (codec.feed != event.feed) continue;
    publication->set_ssrc(codec, event.layer, event.ssrc);
    if (codec.codec == event.codec) return;
    publication->set_codec(now, codec, event.codec);
    publisher.touch();
    members_.announce(publisher);
    subscribing_.track_changed(now, publisher, *publication);
    return;
  }
}

}  // namespace parley::room
