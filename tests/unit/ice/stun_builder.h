// Binding requests as a browser would send them, or as it should not.
#pragma once

#include <stun/stunagent.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "ice/lite_agent.h"

namespace parley::ice::testing {

struct RequestParams {
  std::string username = "server:client";
  std::string password = "server-password-of-24-chr";
  std::optional<std::uint32_t> priority = 0x6e0001ff;
  bool use_candidate = false;
  bool controlling = true;
  bool controlled = false;
  bool with_username = true;
  bool with_integrity = true;
  bool with_fingerprint = true;
  std::vector<std::uint16_t> extra_attributes = {};
  StunMethod method = STUN_BINDING;
  StunClass message_class = STUN_REQUEST;
};

inline std::vector<std::uint8_t> build_request(const RequestParams& params = {}) {
  StunAgent agent;
  unsigned flags = STUN_AGENT_USAGE_IGNORE_CREDENTIALS;
  if (params.with_fingerprint) flags |= STUN_AGENT_USAGE_USE_FINGERPRINT;
  if (params.with_integrity) flags |= STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS;
  stun_agent_init(&agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                  static_cast<StunAgentUsageFlags>(flags));
  std::vector<std::uint8_t> out(2048);
  StunMessage message{};
  message.agent = &agent;
  message.buffer = out.data();
  message.buffer_len = out.size();
  const std::uint8_t id[16] = {0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  stun_message_init(&message, params.message_class, params.method, id);
  if (params.with_username) {
    stun_message_append_bytes(&message, STUN_ATTRIBUTE_USERNAME, params.username.data(), params.username.size());
  }
  if (params.use_candidate) stun_message_append_flag(&message, STUN_ATTRIBUTE_USE_CANDIDATE);
  if (params.priority) stun_message_append32(&message, STUN_ATTRIBUTE_PRIORITY, *params.priority);
  if (params.controlling) stun_message_append64(&message, STUN_ATTRIBUTE_ICE_CONTROLLING, 7);
  if (params.controlled) stun_message_append64(&message, STUN_ATTRIBUTE_ICE_CONTROLLED, 7);
  for (const std::uint16_t type : params.extra_attributes) {
    stun_message_append32(&message, static_cast<StunAttribute>(type), 0);
  }
  const auto* key = reinterpret_cast<const std::uint8_t*>(params.password.data());
  const std::size_t size =
      stun_agent_finish_message(&agent, &message, params.with_integrity ? key : nullptr, params.password.size());
  out.resize(size);
  return out;
}

// What a response says, read without its credentials.
struct Response {
  StunClass message_class = STUN_ERROR;
  int error = 0;
  bool has_integrity = false;
  std::vector<std::uint16_t> unknown_attributes;
};

inline std::optional<Response> read_response(ByteView bytes) {
  if (bytes.empty()) return std::nullopt;
  StunAgent agent;
  stun_agent_init(&agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                  static_cast<StunAgentUsageFlags>(STUN_AGENT_USAGE_USE_FINGERPRINT));
  StunMessage message{};
  message.agent = &agent;
  message.buffer = const_cast<std::uint8_t*>(bytes.data());
  message.buffer_len = bytes.size();
  Response out;
  out.message_class = stun_message_get_class(&message);
  if (out.message_class == STUN_ERROR) stun_message_find_error(&message, &out.error);
  out.has_integrity = stun_message_has_attribute(&message, STUN_ATTRIBUTE_MESSAGE_INTEGRITY);
  std::uint16_t size = 0;
  const auto* list =
      static_cast<const std::uint8_t*>(stun_message_find(&message, STUN_ATTRIBUTE_UNKNOWN_ATTRIBUTES, &size));
  for (std::size_t i = 0; list != nullptr && i + 1 < size; i += 2) {
    out.unknown_attributes.push_back(load_be<std::uint16_t>(list + i));
  }
  return out;
}

inline std::vector<std::uint8_t> from_hex(std::string_view text) {
  std::vector<std::uint8_t> out;
  int high = -1;
  for (const char c : text) {
    const std::string_view digits = "0123456789abcdef";
    const std::size_t value = digits.find(c);
    if (value == std::string_view::npos) continue;
    if (high < 0) {
      high = static_cast<int>(value);
    } else {
      out.push_back(static_cast<std::uint8_t>(static_cast<std::size_t>(high) * 16 + value));
      high = -1;
    }
  }
  return out;
}

}  // namespace parley::ice::testing
