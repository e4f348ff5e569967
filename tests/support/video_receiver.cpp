#include "support/video_receiver.h"

#include <algorithm>

#include "codec/h264.h"
#include "codec/vp8.h"
#include "rtp/packet_view.h"
#include "rtp/rtcp/nack.h"
#include "rtp/rtcp/pli.h"
#include "rtp/rtcp/receiver_report.h"
#include "rtp/rtx.h"

namespace parley::test {
namespace {

constexpr Duration kReportInterval = 1s;
const Ssrc kReceiverSsrc{1};
constexpr std::uint8_t kStapA = 24;  // RFC 6184 section 5.7.1

}  // namespace

forward::OutgoingConfig outgoing_config(const ReceiverPlan& plan) {
  forward::OutgoingConfig config;
  config.mid = Mid("0");
  config.kind = MediaKind::kVideo;
  config.codec = plan.codec;
  config.payload_type = plan.payload_type;
  config.ssrc = plan.ssrc;
  config.rtx_payload_type = plan.rtx_payload_type;
  config.rtx_ssrc = plan.rtx_ssrc;
  config.extensions.set(4, rtp::ExtensionType::kMid);
  config.cname = "publisher";
  config.nack = plan.nack;
  return config;
}

VideoReceiver::VideoReceiver(TimePoint now, ReceiverPlan plan)
    : plan_(plan), stats_(90'000), next_rtcp_(now + kNackInterval), next_report_(now + kReportInterval) {}

std::uint64_t VideoReceiver::frames_of(std::uint8_t layer) const {
  const auto found = frames_of_.find(layer);
  return found == frames_of_.end() ? 0 : found->second;
}

void VideoReceiver::fault(std::string text) {
  if (faults_.size() < 20) faults_.push_back(std::move(text));
}

void VideoReceiver::handle_rtp(TimePoint now, ByteView packet) {
  const auto view = rtp::PacketView::parse(packet);
  if (!view) return fault("malformed RTP");
  if (view->ssrc == plan_.ssrc) {
    if (view->payload_type != plan_.payload_type) return fault("wrong payload type");
    stats_.on_packet(now, sequences_.peek(view->sequence), view->timestamp);
    return accept(now, packet);
  }
  if (view->ssrc != plan_.rtx_ssrc) return fault("unknown SSRC " + std::to_string(view->ssrc.value));
  std::vector<std::uint8_t> copy(packet.begin(), packet.end());
  const auto inner = rtp::PacketView::parse(copy);
  const auto size = rtp::restore_from_rtx(copy, *inner, {plan_.ssrc, plan_.payload_type});
  if (!size) return;
  ++recovered_;
  accept(now, ByteView(copy).first(*size));
}

void VideoReceiver::accept(TimePoint now, ByteView bytes) {
  const auto view = *rtp::PacketView::parse(bytes);
  if (view.payload.empty()) return;
  const bool h264 = plan_.codec == codec::Codec::kH264;
  const auto info =
      h264 ? codec::describe_h264(view.payload, view.marker) : codec::describe_vp8(view.payload, view.marker);
  if (!info) return fault("malformed payload");
  const std::int64_t sequence = sequences_.unwrap(view.sequence);
  if (next_ && sequence < *next_) return;
  ++packets_;
  Packet packet;
  packet.starts = info->starts_frame;
  packet.marker = view.marker;
  // An IDR slice alone is of no use: decoding begins at the parameter sets before it.
  packet.keyframe = info->keyframe && (!h264 || (view.payload[0] & 0x1fU) == kStapA);
  packet.picture_id = info->picture_id.value_or(0);
  packet.timestamp = view.timestamp;
  packet.layer = view.payload.back();
  waiting_[sequence] = packet;
  highest_ = std::max(highest_.value_or(sequence), sequence);
  if (!next_) next_ = sequence;
  assemble(now);
}

void VideoReceiver::assemble(TimePoint now) {
  do {
    while (take_frame(now)) {
    }
  } while (skip_to_keyframe());
  // What is left waits for a packet that is missing before it or within its frame.
  if (missing() == 0) {
    stuck_since_.reset();
  } else if (!stuck_since_ || stuck_at_ != *next_) {
    stuck_since_ = now;
    stuck_at_ = *next_;
  }
}

bool VideoReceiver::take_frame(TimePoint now) {
  if (!next_) return false;
  std::int64_t at = *next_;
  auto first = waiting_.find(at);
  if (first == waiting_.end()) return false;
  const Packet head = first->second;
  for (auto it = first;; ++it, ++at) {
    if (it == waiting_.end() || it->first != at) return false;  // not complete yet
    const Packet& packet = it->second;
    if (packet.timestamp != head.timestamp && packet.keyframe) {
      // The rest of this frame was still missing when the sender switched: decoders drop it and take the keyframe.
      ++skipped_;
      waiting_.erase(first, it);
      next_ = at;
      return true;
    }
    if (packet.timestamp != head.timestamp) fault("frame without a marker at its end");
    if (packet.layer != head.layer) fault("frame of two encodings");
    if (packet.picture_id != head.picture_id) fault("frame of two picture ids");
    if (packet.marker) break;
  }
  waiting_.erase(waiting_.begin(), waiting_.upper_bound(at));
  next_ = at + 1;
  if (!head.starts) {
    if (frames_ > 0 && !need_keyframe_) fault("frame without its start");
    return true;
  }
  decoded(now, head);
  return true;
}

void VideoReceiver::decoded(TimePoint now, const Packet& head) {
  if (need_keyframe_ && !head.keyframe) {
    if (frames_ == 0) fault("first frame is no keyframe");
    return;
  }
  need_keyframe_ = false;
  const bool numbered = plan_.codec == codec::Codec::kVp8;
  if (numbered && picture_id_ && skipped_ == 0 && ((*picture_id_ + 1) & 0x7fff) != head.picture_id) {
    fault("picture id " + std::to_string(head.picture_id) + " after " + std::to_string(*picture_id_));
  }
  if (layer_ && *layer_ != head.layer) {
    ++switches_;
    if (!head.keyframe) fault("encoding changed without a keyframe");
  }
  const std::int64_t timestamp = timestamps_.unwrap(head.timestamp);
  if (timestamp_ && timestamp <= *timestamp_) fault("timestamp does not advance");
  skipped_ = 0;
  picture_id_ = head.picture_id;
  layer_ = head.layer;
  timestamp_ = timestamp;
  ++frames_;
  ++frames_of_[head.layer];
  if (last_frame_) longest_gap_ = std::max(longest_gap_, now - *last_frame_);
  if (!first_frame_) first_frame_ = now;
  last_frame_ = now;
}

std::uint64_t VideoReceiver::missing() const {
  if (!next_ || !highest_ || *highest_ < *next_) return 0;
  return static_cast<std::uint64_t>(*highest_ - *next_ + 1) - waiting_.size();
}

// A keyframe that is complete needs nothing of what is missing before it: decoders go on from there at once.
bool VideoReceiver::skip_to_keyframe() {
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (!it->second.starts || !it->second.keyframe) continue;
    std::int64_t at = it->first;
    auto end = it;
    while (end != waiting_.end() && end->first == at && !end->second.marker) {
      ++end;
      ++at;
    }
    if (end == waiting_.end() || end->first != at) continue;
    ++skipped_;
    next_ = it->first;
    waiting_.erase(waiting_.begin(), it);
    return true;
  }
  return false;
}

void VideoReceiver::request_missing(TimePoint now, std::vector<std::vector<std::uint8_t>>& out) {
  std::vector<std::int64_t> gaps;
  for (std::int64_t at = *next_; at <= *highest_ && gaps.size() < 100; ++at) {
    if (!waiting_.contains(at)) gaps.push_back(at);
  }
  if (gaps.empty()) return;
  std::vector<std::uint8_t> bytes(1200);
  ByteWriter writer(bytes);
  if (plan_.nack) (void)rtp::rtcp::write_nack(writer, {kReceiverSsrc, plan_.ssrc}, gaps);
  if (stuck_since_ && now - *stuck_since_ > kGiveUp) {
    need_keyframe_ = true;
    ++plis_;
    stuck_since_ = now;
    (void)rtp::rtcp::write_pli(writer, {kReceiverSsrc, plan_.ssrc});
  }
  bytes.resize(writer.size());
  if (!bytes.empty()) out.push_back(std::move(bytes));
}

std::vector<std::vector<std::uint8_t>> VideoReceiver::poll_rtcp(TimePoint now) {
  std::vector<std::vector<std::uint8_t>> out;
  if (now < next_rtcp_) return out;
  next_rtcp_ = now + kNackInterval;
  if (next_ && highest_) request_missing(now, out);
  if (now >= next_report_) {
    next_report_ = now + kReportInterval;
    if (const auto block = stats_.report(now, plan_.ssrc)) {
      std::vector<std::uint8_t> bytes(64);
      ByteWriter writer(bytes);
      (void)rtp::rtcp::write_receiver_report(writer, kReceiverSsrc, {&*block, 1});
      bytes.resize(writer.size());
      out.push_back(std::move(bytes));
    }
  }
  return out;
}

}  // namespace parley::test
