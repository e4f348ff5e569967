// Everything that makes us drop a packet has a name here and a counter, in every build.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

// name in code, name in /metrics
#define PARLEY_DROP_REASONS(X)                             \
  X(kEmptyDatagram, "empty_datagram")                      \
  X(kOversizeDatagram, "oversize_datagram")                \
  X(kUnknownFirstByte, "unknown_first_byte")               \
  X(kUnknownAddress, "unknown_address")                    \
  X(kPoolExhausted, "pool_exhausted")                      \
  X(kStunMalformed, "stun_malformed")                      \
  X(kStunUnknownUfrag, "stun_unknown_ufrag")               \
  X(kStunBadIntegrity, "stun_bad_integrity")               \
  X(kStunUnsupported, "stun_unsupported")                  \
  X(kStunRoleConflict, "stun_role_conflict")               \
  X(kDtlsMalformed, "dtls_malformed")                      \
  X(kDtlsClosed, "dtls_closed")                            \
  X(kDtlsFingerprintMismatch, "dtls_fingerprint_mismatch") \
  X(kDtlsHandshakeFailed, "dtls_handshake_failed")         \
  X(kSrtpNotReady, "srtp_not_ready")                       \
  X(kSrtpAuthentication, "srtp_authentication")            \
  X(kSrtpReplay, "srtp_replay")                            \
  X(kSrtpInternal, "srtp_internal")                        \
  X(kRtpMalformed, "rtp_malformed")                        \
  X(kRtpExtensionMalformed, "rtp_extension_malformed")     \
  X(kRtpUnknownSsrc, "rtp_unknown_ssrc")                   \
  X(kRtpUnknownPayloadType, "rtp_unknown_payload_type")    \
  X(kRtpSsrcLimit, "rtp_ssrc_limit")                       \
  X(kRtpDuplicate, "rtp_duplicate")                        \
  X(kRtpTooOld, "rtp_too_old")                             \
  X(kRtpMuted, "rtp_muted")                                \
  X(kRtpRateLimited, "rtp_rate_limited")                   \
  X(kRtxMalformed, "rtx_malformed")                        \
  X(kRtxUnknownStream, "rtx_unknown_stream")               \
  X(kPaddingOnly, "padding_only")                          \
  X(kPayloadMalformed, "payload_malformed")                \
  X(kRtcpMalformed, "rtcp_malformed")                      \
  X(kRtcpUnknownSsrc, "rtcp_unknown_ssrc")                 \
  X(kRtcpRateLimited, "rtcp_rate_limited")                 \
  X(kSctpMalformed, "sctp_malformed")                      \
  X(kSctpNotReady, "sctp_not_ready")                       \
  X(kDataMessageTooLarge, "data_message_too_large")        \
  X(kDataChannelLimit, "data_channel_limit")               \
  X(kDataBackpressure, "data_backpressure")                \
  X(kDataRateLimited, "data_rate_limited")                 \
  X(kDataNotAllowed, "data_not_allowed")                   \
  X(kLayerNotSelected, "layer_not_selected")               \
  X(kAwaitingKeyframe, "awaiting_keyframe")                \
  X(kSubscriberPaused, "subscriber_paused")                \
  X(kAwaitingAnswer, "awaiting_answer")                    \
  X(kMailboxFull, "mailbox_full")                          \
  X(kSendBufferFull, "send_buffer_full")                   \
  X(kSendFailed, "send_failed")                            \
  X(kTcpFrameMalformed, "tcp_frame_malformed")             \
  X(kTcpBackpressure, "tcp_backpressure")                  \
  X(kRateLimited, "rate_limited")

enum class DropReason : std::uint8_t {
#define X(name, text) name,
  PARLEY_DROP_REASONS(X)
#undef X
      kCount
};

inline constexpr std::size_t kDropReasonCount = static_cast<std::size_t>(DropReason::kCount);

constexpr std::string_view to_string(DropReason reason) {
  constexpr std::array<std::string_view, kDropReasonCount> kNames = {
#define X(name, text) text,
      PARLEY_DROP_REASONS(X)
#undef X
  };
  return kNames[static_cast<std::size_t>(reason)];
}

// Plain counters, owned by one thread. A reader on another thread asks the owner for a copy.
class DropCounters {
 public:
  void count(DropReason reason, std::uint64_t n = 1) { counts_[static_cast<std::size_t>(reason)] += n; }
  [[nodiscard]] std::uint64_t of(DropReason reason) const { return counts_[static_cast<std::size_t>(reason)]; }
  [[nodiscard]] const std::array<std::uint64_t, kDropReasonCount>& all() const { return counts_; }
  DropCounters& operator+=(const DropCounters& other) {
    for (std::size_t i = 0; i < kDropReasonCount; ++i) counts_[i] += other.counts_[i];
    return *this;
  }

 private:
  std::array<std::uint64_t, kDropReasonCount> counts_{};
};

}  // namespace parley
