// Socket.IO v5 packets, each the data of an Engine.IO message.
//
//   <type '0'…'6'>[<attachments>'-'][<namespace>','][<ack id>][<JSON>]
//
//   0 CONNECT {auth}   1 DISCONNECT   2 EVENT ["name", …]   3 ACK […]   4 CONNECT_ERROR {message, data}
//   5 BINARY_EVENT and 6 BINARY_ACK: as 2 and 3; {"_placeholder":true,"num":n} stands for the n-th of the binary
//   messages that follow.
// The namespace is left out for "/".
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::signal::socketio {

enum class SocketPacketType : std::uint8_t {
  kConnect,
  kDisconnect,
  kEvent,
  kAck,
  kConnectError,
  kBinaryEvent,
  kBinaryAck
};

struct PacketLimits {
  std::size_t max_attachments = 16;
  std::size_t max_depth = 32;       // of the JSON
  std::size_t max_namespace = 128;  // bytes
};

struct SocketPacket {
  SocketPacketType type = SocketPacketType::kEvent;
  std::size_t attachments = 0;
  std::string nsp = "/";
  std::string ack;          // the digits, as they came; empty: none asked for
  boost::json::value data;  // CONNECT: object or null; EVENT: a non-empty array; ACK: an array
};

// text: an Engine.IO message's data. Errors: "malformed", also for a payload that does not fit the type.
[[nodiscard]] Result<SocketPacket, Error> read_socket_packet(std::string_view text, const PacketLimits& limits = {});

// With Engine.IO's '4' in front, as frames and payloads carry it. data: JSON text; empty: none.
[[nodiscard]] std::string write_socket_packet(SocketPacketType type, std::string_view nsp, std::string_view ack,
                                              std::string_view data, std::size_t attachments = 0);

}  // namespace parley::signal::socketio
