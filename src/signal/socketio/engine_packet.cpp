#include "signal/socketio/engine_packet.h"

#include <algorithm>
#include <array>
#include <utility>

namespace parley::signal::socketio {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> out{};
  out.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    out[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return out;
}
constexpr std::array<std::int8_t, 256> kValues = make_values();

Error malformed(std::string message) { return {"malformed", std::move(message), ""}; }

}  // namespace

Result<EnginePacket, Error> read_packet(std::string_view frame) {
  if (frame.empty()) return malformed("an empty packet");
  const char type = frame.front();
  if (type < '0' || type > '6') return malformed("no packet type");
  return EnginePacket{static_cast<PacketType>(type - '0'), false, frame.substr(1)};
}

Result<EnginePayload, Error> read_payload(std::string_view body, std::size_t max_packets) {
  EnginePayload out;
  for (std::size_t begin = 0; begin <= body.size();) {
    if (out.packets.size() >= max_packets) return malformed("too many packets in one payload");
    const std::size_t end = std::min(body.find(kPacketSeparator, begin), body.size());
    const std::string_view text = body.substr(begin, end - begin);
    begin = end + 1;
    if (!text.empty() && text.front() == 'b') {
      auto data = from_base64(text.substr(1));
      if (!data) return malformed("no base64");
      out.store.push_back(std::make_unique<std::string>(std::move(*data)));
      out.packets.push_back({PacketType::kMessage, true, *out.store.back()});
      continue;
    }
    const auto packet = read_packet(text);
    if (!packet) return packet.error();
    out.packets.push_back(*packet);
  }
  return out;
}

void append_text(std::string& payload, std::string_view packet) {
  if (!payload.empty()) payload.push_back(kPacketSeparator);
  payload.append(packet);
}

void append_binary(std::string& payload, std::string_view data) {
  if (!payload.empty()) payload.push_back(kPacketSeparator);
  payload.push_back('b');
  payload.append(to_base64(data));
}

std::size_t payload_size(std::size_t packet_bytes, bool binary) {
  return binary ? 2 + (packet_bytes + 2) / 3 * 4 : 1 + packet_bytes;
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = (group << 8U) | (j < n ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) out.push_back(j <= n ? kAlphabet[(group >> (18 - 6 * j)) & 63U] : '=');
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 == 0) {
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const std::int8_t value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<char>((bits >> held) & 0xffU));
    }
  }
  return out;
}

}  // namespace parley::signal::socketio
