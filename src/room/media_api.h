// The border between the control plane and the shards: commands down, events up, plain values both ways. In the server
// they travel through mailboxes, in the simulator by a call.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "dtls/transport.h"
#include "forward/track_config.h"
#include "ice/lite_agent.h"

namespace parley::room {

using ShardIndex = std::uint16_t;

// LiveKit's three data channels; other labels that a client opens are refused.
enum class DataChannel : std::uint8_t { kReliable, kLossy, kDataTrack };
std::string_view label_of(DataChannel channel);  // "_reliable", "_lossy", "_data_track"

using SharedBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

// ---- commands: control plane → shard that owns the transport ----

struct CreateTransport {
  TransportId transport;
  RoomId room;
  ice::Credentials local;
  bool open_data_channels = false;  // subscriber transports: we create the three channels when SCTP is up
};
// The peer's half of the handshake, from its first offer or answer. A later one with other ICE credentials is an ICE
// restart: local holds our new credentials then (equal to the present ones otherwise).
struct SetRemote {
  TransportId transport;
  ice::Credentials local;
  ice::Credentials remote;
  dtls::Fingerprint fingerprint;
  dtls::Role local_role = dtls::Role::kServer;
};
// We want the peer to restart ICE: accept checks for these credentials too, from now on (subscriber offers).
struct RestartIce {
  TransportId transport;
  ice::Credentials local;
};
struct CloseTransport {
  TransportId transport;
};
struct AddIncoming {
  TransportId transport;
  FeedId feed;
  forward::IncomingConfig config;
};
// Renegotiated: payload types, extensions or encodings may differ; streams in flight go on.
struct UpdateIncoming {
  TransportId transport;
  FeedId feed;
  forward::IncomingConfig config;
};
struct MuteIncoming {
  TransportId transport;
  FeedId feed;
  bool muted = false;
};
struct RemoveIncoming {
  TransportId transport;
  FeedId feed;
};
struct AddOutgoing {
  TransportId transport;
  FeedId feed;
  ShardIndex feed_shard = 0;  // the shard that owns the publisher
  forward::OutgoingConfig config;
  Duration hold{};  // nothing is sent before that has passed
};
struct UpdateOutgoing {
  TransportId transport;
  FeedId feed;
  forward::LayerTarget target;
};
struct RemoveOutgoing {
  TransportId transport;
  FeedId feed;
};
struct SendData {
  TransportId transport;
  DataChannel channel = DataChannel::kReliable;
  SharedBytes payload;
};

using MediaCommand = std::variant<CreateTransport, SetRemote, RestartIce, CloseTransport, AddIncoming, UpdateIncoming,
                                  MuteIncoming, RemoveIncoming, AddOutgoing, UpdateOutgoing, RemoveOutgoing, SendData>;

// ---- events: shard → control plane ----

struct TransportConnected {  // ICE and DTLS are up: media may flow
  TransportId transport;
};
struct DataChannelsOpen {  // both _reliable and _lossy can carry data towards the client
  TransportId transport;
};
enum class TransportEnd : std::uint8_t { kConsentExpired, kDtlsFailed, kDtlsClosed, kNeverConnected };
constexpr std::string_view to_string(TransportEnd end) {
  switch (end) {
    case TransportEnd::kConsentExpired:
      return "consent expired";
    case TransportEnd::kDtlsFailed:
      return "DTLS failed";
    case TransportEnd::kDtlsClosed:
      return "closed by the peer";
    case TransportEnd::kNeverConnected:
      return "never connected";
  }
  return "";
}
struct TransportEnded {
  TransportId transport;
  TransportEnd why = TransportEnd::kConsentExpired;
};
struct DataReceived {
  TransportId transport;
  DataChannel channel = DataChannel::kReliable;
  SharedBytes payload;
};
struct FeedStarted {  // the first packet of a layer arrived
  FeedId feed;
  std::uint8_t layer = 0;
  Ssrc ssrc;
  codec::Codec codec{};
};
// Speech of one room's participants on this shard, every 400 ms while anything changes; feeds not listed are silent.
struct SpeakerLevel {
  FeedId feed;
  float level = 0;  // 0..1
};
struct SpeakersChanged {
  RoomId room;
  std::vector<SpeakerLevel> speakers;  // active ones only, loudest first
  ShardIndex shard = 0;                // whose report this is; it says nothing of other shards' feeds
};
// How a transport fared since the last such event (every 5 s), for connection quality.
struct TransportQuality {
  TransportId transport;
  Duration rtt{0};
  float uplink_loss = 0;    // 0..1 of packets expected from this peer, after retransmission counted as arrived
  float downlink_loss = 0;  // 0..1, from receiver reports, worst track
  Duration jitter{0};
  std::uint32_t uplink_expected = 0;
  std::uint32_t downlink_sent = 0;
};

using MediaEvent = std::variant<TransportConnected, DataChannelsOpen, TransportEnded, DataReceived, FeedStarted,
                                SpeakersChanged, TransportQuality>;

// Implemented by the shards' pool (mailboxes) and by the simulator.
class MediaPlane {
 public:
  virtual ~MediaPlane() = default;
  [[nodiscard]] virtual ShardIndex shard_count() const = 0;
  // The shard on which a new participant shall live (least loaded).
  [[nodiscard]] virtual ShardIndex place() = 0;
  // Never blocks. Commands to one shard are carried out in order.
  virtual void submit(ShardIndex shard, MediaCommand command) = 0;
};

}  // namespace parley::room
