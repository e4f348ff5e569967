// The downward half of one-connection mode: the client offers sections on which it can receive, tracks are placed on
// them in the answers. When sections are lacking, or only a new offer is, the client is asked for one.
#pragma once

#include <map>
#include <set>

#include "room/alarm.h"
#include "room/downlink.h"
#include "sdp/publisher_answer.h"

namespace parley::room {

class SingleConnection final : public Downlink {
 public:
  // link: the connection's, made with the client's first offer.
  SingleConnection(Context& context, Wakeup& wakeup, std::unique_ptr<Link>& link)
      : context_(context), link_(link), ask_(wakeup), unanswered_(wakeup) {}

  bool add(TimePoint now, const DownTrack& track) override;
  void remove(TimePoint now, const std::string& track_sid) override;
  std::optional<SignalEvent> poll(TimePoint now) override;
  bool overdue(TimePoint now) override;
  void suspend() override;
  std::optional<SignalEvent> resume(TimePoint now) override;
  // Firefox gives packets of a new SSRC that overtake the answer to any open section of their payload type, and no
  // later word puts that right. The first answer cannot be overtaken: there is no connection before it.
  [[nodiscard]] Duration hold() const override;
  [[nodiscard]] Link* link() override { return link_.get(); }

  // Gives every track that has none a section of this offer. publishing: mids on which the client sends.
  std::vector<sdp::SendPlacement> place(const sdp::SessionDescription& offer, const std::set<std::string>& publishing);
  // What the answer made of it.
  Placements placed(TimePoint now, const sdp::PublisherAnswer& answer);

 private:
  struct Slot {
    DownTrack track;
    std::string mid;  // empty: waits for a section
    bool undecodable = false;
  };
  void schedule(TimePoint now);
  [[nodiscard]] bool sections_lack(std::uint32_t& audios, std::uint32_t& videos) const;

  Context& context_;
  std::unique_ptr<Link>& link_;
  std::map<std::string, Slot> slots_;      // by track sid
  std::set<std::string> cooling_;          // freed: must be answered inactive once before they carry another track
  std::map<std::string, MediaKind> free_;  // of the last offer
  bool asked_ = false;
  bool changed_ = false;
  bool suspended_ = false;  // nobody to ask
  bool firefox_ = false;
  TimePoint last_asked_;
  Alarm ask_;
  Alarm unanswered_;
};

}  // namespace parley::room
