// Engine.IO v4 packets.
//
//   WebSocket, text frame:    <type '0'…'6'>[<data>]             binary frame: <data> of a message, as it is
//   long polling, text:       <packet> 0x1e <packet> 0x1e …      a packet: <type>[<data>] or 'b'<base64 of a message>
//
// Neither side escapes 0x1e: JSON never carries it bare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::signal::socketio {

enum class PacketType : std::uint8_t { kOpen, kClose, kPing, kPong, kMessage, kUpgrade, kNoop };

inline constexpr char kPacketSeparator = '\x1e';

struct EnginePacket {
  PacketType type = PacketType::kNoop;
  bool binary = false;
  std::string_view data;  // of the frame or payload that was read
};

// A text frame. Error "malformed": empty, or of no known type.
[[nodiscard]] Result<EnginePacket, Error> read_packet(std::string_view frame);

// The packets of one POST. Binary data is decoded into `store`, which the packets refer to along with body. Errors:
// "malformed" for a packet as above, for base64 that is none and for more than max_packets.
struct EnginePayload {
  std::vector<EnginePacket> packets;
  std::vector<std::unique_ptr<std::string>> store;
};
[[nodiscard]] Result<EnginePayload, Error> read_payload(std::string_view body, std::size_t max_packets);

// Adds one packet, text as it goes into a frame, to a payload.
void append_text(std::string& payload, std::string_view packet);
void append_binary(std::string& payload, std::string_view data);
// How much append_… adds at most.
[[nodiscard]] std::size_t payload_size(std::size_t packet_bytes, bool binary);

// RFC 4648 section 4, padded. nullopt: other characters, or a length that no encoder makes.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace parley::signal::socketio
