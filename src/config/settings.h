// Every setting with its default: the plain struct that file, environment and flags fill.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "config/workplace.h"

namespace parley::config {

struct Http {
  std::string listen = "0.0.0.0:7880";
  std::string tls_cert;  // PEM; with tls_key switches to HTTPS
  std::string tls_key;
  std::string web_dir;     // empty: the page built beside the binary, if any
  std::string public_url;  // as browsers reach it, "https://chat.example.org"; empty: as each of them asked
  std::size_t max_connections = 20'000;
  std::size_t max_connections_per_ip = 0;         // 0: no limit of its own
  std::vector<std::string> trusted_proxies;       // addresses whose X-Forwarded-For is believed
  std::size_t max_body = 10U << 20U;              // bytes
  std::size_t max_websocket_message = 2U << 20U;  // bytes from a client, of signalling and chat alike
  std::size_t max_websocket_queue = 8U << 20U;    // bytes towards one client before it is too slow
  std::uint32_t requests_per_second_per_ip = 200;
  std::uint32_t request_burst_per_ip = 400;
};

struct Rtc {
  std::uint16_t udp_port = 7882;               // shard i listens at udp_port + i
  std::uint16_t tcp_port = 7881;               // 0: no ICE-TCP
  std::vector<std::string> node_ip;            // empty: the interfaces' addresses
  std::uint16_t shards = 0;                    // 0: one per core
  std::size_t max_packets_per_shard = 65'536;  // pooled buffers of 1,600 B
  std::uint32_t max_tcp_connections = 2'000;
  std::uint32_t max_tcp_connections_per_ip = 100;  // people behind one NAT share an address
  Duration consent_timeout = 15s;
  Duration establish_timeout = 20s;
  // What one participant's transport may send us in a second; twice as much in a burst.
  std::uint32_t max_packets_per_second = 20'000;       // RTP; 0: no limit
  std::uint32_t max_rtcp_per_second = 1'000;           // datagrams
  std::uint32_t max_data_messages_per_second = 2'000;  // over all data channels
  std::size_t max_data_per_second = 32U << 20U;        // bytes, likewise
  std::size_t max_data_message = 256U << 10U;          // bytes; what descriptions state
  std::size_t max_data_buffer = 4U << 20U;             // bytes queued towards one participant's data channels
};

struct Room {
  bool auto_create = true;
  Duration empty_timeout = 300s;
  Duration departure_timeout = 20s;
  std::uint32_t max_rooms = 10'000;
  std::uint32_t max_participants = 1'000;  // in one room; a room may ask for less
  std::uint32_t max_tracks_per_participant = 32;
  std::uint32_t max_subscriptions_per_participant = 1'000;
  std::size_t max_metadata = 512U << 10U;   // bytes
  std::size_t max_attributes = 64U << 10U;  // bytes
  bool video_orientation = false;           // publishers may leave turning the picture to receivers
};

struct Signal {
  std::uint32_t requests_per_second = 100;  // of one participant
  std::uint32_t request_burst = 500;
  Duration ping_interval = 5s;
  Duration ping_timeout = 15s;
};

struct Log {
  std::string level = "info";
  std::string format = "text";
};

struct Settings {
  Http http;
  Rtc rtc;
  Room room;
  Signal signal;
  Database database;
  Auth auth;
  Chat chat;
  Calls calls;
  Files files;
  Sockets sockets;
  Limits limits;
  Webhooks webhooks;
  Log log;
  std::map<std::string, std::string> keys;  // API key -> secret
  // Where each key that was set stands ("parley.yaml:12", "environment PARLEY_…", "--set …"); for messages only.
  std::map<std::string, std::string> places;
  std::string data_dir = "data";
  Duration drain_timeout = 10s;
  bool dev = false;
};

}  // namespace parley::config
