#include "room/participant.h"

#include <algorithm>
#include <cctype>

namespace parley::room {

namespace {

// Safari does not announce a new track on a section that was used before.
bool reuses_sections(const ClientInfo& client) {
  std::string browser = client.browser;
  std::transform(browser.begin(), browser.end(), browser.begin(), [](unsigned char c) { return std::tolower(c); });
  return browser.find("safari") == std::string::npos;
}

}  // namespace

Participant::Participant(Context& context, Wakeup& wakeup, RoomId room, TimePoint now, const JoinParams& params)
    : establish(wakeup),
      drop(wakeup),
      farewell(wakeup),
      refresh(wakeup),
      wish_end(wakeup),
      context_(context),
      wakeup_(wakeup),
      id_(context.next_id()),
      shard_(context.media.place()),
      grants_(params.grants),
      client_(params.client),
      auto_subscribe_(params.auto_subscribe),
      adaptive_stream_(params.adaptive_stream),
      publisher_(context, room, id_, shard_) {
  info_.sid = context.make_sid("PA_");
  info_.identity = params.grants.identity;
  info_.name = params.grants.name;
  info_.metadata = params.metadata.empty() ? params.grants.metadata : params.metadata;
  info_.attributes = params.grants.attributes;
  for (const auto& [key, value] : params.attributes) info_.attributes[key] = value;
  info_.state = ParticipantState::kJoined;
  info_.joined_at_ms = unix_milli(now);
  info_.version = 1;
  info_.permission = params.grants.permission;
  info_.region = context.config.region;
  info_.kind = params.grants.kind;
  info_.kind_details = params.grants.kind_details;
  info_.client_protocol = params.client.client_protocol;
  info_.capabilities = params.client.capabilities;
  if (params.single_connection) {
    single_ = std::make_unique<SingleConnection>(context, wakeup, publisher_.link());
  } else {
    subscriber_ =
        std::make_unique<SubscriberNegotiation>(context, wakeup, room, id_, shard_, reuses_sections(params.client));
  }
}

bool Participant::may_publish(TrackSource source) const {
  const Permission& permission = info_.permission;
  if (!permission.can_publish) return false;
  const auto& sources = permission.can_publish_sources;
  return sources.empty() || std::find(sources.begin(), sources.end(), source) != sources.end();
}

bool Participant::recording() const {
  return active() && (info_.permission.recorder || info_.kind == ParticipantKind::kEgress);
}

void Participant::attach(SignalSink* sink) {
  if (sink_ != nullptr) sink_->close();
  sink_ = sink;
  ++session_;
}

void Participant::close_signal() {
  if (sink_ != nullptr) sink_->close();
  sink_ = nullptr;
}

void Participant::leave(DisconnectReason reason, LeaveAction action) {
  if (sink_ == nullptr) return;
  sink_->on_event(LeaveEvent{reason, action});
  sink_->close();
  sink_ = nullptr;
}

ParticipantInfoRef Participant::snapshot() {
  if (!snapshot_) {
    auto info = std::make_shared<ParticipantInfo>(info_);
    for (const auto& publication : publications_) {
      if (publication->live()) info->tracks.push_back(publication->info());
    }
    info->is_publisher = !info->tracks.empty();
    snapshot_ = std::move(info);
  }
  return snapshot_;
}

ParticipantInfo& Participant::edit() {
  ++info_.version;
  snapshot_.reset();
  return info_;
}

Grants Participant::current_grants() const {
  Grants grants = grants_;
  grants.name = info_.name;
  grants.metadata = info_.metadata;
  grants.attributes = info_.attributes;
  grants.permission = info_.permission;
  grants.room_options.reset();
  return grants;
}

void Participant::renew(const Grants& grants) {
  grants_.expires = std::max(grants_.expires, grants.expires);
  grants_.api_key = grants.api_key;
}

Publication* Participant::publication(std::string_view sid) {
  const auto found =
      std::find_if(publications_.begin(), publications_.end(), [&](const auto& p) { return p->sid() == sid; });
  return found == publications_.end() ? nullptr : found->get();
}

Publication& Participant::add_publication(std::unique_ptr<Publication> publication) {
  return *publications_.emplace_back(std::move(publication));
}

void Participant::remove_publication(const std::string& sid) {
  std::erase_if(publications_, [&](const auto& p) { return p->sid() == sid; });
}

Subscription* Participant::subscription(const std::string& track_sid) {
  const auto found = subscriptions.find(track_sid);
  return found == subscriptions.end() ? nullptr : &found->second;
}

Downlink& Participant::downlink() {
  if (single_) return *single_;
  return *subscriber_;
}

Link* Participant::link(TransportId transport) {
  for (Link* link : {publisher_.link().get(), downlink().link()}) {
    if (link != nullptr && link->id() == transport) return link;
  }
  return nullptr;
}

bool Participant::media_dead() {
  const Link* up = publisher_.link().get();
  const Link* down = downlink().link();
  return (up != nullptr && up->ended) || (down != nullptr && down->ended);
}

}  // namespace parley::room
