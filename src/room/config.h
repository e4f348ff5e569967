// What an operator decides about rooms; times and limits with the reasons for their defaults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "dtls/transport.h"
#include "room/types.h"

namespace parley::room {

// One address of ours that clients can reach, written into every description as a host candidate.
struct HostAddress {
  std::string ip;
  std::vector<std::uint16_t> udp_ports;  // by shard; a single entry serves all shards
  std::uint16_t tcp_port = 0;            // passive ICE-TCP; 0: none
};

struct Limits {
  std::size_t rooms = 10'000;
  std::size_t participants_per_room = 1'000;  // CreateRoom may set a lower one for its room
  std::size_t tracks_per_participant = 64;
  std::size_t subscriptions_per_participant = 1'000;
  std::size_t room_name = 256;  // bytes, as all below
  std::size_t identity = 256;
  std::size_t name = 256;
  std::size_t track_name = 256;
  std::size_t metadata = 512 * 1024;
  std::size_t attributes = 64 * 1024;  // keys and values together
  std::size_t sdp = 512 * 1024;
  std::size_t data_message = 256 * 1024;  // over data channels; as the shards take them
  std::size_t permissions = 1'000;        // entries of one subscription permission
  std::size_t probes = 64;                // at the same time
};

struct Timeouts {
  Duration empty_room = 300s;       // a room in which nobody ever was
  Duration departed_room = 20s;     // after the last one left
  Duration establish = 60s;         // a participant whose primary transport never connects
  Duration resume_window = 15s;     // told to resume or to reconnect, and did not come
  Duration farewell = 2s;           // for the leave of a client that closed its transport
  Duration offer_urgent = 10ms;     // gathers changes into one offer: the first of a batch
  Duration offer_debounce = 150ms;  // further ones
  Duration offer_unanswered = 15s;  // then the session is told to resume
  Duration answer_hold = 250ms;     // for clients that take packets amiss which overtake the answer
  Duration refresh_token_first = 1s;
  Duration refresh_token = 300s;
  Duration quality = 5s;
  Duration layer_down = 5s;          // dynacast: a quality nobody wants is turned off after that long
  Duration room_update = 5s;         // counts of participants are announced at most that often
  Duration subscription_wish = 60s;  // a wish for a track that nobody publishes is given up
  Duration probe = 10s;
};

struct Config {
  std::vector<HostAddress> hosts;
  dtls::Fingerprint fingerprint;  // of the process's certificate
  std::vector<IceServer> ice_servers;
  std::string region;
  // What clients may publish, in order of preference. RTX follows by itself.
  std::vector<EnabledCodec> publish_codecs = {{"video/VP8", ""}, {"video/H264", ""}, {"video/VP9", ""},
                                              {"video/AV1", ""}, {"audio/opus", ""}, {"audio/red", ""}};
  bool auto_create_rooms = true;
  // Let publishers send pictures unrotated with their orientation beside them. Off: they turn them before they encode,
  // which receivers without the extension (Firefox) need.
  bool video_orientation = false;
  bool allow_remote_unmute = false;  // MutePublishedTrack may also unmute
  Limits limits;
  Timeouts timeouts;
};

}  // namespace parley::room
