// Tracks from their announcement to their end: permissions, negotiation with the publisher, feeds on its shard.
#pragma once

#include <functional>
#include <string>

#include "room/members.h"
#include "room/subscribing.h"

namespace parley::room {

class Publishing {
 public:
  Publishing(Context& context, Members& members, Subscribing& subscribing)
      : context_(context), members_(members), subscribing_(subscribing) {}

  void add_track(TimePoint now, Participant& publisher, const AddTrackRequest& request);
  // The publisher's offer; in one-connection mode it also places what it receives. Error: nothing was changed.
  [[nodiscard]] Result<void, Error> handle_offer(TimePoint now, Participant& publisher,
                                                 const SessionDescription& offer);
  // False: no such track.
  bool mute(TimePoint now, Participant& publisher, const std::string& sid, bool muted);
  void update_audio(TimePoint now, Participant& publisher, const UpdateLocalAudioTrackRequest& request);
  void update_video(TimePoint now, Participant& publisher, const UpdateLocalVideoTrackRequest& request);
  void update_layers(TimePoint now, Participant& publisher, const UpdateVideoLayersRequest& request);
  // Ends what it may no longer publish.
  void permission_changed(TimePoint now, Participant& publisher);
  void leaving(TimePoint now, Participant& publisher);
  void feed_started(TimePoint now, Participant& publisher, const std::string& track_sid, const FeedStarted& event);

  // For observers' events.
  void set_room_info(std::function<RoomInfo()> info) { room_info_ = std::move(info); }

 private:
  void add_backup_codec(Participant& publisher, const AddTrackRequest& request);
  void refuse(Participant& publisher, const AddTrackRequest& request, RequestReason reason, std::string message);
  // True: others should be told.
  bool bind(TimePoint now, Participant& publisher, const PublisherNegotiation::Outcome& outcome);
  void bind_codec(TimePoint now, Participant& publisher, Publication& publication, PublishedCodec& codec,
                  const sdp::NegotiatedMedia& media);
  bool end_unmatched(TimePoint now, Participant& publisher, const PublisherNegotiation::Outcome& outcome);
  void end_codec(TimePoint now, Participant& publisher, Publication& publication, const std::string& cid);
  void stop_feed(Participant& publisher, PublishedCodec& codec);
  // Sections of a track that ends here, not at the client's wish.
  void retire_sections(Participant& publisher, const Publication& publication);
  // The caller announces what is left. sid by value: callers take it from the publication that ends here.
  void unpublish(TimePoint now, Participant& publisher, std::string sid);

  Context& context_;
  Members& members_;
  Subscribing& subscribing_;
  std::function<RoomInfo()> room_info_;
};

}  // namespace parley::room
