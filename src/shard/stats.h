// What a shard tells of itself once a second.
#pragma once

#include "net/event_loop.h"
#include "net/send_batch.h"
#include "net/udp_socket.h"
#include "room/media_shard.h"

namespace parley::shard {

struct ShardStats {
  room::MediaShardStats media;
  net::LoopStats loop;
  net::UdpReceiveStats received;
  net::SendStats sent;
  std::uint64_t tcp_connections = 0;
};

}  // namespace parley::shard
