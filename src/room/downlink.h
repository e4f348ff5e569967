// Where a participant's subscribed tracks go: a connection of their own that we offer (SubscriberNegotiation), or the
// client's only one (SingleConnection).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "room/events.h"
#include "room/link.h"
#include "sdp/negotiated.h"

namespace parley::room {

struct DownTrack {
  std::string track_sid;
  std::string participant_sid;  // the publisher's; also the cname, so that its tracks play in sync
  MediaKind kind = MediaKind::kAudio;
  Ssrc ssrc;
  std::optional<Ssrc> rtx_ssrc;
  codec::Codec codec{};  // the feed's
  bool stereo = false;

  [[nodiscard]] std::string stream_id() const { return participant_sid + '|' + track_sid; }
};

// What a negotiation came to: sections on which tracks may be sent now, and tracks that the client cannot take.
struct Placements {
  struct Placed {
    std::string track_sid;
    sdp::NegotiatedMedia media;
  };
  std::vector<Placed> placed;
  std::vector<std::string> refused;
};

class Downlink {
 public:
  virtual ~Downlink() = default;

  // False: there is no section left for it, or nobody could decode it.
  virtual bool add(TimePoint now, const DownTrack& track) = 0;
  virtual void remove(TimePoint now, const std::string& track_sid) = 0;
  // Signals that are due: an offer, a wish for sections.
  virtual std::optional<SignalEvent> poll(TimePoint now) = 0;
  // The client owes an answer for too long.
  virtual bool overdue(TimePoint now) = 0;
  // Signalling broke off or came back: what was outstanding is void. A resumed client gets the answer's event, if any.
  virtual void suspend() = 0;
  virtual std::optional<SignalEvent> resume(TimePoint now) = 0;
  // For how long nothing may be sent on sections that were just placed.
  [[nodiscard]] virtual Duration hold() const { return {}; }
  // Its transport; nullptr before there is one.
  [[nodiscard]] virtual Link* link() = 0;
};

}  // namespace parley::room
