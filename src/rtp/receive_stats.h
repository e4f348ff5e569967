// RFC 3550 appendices A.1, A.3 and A.8: what a receiver knows of one source, and the report block made of it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/ids.h"
#include "base/time.h"
#include "rtp/rtcp/report_block.h"

namespace parley::rtp {

class ReceiveStats {
 public:
  // clock_rate: of the RTP timestamps, Hz, not 0.
  explicit ReceiveStats(std::uint32_t clock_rate) : clock_rate_(clock_rate) {}

  // A packet that came in its own stream (no retransmission), duplicates left out. sequence is widened to 64 bits.
  void on_packet(TimePoint now, std::int64_t sequence, std::uint32_t timestamp);
  // A packet that a retransmission brought: it stays lost in reports, whose loss drives the sender's rate control, and
  // counts in residual_lost() only.
  void on_recovered() { ++recovered_; }
  void on_sender_report(TimePoint now, NtpTime ntp);

  // nullopt before the first packet. Closes the interval that fraction_lost covers.
  std::optional<rtcp::ReportBlock> report(TimePoint now, Ssrc ssrc);

  [[nodiscard]] std::uint64_t received() const { return received_; }
  [[nodiscard]] std::uint64_t recovered() const { return recovered_; }
  [[nodiscard]] std::uint64_t expected() const;
  [[nodiscard]] std::int64_t lost() const;            // negative when packets were duplicated
  [[nodiscard]] std::uint64_t residual_lost() const;  // lost and not recovered
  [[nodiscard]] std::uint32_t jitter() const { return static_cast<std::uint32_t>(jitter_q4_ >> 4U); }  // clock units
  [[nodiscard]] Duration jitter_time() const;

 private:
  void update_jitter(TimePoint now, std::uint32_t timestamp);

  std::uint32_t clock_rate_;
  std::optional<std::int64_t> base_;  // lowest sequence seen
  std::int64_t highest_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t recovered_ = 0;
  std::uint64_t expected_prior_ = 0;
  std::uint64_t received_prior_ = 0;
  TimePoint epoch_;              // arrival of the first packet: keeps products of time and rate small
  std::uint32_t transit_ = 0;    // arrival minus timestamp of the last packet, modulo 2^32
  std::uint64_t jitter_q4_ = 0;  // jitter × 16
  NtpTime last_sr_;
  std::optional<TimePoint> last_sr_at_;
};

}  // namespace parley::rtp
