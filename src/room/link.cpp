#include "room/link.h"

#include <algorithm>

namespace parley::room {

std::vector<sdp::Candidate> host_candidates(const Config& config, ShardIndex shard) {
  std::vector<sdp::Candidate> candidates;
  std::uint16_t preference = 65535;
  for (const HostAddress& host : config.hosts) {
    if (!host.udp_ports.empty()) {
      const std::size_t index = std::min<std::size_t>(shard, host.udp_ports.size() - 1);
      if (const auto address = Address::parse(host.ip, host.udp_ports[index])) {
        candidates.push_back(sdp::host_candidate(*address, preference));
      }
    }
    if (host.tcp_port != 0) {
      if (auto address = Address::parse(host.ip, host.tcp_port)) {
        address->protocol = Protocol::kTcp;
        candidates.push_back(sdp::host_candidate(*address, preference));
      }
    }
    --preference;
  }
  return candidates;
}

Link::Link(Context& context, RoomId room, ParticipantId participant, ShardIndex shard, bool open_data_channels)
    : context_(context), id_(context.next_id()), shard_(shard), local_(ice::make_credentials(context.random, shard)) {
  context_.transports.emplace(id_, participant);
  submit(CreateTransport{id_, room, local_, open_data_channels});
}

Link::~Link() {
  context_.transports.erase(id_);
  submit(CloseTransport{id_});
}

sdp::LocalTransport Link::local() const {
  const auto& fingerprint = context_.config.fingerprint;
  return {local_.ufrag,
          local_.pwd,
          {fingerprint.algorithm, fingerprint.value},
          host_candidates(context_.config, shard_),
          context_.config.limits.data_message};
}

void Link::prepare(const sdp::RemoteTransport& remote) {
  if (!remote_ || (remote_->ufrag == remote.ufrag && remote_->pwd == remote.pwd)) return;
  local_ = ice::make_credentials(context_.random, shard_);
}

void Link::set_remote(const sdp::RemoteTransport& remote, dtls::Role local_role) {
  remote_ = remote;
  submit(SetRemote{
      id_, local_, {remote.ufrag, remote.pwd}, {remote.fingerprint.algorithm, remote.fingerprint.value}, local_role});
}

void Link::restart() {
  local_ = ice::make_credentials(context_.random, shard_);
  submit(RestartIce{id_, local_});
}

}  // namespace parley::room
