// The connection that a client offers: its publishing connection, or its only one in one-connection mode.
#pragma once

#include <memory>
#include <vector>

#include "room/publication.h"
#include "room/section_matching.h"
#include "room/single_connection.h"
#include "sdp/publisher_answer.h"

namespace parley::room {

class PublisherNegotiation {
 public:
  PublisherNegotiation(Context& context, RoomId room, ParticipantId participant, ShardIndex shard);

  struct Outcome {
    SessionDescription answer;
    sdp::PublisherAnswer details;
    std::vector<SectionMatch> matches;  // only sections whose answer accepts them
  };
  // Creates the transport at the first offer. single: places subscribed tracks too, nullptr in two-connection mode.
  // Errors: what the SDP reader says, "failed_precondition" when the transport is dead.
  Result<Outcome, Error> handle_offer(const SessionDescription& offer,
                                      const std::vector<std::unique_ptr<Publication>>& publications,
                                      SingleConnection* single);
  // A track ended here while the client still sends it: its section waits for the client to stop.
  void retire(const std::string& mid, const std::string& token);

  [[nodiscard]] std::unique_ptr<Link>& link() { return link_; }

 private:
  Context& context_;
  RoomId room_;
  ParticipantId participant_;
  ShardIndex shard_;
  std::unique_ptr<Link> link_;
  std::vector<StaleSection> stale_;
  std::uint64_t session_id_;
  std::uint64_t session_version_ = 0;
};

}  // namespace parley::room
