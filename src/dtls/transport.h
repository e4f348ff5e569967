// DTLS 1.2 over memory (RFC 6347), for SRTP keys (RFC 5764) and data channels. OpenSSL does the handshake, we own time,
// datagrams and the decision whom to trust: nothing but handshake records is accepted before the peer's certificate
// matches the fingerprint of the signalled description (RFC 8122).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::dtls {

enum class Role : std::uint8_t { kServer, kClient };

// Lower-case algorithm name and colon-separated upper-case hex, as in a=fingerprint.
struct Fingerprint {
  std::string algorithm;  // "sha-256" (also sha-384, sha-512 and, for old peers, sha-1 are understood)
  std::string value;
};

// A self-signed ECDSA P-256 certificate; one per process, shared by all transports.
class Certificate {
 public:
  static Result<std::shared_ptr<const Certificate>, Error> generate();
  ~Certificate();
  [[nodiscard]] const Fingerprint& fingerprint() const;  // sha-256
  struct Native;                                         // OpenSSL objects, for transport.cpp
  [[nodiscard]] const Native& native() const { return *native_; }

 private:
  explicit Certificate(std::unique_ptr<Native> native);
  std::unique_ptr<Native> native_;
};

enum class SrtpProfile : std::uint16_t {  // IANA DTLS-SRTP protection profile numbers
  kAes128CmHmacSha1_80 = 0x0001,          // NOLINT(readability-identifier-naming): as IANA writes it
  kAeadAes128Gcm = 0x0007,
  kAeadAes256Gcm = 0x0008,
};

// Master key followed by salt, per direction, as libsrtp takes them.
struct SrtpKeys {
  SrtpProfile profile = SrtpProfile::kAeadAes128Gcm;
  std::vector<std::uint8_t> local;   // what we send with
  std::vector<std::uint8_t> remote;  // what the peer sends with
};

enum class State : std::uint8_t { kIdle, kHandshaking, kConnected, kFailed, kClosed };

struct Stats {
  std::uint32_t retransmits = 0;  // flights sent again because their answer did not come in time
};

class Transport {
 public:
  Transport(std::shared_ptr<const Certificate> certificate, Role role);
  ~Transport();
  Transport(Transport&&) noexcept;
  Transport& operator=(Transport&&) noexcept;

  // Must be set before the handshake can finish: until then the state stays kHandshaking and application data is held
  // back. A mismatch makes the state kFailed, also when a connected transport is told another fingerprint.
  void set_remote_fingerprint(Fingerprint fingerprint);
  // The client sends its ClientHello; the server waits for one. Idempotent.
  void start(TimePoint now);
  // One datagram whose first byte is 20..63. Errors: kDtlsMalformed, kDtlsClosed, kDtlsFingerprintMismatch,
  // kDtlsHandshakeFailed. What cannot belong to the handshake is dropped without harm to it; see record_filter.h.
  Result<void> handle_datagram(TimePoint now, ByteView datagram);
  // Application data (SCTP packets), one record and so one datagram each. Errors: kSctpNotReady before the handshake is
  // done, kDtlsClosed after it ended, kOversizeDatagram for more than kMaxData bytes.
  Result<void> send(ByteView data);
  // close_notify; state becomes kClosed. As when the peer closes, poll_transmit may still have something to send.
  void close();

  // Datagrams to send, at most `kMtu` bytes each, in order; empty when none is left.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> poll_transmit();
  // Decrypted application data, in order; what came before a close can still be taken after it.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> poll_data();

  [[nodiscard]] State state() const;
  [[nodiscard]] const SrtpKeys* srtp_keys() const;  // once kConnected; nullptr when no profile was agreed
  // Retransmission: 50 ms after a flight was sent, doubling up to 1 s, given up (kFailed) after twelve. kNever when
  // idle.
  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);
  [[nodiscard]] const Stats& stats() const;

  static constexpr std::size_t kMtu = 1200;
  // What a record adds at most among our cipher suites: header 13, AES-GCM nonce 8 and tag 16 (RFC 5288 section 3).
  static constexpr std::size_t kRecordOverhead = 13 + 8 + 16;
  static constexpr std::size_t kMaxData = kMtu - kRecordOverhead;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::dtls
