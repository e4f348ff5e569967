// What the media plane reports: transports, data, speakers, quality.
#include "room/room.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/log.h"

namespace parley::room {

void Room::on_transport_connected(TimePoint now, Participant& participant, TransportId transport) {
  Link* link = participant.link(transport);
  if (link == nullptr) return;
  link->connected = true;
  if (link == participant.primary() && !participant.active()) activate(now, participant);
}

void Room::activate(TimePoint now, Participant& participant) {
  participant.establish.clear();
  participant.edit().state = ParticipantState::kActive;
  participant.was_active = true;
  members_.announce(participant);
  subscribing_.publisher_changed(now, participant);
  changed(now);
  context_.notify(ParticipantJoined{info(), participant.snapshot()});
  if (participant.recording()) counts_.set(now);
}

void Room::on_data_channels_open(TimePoint now, Participant& participant, TransportId transport) {
  Link* link = participant.link(transport);
  if (link == nullptr || link != participant.data_link()) return;
  link->data_open = true;
  for (SharedBytes& packet : participant.late_data.take(now)) {
    link->submit(SendData{link->id(), DataChannel::kReliable, std::move(packet)});
  }
}

void Room::on_transport_ended(TimePoint now, Participant& participant, const TransportEnded& event) {
  Link* link = participant.link(event.transport);
  if (link == nullptr) return;
  link->ended = true;
  link->connected = false;
  participant.meter.set_lost(true);
  log::debug("room", "transport ended", {{"participant", participant.sid()}, {"why", to_string(event.why)}});
  const auto reason = event.why == TransportEnd::kNeverConnected ? DisconnectReason::kConnectionTimeout
                                                                 : DisconnectReason::kMediaFailure;
  // A client that leaves closes its transports too, and their alert may overtake the leave on its way.
  if (event.why == TransportEnd::kDtlsClosed && participant.connected()) {
    participant.farewell.set_by(now + context_.config.timeouts.farewell);
    return;
  }
  // A transport that ended is not revived, so resuming would not help: the client begins a new session, which takes
  // this one's place.
  if (participant.connected()) send_away(now, participant, reason, LeaveAction::kReconnect);
  if (!participant.active() || !participant.drop.is_set()) {
    remove(now, participant, reason, LeaveAction::kDisconnect);
  }
}

void Room::on_data(TimePoint now, Participant& sender, const DataReceived& event) {
  Stats& counters = context_.counters;
  const bool carries_packets = event.channel == DataChannel::kReliable || event.channel == DataChannel::kLossy;
  if (context_.data == nullptr || !carries_packets || !event.payload || !sender.permission().can_publish_data) {
    ++counters.data_packets_refused;
    return;
  }
  const auto header = context_.data->parse(*event.payload);
  const bool agent = sender.permission().agent || sender.snapshot()->kind == ParticipantKind::kAgent;
  if (!header || header->metrics || (header->transcription && !agent)) {
    ++counters.data_packets_refused;
    return;
  }
  if (event.channel == DataChannel::kReliable && header->sequence != 0) {
    // Sent once more after a resume.
    if (header->sequence <= sender.last_reliable_sequence) return;
    sender.last_reliable_sequence = header->sequence;
  }
  const auto kind = event.channel == DataChannel::kReliable ? DataKind::kReliable : DataKind::kLossy;
  const SharedBytes packet = context_.data->stamped(event.payload, sender.identity(), sender.sid(), kind);
  if (!packet) {
    ++counters.data_packets_refused;
    return;
  }
  ++counters.data_packets_routed;
  if (header->destination_identities.empty()) {
    for (const auto& [id, other] : members_.all()) {
      if (other.get() != &sender) deliver(now, *other, event.channel, packet);
    }
    return;
  }
  auto identities = header->destination_identities;
  std::sort(identities.begin(), identities.end());
  identities.erase(std::unique(identities.begin(), identities.end()), identities.end());
  for (const std::string& identity : identities) {
    Participant* other = members_.by_identity(identity);
    if (other != nullptr && other != &sender) deliver(now, *other, event.channel, packet);
  }
}

void Room::deliver(TimePoint now, Participant& to, DataChannel channel, const SharedBytes& packet) {
  Link* link = to.data_link();
  if (link != nullptr && link->ended) return;
  if (link != nullptr && link->data_open) {
    link->submit(SendData{link->id(), channel, packet});
  } else if (channel == DataChannel::kReliable) {
    to.late_data.keep(now, packet);
  }
}

void Room::send_data(TimePoint now, const SendDataParams& params) {
  const auto channel = params.kind == DataKind::kReliable ? DataChannel::kReliable : DataChannel::kLossy;
  const auto listed = [](const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  const bool everybody = params.destination_identities.empty() && params.destination_sids.empty();
  ++context_.counters.data_packets_routed;
  for (const auto& [id, participant] : members_.all()) {
    if (everybody || listed(params.destination_identities, participant->identity()) ||
        listed(params.destination_sids, participant->sid())) {
      deliver(now, *participant, channel, params.packet);
    }
  }
}

void Room::on_feed_started(TimePoint now, Participant& publisher, const std::string& track_sid,
                           const FeedStarted& event) {
  publishing_.feed_started(now, publisher, track_sid, event);
}

void Room::on_speakers(const SpeakersChanged& event) {
  std::map<std::string, float> levels;
  for (const SpeakerLevel& speaker : event.speakers) {
    const auto owner = context_.feeds.find(speaker.feed);
    if (owner == context_.feeds.end()) continue;
    if (Participant* participant = members_.find(owner->second.participant)) {
      float& level = levels[participant->sid()];
      level = std::max(level, speaker.level);
    }
  }
  speakers_.report(event.shard, levels);
  speak();
}

void Room::speak() {
  const auto changes = speakers_.changes();
  if (changes.empty()) return;
  std::map<Participant*, SpeakersEvent> events;
  for (const SpeakerInfo& change : changes) {
    Participant* speaker = members_.by_sid(change.sid);
    if (speaker == nullptr) continue;
    events[speaker].speakers.push_back(change);
    for (Participant* listener : members_.audience_of(*speaker)) events[listener].speakers.push_back(change);
  }
  for (const auto& [participant, event] : events) participant->send(event);
}

void Room::on_quality(Participant& participant, const TransportQuality& event) { participant.meter.report(event); }

void Room::catch_up(Participant& newcomer, ConnectionQualityEvent& event) const {
  std::set<std::string> known;
  for (const auto& entry : event.updates) known.insert(entry.participant_sid);
  for (const auto& [sid, subscription] : newcomer.subscriptions) {
    const Participant* publisher = subscription.flowing ? members_.find(subscription.publisher) : nullptr;
    if (publisher == nullptr || !publisher->quality_told || !known.insert(publisher->sid()).second) continue;
    event.updates.push_back({publisher->sid(), publisher->told_quality.quality, publisher->told_quality.score});
  }
}

void Room::measure() {
  std::map<Participant*, ConnectionQualityEvent> events;
  std::vector<Participant*> newcomers;
  for (const auto& [id, participant] : members_.all()) {
    if (!participant->active()) continue;
    if (!participant->quality_told) newcomers.push_back(participant.get());
    const QualityScore score = participant->meter.evaluate();
    if (participant->quality_told && score.quality == participant->told_quality.quality) continue;
    participant->told_quality = score;
    participant->quality_told = true;
    const ConnectionQualityEvent::Entry entry{participant->sid(), score.quality, score.score};
    // Told that it is lost, a client gives up its session: it finds that out by itself, or not at all.
    if (score.quality != ConnectionQuality::kLost) events[participant.get()].updates.push_back(entry);
    for (Participant* listener : members_.audience_of(*participant)) events[listener].updates.push_back(entry);
  }
  for (Participant* newcomer : newcomers) catch_up(*newcomer, events[newcomer]);
  for (const auto& [participant, event] : events) {
    if (!event.updates.empty()) participant->send(event);
  }
}

}  // namespace parley::room
