// A synthetic simulcast publisher of VP8 or H.264: frames at a fixed rate, several packets each, mid and rid
// extensions, keyframes on request, RTX for what is asked for again. It writes what a browser would, with a payload
// that tests can check.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/time.h"
#include "forward/track_config.h"

namespace parley::test {

struct VideoLayerPlan {
  std::string rid;  // empty for a single encoding
  Ssrc ssrc;
  Ssrc rtx_ssrc;
  std::size_t packets_per_frame = 2;
  std::size_t payload_size = 900;  // codec bytes per packet
  std::uint16_t width = 320;
  std::uint16_t height = 180;
};

struct VideoPlan {
  Mid mid{"1"};
  codec::Codec codec = codec::Codec::kVp8;  // or kH264
  PayloadType payload_type{96};
  PayloadType rtx_payload_type{97};
  Duration frame_interval = 33'333us;
  std::vector<VideoLayerPlan> layers;
  std::uint8_t mid_extension = 4;
  std::uint8_t rid_extension = 10;
  std::uint8_t repaired_rid_extension = 11;
  std::uint8_t transport_cc_extension = 3;  // 0: none
  bool temporal_layers = true;              // L1T2: every other frame has tid 1, in H.264 no reference to it
};

// Three layers q, h, f of a 720p camera with SSRCs derived from base.
VideoPlan camera_plan(std::uint32_t ssrc_base, codec::Codec codec = codec::Codec::kVp8);
// What the control plane would tell a shard about this publisher.
forward::IncomingConfig incoming_config(const VideoPlan& plan);

class VideoSource {
 public:
  VideoSource(TimePoint now, VideoPlan plan, std::uint64_t seed);

  // Packets due at or before now, as the socket would send them.
  std::vector<std::vector<std::uint8_t>> poll(TimePoint now);
  [[nodiscard]] TimePoint deadline() const { return next_frame_; }
  // RTCP from the server, decrypted: NACK (answered by RTX), PLI.
  std::vector<std::vector<std::uint8_t>> handle_rtcp(ByteView datagram);
  // A sender report per layer, compound.
  std::vector<std::uint8_t> sender_reports(TimePoint now);
  void set_active(std::size_t layer, bool active) { layers_[layer].active = active; }
  void set_muted(bool muted) { muted_ = muted; }

  [[nodiscard]] const VideoPlan& plan() const { return plan_; }
  [[nodiscard]] std::uint64_t packets_sent() const { return packets_sent_; }
  [[nodiscard]] std::uint64_t keyframes_asked(std::size_t layer) const { return layers_[layer].keyframes_asked; }
  [[nodiscard]] std::uint64_t transport_feedbacks() const { return transport_feedbacks_; }
  [[nodiscard]] std::uint64_t frames(std::size_t layer) const { return layers_[layer].frames; }

 private:
  struct Sent {
    std::uint16_t sequence = 0;
    std::vector<std::uint8_t> bytes;
  };
  struct Layer {
    std::uint16_t sequence = 0;
    std::uint16_t rtx_sequence = 0;
    std::uint32_t timestamp_offset = 0;
    std::uint16_t picture_id = 0;
    std::uint8_t tl0_pic_idx = 0;
    bool keyframe_due = true;
    bool active = true;
    std::uint64_t keyframes_asked = 0;
    std::uint64_t frames = 0;
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
    std::deque<Sent> history;
  };

  struct Frame {
    std::uint32_t timestamp = 0;
    bool keyframe = false;
    std::uint8_t temporal = 0;
    std::size_t packets = 0;
  };

  void emit_frame(TimePoint at, std::size_t index, std::vector<std::vector<std::uint8_t>>& out);
  // The number-th packet of a frame of that layer.
  std::vector<std::uint8_t> packet(std::size_t index, const Frame& frame, std::size_t number);
  void write_vp8(ByteWriter& writer, std::size_t index, const Frame& frame, bool first) const;
  void write_h264(ByteWriter& writer, std::size_t index, const Frame& frame, std::size_t number) const;
  std::vector<std::uint8_t> retransmission(std::size_t index, const Sent& original);
  [[nodiscard]] std::uint32_t timestamp_at(const Layer& layer, TimePoint at) const;

  VideoPlan plan_;
  std::vector<Layer> layers_;
  TimePoint start_;
  TimePoint next_frame_;
  std::uint64_t frame_ = 0;
  std::uint16_t transport_sequence_ = 0;
  std::uint64_t packets_sent_ = 0;
  std::uint64_t transport_feedbacks_ = 0;
  bool muted_ = false;
};

}  // namespace parley::test
