#include "config/keys.h"

#include <algorithm>
#include <utility>

#include "base/address.h"
#include "config/key_makers.h"

namespace parley::config {
namespace {

// "auto" stands for the zero or empty value that means: find out.
Key shards() {
  return {"rtc.shards",
          [](Settings& s, const std::string& t) -> Result<void, Invalid> {
            if (t == "auto") {
              s.rtc.shards = 0;
              return {};
            }
            const auto value = parse_integer(t, 1, 256);
            if (!value) return Invalid{value.error().why + ", or auto"};
            s.rtc.shards = static_cast<std::uint16_t>(*value);
            return {};
          },
          [](const Settings& s) { return s.rtc.shards == 0 ? "auto" : std::to_string(s.rtc.shards); }};
}

// A list of addresses; `none` is the word for an empty one.
template <class Field>
Key addresses(std::string name, Field field, std::string none) {
  return {std::move(name),
          [field, none](Settings& s, const std::string& t) -> Result<void, Invalid> {
            const auto list = t == none ? std::vector<std::string>{} : split_list(t);
            const auto wrong =
                std::ranges::find_if(list, [](const std::string& ip) { return !Address::parse(ip, 0).has_value(); });
            if (wrong != list.end())
              return Invalid{"\"" + *wrong + "\" is not an IPv4 or IPv6 address (or " + none + ")"};
            field(s) = list;
            return {};
          },
          [field, none](const Settings& s) {
            std::string out;
            for (const std::string& ip : field(const_cast<Settings&>(s))) append_item(out, ip);
            return out.empty() ? none : out;
          }};
}

Result<void, Invalid> check_listen(const std::string& t) {
  const std::size_t colon = t.rfind(':');
  if (colon == std::string::npos) return Invalid{"\"" + t + "\" has no port; write ADDRESS:PORT, e.g. 0.0.0.0:7880"};
  const auto port = parse_integer(t.substr(colon + 1), 1, 65535);
  if (!port) return port.error();
  std::string host = t.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (!Address::parse(host, 0)) return Invalid{"\"" + host + "\" is not an IPv4 or IPv6 address"};
  return {};
}

Key listen() {
  return {"http.listen",
          [](Settings& s, const std::string& t) -> Result<void, Invalid> {
            if (auto checked = check_listen(t); !checked) return checked;
            s.http.listen = t;
            return {};
          },
          [](const Settings& s) { return s.http.listen; }};
}

std::vector<Key> http_keys() {
  return {
      listen(),
      text("http.tls.cert", [](Settings& s) -> auto& { return s.http.tls_cert; }),
      text("http.tls.key", [](Settings& s) -> auto& { return s.http.tls_key; }),
      text("http.web_dir", [](Settings& s) -> auto& { return s.http.web_dir; }),
      text("http.public_url", [](Settings& s) -> auto& { return s.http.public_url; }),
      integer(
          "http.max_connections", [](Settings& s) -> auto& { return s.http.max_connections; }, 1, 1'000'000),
      integer(
          "http.max_connections_per_ip", [](Settings& s) -> auto& { return s.http.max_connections_per_ip; }, 0,
          1'000'000),
      addresses(
          "http.trusted_proxies", [](Settings& s) -> auto& { return s.http.trusted_proxies; }, "none"),
      size("http.max_body", [](Settings& s) -> auto& { return s.http.max_body; }),
      size(
          "http.max_websocket_message", [](Settings& s) -> auto& { return s.http.max_websocket_message; }, 64U << 10U,
          64U << 20U),
      size(
          "http.max_websocket_queue", [](Settings& s) -> auto& { return s.http.max_websocket_queue; }, 256U << 10U,
          1U << 30U),
      integer(
          "http.requests_per_second_per_ip", [](Settings& s) -> auto& { return s.http.requests_per_second_per_ip; }, 1,
          1'000'000),
      integer(
          "http.request_burst_per_ip", [](Settings& s) -> auto& { return s.http.request_burst_per_ip; }, 1, 1'000'000),
  };
}

std::vector<Key> rtc_keys() {
  return {
      integer(
          "rtc.udp_port", [](Settings& s) -> auto& { return s.rtc.udp_port; }, 1, 65535),
      integer(
          "rtc.tcp_port", [](Settings& s) -> auto& { return s.rtc.tcp_port; }, 0, 65535),
      addresses(
          "rtc.node_ip", [](Settings& s) -> auto& { return s.rtc.node_ip; }, "auto"),
      shards(),
      integer(
          "rtc.max_packets_per_shard", [](Settings& s) -> auto& { return s.rtc.max_packets_per_shard; }, 1024,
          16'777'216),
      integer(
          "rtc.max_tcp_connections", [](Settings& s) -> auto& { return s.rtc.max_tcp_connections; }, 1, 1'000'000),
      integer(
          "rtc.max_tcp_connections_per_ip", [](Settings& s) -> auto& { return s.rtc.max_tcp_connections_per_ip; }, 1,
          1'000'000),
      duration("rtc.consent_timeout", [](Settings& s) -> auto& { return s.rtc.consent_timeout; }),
      duration("rtc.establish_timeout", [](Settings& s) -> auto& { return s.rtc.establish_timeout; }),
      integer(
          "rtc.max_packets_per_second", [](Settings& s) -> auto& { return s.rtc.max_packets_per_second; }, 0,
          10'000'000),
      integer(
          "rtc.max_rtcp_per_second", [](Settings& s) -> auto& { return s.rtc.max_rtcp_per_second; }, 10, 1'000'000),
      integer(
          "rtc.max_data_messages_per_second", [](Settings& s) -> auto& { return s.rtc.max_data_messages_per_second; },
          1, 1'000'000),
      size("rtc.max_data_per_second", [](Settings& s) -> auto& { return s.rtc.max_data_per_second; }),
      size(
          "rtc.max_data_message", [](Settings& s) -> auto& { return s.rtc.max_data_message; }, 16U << 10U, 16U << 20U),
      size(
          "rtc.max_data_buffer", [](Settings& s) -> auto& { return s.rtc.max_data_buffer; }, 64U << 10U, 1U << 30U),
  };
}

std::vector<Key> room_keys() {
  return {
      boolean("room.auto_create", [](Settings& s) -> auto& { return s.room.auto_create; }),
      duration("room.empty_timeout", [](Settings& s) -> auto& { return s.room.empty_timeout; }),
      duration("room.departure_timeout", [](Settings& s) -> auto& { return s.room.departure_timeout; }),
      integer(
          "room.max_rooms", [](Settings& s) -> auto& { return s.room.max_rooms; }, 1, 10'000'000),
      integer(
          "room.max_participants", [](Settings& s) -> auto& { return s.room.max_participants; }, 1, 1'000'000),
      integer(
          "room.max_tracks_per_participant", [](Settings& s) -> auto& { return s.room.max_tracks_per_participant; }, 1,
          1'000),
      integer(
          "room.max_subscriptions_per_participant",
          [](Settings& s) -> auto& { return s.room.max_subscriptions_per_participant; }, 1, 10'000),
      size("room.max_metadata", [](Settings& s) -> auto& { return s.room.max_metadata; }),
      boolean("room.video_orientation", [](Settings& s) -> auto& { return s.room.video_orientation; }),
      size("room.max_attributes", [](Settings& s) -> auto& { return s.room.max_attributes; }),
  };
}

std::vector<Key> other_keys() {
  return {
      integer(
          "signal.requests_per_second", [](Settings& s) -> auto& { return s.signal.requests_per_second; }, 1,
          1'000'000),
      integer(
          "signal.request_burst", [](Settings& s) -> auto& { return s.signal.request_burst; }, 1, 1'000'000),
      duration("signal.ping_interval", [](Settings& s) -> auto& { return s.signal.ping_interval; }),
      duration("signal.ping_timeout", [](Settings& s) -> auto& { return s.signal.ping_timeout; }),
      choice("log.level", [](Settings& s) -> auto& { return s.log.level; },
             {"trace", "debug", "info", "warn", "error"}),
      choice("log.format", [](Settings& s) -> auto& { return s.log.format; }, {"text", "json"}),
      text("data_dir", [](Settings& s) -> auto& { return s.data_dir; }),
      duration("drain_timeout", [](Settings& s) -> auto& { return s.drain_timeout; }),
  };
}

}  // namespace

const std::vector<Key>& key_table() {
  static const std::vector<Key> table = [] {
    std::vector<Key> all;
    for (auto part : {http_keys(), rtc_keys(), room_keys(), other_keys(), workplace_keys()}) {
      std::move(part.begin(), part.end(), std::back_inserter(all));
    }
    return all;
  }();
  return table;
}

const Key* find_key(std::string_view name) {
  const auto& table = key_table();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Key& key) { return key.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace parley::config
