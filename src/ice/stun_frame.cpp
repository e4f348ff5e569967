#include "ice/stun_frame.h"

namespace parley::ice {
namespace {

enum : std::uint16_t {
  kUsername = 0x0006,
  kMessageIntegrity = 0x0008,
  kPriority = 0x0024,
  kUseCandidate = 0x0025,
  kFingerprint = 0x8028,
  kIceControlled = 0x8029,
  kIceControlling = 0x802A,
};

constexpr std::size_t kMaxUsername = 513;  // RFC 5389 section 15.3

bool size_fits(std::uint16_t type, std::size_t size) {
  switch (type) {
    case kUsername:
      return size <= kMaxUsername;
    case kMessageIntegrity:
      return size == 20;
    case kPriority:
    case kFingerprint:
      return size == 4;
    case kUseCandidate:
      return size == 0;
    case kIceControlled:
    case kIceControlling:
      return size == 8;
    default:
      return true;
  }
}

bool parse_attributes(ByteReader& reader, StunFrame& frame) {
  bool integrity_seen = false;
  while (!reader.empty()) {
    const auto type = reader.try_u16();
    const auto size = reader.try_u16();
    if (!type || !size || frame.has_fingerprint || !size_fits(*type, *size)) return false;
    const auto value = reader.try_bytes(*size);
    if (!value || !reader.try_skip((4U - *size % 4U) % 4U)) return false;
    // What follows MESSAGE-INTEGRITY is not covered by it and must be ignored (RFC 8489 section 14.5).
    if (*type == kUsername && !integrity_seen && !frame.username) frame.username = as_text(*value);
    if (*type == kMessageIntegrity) integrity_seen = true;
    if (*type == kFingerprint) frame.has_fingerprint = true;
  }
  return true;
}

}  // namespace

Result<StunFrame> parse_stun_frame(ByteView stun) {
  ByteReader reader(stun);
  StunFrame frame;
  const auto type = reader.try_u16();
  const auto length = reader.try_u16();
  const auto transaction = reader.try_bytes(16);
  if (!type || !length || !transaction) return DropReason::kStunMalformed;
  if ((*type & 0xC000U) != 0 || *length % 4 != 0 || *length != reader.remaining()) return DropReason::kStunMalformed;
  if (load_be<std::uint32_t>(transaction->data()) != kStunMagicCookie) return DropReason::kStunMalformed;
  frame.type = *type;
  frame.transaction = *transaction;
  if (!parse_attributes(reader, frame)) return DropReason::kStunMalformed;
  return frame;
}

}  // namespace parley::ice
