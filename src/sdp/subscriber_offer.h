// The server's offers on a subscriber connection: a list of sections that only grows, data first, and the reading of
// the client's answers to them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "codec/packet_info.h"
#include "sdp/negotiated.h"
#include "sdp/session_description.h"
#include "sdp/transport.h"

namespace parley::sdp {

// A track as a subscriber shall get it.
struct SubscriberTrack {
  MediaKind kind = MediaKind::kAudio;
  std::string stream_id;  // "PA_…|TR_…" or "PA_…|camera"
  std::string track_id;   // "TR_…"; what mid_to_track_id() tells
  std::string cname;      // one per publisher, so that its tracks are played in sync
  Ssrc ssrc;
  std::optional<Ssrc> rtx_ssrc;      // video
  std::vector<codec::Codec> codecs;  // preferred first; for RED list {kRed, kOpus}
  bool stereo = false;
};

enum class BandwidthFeedback : std::uint8_t { kTransportCc, kRemb };

struct SubscriberOfferConfig {
  BandwidthFeedback bandwidth = BandwidthFeedback::kTransportCc;
  bool audio_nack = true;
  bool reuse_sections = true;  // false for Safari: it does not announce a new track on a section used before
  std::size_t max_sections = 1024;
};

// One subscriber connection's sections. Offers and answers alternate: after make_offer() the caller waits for the
// answer (or gives the connection up) before it makes another.
class SubscriberOfferer {
 public:
  // session_id: any number, constant for the connection's life.
  SubscriberOfferer(std::uint64_t session_id, LocalTransport transport, SubscriberOfferConfig config = {});

  // The mid of the section that will carry the track: a free one of the same kind, else a new one. nullopt when
  // max_sections is reached or no codec of the track can be offered.
  std::optional<std::string> add_track(SubscriberTrack track);
  // The section becomes inactive in the next offer and free once that was answered: a client tells its application of a
  // new track only when the section was inactive in between. False for a mid without a track.
  bool remove_track(std::string_view mid);
  // New ICE credentials: the next offer restarts ICE.
  void set_transport(LocalTransport transport);

  // The offer with everything so far; raises the session version.
  SessionDescription make_offer();
  // Something changed since the last make_offer().
  [[nodiscard]] bool needs_offer() const { return dirty_; }
  // To be called once the client's answer to the last offer was read.
  void note_answered();

  [[nodiscard]] std::map<std::string, std::string> mid_to_track_id() const;  // active sections only
  [[nodiscard]] std::optional<std::string> mid_of_track(std::string_view track_id) const;
  [[nodiscard]] std::size_t section_count() const { return sections_.size() + 1; }  // with the data section

 private:
  struct Section {
    std::string mid;
    SubscriberTrack track;  // kept when inactive: its codecs fill the m-line
    bool active = true;
    bool offered_inactive = false;
    bool free = false;
  };
  [[nodiscard]] MediaSection describe(const Section& section) const;
  [[nodiscard]] MediaSection describe_data() const;
  void put_transport(MediaSection& out, bool with_candidates) const;

  Origin origin_;
  LocalTransport transport_;
  SubscriberOfferConfig config_;
  std::vector<Section> sections_;
  bool dirty_ = true;
};

// What the client made of an offer. `media` has one entry per section of the offer, in its order; direction is ours
// (kSendOnly: the client takes the track; anything else: it does not).
struct SubscriberAnswer {
  RemoteTransport remote;
  std::vector<NegotiatedMedia> media;

  [[nodiscard]] const NegotiatedMedia* section(std::string_view mid) const;
};

// Codecs, extensions and feedback that the answer adds to the offer are ignored, sections it lacks count as refused.
// Errors: "sdp_transport", "sdp_answer_mismatch" (a section of another mid or type than offered).
Result<SubscriberAnswer, Error> parse_subscriber_answer(const SessionDescription& offer,
                                                        const SessionDescription& answer);

}  // namespace parley::sdp
