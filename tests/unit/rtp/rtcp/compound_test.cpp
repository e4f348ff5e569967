#include "rtp/rtcp/compound.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using testing::ElementsAre;

// The names of what a compound holds, in its order.
struct Names {
  std::vector<std::string> names;
  Result<void> result;
};

Names names_of(const std::vector<std::uint8_t>& bytes) {
  Names out;
  auto note = [&](const char* name) { out.names.emplace_back(name); };
  out.result = parse_compound(bytes, Overloaded{
                                         [&](const SenderReport&) { note("sr"); },
                                         [&](const ReceiverReport&) { note("rr"); },
                                         [&](const Sdes&) { note("sdes"); },
                                         [&](const Bye&) { note("bye"); },
                                         [&](const Nack&) { note("nack"); },
                                         [&](const Pli&) { note("pli"); },
                                         [&](const Fir&) { note("fir"); },
                                         [&](const Remb&) { note("remb"); },
                                         [&](const TransportFeedback&) { note("tcc"); },
                                         [&](const ExtendedReport&) { note("xr"); },
                                     });
  return out;
}

TEST(CompoundTest, EveryTypeIsDeliveredInOrder) {
  std::vector<std::uint8_t> bytes(1500);
  ByteWriter out(bytes);
  const FeedbackSsrcs ssrcs{Ssrc{1}, Ssrc{2}};
  ASSERT_TRUE(write_sender_report(out, Ssrc{1}, {}));
  ASSERT_TRUE(write_receiver_report(out, Ssrc{1}));
  ASSERT_TRUE(write_sdes(out, std::vector<SdesChunk>{{Ssrc{1}, "c"}}));
  ASSERT_EQ(write_nack(out, ssrcs, std::vector<std::int64_t>{1}), 1U);
  ASSERT_TRUE(write_pli(out, ssrcs));
  ASSERT_TRUE(write_fir(out, Ssrc{1}, std::vector<FirEntry>{{Ssrc{2}, 1}}));
  ASSERT_TRUE(write_remb(out, Ssrc{1}, 1000, {}));
  ASSERT_EQ(write_transport_feedback(out, {ssrcs, 1, 0}, std::vector<Arrival>{{1, 1}}), 1U);
  ASSERT_TRUE(write_extended_report(out, Ssrc{1}, NtpTime{1}));
  ASSERT_TRUE(write_bye(out, std::vector{Ssrc{1}}));
  bytes.resize(out.size());
  const Names got = names_of(bytes);
  EXPECT_TRUE(got.result);
  EXPECT_THAT(got.names, ElementsAre("sr", "rr", "sdes", "nack", "pli", "fir", "remb", "tcc", "xr", "bye"));
}

TEST(CompoundTest, ReducedSizeNeedsNoReport) {
  const Names got = names_of(hex("81ce0002 00000001 aabbccdd"));
  EXPECT_TRUE(got.result);
  EXPECT_THAT(got.names, ElementsAre("pli"));
}

TEST(CompoundTest, UnknownTypesAndFormatsArePassedOver) {
  const Names got =
      names_of(hex("80cc0002 00000001 41424344"           // APP
                   "80d10000"                             // type 209
                   "83cd0002 00000001 00000002"           // TMMBR, format 3 of RTPFB
                   "82ce0002 00000001 00000002"           // SLI, format 2 of PSFB
                   "8fce0003 00000001 00000000 41424344"  // an application's own
                   "81ce0002 00000001 aabbccdd"));        // PLI
  EXPECT_TRUE(got.result);
  EXPECT_THAT(got.names, ElementsAre("pli"));
}

TEST(CompoundTest, OnlyUnknownPacketsAreNoError) {
  const Names got = names_of(hex("80cc0002 00000001 41424344"));
  EXPECT_TRUE(got.result);
  EXPECT_TRUE(got.names.empty());
}

TEST(CompoundTest, MalformedPacketEndsTheCompound) {
  struct Row {
    const char* name;
    const char* bytes;
  };
  for (const Row& row : {
           Row{"trailing octets", "81ce0002 00000001 aabbccdd 80c9"},
           Row{"length past the end", "81ce0002 00000001 aabbccdd 80c90002 00000001"},
           Row{"wrong version", "81ce0002 00000001 aabbccdd 40c90001 00000001"},
           Row{"broken body before a good packet", "81ce0002 00000001 aabbccdd 81c90001 00000001 80c90001 00000001"},
           Row{"broken REMB", "81ce0002 00000001 aabbccdd 8fce0003 00000001 00000000 52454d42"},
       }) {
    const Names got = names_of(hex(row.bytes));
    ASSERT_FALSE(got.result) << row.name;
    EXPECT_EQ(got.result.error(), DropReason::kRtcpMalformed);
    EXPECT_THAT(got.names, ElementsAre("pli")) << row.name;
  }
}

TEST(CompoundTest, EmptyDatagramIsMalformed) {
  EXPECT_FALSE(names_of({}).result);
  CompoundReader reader(ByteView{});
  const auto first = reader.next();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->has_error());
  EXPECT_FALSE(reader.next());
}

TEST(CompoundTest, PaddedLastPacketIsRead) {
  const Names got = names_of(hex("80c90001 00000001 a1ce0003 00000001 aabbccdd 00000004"));
  EXPECT_TRUE(got.result);
  EXPECT_THAT(got.names, ElementsAre("rr", "pli"));
}

}  // namespace
}  // namespace parley::rtp::rtcp
