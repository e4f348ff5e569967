// One participant of a room: who it is, its signalling session, its transports, what it publishes and what it gets.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "room/alarm.h"
#include "room/context.h"
#include "room/downlink.h"
#include "room/late_data.h"
#include "room/publication.h"
#include "room/publisher_negotiation.h"
#include "room/quality.h"
#include "room/subscriber_negotiation.h"
#include "room/subscription.h"

namespace parley::room {

class Participant {
 public:
  Participant(Context& context, Wakeup& wakeup, RoomId room, TimePoint now, const JoinParams& params);

  [[nodiscard]] ParticipantId id() const { return id_; }
  [[nodiscard]] Wakeup& wakeup() { return wakeup_; }
  [[nodiscard]] ParticipantHandle handle() const { return {id_, session_}; }
  [[nodiscard]] const std::string& sid() const { return info_.sid; }
  [[nodiscard]] const std::string& identity() const { return info_.identity; }
  [[nodiscard]] ShardIndex shard() const { return shard_; }
  [[nodiscard]] const ClientInfo& client() const { return client_; }
  [[nodiscard]] bool auto_subscribe() const { return auto_subscribe_; }
  [[nodiscard]] bool adaptive_stream() const { return adaptive_stream_; }
  [[nodiscard]] bool single_connection() const { return single_ != nullptr; }
  [[nodiscard]] bool active() const { return info_.state == ParticipantState::kActive; }
  // Others know of it.
  [[nodiscard]] bool visible() const { return active() && !info_.permission.hidden; }
  [[nodiscard]] const Permission& permission() const { return info_.permission; }
  [[nodiscard]] bool may_publish(TrackSource source) const;
  [[nodiscard]] bool recording() const;

  // ---- signalling ----
  [[nodiscard]] bool connected() const { return sink_ != nullptr; }
  void send(const SignalEvent& event) {
    if (sink_ != nullptr) sink_->on_event(event);
  }
  // The present session ends without a word; the next one has another number.
  void attach(SignalSink* sink);
  void detach() { sink_ = nullptr; }
  // Closes the session without a leave.
  void close_signal();
  void leave(DisconnectReason reason, LeaveAction action);

  // ---- what others see ----
  [[nodiscard]] ParticipantInfoRef snapshot();
  // Everything that changes what others see goes through here: versions rise, or clients take updates as old ones.
  ParticipantInfo& edit();
  void touch() { edit(); }
  // The token's grants as they stand now.
  [[nodiscard]] Grants current_grants() const;
  // Another token was presented, for the life of refreshed ones.
  void renew(const Grants& grants);

  // ---- publishing ----
  [[nodiscard]] Publication* publication(std::string_view sid);
  [[nodiscard]] const std::vector<std::unique_ptr<Publication>>& publications() const { return publications_; }
  Publication& add_publication(std::unique_ptr<Publication> publication);
  void remove_publication(const std::string& sid);
  [[nodiscard]] PublisherNegotiation& publisher() { return publisher_; }

  // ---- subscribing ----
  [[nodiscard]] Subscription* subscription(const std::string& track_sid);
  [[nodiscard]] Downlink& downlink();
  [[nodiscard]] SubscriberNegotiation* subscriber() { return subscriber_.get(); }
  [[nodiscard]] SingleConnection* single() { return single_.get(); }

  // ---- transports ----
  [[nodiscard]] Link* link(TransportId transport);
  // The one whose connection makes the participant active.
  [[nodiscard]] Link* primary() { return downlink().link(); }
  // Where data goes to it.
  [[nodiscard]] Link* data_link() { return downlink().link(); }
  [[nodiscard]] bool media_dead();  // one of its transports has ended: only a new session helps

  SubscriptionRules rules;
  std::map<std::string, Subscription> subscriptions;  // by track sid
  std::map<std::string, TimePoint> wishes;            // tracks asked for that nobody publishes (yet), until when
  std::uint32_t last_reliable_sequence = 0;
  LateData late_data;
  QualityMeter meter;
  QualityScore told_quality;
  bool quality_told = false;
  bool was_active = false;

  Alarm establish;  // its primary must be connected by then
  Alarm drop;       // it goes unless it resumes by then
  Alarm farewell;   // it closed its transport; its leave should be here by then
  Alarm refresh;    // its next refreshed token
  Alarm wish_end;

 private:
  Context& context_;
  Wakeup& wakeup_;
  ParticipantId id_;
  std::uint32_t session_ = 0;
  SignalSink* sink_ = nullptr;
  ShardIndex shard_;
  ParticipantInfo info_;  // without tracks
  ParticipantInfoRef snapshot_;
  Grants grants_;
  ClientInfo client_;
  bool auto_subscribe_;
  bool adaptive_stream_;
  std::vector<std::unique_ptr<Publication>> publications_;  // oldest first
  PublisherNegotiation publisher_;
  std::unique_ptr<SubscriberNegotiation> subscriber_;  // exactly one of these two
  std::unique_ptr<SingleConnection> single_;
};

}  // namespace parley::room
