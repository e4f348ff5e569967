// One room: its members and what happens among them. Owned and called by Manager.
#pragma once

#include <string>
#include <vector>

#include "room/members.h"
#include "room/publishing.h"
#include "room/speakers.h"
#include "room/subscribing.h"

namespace parley::room {

class Room {
 public:
  Room(Context& context, Wakeup& above, TimePoint now, std::string name, const RoomOptions& options);
  ~Room();

  [[nodiscard]] RoomId id() const { return id_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] RoomInfo info() const;
  [[nodiscard]] const Members& members() const { return members_; }
  [[nodiscard]] TimePoint wakeup() const { return wakeup_.at; }
  // Nothing is left of it: to be destroyed.
  [[nodiscard]] bool finished() const { return finished_; }

  // ---- participants ----
  [[nodiscard]] bool full(const std::string& identity) const;
  Participant& join(TimePoint now, const JoinParams& params, SignalSink* sink);
  void resume(TimePoint now, Participant& participant, const ResumeParams& params, SignalSink* sink);
  void handle_request(TimePoint now, Participant& participant, const Request& request);
  void signal_lost(TimePoint now, Participant& participant);

  // ---- media plane, time ----
  void on_transport_connected(TimePoint now, Participant& participant, TransportId transport);
  void on_data_channels_open(TimePoint now, Participant& participant, TransportId transport);
  void on_transport_ended(TimePoint now, Participant& participant, const TransportEnded& event);
  void on_data(TimePoint now, Participant& sender, const DataReceived& event);
  void on_feed_started(TimePoint now, Participant& publisher, const std::string& track_sid, const FeedStarted& event);
  void on_speakers(const SpeakersChanged& event);
  void on_quality(Participant& participant, const TransportQuality& event);
  void handle_timeout(TimePoint now);

  // ---- administration ----
  // Everybody leaves and the room ends.
  void close(TimePoint now, DisconnectReason reason, LeaveAction action);
  void remove(TimePoint now, Participant& participant, DisconnectReason reason, LeaveAction action);
  Result<TrackInfo, Error> mute_track(TimePoint now, Participant& participant, const std::string& sid, bool muted);
  Result<void, Error> update_participant(TimePoint now, Participant& participant,
                                         const UpdateParticipantParams& params);
  void update_subscriptions(TimePoint now, Participant& participant, const UpdateSubscriptionRequest& request);
  void send_data(TimePoint now, const SendDataParams& params);
  Result<void, Error> set_metadata(TimePoint now, const std::string& metadata);

 private:
  // Requests, one function each.
  void on_request(TimePoint now, Participant& p, const OfferRequest& request);
  void on_request(TimePoint now, Participant& p, const AnswerRequest& request);
  void on_request(TimePoint now, Participant& p, const TrickleRequest& request);
  void on_request(TimePoint now, Participant& p, const AddTrackRequest& request);
  void on_request(TimePoint now, Participant& p, const MuteTrackRequest& request);
  void on_request(TimePoint now, Participant& p, const UpdateSubscriptionRequest& request);
  void on_request(TimePoint now, Participant& p, const UpdateTrackSettingsRequest& request);
  void on_request(TimePoint now, Participant& p, const LeaveRequest& request);
  void on_request(TimePoint now, Participant& p, const SubscriptionPermissionRequest& request);
  void on_request(TimePoint now, Participant& p, const SyncStateRequest& request);
  void on_request(TimePoint now, Participant& p, const UpdateMetadataRequest& request);
  void on_request(TimePoint now, Participant& p, const UpdateLocalAudioTrackRequest& request);
  void on_request(TimePoint now, Participant& p, const UpdateLocalVideoTrackRequest& request);
  void on_request(TimePoint now, Participant& p, const UpdateVideoLayersRequest& request);
  void on_request(TimePoint now, Participant& p, const SimulateRequest& request);

  void refuse_description(Participant& p, const char* which, const Error& error);
  void welcome(Participant& participant);
  void bring_up_to_date(TimePoint now, Participant& participant);
  void activate(TimePoint now, Participant& participant);
  // Asks for a session that begins again (or goes on): the participant is kept for a while.
  void send_away(TimePoint now, Participant& participant, DisconnectReason reason, LeaveAction action);
  void send_token(TimePoint now, Participant& participant);
  void check_deadlines(TimePoint now, Participant& participant);
  void drop_if_overdue(TimePoint now, Participant& participant);
  void speak();
  void measure();
  // What was told before it came, of those whose tracks it gets.
  void catch_up(Participant& newcomer, ConnectionQualityEvent& event) const;
  void changed(TimePoint now);
  void deliver(TimePoint now, Participant& to, DataChannel channel, const SharedBytes& packet);

  Context& context_;
  Wakeup wakeup_;
  RoomId id_;
  std::string sid_;
  std::string name_;
  std::string metadata_;
  std::vector<std::uint8_t> sif_trailer_;
  std::int64_t created_ms_;
  Duration empty_timeout_;
  Duration departure_timeout_;
  std::uint32_t max_participants_;
  TimedVersion version_;
  bool finished_ = false;

  Members members_;
  Subscribing subscribing_;
  Publishing publishing_;
  SpeakerBoard speakers_;
  Alarm end_;      // nobody is there
  Alarm counts_;   // counts changed and are not announced yet
  Alarm quality_;  // regular
};

}  // namespace parley::room
