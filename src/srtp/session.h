// SRTP and SRTCP (RFC 3711, RFC 7714 for AEAD_AES_GCM) through libsrtp, one object per direction of a transport.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace parley::srtp {

enum class Profile : std::uint8_t {
  kAes128CmHmacSha1_80,  // NOLINT(readability-identifier-naming): as IANA writes it
  kAeadAes128Gcm,
  kAeadAes256Gcm
};

std::size_t key_size(Profile profile);                   // master key, bytes
std::size_t salt_size(Profile profile);                  // master salt, bytes
inline constexpr std::size_t kMaxOverhead = 16 + 4 + 4;  // tag, SRTCP index, slack: what protect may append

// Outbound. Packets are sealed in place: buffer must have kMaxOverhead bytes of room after size.
class Sender {
 public:
  // key_and_salt: key_size + salt_size bytes. Errors: message names the cause (wrong size, libsrtp refusal).
  static Result<Sender, Error> create(Profile profile, ByteView key_and_salt);
  ~Sender();
  Sender(Sender&&) noexcept;
  Sender& operator=(Sender&&) noexcept;
  // Size of the sealed packet. The same sequence number may be sent again with the same bytes (retransmission without
  // RTX) while it is within 1,024 of the newest. Errors: kSrtpInternal.
  Result<std::size_t> protect_rtp(ByteSpan buffer, std::size_t size);
  Result<std::size_t> protect_rtcp(ByteSpan buffer, std::size_t size);
  void remove_stream(std::uint32_t ssrc);

 private:
  Sender();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Inbound. Decrypts in place. Replay window 1,024 packets.
class Receiver {
 public:
  static Result<Receiver, Error> create(Profile profile, ByteView key_and_salt);
  ~Receiver();
  Receiver(Receiver&&) noexcept;
  Receiver& operator=(Receiver&&) noexcept;
  // Size of the plain packet. Errors: kSrtpAuthentication, kSrtpReplay, kRtpTooOld, kRtpMalformed, kSrtpInternal.
  Result<std::size_t> unprotect_rtp(ByteSpan packet);
  Result<std::size_t> unprotect_rtcp(ByteSpan packet);
  // libsrtp keeps state per SSRC for good; forget one that ended so that a peer cannot grow us.
  void remove_stream(std::uint32_t ssrc);

 private:
  Receiver();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Call once per process before any object is made (libsrtp's global state). Idempotent, thread-safe.
Result<void, Error> initialise();

}  // namespace parley::srtp
