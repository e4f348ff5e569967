#include "rtp/rtcp/transport_feedback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "base/random.h"
#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAre;
using testing::ElementsAreArray;

constexpr FeedbackSsrcs kSsrcs{Ssrc{1}, Ssrc{2}};

std::vector<ReceivedCursor::Received> received_of(const TransportFeedback& feedback) {
  std::vector<ReceivedCursor::Received> out;
  auto cursor = feedback.received();
  while (const auto received = cursor.next()) out.push_back(*received);
  return out;
}

// What the message tells of arrivals, back in the writer's terms; the numbers' upper bits come from base.
std::vector<Arrival> arrivals_of(const TransportFeedback& feedback, std::int64_t base) {
  std::vector<Arrival> out;
  for (const auto& received : received_of(feedback)) {
    const std::int64_t ticks = feedback.reference_time * std::int64_t{256} + received.since_reference / kFeedbackTick;
    out.push_back({base + received.offset, ticks});
  }
  return out;
}

TEST(TransportFeedbackTest, RunAndVectorChunksAreRead) {
  // base 5, 5 + 14 + 7 = 26 statuses: a run of five small, a one-bit vector, a two-bit vector.
  const auto bytes =
      hex("8fcd0009 00000001 00000002 0005 001a 000001 2a"
          "2005 a001 d801"           // run of 5; 1-bit 10000000000001; 2-bit 01 10 00 00 00 00 01
          "01 02 03 04 05 06 07 08"  // deltas: five, two of the vector, one small of the two-bit
          "fffc 09 000000");         // a large negative delta, one small, zeros
  const auto feedback = TransportFeedback::parse(raw_of(bytes));
  ASSERT_TRUE(feedback);
  EXPECT_EQ(feedback->ssrcs, kSsrcs);
  EXPECT_EQ(feedback->base_sequence, 5);
  EXPECT_EQ(feedback->status_count, 26);
  EXPECT_EQ(feedback->reference_time, 1);
  EXPECT_EQ(feedback->feedback_count, 0x2a);
  using R = ReceivedCursor::Received;
  EXPECT_THAT(
      received_of(*feedback),
      ElementsAre(R{0, 1 * kFeedbackTick}, R{1, 3 * kFeedbackTick}, R{2, 6 * kFeedbackTick}, R{3, 10 * kFeedbackTick},
                  R{4, 15 * kFeedbackTick}, R{5, 21 * kFeedbackTick}, R{18, 28 * kFeedbackTick},
                  R{19, 36 * kFeedbackTick}, R{20, 32 * kFeedbackTick}, R{25, 41 * kFeedbackTick}));
}

TEST(TransportFeedbackTest, ReferenceTimeIsSigned) {
  const auto bytes = hex("8fcd0005 00000001 00000002 0005 0001 fffffe 00 2001 0000");
  EXPECT_EQ(TransportFeedback::parse(raw_of(bytes))->reference_time, -2);
}

TEST(TransportFeedbackTest, LostRunsCostNothing) {
  // 65,535 statuses in eight runs of lost packets, then one that arrived.
  auto bytes = hex("8fcd000b 00000001 00000002 0005 ffff 000000 00");
  for (int i = 0; i < 7; ++i) {
    bytes.push_back(0x1f);
    bytes.push_back(0xff);
  }
  const auto tail = hex("1fff 2007 01020304050607 000000");  // 8 × 8,191 lost, 7 arrived
  bytes.insert(bytes.end(), tail.begin(), tail.end());
  const auto feedback = TransportFeedback::parse(raw_of(bytes));
  ASSERT_TRUE(feedback);
  const auto received = received_of(*feedback);
  ASSERT_EQ(received.size(), 7U);
  EXPECT_EQ(received.front().offset, 65528U);
  EXPECT_EQ(received.back().offset, 65534U);
}

TEST(TransportFeedbackTest, RunPastTheCountIsCut) {
  const auto bytes = hex("8fcd0005 00000001 00000002 0005 0002 000000 00 2fff 0102");
  const auto feedback = TransportFeedback::parse(raw_of(bytes));
  ASSERT_TRUE(feedback);
  EXPECT_EQ(received_of(*feedback).size(), 2U);
}

TEST(TransportFeedbackTest, MalformedIsRefused) {
  for (const char* row : {
           "8fcd0001 00000001",                                      // no media SSRC
           "8fcd0003 00000001 00000002 00050001",                    // no reference time
           "8fcd0004 00000001 00000002 00050001 00000000",           // no chunk
           "8fcd0005 00000001 00000002 00050000 00000000 20010000",  // no status
           "8fcd0005 00000001 00000002 00050003 00000000 20030102",  // a delta missing
           "8fcd0005 00000001 00000002 00050002 00000000 40020102",  // large deltas cut
           "8fcd0005 00000001 00000002 00050002 00000000 60020102",  // reserved symbol in a run
           "8fcd0005 00000001 00000002 00050002 00000000 f0000102",  // reserved symbol in a vector
           "8fcd0005 00000001 00000002 0005001e 00000000 00010002",  // chunks for 3 of 30 statuses
           "8fcd0005 00000001 00000002 00050003 00000000 00000000",  // runs of no length
       }) {
    const auto bytes = hex(row);
    const auto feedback = TransportFeedback::parse(raw_of(bytes));
    ASSERT_FALSE(feedback) << row;
    EXPECT_EQ(feedback.error(), DropReason::kRtcpMalformed);
  }
}

TEST(TransportFeedbackTest, ReservedSymbolPastTheCountIsIgnored) {
  const auto bytes = hex("8fcd0005 00000001 00000002 00050001 00000000 d00f 01 00");
  const auto feedback = TransportFeedback::parse(raw_of(bytes));
  ASSERT_TRUE(feedback);
  EXPECT_EQ(received_of(*feedback).size(), 1U);
}

TEST(TransportFeedbackWriterTest, BytesStandWhereTheDraftPutsThem) {
  // base 5, 5 lost, 6 and 7 arrived 1 and 3 ticks after 2 × 64 ms.
  const std::vector<Arrival> arrivals = {{6, 513}, {7, 515}};
  const auto bytes = written_by([&](ByteWriter& out) {
    EXPECT_EQ(write_transport_feedback(out, {kSsrcs, 5, 9}, arrivals), 2U);
  });
  EXPECT_THAT(bytes, ElementsAreArray(hex("8fcd0005 00000001 00000002 0005 0003 000002 09 9800 0102")));
}

TEST(TransportFeedbackWriterTest, PaddingIsMarkedAndCounted) {
  const auto bytes = written_by([](ByteWriter& out) {
    EXPECT_EQ(write_transport_feedback(out, {kSsrcs, 6, 0}, std::vector<Arrival>{{6, 0}}), 1U);
  });
  EXPECT_THAT(bytes, ElementsAreArray(hex("afcd0005 00000001 00000002 0006 0001 000000 00 2001 00 01")));
}

struct PatternRow {
  const char* name;
  std::int64_t base;
  std::vector<Arrival> arrivals;
  std::size_t covered;  // by the first message
};

std::vector<Arrival> steady(std::int64_t first, std::size_t count, std::int64_t step) {
  std::vector<Arrival> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back({first + static_cast<std::int64_t>(i), 1000 + static_cast<std::int64_t>(i) * step});
  }
  return out;
}

TEST(TransportFeedbackWriterTest, ReaderReadsWhatTheWriterWrote) {
  const std::vector<PatternRow> rows = {
      {"one", 3, {{3, 700}}, 1},
      {"steady small", 0, steady(0, 100, 4), 100},
      {"steady large", 0, steady(0, 100, 300), 100},
      {"lost at the start", 0, steady(50, 10, 4), 10},
      {"negative deltas by reordering", 0, {{0, 5000}, {1, 4000}, {2, 5100}, {3, 4999}}, 4},
      {"deltas at the bounds of small", 0, {{0, 0}, {1, 255}, {2, 511}, {3, 511}, {4, 510}}, 5},
      {"deltas at the bounds of large", 0, {{0, 100000}, {1, 132767}, {2, 99999}}, 3},
      {"delta past large", 0, {{0, 100000}, {1, 132768}}, 1},
      {"delta past large, negative", 0, {{0, 100000}, {1, 67231}}, 1},
      {"gap of one run", 0, {{0, 0}, {8192, 4}}, 2},
      {"gap of several runs", 0, {{0, 0}, {40000, 4}}, 2},
      {"widest span", 0, {{0, 0}, {65534, 4}}, 2},
      {"span past 16 bits", 0, {{0, 0}, {65535, 4}}, 1},
      {"base across the wrap", 65530, {{65533, 0}, {65540, 4}, {65541, 5}}, 3},
      {"wide base", 65536 * 7 + 65535, {{65536 * 7 + 65535, 0}, {65536 * 8 + 1, 4}}, 2},
      {"large in a one-bit window", 0, {{0, 0}, {2, 5}, {4, 1000}, {5, 1001}, {13, 1002}, {14, 1003}}, 6},
      {"before the clock's epoch", 0, {{0, -5}, {1, 3}}, 2},
  };
  for (const PatternRow& row : rows) {
    std::size_t covered = 0;
    const auto bytes = written_by([&](ByteWriter& out) {
      covered = write_transport_feedback(out, {kSsrcs, row.base, 1}, row.arrivals);
    });
    ASSERT_EQ(covered, row.covered) << row.name;
    const auto feedback = TransportFeedback::parse(raw_of(bytes));
    ASSERT_TRUE(feedback) << row.name;
    EXPECT_EQ(feedback->base_sequence, static_cast<std::uint16_t>(row.base)) << row.name;
    EXPECT_EQ(feedback->status_count, row.arrivals[covered - 1].sequence - row.base + 1) << row.name;
    EXPECT_THAT(arrivals_of(*feedback, row.base),
                ElementsAreArray(row.arrivals.begin(), row.arrivals.begin() + static_cast<std::ptrdiff_t>(covered)))
        << row.name;
  }
}

TEST(TransportFeedbackWriterTest, SteadyStreamIsOneRun) {
  const auto bytes = written_by([](ByteWriter& out) {
    EXPECT_EQ(write_transport_feedback(out, {kSsrcs, 0, 0}, steady(0, 1000, 4)), 1000U);
  });
  EXPECT_EQ(bytes.size(), (20 + 2 + 1000 + 3) / 4 * 4U);
}

TEST(TransportFeedbackWriterTest, MessageStaysWithin1200Bytes) {
  for (const std::int64_t step : {1, 300}) {
    const auto arrivals = steady(0, 5000, step);
    std::size_t covered = 0;
    const auto bytes = written_by([&](ByteWriter& out) {
      covered = write_transport_feedback(out, {kSsrcs, 0, 0}, arrivals);
    });
    EXPECT_LE(bytes.size(), kMaxTransportFeedbackSize);
    EXPECT_GT(bytes.size(), kMaxTransportFeedbackSize - 40);
    EXPECT_GT(covered, 500U);
  }
}

TEST(TransportFeedbackWriterTest, RefusalsWriteNothing) {
  std::vector<std::uint8_t> room(64);
  ByteWriter out(room);
  EXPECT_EQ(write_transport_feedback(out, {kSsrcs, 0, 0}, {}), 0U);
  EXPECT_EQ(write_transport_feedback(out, {kSsrcs, 5, 0}, std::vector<Arrival>{{4, 0}}), 0U);  // before the base
  EXPECT_EQ(out.size(), 0U);
  ByteWriter small(ByteSpan(room).first(23));
  EXPECT_EQ(write_transport_feedback(small, {kSsrcs, 0, 0}, std::vector<Arrival>{{0, 0}}), 0U);
  EXPECT_EQ(small.size(), 0U);
}

TEST(TransportFeedbackWriterTest, RandomStreamsGoRoundInSeveralMessages) {
  SeededRandom random(42);
  for (int round = 0; round < 200; ++round) {
    std::vector<Arrival> arrivals;
    std::int64_t sequence = static_cast<std::int64_t>(random.next() % 100'000);
    std::int64_t ticks = static_cast<std::int64_t>(random.next() % 1'000'000);
    const double loss = random.uniform();
    const std::size_t count = 1 + random.next() % 1500;
    for (std::size_t i = 0; i < count; ++i) {
      arrivals.push_back({sequence, ticks});
      ++sequence;
      while (random.uniform() < loss * 0.9) ++sequence;
      ticks += static_cast<std::int64_t>(random.next() % (round % 2 == 0 ? 300 : 40)) - 10;
    }
    std::vector<Arrival> got;
    std::int64_t base = arrivals.front().sequence;
    std::span<const Arrival> rest(arrivals);
    const std::size_t room = 24 + random.next() % 1300;
    while (!rest.empty()) {
      std::size_t covered = 0;
      const auto bytes = written_by(
          [&](ByteWriter& out) {
            covered = write_transport_feedback(out, {kSsrcs, base, 0}, rest);
          },
          room + 40);
      ASSERT_GT(covered, 0U);
      const auto feedback = TransportFeedback::parse(raw_of(bytes));
      ASSERT_TRUE(feedback);
      for (const Arrival& arrival : arrivals_of(*feedback, base)) got.push_back(arrival);
      base = rest[covered - 1].sequence + 1;
      rest = rest.subspan(covered);
    }
    ASSERT_EQ(got, arrivals) << "round " << round;
  }
}

}  // namespace
}  // namespace parley::rtp::rtcp
