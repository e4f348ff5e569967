// The whole way of a simulcast track, from the publisher's packets to a receiver that looks at nothing but what it got:
// a stream as one encoder would have sent it, whatever was switched, lost or reordered on the way.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <map>
#include <set>

#include "base/random.h"
#include "forward/incoming_track.h"
#include "forward/outgoing_track.h"
#include "rtp/rtcp/compound.h"
#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;

constexpr PayloadType kVp8{96};
constexpr PayloadType kRtx{97};
constexpr int kLayers = 3;
constexpr int kFrameInterval = 33;  // ms

// What the source writes behind each descriptor, for the checker.
struct Tag {
  std::uint32_t layer = 0;
  std::uint32_t frame = 0;  // capture number
  std::uint32_t index = 0;  // of the packet within its frame
  std::uint32_t count = 0;

  [[nodiscard]] std::uint32_t value() const { return layer << 30U | frame << 12U | index << 6U | count; }
  static Tag of(std::uint32_t v) {
    return {.layer = v >> 30U, .frame = (v >> 12U) & 0x3ffffU, .index = (v >> 6U) & 63U, .count = v & 63U};
  }
};

// One encoding whose every counter is about to wrap.
class Encoding {
 public:
  explicit Encoding(std::uint32_t layer) : layer_(layer) {
    sequence_ = static_cast<std::uint16_t>(65'400 + layer * 40);
    timestamp_ = 0xffff0000U - layer * 777'777U;
    fields_.picture_id = static_cast<std::uint16_t>(0x7ff0 + layer);
    fields_.tl0 = static_cast<std::uint8_t>(250 + layer);
    fields_.key_idx = static_cast<std::uint8_t>(29 + layer);
  }

  // Temporal pattern 0 2 1 2 with sync points; packets of one frame.
  std::vector<std::vector<std::uint8_t>> encode(std::uint32_t frame, bool key) {
    if (key) since_key_ = 0;
    constexpr std::array<std::uint8_t, 4> kPattern{0, 2, 1, 2};
    fields_.tid = kPattern[since_key_ % 4];
    fields_.sync = since_key_ % 4 == 1 || since_key_ % 4 == 2;
    fields_.key = key;
    ++since_key_;
    fields_.picture_id = static_cast<std::uint16_t>((fields_.picture_id + 1) & 0x7fff);
    if (fields_.tid == 0) ++fields_.tl0;
    if (key) fields_.key_idx = static_cast<std::uint8_t>((fields_.key_idx + 1) & 0x1f);
    const std::uint32_t count = (key ? 4U : 1U) + layer_ * 2U;
    std::vector<std::vector<std::uint8_t>> out;
    for (std::uint32_t i = 0; i < count; ++i) {
      fields_.start = i == 0;
      const rtp::Header header{.marker = i + 1 == count,
                               .payload_type = kVp8,
                               .sequence = sequence_++,
                               .timestamp = timestamp_of(frame),
                               .ssrc = Ssrc{100 + layer_}};
      const Tag tag{.layer = layer_, .frame = frame, .index = i, .count = count};
      out.push_back(testing::rtp_bytes(header, testing::vp8_payload(fields_, tag.value(), 50)));
    }
    return out;
  }
  std::vector<std::uint8_t> padding(std::uint32_t frame) {
    return testing::rtp_bytes({.marker = false,
                               .payload_type = kVp8,
                               .sequence = sequence_++,
                               .timestamp = timestamp_of(frame),
                               .ssrc = Ssrc{100 + layer_}},
                              {}, {}, 100);
  }
  [[nodiscard]] std::uint32_t timestamp_of(std::uint32_t frame) const {
    return timestamp_ + frame * kFrameInterval * 90U;
  }

 private:
  std::uint32_t layer_;
  std::uint16_t sequence_ = 0;
  std::uint32_t timestamp_ = 0;
  testing::Vp8Fields fields_;
  std::uint32_t since_key_ = 0;
};

struct Received {
  std::uint32_t timestamp = 0;
  bool marker = false;
  std::vector<std::uint8_t> payload;
};

struct Conditions {
  double uplink_loss = 0;
  double downlink_loss = 0;
  int jitter_ms = 0;   // each packet is late by up to this much: reordering
  double padding = 0;  // share of frames followed by a padding packet
  std::uint64_t seed = 1;
};

class Call {
 public:
  explicit Call(const Conditions& conditions)
      : conditions_(conditions),
        random_(conditions.seed),
        incoming_(incoming_config(), Ssrc{1}, clock_),
        outgoing_(outgoing_config(), random_) {
    for (std::uint32_t layer = 0; layer < kLayers; ++layer) encodings_.emplace_back(layer);
  }

  void run(int ms) {
    for (const int end = now_ + ms; now_ < end; ++now_) {
      if (now_ % kFrameInterval == 0) capture();
      if (now_ % 1000 == 500) reports();
      while (!events_.empty() && events_.begin()->first <= now_) {
        auto node = events_.extract(events_.begin());
        node.mapped()();
      }
      feedback();
    }
  }
  void set_target(std::uint8_t layer, std::uint8_t temporal = 3, bool enabled = true) {
    outgoing_.set_target({.enabled = enabled, .max_layer = layer, .max_temporal = temporal});
  }
  void set_sending(std::uint32_t layer, bool sending) {
    sending_[layer] = sending;
    key_due_[layer] = sending;
  }
  [[nodiscard]] const std::map<std::int64_t, Received>& received() const { return received_; }
  [[nodiscard]] const OutgoingTrack& outgoing() const { return outgoing_; }

 private:
  static IncomingConfig incoming_config() {
    IncomingConfig c;
    c.kind = MediaKind::kVideo;
    c.codecs = {{.payload_type = kVp8, .codec = codec::Codec::kVp8, .rtx_payload_type = kRtx, .red_primary = {}}};
    c.encodings.resize(kLayers);
    c.nack = true;
    c.pli = true;
    return c;
  }
  static OutgoingConfig outgoing_config() {
    OutgoingConfig c;
    c.kind = MediaKind::kVideo;
    c.codec = codec::Codec::kVp8;
    c.payload_type = kVp8;
    c.rtx_payload_type = kRtx;
    c.ssrc = Ssrc{500};
    c.rtx_ssrc = Ssrc{501};
    c.nack = true;
    return c;
  }

  void capture() {
    ++frame_;
    for (std::uint32_t layer = 0; layer < kLayers; ++layer) {
      if (!sending_[layer]) continue;
      for (auto& bytes : encodings_[layer].encode(frame_, std::exchange(key_due_[layer], false))) {
        upload(layer, std::move(bytes));
      }
      if (random_.uniform() < conditions_.padding) upload(layer, encodings_[layer].padding(frame_));
    }
  }
  void upload(std::uint32_t layer, std::vector<std::uint8_t> bytes) {
    const auto sequence = load_be<std::uint16_t>(bytes.data() + 2);
    sent_[{layer, sequence}] = bytes;
    if (random_.uniform() < conditions_.uplink_loss) return;
    at(20 + jitter(), [this, layer, b = std::move(bytes)] { arrive(b, layer, false); });
  }
  void arrive(const std::vector<std::uint8_t>& bytes, std::uint32_t layer, bool rtx) {
    PacketRef packet = pool_.copy_of(bytes);
    const auto view = rtp::PacketView::parse(packet.bytes()).value();
    const auto result = incoming_.handle_rtp(at_ms(now_), packet, view, {}, {0, static_cast<std::uint8_t>(layer), rtx});
    if (!result) return;
    history_.add(*result);
    const Result<Sent> sent = outgoing_.write(at_ms(now_), *result, slot_);
    if (sent) download(*sent);
  }
  void download(const Sent& sent) {
    const auto view = rtp::PacketView::parse(ByteView(slot_).first(sent.size)).value();
    std::uint16_t sequence = view.sequence;
    ByteView payload = view.payload;
    if (view.ssrc == Ssrc{501}) {
      sequence = load_be<std::uint16_t>(payload.data());
      payload = payload.subspan(2);
    }
    Received r{.timestamp = view.timestamp, .marker = view.marker, .payload = {payload.begin(), payload.end()}};
    const std::int64_t wide = numbers_.unwrap(sequence);
    highest_ = std::max(highest_, wide);
    if (received_.empty() && lowest_ == 0) lowest_ = wide;
    if (random_.uniform() < conditions_.downlink_loss) return;
    at(10, [this, wide, r = std::move(r)] {
      ASSERT_TRUE(received_.emplace(wide, r).second || r.payload == received_[wide].payload)
          << "two packets at one number";
    });
  }

  void feedback() {
    if (const auto layer = outgoing_.wanted_keyframe(at_ms(now_))) incoming_.request_keyframe(at_ms(now_), *layer);
    if (at_ms(now_) >= incoming_.deadline()) {
      std::array<std::uint8_t, 1200> buffer{};
      ByteWriter out(buffer);
      if (incoming_.poll_rtcp(at_ms(now_), out)) publisher_feedback(out.written());
    }
    if (now_ % 30 == 0) receiver_nacks();
  }
  void publisher_feedback(ByteView rtcp) {
    static_cast<void>(
        rtp::rtcp::parse_compound(rtcp, rtp::rtcp::Overloaded{[&](const rtp::rtcp::Nack& n) {
                                                                n.for_each_sequence([&](std::uint16_t s) {
                                                                  repair(n.ssrcs.media.value - 100, s);
                                                                });
                                                              },
                                                              [&](const rtp::rtcp::Pli& p) {
                                                                const std::uint32_t layer = p.ssrcs.media.value - 100;
                                                                at(20, [this, layer] { key_due_[layer] = true; });
                                                              },
                                                              [](const auto&) {}}));
  }
  void repair(std::uint32_t layer, std::uint16_t sequence) {
    const auto found = sent_.find({layer, sequence});
    if (found == sent_.end() || random_.uniform() < conditions_.uplink_loss) return;
    const auto original = rtp::PacketView::parse(found->second).value();
    std::vector<std::uint8_t> payload{static_cast<std::uint8_t>(sequence >> 8U), static_cast<std::uint8_t>(sequence)};
    payload.insert(payload.end(), original.payload.begin(), original.payload.end());
    if (original.payload.empty()) return;  // padding is not repaired
    auto bytes = testing::rtp_bytes({.marker = original.marker,
                                     .payload_type = kRtx,
                                     .sequence = rtx_sequence_++,
                                     .timestamp = original.timestamp,
                                     .ssrc = Ssrc{200 + layer}},
                                    payload);
    at(40, [this, layer, b = std::move(bytes)] { arrive(b, layer, true); });
  }
  void receiver_nacks() {
    std::vector<std::uint16_t> missing;
    for (std::int64_t s = std::max(lowest_, highest_ - 300); s < highest_ - 2; ++s) {
      if (!received_.contains(s)) missing.push_back(static_cast<std::uint16_t>(s));
    }
    outgoing_.handle_nack(
        at_ms(now_), missing, history_, [&] { return ByteSpan(slot_); }, [&](const Sent& s) { download(s); });
  }
  void reports() {
    for (std::uint32_t layer = 0; layer < kLayers; ++layer) {
      const auto clock = incoming_.handle_sender_report(
          at_ms(now_), static_cast<std::uint8_t>(layer), to_ntp(at_ms(now_ - 20)),
          encodings_[layer].timestamp_of(0) + static_cast<std::uint32_t>(now_ - 20 + kFrameInterval) * 90U);
      if (clock) outgoing_.handle_clock(*clock);
    }
  }
  void at(int delay, std::function<void()> what) { events_.emplace(now_ + delay, std::move(what)); }
  int jitter() {
    if (conditions_.jitter_ms == 0) return 0;
    return static_cast<int>(random_.next() % static_cast<std::uint64_t>(conditions_.jitter_ms));
  }

  Conditions conditions_;
  SeededRandom random_;
  PacketPool pool_{16'384};
  SenderClock clock_;
  IncomingTrack incoming_;
  PacketHistory history_ = PacketHistory::for_kind(MediaKind::kVideo);
  OutgoingTrack outgoing_;
  std::vector<Encoding> encodings_;
  std::array<bool, kLayers> sending_{true, true, true};
  std::array<bool, kLayers> key_due_{true, true, true};
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::vector<std::uint8_t>> sent_;
  std::multimap<int, std::function<void()>> events_;
  std::array<std::uint8_t, kMaxPacketSize> slot_{};
  std::uint16_t rtx_sequence_ = 1;
  std::uint32_t frame_ = 0;
  int now_ = 0;
  SeqUnwrapper numbers_;
  std::int64_t lowest_ = 0;
  std::int64_t highest_ = 0;
  std::map<std::int64_t, Received> received_;
};

// ---- the receiver's judgement ----

struct Frame {
  std::uint32_t timestamp = 0;
  codec::PacketInfo info;  // of its first packet
  Tag tag;
  std::set<std::uint32_t> indices;
  bool marked = false;
  [[nodiscard]] bool complete() const { return indices.size() == tag.count && marked; }
};

struct Verdict {
  std::int64_t missing = 0;
  int incomplete = 0;
  int switches = 0;
  int picture_gaps = 0;
  int tl0_errors = 0;
  std::map<std::uint32_t, int> frames_of_layer;
  std::map<std::uint8_t, int> frames_of_tid;
};

void judge_step(const Frame& before, const Frame& after, Verdict& verdict) {
  const auto step = static_cast<std::int32_t>(after.timestamp - before.timestamp);
  EXPECT_GT(step, 0) << "frame " << after.tag.frame;
  const auto captured = static_cast<std::int32_t>((after.tag.frame - before.tag.frame) * kFrameInterval * 90);
  // At a switch a picture may have to move by a few frames, so as not to precede the last one of the layer before.
  const bool switched = after.tag.layer != before.tag.layer;
  EXPECT_NEAR(step, captured, switched ? 9000 : 1850) << "frame " << after.tag.frame << " of layer " << after.tag.layer;
  if (switched) {
    ++verdict.switches;
    EXPECT_TRUE(after.info.keyframe) << "a switch without a keyframe, frame " << after.tag.frame;
  }
  const int pictures = (*after.info.picture_id - *before.info.picture_id) & 0x7fff;
  if (pictures != 1) ++verdict.picture_gaps;
  EXPECT_LT(pictures, 64);
  const int expected_tl0 = (*before.info.tl0_pic_idx + (after.info.temporal_id == 0 ? 1 : 0)) & 0xff;
  if (*after.info.tl0_pic_idx != expected_tl0) ++verdict.tl0_errors;
  const int keys = (*after.info.key_idx - *before.info.key_idx) & 0x1f;
  EXPECT_EQ(keys, after.info.keyframe ? 1 : 0);
}

// The last numbers are left out: what was lost there has not been asked for yet.
Verdict judge(std::map<std::int64_t, Received> received) {
  received.erase(received.lower_bound(received.rbegin()->first - 20), received.end());
  Verdict verdict;
  std::vector<Frame> frames;
  std::int64_t expected = received.begin()->first;
  for (const auto& [number, packet] : received) {
    verdict.missing += number - expected;
    expected = number + 1;
    if (packet.payload.empty()) continue;  // fills a number
    const auto info = codec::describe(codec::Codec::kVp8, packet.payload, packet.marker).value();
    const Tag tag = Tag::of(load_be<std::uint32_t>(packet.payload.data() + testing::kVp8TagOffset));
    if (frames.empty() || frames.back().timestamp != packet.timestamp) {
      frames.push_back({.timestamp = packet.timestamp, .info = info, .tag = tag, .indices = {}, .marked = false});
    }
    Frame& frame = frames.back();
    EXPECT_EQ(frame.tag.frame, tag.frame);
    EXPECT_EQ(frame.tag.layer, tag.layer);
    EXPECT_EQ(frame.info.picture_id, info.picture_id);
    EXPECT_TRUE(frame.indices.insert(tag.index).second);
    frame.marked = frame.marked || packet.marker;
  }
  EXPECT_TRUE(frames.front().info.keyframe);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (i + 1 < frames.size() && !frames[i].complete()) ++verdict.incomplete;
    ++verdict.frames_of_layer[frames[i].tag.layer];
    ++verdict.frames_of_tid[frames[i].info.temporal_id];
    if (i > 0) judge_step(frames[i - 1], frames[i], verdict);
  }
  return verdict;
}

// Up, down, thinned, paused, a layer that stops and returns.
void script(Call& call) {
  call.run(1500);
  call.set_target(0);
  call.run(1500);
  call.set_target(1, 0);
  call.run(1500);
  call.set_target(2, 2);
  call.run(1500);
  call.set_sending(2, false);
  call.run(1500);
  call.set_sending(2, true);
  call.run(1500);
  call.set_target(2, 1);
  call.run(1500);
  call.set_target(2, 3, false);
  call.run(700);
  call.set_target(1);
  call.run(1500);
  call.set_target(2);
  call.run(8000);
}

TEST(SimulcastPath, ACleanNetworkGivesAPerfectStream) {
  Call call({});
  script(call);
  const Verdict verdict = judge(call.received());
  EXPECT_EQ(verdict.missing, 0);
  EXPECT_EQ(verdict.incomplete, 0);
  EXPECT_EQ(verdict.picture_gaps, 0);
  EXPECT_EQ(verdict.tl0_errors, 0);
  EXPECT_GE(verdict.switches, 6);
  for (std::uint32_t layer = 0; layer < kLayers; ++layer) EXPECT_GT(verdict.frames_of_layer.at(layer), 20) << layer;
  for (std::uint8_t tid = 0; tid < 3; ++tid) EXPECT_GT(verdict.frames_of_tid.at(tid), 60) << int{tid};
}

TEST(SimulcastPath, PaddingLeavesNoTrace) {
  Call call({.padding = 0.3});
  script(call);
  const Verdict verdict = judge(call.received());
  EXPECT_EQ(verdict.missing, 0);
  EXPECT_EQ(verdict.incomplete, 0);
  EXPECT_EQ(verdict.picture_gaps, 0);
  EXPECT_EQ(verdict.tl0_errors, 0);
}

TEST(SimulcastPath, LossToTheReceiverIsRepairedFromTheHistory) {
  Call call({.downlink_loss = 0.1, .padding = 0.1});
  script(call);
  const Verdict verdict = judge(call.received());
  EXPECT_EQ(verdict.missing, 0);
  EXPECT_EQ(verdict.incomplete, 0);
  EXPECT_EQ(verdict.picture_gaps, 0);
  EXPECT_EQ(verdict.tl0_errors, 0);
  EXPECT_GT(call.outgoing().stats().retransmitted_packets, 50U);
}

// Here the last frames before a switch may stay incomplete: the keyframe after them has replaced them.
TEST(SimulcastPath, LossAndReorderingFromThePublisherAreRepaired) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Call call({.uplink_loss = 0.03, .downlink_loss = 0.03, .jitter_ms = 12, .padding = 0.05, .seed = seed});
    script(call);
    const Verdict verdict = judge(call.received());
    EXPECT_LE(verdict.missing, 8) << seed;  // a keyframe ends the search for what was lost before it
    EXPECT_LE(verdict.incomplete, 3 * verdict.switches) << seed;
    EXPECT_LE(verdict.picture_gaps, 2 * verdict.switches) << seed;
    EXPECT_LE(verdict.tl0_errors, 2 * verdict.switches) << seed;
    EXPECT_GE(verdict.switches, 5) << seed;
    EXPECT_GT(verdict.frames_of_layer.at(2), 150) << seed;
  }
}

}  // namespace
}  // namespace parley::forward
