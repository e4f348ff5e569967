#include "dtls/record_filter.h"

#include <cstdint>

namespace parley::dtls {
namespace {

enum ContentType : std::uint8_t { kChangeCipherSpec = 20, kAlert = 21, kHandshake = 22, kApplicationData = 23 };

enum HandshakeType : std::uint8_t {
  kHelloRequest = 0,
  kClientHello = 1,
  kServerHello = 2,
  kHelloVerifyRequest = 3,
  kNewSessionTicket = 4,
  kCertificate = 11,
  kServerKeyExchange = 12,
  kCertificateRequest = 13,
  kServerHelloDone = 14,
  kCertificateVerify = 15,
  kClientKeyExchange = 16,
  kCertificateStatus = 22,
};

constexpr std::uint8_t kFatal = 2;
constexpr std::size_t kMaxRecordLength = (1U << 14U) + 2048;  // RFC 6347 section 4.1
constexpr std::uint32_t kMaxMessageLength = 1U << 16U;        // a certificate chain; ours are 300 bytes

struct Record {
  std::uint8_t type = 0;
  std::uint16_t epoch = 0;
  ByteView fragment;
};

std::optional<Record> next_record(ByteReader& reader) {
  const auto type = reader.try_u8();
  const auto version = reader.try_u16();
  const auto epoch = reader.try_u16();
  if (!reader.try_skip(6)) return std::nullopt;
  const auto length = reader.try_u16();
  if (!type || !version || !epoch || !length || *length == 0 || *length > kMaxRecordLength) return std::nullopt;
  if (*type < kChangeCipherSpec || *type > kApplicationData) return std::nullopt;
  if (*version != 0xFEFF && *version != 0xFEFD) return std::nullopt;
  const auto fragment = reader.try_bytes(*length);
  if (!fragment) return std::nullopt;
  return Record{*type, *epoch, *fragment};
}

bool sent_in_plain_to(Role role, std::uint8_t message) {
  switch (message) {
    case kCertificate:
      return true;
    case kClientHello:
    case kClientKeyExchange:
    case kCertificateVerify:
      return role == Role::kServer;
    case kHelloRequest:
    case kServerHello:
    case kHelloVerifyRequest:
    case kNewSessionTicket:
    case kServerKeyExchange:
    case kCertificateRequest:
    case kServerHelloDone:
    case kCertificateStatus:
      return role == Role::kClient;
    default:
      return false;
  }
}

bool acceptable_messages(ByteView fragment, Role role, bool awaiting_hello) {
  ByteReader reader(fragment);
  while (!reader.empty()) {
    const auto type = reader.try_u8();
    const auto length = reader.try_u24();
    if (!reader.try_skip(2)) return false;
    const auto offset = reader.try_u24();
    const auto size = reader.try_u24();
    if (!type || !length || !offset || !size) return false;
    if (*length > kMaxMessageLength || *offset > *length || *size > *length - *offset) return false;
    if (*size == 0 && *length != 0) return false;
    if (!reader.try_skip(*size)) return false;
    if (!sent_in_plain_to(role, *type) || (awaiting_hello && *type != kClientHello)) return false;
  }
  return true;
}

bool acceptable_plain(const Record& record, Role role, bool awaiting_hello) {
  switch (record.type) {
    case kHandshake:
      return acceptable_messages(record.fragment, role, awaiting_hello);
    case kAlert:
      // Of plain alerts only fatal ones tell anything: the handshake will not succeed. OpenSSL counts warnings and
      // fails.
      return !awaiting_hello && record.fragment.size() == 2 && record.fragment[0] == kFatal;
    case kChangeCipherSpec:
      return !awaiting_hello && record.fragment.size() == 1 && record.fragment[0] == 1;
    default:
      return false;  // application data is never sent in plain
  }
}

}  // namespace

bool acceptable_records(ByteView datagram, Role role, bool awaiting_hello) {
  ByteReader reader(datagram);
  if (reader.empty()) return false;
  while (!reader.empty()) {
    const auto record = next_record(reader);
    if (!record) return false;
    if (record->epoch == 0 ? !acceptable_plain(*record, role, awaiting_hello) : awaiting_hello) return false;
  }
  return true;
}

}  // namespace parley::dtls
