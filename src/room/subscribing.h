// Who gets which track: wishes, permissions and abilities brought together, and what follows for the subscribers'
// connections and for what publishers send.
#pragma once

#include <string>

#include "room/members.h"

namespace parley::room {

class Subscribing {
 public:
  Subscribing(Context& context, Members& members) : context_(context), members_(members) {}

  // ---- tracks come, change and go ----
  void track_live(TimePoint now, Participant& publisher, Publication& publication);
  // Its codecs or feeds are others than before.
  void track_changed(TimePoint now, Participant& publisher, Publication& publication);
  void track_gone(TimePoint now, Publication& publication);
  // The publisher's rules, or whether others know of it, changed.
  void publisher_changed(TimePoint now, Participant& publisher);

  // ---- subscribers come, ask and go ----
  void arrived(TimePoint now, Participant& subscriber);
  void leaving(TimePoint now, Participant& subscriber);
  void update(TimePoint now, Participant& subscriber, const UpdateSubscriptionRequest& request);
  void change_settings(TimePoint now, Participant& subscriber, const UpdateTrackSettingsRequest& request);
  // Its permission to subscribe changed.
  void permission_changed(TimePoint now, Participant& subscriber);
  // A negotiation of its downlink finished.
  void apply(TimePoint now, Participant& subscriber, const Placements& placements);
  void handle_timeout(TimePoint now, Participant& subscriber);

  // What a publisher that resumed should know.
  void restate_qualities(Participant& publisher);

 private:
  Subscription* ensure(Participant& subscriber, Participant& publisher, Publication& publication);
  void sync(TimePoint now, Participant& subscriber, Subscription& subscription);
  void place(TimePoint now, Participant& subscriber, Subscription& subscription, Participant& publisher,
             const Publication& publication, const PublishedCodec& codec);
  void withdraw(TimePoint now, Participant& subscriber, Subscription& subscription);
  // False: the section cannot carry the feed.
  bool flow(Participant& subscriber, Subscription& subscription, const sdp::NegotiatedMedia& media);
  void refuse(TimePoint now, Participant& subscriber, Subscription& subscription);
  void refresh_dynacast(TimePoint now, Participant& publisher, Publication& publication);
  [[nodiscard]] bool eligible(const Participant& subscriber, const Subscription& subscription) const;

  Context& context_;
  Members& members_;
};

}  // namespace parley::room
