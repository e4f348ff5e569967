#include "room/members.h"

#include <set>

namespace parley::room {

namespace {

template <class Index, class Key>
Participant* look_up(const Index& index, const Key& key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace

Participant& Members::add(std::unique_ptr<Participant> participant) {
  Participant& added = *participant;
  by_identity_[added.identity()] = &added;
  by_sid_[added.sid()] = &added;
  all_.emplace(added.id(), std::move(participant));
  return added;
}

void Members::erase(Participant& participant) {
  by_identity_.erase(participant.identity());
  by_sid_.erase(participant.sid());
  all_.erase(participant.id());
}

Participant* Members::find(ParticipantId id) const {
  const auto found = all_.find(id);
  return found == all_.end() ? nullptr : found->second.get();
}

Participant* Members::by_identity(const std::string& identity) const { return look_up(by_identity_, identity); }
Participant* Members::by_sid(const std::string& sid) const { return look_up(by_sid_, sid); }

std::vector<ParticipantId> Members::ids() const {
  std::vector<ParticipantId> ids;
  ids.reserve(all_.size());
  for (const auto& [id, participant] : all_) ids.push_back(id);
  return ids;
}

Participant* Members::owner_of(const std::string& track_sid) const {
  const auto found = owners_.find(track_sid);
  return found == owners_.end() ? nullptr : find(found->second);
}

void Members::announce(Participant& participant) {
  const UpdateEvent update{{participant.snapshot()}};
  if (participant.visible()) {
    send_all(update);
  } else {
    participant.send(update);
  }
}

void Members::announce_departure(TimePoint now, Participant& participant, DisconnectReason reason) {
  auto gone = std::make_shared<ParticipantInfo>(*participant.snapshot());
  gone->state = ParticipantState::kDisconnected;
  gone->disconnect_reason = reason;
  gone->tracks.clear();
  ++gone->version;
  const UpdateEvent update{{gone}};
  for (const auto& [id, other] : all_) {
    if (other.get() != &participant) other->send(update);
  }
  departures_.push_back({now, std::move(gone)});
  while (departures_.front().at + kRememberDepartures < now) departures_.pop_front();
}

std::vector<ParticipantInfoRef> Members::departed_since(TimePoint when) const {
  std::vector<ParticipantInfoRef> gone;
  for (const Departure& departure : departures_) {
    // Whoever came back under the same identity is told of by the list of those present.
    if (departure.at >= when && by_identity(departure.info->identity) == nullptr) gone.push_back(departure.info);
  }
  return gone;
}

void Members::send_all(const SignalEvent& event) {
  for (const auto& [id, participant] : all_) participant->send(event);
}

std::vector<Participant*> Members::audience_of(const Participant& participant) const {
  std::set<ParticipantId> listeners;
  for (const auto& publication : participant.publications()) {
    for (const auto& [id, flowing] : publication->subscribers) {
      if (flowing) listeners.insert(id);
    }
  }
  std::vector<Participant*> audience;
  for (const ParticipantId id : listeners) {
    if (Participant* listener = find(id)) audience.push_back(listener);
  }
  return audience;
}

}  // namespace parley::room
