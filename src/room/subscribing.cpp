#include "room/subscribing.h"

#include <algorithm>

#include "room/negotiated_media.h"

namespace parley::room {

namespace {

// What the subscriber's section makes of a feed; nullptr when it cannot carry it.
const sdp::NegotiatedCodec* codec_for(const sdp::NegotiatedMedia& media, const PublishedCodec& published) {
  std::optional<PayloadType> red_primary;
  for (const auto& codec : published.config.codecs) {
    if (codec.codec == codec::Codec::kRed) red_primary = codec.red_primary;
  }
  return codec_for_feed(media, published.codec, red_primary);
}

}  // namespace

bool Subscribing::eligible(const Participant& subscriber, const Subscription& subscription) const {
  return subscription.wanted && subscription.allowed && !subscription.unsupported &&
         subscriber.permission().can_subscribe;
}

Subscription* Subscribing::ensure(Participant& subscriber, Participant& publisher, Publication& publication) {
  if (Subscription* present = subscriber.subscription(publication.sid())) return present;
  if (subscriber.subscriptions.size() >= context_.config.limits.subscriptions_per_participant) return nullptr;
  Subscription subscription;
  subscription.publisher = publisher.id();
  subscription.track_sid = publication.sid();
  subscription.adaptive = subscriber.adaptive_stream();
  publication.subscribers[subscriber.id()] = false;
  return &subscriber.subscriptions.emplace(publication.sid(), std::move(subscription)).first->second;
}

void Subscribing::track_live(TimePoint now, Participant& publisher, Publication& publication) {
  for (const auto& [id, subscriber] : members_.all()) {
    if (subscriber.get() == &publisher) continue;
    const bool wished = subscriber->wishes.erase(publication.sid()) > 0;
    if (wished || subscriber->auto_subscribe()) ensure(*subscriber, publisher, publication);
  }
  track_changed(now, publisher, publication);
}

void Subscribing::track_changed(TimePoint now, Participant& publisher, Publication& publication) {
  for (const auto& [id, flowing] : publication.subscribers) {
    Participant* subscriber = members_.find(id);
    if (Subscription* subscription = subscriber != nullptr ? subscriber->subscription(publication.sid()) : nullptr) {
      sync(now, *subscriber, *subscription);
    }
  }
  refresh_dynacast(now, publisher, publication);
}

void Subscribing::track_gone(TimePoint now, Publication& publication) {
  for (const auto& [id, flowing] : publication.subscribers) {
    Participant* subscriber = members_.find(id);
    if (subscriber == nullptr) continue;
    if (Subscription* subscription = subscriber->subscription(publication.sid())) {
      withdraw(now, *subscriber, *subscription);
      subscriber->subscriptions.erase(publication.sid());
    }
  }
  publication.subscribers.clear();
}

void Subscribing::publisher_changed(TimePoint now, Participant& publisher) {
  for (const auto& publication : publisher.publications()) {
    if (publication->live()) track_live(now, publisher, *publication);
  }
}

void Subscribing::arrived(TimePoint now, Participant& subscriber) {
  if (!subscriber.auto_subscribe()) return;
  for (const auto& [id, publisher] : members_.all()) {
    if (publisher.get() == &subscriber) continue;
    for (const auto& publication : publisher->publications()) {
      if (!publication->live()) continue;
      Subscription* subscription = ensure(subscriber, *publisher, *publication);
      if (subscription == nullptr) return;
      sync(now, subscriber, *subscription);
      refresh_dynacast(now, *publisher, *publication);
    }
  }
}

void Subscribing::leaving(TimePoint now, Participant& subscriber) {
  for (auto& [sid, subscription] : subscriber.subscriptions) {
    withdraw(now, subscriber, subscription);
    Participant* publisher = members_.find(subscription.publisher);
    Publication* publication = publisher != nullptr ? publisher->publication(sid) : nullptr;
    if (publication == nullptr) continue;
    publication->subscribers.erase(subscriber.id());
    refresh_dynacast(now, *publisher, *publication);
  }
  subscriber.subscriptions.clear();
}

void Subscribing::update(TimePoint now, Participant& subscriber, const UpdateSubscriptionRequest& request) {
  const std::size_t limit = context_.config.limits.subscriptions_per_participant;
  for (const std::string& sid : request.track_sids) {
    Participant* publisher = members_.owner_of(sid);
    Publication* publication = publisher != nullptr ? publisher->publication(sid) : nullptr;
    if (publication == nullptr) {
      if (!request.subscribe) {
        subscriber.wishes.erase(sid);
      } else if (subscriber.wishes.size() < limit) {
        const TimePoint until = now + context_.config.timeouts.subscription_wish;
        subscriber.wishes[sid] = until;
        subscriber.wish_end.set_by(until);
      }
      continue;
    }
    if (publisher == &subscriber) continue;
    Subscription* subscription = ensure(subscriber, *publisher, *publication);
    if (subscription == nullptr) continue;
    subscription->wanted = request.subscribe;
    if (request.subscribe) subscription->unsupported = false;
    sync(now, subscriber, *subscription);
    refresh_dynacast(now, *publisher, *publication);
  }
}

void Subscribing::change_settings(TimePoint now, Participant& subscriber, const UpdateTrackSettingsRequest& request) {
  for (const std::string& sid : request.track_sids) {
    Subscription* subscription = subscriber.subscription(sid);
    if (subscription == nullptr) continue;
    subscription->settings = request;
    subscription->settings->track_sids.clear();
    sync(now, subscriber, *subscription);
    Participant* publisher = members_.find(subscription->publisher);
    if (Publication* publication = publisher != nullptr ? publisher->publication(sid) : nullptr) {
      refresh_dynacast(now, *publisher, *publication);
    }
  }
}

void Subscribing::permission_changed(TimePoint now, Participant& subscriber) {
  for (auto& [sid, subscription] : subscriber.subscriptions) {
    sync(now, subscriber, subscription);
    Participant* publisher = members_.find(subscription.publisher);
    if (Publication* publication = publisher != nullptr ? publisher->publication(sid) : nullptr) {
      refresh_dynacast(now, *publisher, *publication);
    }
  }
}

void Subscribing::sync(TimePoint now, Participant& subscriber, Subscription& subscription) {
  Participant* publisher = members_.find(subscription.publisher);
  const Publication* publication = publisher != nullptr ? publisher->publication(subscription.track_sid) : nullptr;
  if (publication == nullptr) return withdraw(now, subscriber, subscription);

  const bool allowed = publisher->rules.allows(subscriber.identity(), subscriber.sid(), subscription.track_sid);
  if (allowed != subscription.allowed && publisher->visible()) {
    subscription.allowed = allowed;
    subscriber.send(SubscriptionPermissionEvent{publisher->sid(), subscription.track_sid, allowed});
  }
  const PublishedCodec* codec =
      eligible(subscriber, subscription) && publisher->visible() ? choose_codec(subscription, *publication) : nullptr;
  if (codec == nullptr) return withdraw(now, subscriber, subscription);
  if (subscription.feed != codec->feed || subscription.codec != codec->codec) {
    withdraw(now, subscriber, subscription);
    return place(now, subscriber, subscription, *publisher, *publication, *codec);
  }
  if (!subscription.flowing) return;
  const auto target = target_for(subscription, *publication, *codec);
  if (target == subscription.target) return;
  subscription.target = target;
  subscriber.downlink().link()->submit(
      UpdateOutgoing{subscriber.downlink().link()->id(), *subscription.feed, subscription.target});
}

void Subscribing::place(TimePoint now, Participant& subscriber, Subscription& subscription, Participant& publisher,
                        const Publication& publication, const PublishedCodec& codec) {
  const auto fresh_ssrc = [this] {
    Ssrc ssrc;
    while (ssrc.value == 0) ssrc = Ssrc{context_.random.u32()};
    return ssrc;
  };
  subscription.ssrc = fresh_ssrc();
  subscription.rtx_ssrc.reset();
  if (publication.kind() == MediaKind::kVideo) subscription.rtx_ssrc = fresh_ssrc();
  subscription.feed = codec.feed;
  subscription.codec = codec.codec;
  const bool added =
      subscriber.downlink().add(now, {subscription.track_sid, publisher.sid(), publication.kind(), subscription.ssrc,
                                      subscription.rtx_ssrc, codec.codec, publication.info().stereo});
  if (!added) refuse(now, subscriber, subscription);
}

void Subscribing::withdraw(TimePoint now, Participant& subscriber, Subscription& subscription) {
  if (!subscription.feed) return;
  Link* link = subscriber.downlink().link();
  if (subscription.flowing && link != nullptr) link->submit(RemoveOutgoing{link->id(), *subscription.feed});
  if (subscription.flowing) --context_.counters.tracks_subscribed;
  subscriber.downlink().remove(now, subscription.track_sid);
  subscription.feed.reset();
  subscription.flowing = false;
  Participant* publisher = members_.find(subscription.publisher);
  Publication* publication = publisher != nullptr ? publisher->publication(subscription.track_sid) : nullptr;
  if (publication == nullptr) return;
  const auto entry = publication->subscribers.find(subscriber.id());
  if (entry != publication->subscribers.end()) entry->second = false;
}

void Subscribing::apply(TimePoint now, Participant& subscriber, const Placements& placements) {
  for (const auto& [sid, media] : placements.placed) {
    Subscription* subscription = subscriber.subscription(sid);
    if (subscription == nullptr || !subscription->feed) continue;
    if (!flow(subscriber, *subscription, media)) refuse(now, subscriber, *subscription);
  }
  for (const std::string& sid : placements.refused) {
    if (Subscription* subscription = subscriber.subscription(sid)) refuse(now, subscriber, *subscription);
  }
}

bool Subscribing::flow(Participant& subscriber, Subscription& subscription, const sdp::NegotiatedMedia& media) {
  Participant* publisher = members_.find(subscription.publisher);
  Publication* publication = publisher != nullptr ? publisher->publication(subscription.track_sid) : nullptr;
  const PublishedCodec* published = publication != nullptr ? choose_codec(subscription, *publication) : nullptr;
  if (published == nullptr || published->feed != subscription.feed) return true;  // overtaken: another round follows
  const auto* codec = codec_for(media, *published);
  if (codec == nullptr) return false;

  Link* link = subscriber.downlink().link();
  if (subscription.flowing) {
    if (subscription.mid == media.mid && subscription.payload_type == codec->payload_type) return true;
    link->submit(RemoveOutgoing{link->id(), *subscription.feed});
    --context_.counters.tracks_subscribed;
  }
  subscription.flowing = true;
  subscription.mid = media.mid;
  subscription.payload_type = codec->payload_type;
  subscription.target = target_for(subscription, *publication, *published);

  AddOutgoing add{link->id(), *subscription.feed, publisher->shard(), {}, subscriber.downlink().hold()};
  add.config.mid = Mid{media.mid};
  add.config.kind = publication->kind();
  add.config.codec = codec->codec;
  add.config.payload_type = codec->payload_type;
  add.config.ssrc = subscription.ssrc;
  add.config.rtx_payload_type = codec->rtx_payload_type;
  if (codec->rtx_payload_type) add.config.rtx_ssrc = subscription.rtx_ssrc;
  add.config.extensions = extension_map(media);
  add.config.cname = publisher->sid();
  add.config.target = subscription.target;
  add.config.nack = media.feedback.nack;
  link->submit(std::move(add));

  ++context_.counters.tracks_subscribed;
  publication->subscribers[subscriber.id()] = true;
  if (!publication->announced_subscribed) {
    publication->announced_subscribed = true;
    publisher->send(TrackSubscribedEvent{publication->sid()});
  }
  return true;
}

void Subscribing::refuse(TimePoint now, Participant& subscriber, Subscription& subscription) {
  withdraw(now, subscriber, subscription);
  Participant* publisher = members_.find(subscription.publisher);
  Publication* publication = publisher != nullptr ? publisher->publication(subscription.track_sid) : nullptr;
  if (publication == nullptr) return;
  if (!subscription.primary_refused && (publication->backup() || publication->codecs().size() > 1)) {
    subscription.primary_refused = true;
    sync(now, subscriber, subscription);
  } else {
    subscription.unsupported = true;
    subscriber.send(SubscriptionResponseEvent{subscription.track_sid, SubscriptionError::kCodecUnsupported});
  }
  refresh_dynacast(now, *publisher, *publication);
}

void Subscribing::refresh_dynacast(TimePoint now, Participant& publisher, Publication& publication) {
  if (publication.kind() != MediaKind::kVideo || !publication.live()) return;
  const auto better = [](VideoQuality a, VideoQuality b) {
    if (a == VideoQuality::kOff) return b;
    if (b == VideoQuality::kOff) return a;
    return std::max(a, b);
  };
  VideoQuality primary = VideoQuality::kOff;
  VideoQuality backup = VideoQuality::kOff;
  for (const auto& [id, flowing] : publication.subscribers) {
    Participant* subscriber = members_.find(id);
    const Subscription* subscription = subscriber != nullptr ? subscriber->subscription(publication.sid()) : nullptr;
    if (subscription == nullptr || !eligible(*subscriber, *subscription)) continue;
    VideoQuality& wanted = subscription->primary_refused ? backup : primary;
    wanted = better(wanted, wished_quality(*subscription, publication));
  }
  std::vector<std::pair<std::string, VideoQuality>> wanted = {
      {short_name(publication.codecs().front().codec), primary}};
  if (publication.codecs().size() > 1) {
    wanted.emplace_back(short_name(publication.codecs()[1].codec), backup);
  } else if (publication.backup()) {
    wanted.emplace_back(short_name(*publication.backup()), backup);
  }
  if (auto told = publication.dynacast.update(now, wanted)) {
    publisher.send(SubscribedQualityEvent{publication.sid(), std::move(*told)});
  }
}

void Subscribing::handle_timeout(TimePoint now, Participant& subscriber) {
  if (!subscriber.wish_end.due(now)) return;
  for (auto it = subscriber.wishes.begin(); it != subscriber.wishes.end();) {
    if (it->second > now) {
      subscriber.wish_end.set_by(it->second);
      ++it;
      continue;
    }
    subscriber.send(SubscriptionResponseEvent{it->first, SubscriptionError::kTrackNotFound});
    it = subscriber.wishes.erase(it);
  }
}

void Subscribing::restate_qualities(Participant& publisher) {
  for (const auto& publication : publisher.publications()) {
    auto codecs = publication->dynacast.current();
    if (!codecs.empty()) publisher.send(SubscribedQualityEvent{publication->sid(), std::move(codecs)});
  }
}

}  // namespace parley::room
