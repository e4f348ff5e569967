#include "signal/socketio/socketio_packet.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <charconv>

namespace parley::signal::socketio {

namespace {

namespace json = boost::json;

// The largest integer that JavaScript counts exactly has 16 digits.
constexpr std::size_t kMaxAckDigits = 16;

// What the reference implementation's emitter uses itself.
constexpr std::array<std::string_view, 6> kReservedEvents = {"connect",       "connect_error", "disconnect",
                                                             "disconnecting", "newListener",   "removeListener"};

Error malformed(std::string message) { return {"malformed", std::move(message), ""}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_attachments(SocketPacketType type) {
  return type == SocketPacketType::kBinaryEvent || type == SocketPacketType::kBinaryAck;
}

bool fits(SocketPacketType type, bool present, const json::value& data) {
  switch (type) {
    case SocketPacketType::kConnect:
      return !present || data.is_object();
    case SocketPacketType::kDisconnect:
      return !present;
    case SocketPacketType::kConnectError:
      return data.is_object() || data.is_string();
    case SocketPacketType::kAck:
    case SocketPacketType::kBinaryAck:
      return data.is_array();
    case SocketPacketType::kEvent:
    case SocketPacketType::kBinaryEvent:
      break;
  }
  if (!data.is_array() || data.get_array().empty() || !data.get_array().front().is_string()) return false;
  const std::string_view name = data.get_array().front().get_string();
  return std::find(kReservedEvents.begin(), kReservedEvents.end(), name) == kReservedEvents.end();
}

Result<std::size_t, Error> read_attachments(std::string_view& rest, std::size_t most) {
  std::size_t count = 0;
  const auto [end, failed] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
  const auto used = static_cast<std::size_t>(end - rest.data());
  if (failed != std::errc() || used >= rest.size() || rest[used] != '-') return malformed("no attachment count");
  if (count > most) return malformed("too many attachments");
  rest.remove_prefix(used + 1);
  return count;
}

}  // namespace

Result<SocketPacket, Error> read_socket_packet(std::string_view text, const PacketLimits& limits) {
  if (text.empty() || text.front() < '0' || text.front() > '6') return malformed("no packet type");
  SocketPacket out;
  out.type = static_cast<SocketPacketType>(text.front() - '0');
  std::string_view rest = text.substr(1);
  if (has_attachments(out.type)) {
    const auto count = read_attachments(rest, limits.max_attachments);
    if (!count) return count.error();
    out.attachments = *count;
  }
  if (!rest.empty() && rest.front() == '/') {
    const std::size_t end = std::min(rest.find(','), rest.size());
    if (end > limits.max_namespace) return malformed("the namespace is too long");
    out.nsp = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::size_t digits = 0;
  while (digits < rest.size() && is_digit(rest[digits])) ++digits;
  if (digits > kMaxAckDigits) return malformed("the acknowledgement's id is too long");
  out.ack = rest.substr(0, digits);
  rest.remove_prefix(digits);
  if (!rest.empty()) {
    boost::system::error_code ec;
    json::parse_options options;
    options.max_depth = limits.max_depth;
    out.data = json::parse(rest, ec, {}, options);
    if (ec) return malformed("no JSON: " + ec.message());
  }
  if (!fits(out.type, !rest.empty(), out.data)) return malformed("the payload does not fit the packet type");
  return out;
}

std::string write_socket_packet(SocketPacketType type, std::string_view nsp, std::string_view ack,
                                std::string_view data, std::size_t attachments) {
  std::string out;
  out.reserve(2 + nsp.size() + ack.size() + data.size() + 8);
  out.push_back('4');
  out.push_back(static_cast<char>('0' + static_cast<int>(type)));
  if (has_attachments(type)) {
    out += std::to_string(attachments);
    out.push_back('-');
  }
  if (nsp != "/") {
    out += nsp;
    out.push_back(',');
  }
  out += ack;
  out += data;
  return out;
}

}  // namespace parley::signal::socketio
