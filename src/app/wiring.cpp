#include "app/wiring.h"

#include <filesystem>

#include "config/load.h"
#include "net/clock.h"
#include "net/interfaces.h"

namespace parley::app {

std::vector<Address> reachable_addresses(const config::Settings& settings) {
  std::vector<Address> out;
  out.reserve(settings.rtc.node_ip.size());
  for (const std::string& ip : settings.rtc.node_ip) out.push_back(*Address::parse(ip, 0));
  if (!out.empty()) return out;
  std::vector<Address> loopback;
  for (const net::InterfaceAddress& found : net::list_interfaces()) {
    (found.loopback ? loopback : out).push_back(found.address);
  }
  if (settings.dev || out.empty()) out.insert(out.end(), loopback.begin(), loopback.end());
  return out;
}

http::ServerConfig http_config(const config::Settings& settings) {
  http::ServerConfig out;
  out.listen = settings.http.listen;
  out.tls_cert = settings.http.tls_cert;
  out.tls_key = settings.http.tls_key;
  out.max_connections = settings.http.max_connections;
  out.max_connections_per_ip = settings.http.max_connections_per_ip;
  for (const std::string& ip : settings.http.trusted_proxies) out.trusted_proxies.push_back(*Address::parse(ip, 0));
  out.max_body = settings.http.max_body;
  out.websocket.max_message = settings.http.max_websocket_message;
  out.websocket.max_queued = settings.http.max_websocket_queue;
  if (settings.limits.enabled) {
    out.rate_per_ip = {static_cast<double>(settings.http.requests_per_second_per_ip),
                       static_cast<double>(settings.http.request_burst_per_ip)};
  } else {
    out.rate_per_ip = {};
  }
  out.clock = net::now;
  return out;
}

shard::Config shard_config(const config::Settings& settings, std::shared_ptr<const dtls::Certificate> certificate) {
  shard::Config out;
  out.shards = config::shard_count(settings);
  out.bind = *Address::parse("::", settings.rtc.udp_port);
  out.tcp_port = settings.rtc.tcp_port;
  out.max_tcp_connections = settings.rtc.max_tcp_connections;
  out.max_tcp_connections_per_ip = settings.rtc.max_tcp_connections_per_ip;
  out.certificate = std::move(certificate);
  out.max_packets_per_shard = settings.rtc.max_packets_per_shard;
  out.consent_timeout = settings.rtc.consent_timeout;
  out.establish_timeout = settings.rtc.establish_timeout;
  out.max_data_message = settings.rtc.max_data_message;
  out.max_data_buffer = settings.rtc.max_data_buffer;
  const auto limit = [](auto per_second) {
    return Rate{static_cast<double>(per_second), 2 * static_cast<double>(per_second)};
  };
  out.rates = {limit(settings.rtc.max_packets_per_second), limit(settings.rtc.max_rtcp_per_second),
               limit(settings.rtc.max_data_messages_per_second), limit(settings.rtc.max_data_per_second)};
  return out;
}

room::Config room_config(const config::Settings& settings, const dtls::Fingerprint& fingerprint) {
  room::Config out;
  for (const Address& address : reachable_addresses(settings)) {
    room::HostAddress host;
    host.ip = address.ip_text();
    for (std::uint16_t i = 0; i < config::shard_count(settings); ++i) {
      host.udp_ports.push_back(static_cast<std::uint16_t>(settings.rtc.udp_port + i));
    }
    host.tcp_port = settings.rtc.tcp_port;
    out.hosts.push_back(std::move(host));
  }
  out.fingerprint = fingerprint;
  out.auto_create_rooms = settings.room.auto_create;
  out.timeouts.empty_room = settings.room.empty_timeout;
  out.timeouts.departed_room = settings.room.departure_timeout;
  out.video_orientation = settings.room.video_orientation;
  out.limits.rooms = settings.room.max_rooms;
  out.limits.participants_per_room = settings.room.max_participants;
  out.limits.tracks_per_participant = settings.room.max_tracks_per_participant;
  out.limits.subscriptions_per_participant = settings.room.max_subscriptions_per_participant;
  out.limits.data_message = settings.rtc.max_data_message;
  out.limits.metadata = settings.room.max_metadata;
  out.limits.attributes = settings.room.max_attributes;
  return out;
}

std::string web_folder(const config::Settings& settings) {
  if (!settings.http.web_dir.empty()) return settings.http.web_dir;
  std::error_code error;
  // bin/ of a build preset lies three folders below the tree; an installed program has share/parley/web beside bin/.
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* candidate : {"../../../web/dist", "../share/parley/web"}) {
    const auto folder = program / candidate;
    if (std::filesystem::is_regular_file(folder / "index.html", error)) {
      return std::filesystem::canonical(folder, error).string();
    }
  }
  return {};
}

}  // namespace parley::app
