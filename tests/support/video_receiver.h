// A subscriber that judges what it gets as a decoder of VP8 or H.264 would: complete frames in order, picture ids (of
// VP8) without a gap, a keyframe at every change of encoding. It asks again for what is missing and reports as browsers
// do.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/unwrap.h"
#include "forward/track_config.h"
#include "rtp/receive_stats.h"

namespace parley::test {

struct ReceiverPlan {
  codec::Codec codec = codec::Codec::kVp8;  // or kH264
  PayloadType payload_type{96};
  PayloadType rtx_payload_type{97};
  Ssrc ssrc;
  Ssrc rtx_ssrc;
  bool nack = true;
};
// What the control plane would tell a shard about this subscriber.
forward::OutgoingConfig outgoing_config(const ReceiverPlan& plan);

class VideoReceiver {
 public:
  static constexpr Duration kNackInterval = 40ms;
  static constexpr Duration kGiveUp =
      600ms;  // a gap older than this is skipped at the next keyframe, which is asked for

  VideoReceiver(TimePoint now, ReceiverPlan plan);

  void handle_rtp(TimePoint now, ByteView packet);
  // Reports and requests that are due, as RTCP datagrams.
  std::vector<std::vector<std::uint8_t>> poll_rtcp(TimePoint now);
  [[nodiscard]] TimePoint deadline() const { return next_rtcp_; }

  [[nodiscard]] std::uint64_t packets() const { return packets_; }
  [[nodiscard]] std::uint64_t recovered() const { return recovered_; }
  [[nodiscard]] std::uint64_t missing() const;  // sequence numbers in the middle that never came
  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  [[nodiscard]] std::uint64_t frames_of(std::uint8_t layer) const;
  [[nodiscard]] std::optional<std::uint8_t> layer() const { return layer_; }  // of the last frame
  [[nodiscard]] std::uint64_t switches() const { return switches_; }
  [[nodiscard]] Duration longest_gap() const { return longest_gap_; }  // between decoded frames
  void forget_gap() { longest_gap_ = Duration{0}; }
  [[nodiscard]] std::optional<TimePoint> first_frame() const { return first_frame_; }
  [[nodiscard]] std::optional<TimePoint> last_frame() const { return last_frame_; }
  [[nodiscard]] std::uint64_t plis() const { return plis_; }
  // What a decoder would have choked on; empty when all is well.
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  struct Packet {
    bool starts = false;
    bool marker = false;
    bool keyframe = false;
    std::uint16_t picture_id = 0;
    std::uint32_t timestamp = 0;
    std::uint8_t layer = 0;
  };

  void accept(TimePoint now, ByteView packet);
  void assemble(TimePoint now);
  bool take_frame(TimePoint now);
  void decoded(TimePoint now, const Packet& head);
  bool skip_to_keyframe();
  void request_missing(TimePoint now, std::vector<std::vector<std::uint8_t>>& out);
  void fault(std::string text);

  ReceiverPlan plan_;
  rtp::ReceiveStats stats_;
  SeqUnwrapper sequences_;
  TimestampUnwrapper timestamps_;
  std::map<std::int64_t, Packet> waiting_;
  std::optional<std::int64_t> next_;  // the sequence a frame must start with
  std::optional<std::int64_t> highest_;
  std::optional<TimePoint> stuck_since_;
  std::int64_t stuck_at_ = 0;  // next_ at that time
  std::optional<std::uint16_t> picture_id_;
  std::optional<std::int64_t> timestamp_;
  std::optional<std::uint8_t> layer_;
  TimePoint next_rtcp_;
  TimePoint next_report_;
  std::uint64_t packets_ = 0;
  std::uint64_t recovered_ = 0;
  std::uint64_t frames_ = 0;
  std::uint64_t switches_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t plis_ = 0;
  std::map<std::uint8_t, std::uint64_t> frames_of_;
  Duration longest_gap_{0};
  std::optional<TimePoint> first_frame_;
  std::optional<TimePoint> last_frame_;
  bool need_keyframe_ = true;
  std::vector<std::string> faults_;
};

}  // namespace parley::test
