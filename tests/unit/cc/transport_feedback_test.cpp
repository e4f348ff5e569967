#include "cc/transport_feedback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/random.h"

namespace parley::cc {
namespace {

using rtp::rtcp::RawPacket;
using rtp::rtcp::TransportFeedback;
using testing::ElementsAre;

constexpr TimePoint kStart{Duration{1'700'000'000'000'000}};
constexpr Ssrc kMedia{0xaabbccdd};
constexpr Ssrc kSender{0x11223344};

// A publisher's view of the generator: polls it and reads its messages.
struct Peer {
  TransportFeedbackGenerator generator;
  AckedPackets acked;
  std::vector<std::vector<std::uint8_t>> messages;

  // All messages that are due; how many there were.
  std::size_t poll(TimePoint now) {
    std::size_t count = 0;
    for (;;) {
      std::vector<std::uint8_t> bytes(1500);
      ByteWriter out(bytes);
      if (!generator.poll(now, kMedia, kSender, out)) return count;
      bytes.resize(out.size());
      EXPECT_LE(bytes.size(), 1200U);
      messages.push_back(bytes);
      acked.on_feedback(last());
      ++count;
    }
  }
  [[nodiscard]] TransportFeedback last() const {
    ByteReader reader(messages.back());
    const auto raw = RawPacket::read(reader);
    EXPECT_TRUE(raw);
    const auto feedback = TransportFeedback::parse(*raw);
    EXPECT_TRUE(feedback);
    return *feedback;
  }
  [[nodiscard]] std::vector<std::int64_t> acked_sequences() const {
    std::vector<std::int64_t> out;
    for (const auto& [sequence, at] : acked.all()) out.push_back(sequence);
    return out;
  }
};

TEST(TransportFeedbackGeneratorTest, NothingReceivedNothingDue) {
  Peer peer;
  EXPECT_EQ(peer.generator.deadline(), kNever);
  EXPECT_EQ(peer.poll(kStart), 0U);
}

TEST(TransportFeedbackGeneratorTest, SparsePacketsWaitForTheIdleInterval) {
  Peer peer;
  peer.generator.on_packet(kStart, 1);
  peer.generator.on_packet(kStart + 20ms, 2);
  EXPECT_EQ(peer.generator.deadline(), kStart + 100ms);
  EXPECT_EQ(peer.poll(kStart + 99ms), 0U);
  EXPECT_EQ(peer.poll(kStart + 100ms), 1U);
  EXPECT_EQ(peer.generator.deadline(), kNever);
  EXPECT_EQ(peer.poll(kStart + 200ms), 0U);
}

TEST(TransportFeedbackGeneratorTest, DensePacketsAreReportedEarlier) {
  Peer peer;
  for (std::uint16_t i = 0; i < 10; ++i) peer.generator.on_packet(kStart + i * 2ms, i);
  EXPECT_EQ(peer.generator.deadline(), kStart + 50ms);
  EXPECT_EQ(peer.poll(kStart + 50ms), 1U);
}

TEST(TransportFeedbackGeneratorTest, MessageNamesStreamsAndCountsUp) {
  Peer peer;
  for (int i = 0; i < 300; ++i) {
    peer.generator.on_packet(kStart + i * 100ms, static_cast<std::uint16_t>(i));
    ASSERT_EQ(peer.poll(kStart + (i + 1) * 100ms), 1U);
    EXPECT_EQ(peer.last().feedback_count, i % 256);
  }
  EXPECT_EQ(peer.last().ssrcs.sender, kSender);
  EXPECT_EQ(peer.last().ssrcs.media, kMedia);
  EXPECT_EQ(peer.acked.feedback_messages(), 300U);
  EXPECT_EQ(peer.acked.feedback_lost(), 0U);
}

TEST(TransportFeedbackGeneratorTest, ArrivalTimesAreKeptToATick) {
  Peer peer;
  const std::vector<Duration> offsets = {0ms, Duration{333}, 17ms, Duration{17'251}, 63ms, Duration{99'999}};
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    peer.generator.on_packet(kStart + offsets[i], static_cast<std::uint16_t>(i));
  }
  ASSERT_EQ(peer.poll(kStart + 100ms), 1U);
  const auto first = peer.acked.arrival_of(0);
  ASSERT_TRUE(first);
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const auto at = peer.acked.arrival_of(static_cast<std::int64_t>(i));
    ASSERT_TRUE(at);
    EXPECT_LE(*at - *first, offsets[i]);
    EXPECT_GT(*at - *first, offsets[i] - Duration{250});
  }
}

TEST(TransportFeedbackGeneratorTest, LossBetweenMessagesIsInTheSecond) {
  Peer peer;
  peer.generator.on_packet(kStart, 10);
  peer.poll(kStart + 100ms);
  peer.generator.on_packet(kStart + 110ms, 13);
  peer.poll(kStart + 210ms);
  EXPECT_EQ(peer.last().base_sequence, 11);
  EXPECT_EQ(peer.last().status_count, 3);
  EXPECT_THAT(peer.acked_sequences(), ElementsAre(10, 13));
}

TEST(TransportFeedbackGeneratorTest, NumbersWrap) {
  Peer peer;
  for (const std::uint16_t sequence : {65534, 65535, 0, 2}) peer.generator.on_packet(kStart, sequence);
  peer.poll(kStart + 100ms);
  EXPECT_EQ(peer.last().base_sequence, 65534);
  EXPECT_EQ(peer.last().status_count, 5);
  peer.generator.on_packet(kStart + 110ms, 3);
  peer.poll(kStart + 220ms);
  EXPECT_THAT(peer.acked_sequences(), ElementsAre(65534, 65535, 65536, 65538, 65539));
}

TEST(TransportFeedbackGeneratorTest, ReorderedPacketsAreOneMessage) {
  Peer peer;
  for (const std::uint16_t sequence : {5, 3, 4, 8, 6}) peer.generator.on_packet(kStart, sequence);
  EXPECT_EQ(peer.poll(kStart + 100ms), 1U);
  EXPECT_THAT(peer.acked_sequences(), ElementsAre(3, 4, 5, 6, 8));
}

TEST(TransportFeedbackGeneratorTest, DuplicateKeepsTheFirstArrival) {
  Peer peer;
  peer.generator.on_packet(kStart, 1);
  peer.generator.on_packet(kStart, 2);
  peer.generator.on_packet(kStart + 40ms, 2);
  peer.generator.on_packet(kStart + 41ms, 1);
  peer.poll(kStart + 100ms);
  EXPECT_EQ(*peer.acked.arrival_of(2) - *peer.acked.arrival_of(1), 0ms);
  // A repetition of something reported makes nothing due.
  peer.generator.on_packet(kStart + 110ms, 2);
  EXPECT_EQ(peer.generator.deadline(), kNever);
}

TEST(TransportFeedbackGeneratorTest, LatePacketIsReportedWithItsNeighbours) {
  Peer peer;
  for (const std::uint16_t sequence : {1, 2, 4, 5}) peer.generator.on_packet(kStart, sequence);
  peer.poll(kStart + 100ms);
  peer.generator.on_packet(kStart + 120ms, 3);
  peer.generator.on_packet(kStart + 121ms, 6);
  peer.poll(kStart + 220ms);
  const auto feedback = peer.last();
  EXPECT_EQ(feedback.base_sequence, 3);
  EXPECT_EQ(feedback.status_count, 4);
  std::size_t received = 0;
  for (auto cursor = feedback.received(); cursor.next();) ++received;
  EXPECT_EQ(received, 4U);  // 4 and 5 again: left out, they would read as lost
  EXPECT_THAT(peer.acked_sequences(), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(TransportFeedbackGeneratorTest, PacketLaterThanTheWindowIsForgotten) {
  Peer peer;
  for (const std::uint16_t sequence : {1, 2, 4}) peer.generator.on_packet(kStart, sequence);
  peer.poll(kStart + 100ms);
  peer.generator.on_packet(kStart + 700ms, 5);
  peer.poll(kStart + 800ms);  // forgets 1 … 4
  peer.generator.on_packet(kStart + 810ms, 3);
  EXPECT_EQ(peer.generator.deadline(), kNever);
}

TEST(TransportFeedbackGeneratorTest, LargeReportTakesSeveralMessages) {
  Peer peer;
  SeededRandom random(1);
  std::vector<std::int64_t> sent;
  for (int i = 0; i < 4000; ++i) {
    if (random.uniform() < 0.3) continue;
    sent.push_back(i);
    peer.generator.on_packet(kStart + i * Duration{400}, static_cast<std::uint16_t>(i));
  }
  EXPECT_GT(peer.poll(kStart + 2s), 1U);
  EXPECT_EQ(peer.acked_sequences(), sent);
  EXPECT_EQ(peer.generator.deadline(), kNever);
}

TEST(TransportFeedbackGeneratorTest, SmallWriterLosesNothing) {
  Peer peer;
  peer.generator.on_packet(kStart, 7);
  std::vector<std::uint8_t> room(10);
  ByteWriter out(room);
  EXPECT_FALSE(peer.generator.poll(kStart + 100ms, kMedia, kSender, out));
  EXPECT_EQ(out.size(), 0U);
  EXPECT_LE(peer.generator.deadline(), kStart + 100ms);
  EXPECT_EQ(peer.poll(kStart + 100ms), 1U);
  EXPECT_THAT(peer.acked_sequences(), ElementsAre(7));
}

TEST(TransportFeedbackGeneratorTest, BigGapIsReportedAsLost) {
  Peer peer;
  peer.generator.on_packet(kStart, 0);
  peer.generator.on_packet(kStart, 30000);
  EXPECT_EQ(peer.poll(kStart + 100ms), 1U);
  EXPECT_EQ(peer.last().status_count, 30001);
  EXPECT_LE(peer.messages.back().size(), 36U);
}

TEST(TransportFeedbackGeneratorTest, LongSilenceSplitsByTheDeltaRange) {
  Peer peer;
  peer.generator.on_packet(kStart, 0);
  peer.generator.on_packet(kStart + 10s, 1);
  EXPECT_EQ(peer.poll(kStart + 10s), 2U);
  EXPECT_EQ(*peer.acked.arrival_of(1) - *peer.acked.arrival_of(0), 10s);
}

TEST(TransportFeedbackGeneratorTest, SenderThatStartsAfreshIsFollowed) {
  Peer peer;
  peer.generator.on_packet(kStart, 30000);
  peer.poll(kStart + 100ms);
  peer.generator.on_packet(kStart + 2s, 100);
  peer.generator.on_packet(kStart + 2s, 101);
  ASSERT_EQ(peer.poll(kStart + 2100ms), 1U);
  EXPECT_EQ(peer.last().base_sequence, 100);
  EXPECT_EQ(peer.last().status_count, 2);
}

TEST(TransportFeedbackGeneratorTest, MemoryIsBoundedWithoutPolls) {
  Peer peer;
  for (int i = 0; i < 80'000; ++i) peer.generator.on_packet(kStart + i * 10us, static_cast<std::uint16_t>(i));
  peer.poll(kStart + 1s);
  EXPECT_EQ(peer.acked.all().size(), TransportFeedbackGenerator::kMaxArrivals);
  // It goes on afterwards, although more numbers passed unrecorded than a message can span.
  peer.generator.on_packet(kStart + 1s, static_cast<std::uint16_t>(80'000));
  EXPECT_EQ(peer.poll(kStart + 1100ms), 1U);
  EXPECT_EQ(static_cast<std::uint16_t>(peer.last().base_sequence + peer.last().status_count - 1),
            static_cast<std::uint16_t>(80'000));
}

TEST(TransportFeedbackGeneratorTest, ReportedArrivalsMakeRoomForNewOnes) {
  Peer peer;
  int sequence = 0;
  // Within one reorder window, more packets than the list holds.
  for (int round = 0; round < 4; ++round) {
    for (int i = 0; i < 4000; ++i) peer.generator.on_packet(kStart, static_cast<std::uint16_t>(sequence++));
    EXPECT_GT(peer.poll(kStart + 100ms), 0U) << round;
  }
  EXPECT_EQ(peer.acked.all().size(), 16000U);
}

TEST(TransportFeedbackGeneratorTest, ReferenceTimeWrapsAt24Bits) {
  // The reference counts 64 ms in 24 bits: take a start just below a wrap.
  const TimePoint start{(std::int64_t{1} << 24) * 64ms * 3 - 100ms};
  Peer peer;
  for (int i = 0; i < 10; ++i) {
    peer.generator.on_packet(start + i * 100ms, static_cast<std::uint16_t>(i));
    ASSERT_EQ(peer.poll(start + (i + 1) * 100ms), 1U);
  }
  for (int i = 1; i < 10; ++i) {
    EXPECT_EQ(*peer.acked.arrival_of(i) - *peer.acked.arrival_of(i - 1), 100ms) << i;
  }
}

TEST(TransportFeedbackGeneratorTest, LossyReorderedStreamIsReportedExactly) {
  Peer peer;
  SeededRandom random(7);
  std::vector<std::int64_t> sent;
  TimePoint now = kStart;
  for (int i = 0; i < 200'000; i += 2) {
    now += Duration{static_cast<std::int64_t>(random.next() % 2000)};
    const bool swapped = random.uniform() < 0.05;
    for (const int sequence : {swapped ? i + 1 : i, swapped ? i : i + 1}) {
      if (random.uniform() < 0.02) continue;
      sent.push_back(sequence);
      peer.generator.on_packet(now, static_cast<std::uint16_t>(sequence));
    }
    peer.poll(now);
    if (i > 30'000) break;
  }
  peer.poll(now + 1s);
  std::sort(sent.begin(), sent.end());
  EXPECT_EQ(peer.acked_sequences(), sent);
}

TEST(AckedPacketsTest, CountsFeedbackThatWentMissing) {
  AckedPackets acked;
  TransportFeedback feedback;
  feedback.status_count = 1;
  for (const int count : {254, 255, 2, 3}) {
    feedback.feedback_count = static_cast<std::uint8_t>(count);
    acked.on_feedback(feedback);
  }
  EXPECT_EQ(acked.feedback_messages(), 4U);
  EXPECT_EQ(acked.feedback_lost(), 2U);  // 0 and 1
}

TEST(AckedPacketsTest, MapIsBounded) {
  Peer peer;
  for (int i = 0; i < 40'000; ++i) {
    const TimePoint now = kStart + i * 1ms;
    peer.generator.on_packet(now, static_cast<std::uint16_t>(i));
    peer.poll(now);
  }
  peer.poll(kStart + 60s);
  EXPECT_EQ(peer.acked.all().size(), AckedPackets::kMaxPackets);
  EXPECT_EQ(peer.acked.highest_reported(), 39'999);
  EXPECT_FALSE(peer.acked.arrival_of(0));
}

}  // namespace
}  // namespace parley::cc
