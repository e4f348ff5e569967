// The control side of one WebRTC transport: its credentials and its life on a shard. Creating a Link creates the
// transport, destroying it closes the transport.
#pragma once

#include <optional>

#include "room/context.h"
#include "sdp/transport.h"

namespace parley::room {

class Link {
 public:
  Link(Context& context, RoomId room, ParticipantId participant, ShardIndex shard, bool open_data_channels);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  [[nodiscard]] TransportId id() const { return id_; }
  [[nodiscard]] ShardIndex shard() const { return shard_; }
  // Ours, for a description.
  [[nodiscard]] sdp::LocalTransport local() const;

  // Before answering: a peer that comes with other credentials restarts ICE, and an answer then needs new ones of ours.
  void prepare(const sdp::RemoteTransport& remote);
  // After a description of the peer was accepted; local_role as negotiated.
  void set_remote(const sdp::RemoteTransport& remote, dtls::Role local_role);
  // New credentials of ours for the next offer; the old ones stay good until the peer has used the new.
  void restart();

  void submit(MediaCommand command) { context_.media.submit(shard_, std::move(command)); }

  bool connected = false;
  bool data_open = false;
  bool ended = false;  // for good: a transport is never revived

 private:
  Context& context_;
  TransportId id_;
  ShardIndex shard_;
  ice::Credentials local_;
  std::optional<sdp::RemoteTransport> remote_;
};

// The host candidates of a shard, most preferred first.
std::vector<sdp::Candidate> host_candidates(const Config& config, ShardIndex shard);

}  // namespace parley::room
