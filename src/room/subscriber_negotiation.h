// The subscriber connection of two-connection mode: the server offers, the client answers. One offer at a time; changes
// are gathered into the next.
#pragma once

#include <map>

#include "room/alarm.h"
#include "room/downlink.h"
#include "sdp/subscriber_offer.h"

namespace parley::room {

class SubscriberNegotiation final : public Downlink {
 public:
  SubscriberNegotiation(Context& context, Wakeup& wakeup, RoomId room, ParticipantId participant, ShardIndex shard,
                        bool reuse_sections);

  bool add(TimePoint now, const DownTrack& track) override;
  void remove(TimePoint now, const std::string& track_sid) override;
  std::optional<SignalEvent> poll(TimePoint now) override;
  bool overdue(TimePoint now) override;
  void suspend() override;
  // Restarts ICE with a new offer.
  std::optional<SignalEvent> resume(TimePoint now) override;
  [[nodiscard]] Link* link() override { return &link_; }

  // The offer with everything so far, at once (the first one of a session).
  OfferEvent offer_now(TimePoint now);
  // nullopt: the answer belongs to no outstanding offer. Errors: what the SDP reader says.
  Result<std::optional<Placements>, Error> handle_answer(TimePoint now, const SessionDescription& answer);

 private:
  void schedule(TimePoint now);
  [[nodiscard]] Placements place(const sdp::SubscriberAnswer& answer);

  Context& context_;
  Link link_;
  sdp::SubscriberOfferer offerer_;
  std::map<std::string, std::string> mid_of_;  // by track sid
  sdp::SessionDescription last_offer_;
  std::map<std::string, std::string> offered_;  // mid -> track of that offer
  std::uint32_t offer_id_;
  bool outstanding_ = false;
  bool suspended_ = false;  // nobody to offer to; resuming makes an offer with everything anyway
  TimePoint last_sent_;
  Alarm send_;
  Alarm unanswered_;
};

}  // namespace parley::room
