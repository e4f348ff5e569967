// One subscriber's view of one track: whether it is wanted and allowed, how large, and where it is placed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "room/downlink.h"
#include "room/publication.h"
#include "room/requests.h"

namespace parley::room {

struct Subscription {
  ParticipantId publisher = 0;
  std::string track_sid;
  bool wanted = true;
  bool allowed = true;    // by the publisher, as the subscriber was told
  bool adaptive = false;  // starts small, the client will say what it needs
  std::optional<UpdateTrackSettingsRequest> settings;
  bool primary_refused = false;  // the client cannot decode the primary codec
  bool unsupported = false;      // nor any other; until it asks again

  // Since it was handed to the downlink:
  std::optional<FeedId> feed;
  codec::Codec codec{};
  Ssrc ssrc;
  std::optional<Ssrc> rtx_ssrc;
  // Since a section carries it:
  bool flowing = false;
  std::string mid;
  PayloadType payload_type;
  forward::LayerTarget target;
};

// The published codec that this subscriber shall get; nullptr: none (yet).
const PublishedCodec* choose_codec(const Subscription& subscription, const Publication& publication);
// Highest quality that it has a use for, for the publisher's sake; kOff when disabled.
VideoQuality wished_quality(const Subscription& subscription, const Publication& publication);
forward::LayerTarget target_for(const Subscription& subscription, const Publication& publication,
                                const PublishedCodec& codec);

// Who may subscribe to a participant's tracks, by that participant's own word.
class SubscriptionRules {
 public:
  void set(SubscriptionPermissionRequest rules) { rules_ = std::move(rules); }
  [[nodiscard]] bool allows(const std::string& identity, const std::string& sid, const std::string& track_sid) const;

 private:
  SubscriptionPermissionRequest rules_;
};

}  // namespace parley::room
