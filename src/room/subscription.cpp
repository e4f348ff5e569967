#include "room/subscription.h"

#include <algorithm>

namespace parley::room {

const PublishedCodec* choose_codec(const Subscription& subscription, const Publication& publication) {
  if (!publication.live()) return nullptr;
  const auto& codecs = publication.codecs();
  if (!subscription.primary_refused) return &codecs.front();
  const auto second = std::find_if(codecs.begin() + 1, codecs.end(), [](const auto& c) { return c.negotiated(); });
  return second == codecs.end() ? nullptr : &*second;
}

VideoQuality wished_quality(const Subscription& subscription, const Publication& publication) {
  if (!subscription.settings) return subscription.adaptive ? VideoQuality::kLow : VideoQuality::kHigh;
  const auto& settings = *subscription.settings;
  if (settings.disabled) return VideoQuality::kOff;
  if (settings.width != 0 && settings.height != 0) {
    return quality_for_size(publication.info().layers, settings.width, settings.height);
  }
  return settings.quality;
}

forward::LayerTarget target_for(const Subscription& subscription, const Publication& publication,
                                const PublishedCodec& codec) {
  forward::LayerTarget target;
  if (publication.kind() == MediaKind::kAudio) {
    target.enabled = !subscription.settings || !subscription.settings->disabled;
    return target;
  }
  const VideoQuality quality = wished_quality(subscription, publication);
  target.enabled = quality != VideoQuality::kOff;
  if (!target.enabled) return target;
  target.max_layer = layer_for_quality(codec.layer_map, quality);
  target.max_temporal = temporal_for_fps(subscription.settings ? subscription.settings->fps : 0);
  return target;
}

bool SubscriptionRules::allows(const std::string& identity, const std::string& sid,
                               const std::string& track_sid) const {
  if (rules_.all_participants) return true;
  return std::any_of(rules_.track_permissions.begin(), rules_.track_permissions.end(), [&](const TrackPermission& p) {
    const bool them = (!p.participant_identity.empty() && p.participant_identity == identity) ||
                      (!p.participant_sid.empty() && p.participant_sid == sid);
    if (!them) return false;
    return p.all_tracks || std::find(p.track_sids.begin(), p.track_sids.end(), track_sid) != p.track_sids.end();
  });
}

}  // namespace parley::room
