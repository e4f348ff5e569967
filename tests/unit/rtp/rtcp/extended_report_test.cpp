#include "rtp/rtcp/extended_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAreArray;

TEST(ExtendedReportTest, ReferenceTimeAndDelaysGoRound) {
  const std::vector<DlrrEntry> dlrr{{Ssrc{5}, 0x33445566, 65536}, {Ssrc{6}, 1, 2}};
  const auto bytes = written_by(
      [&](ByteWriter& out) { EXPECT_TRUE(write_extended_report(out, Ssrc{1}, NtpTime{0x0102030405060708}, dlrr)); });
  EXPECT_THAT(bytes, ElementsAreArray(hex("80cf000b 00000001 04000002 01020304 05060708"
                                          "05000006 00000005 33445566 00010000 00000006 00000001 00000002")));
  const auto report = ExtendedReport::parse(raw_of(bytes));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->sender, Ssrc{1});
  EXPECT_EQ(report->receiver_reference_time, NtpTime{0x0102030405060708});
  EXPECT_EQ(std::vector<DlrrEntry>(report->dlrr.begin(), report->dlrr.end()), dlrr);
}

TEST(ExtendedReportTest, EachBlockMayStandAlone) {
  const auto rrtr = written_by([](ByteWriter& out) { EXPECT_TRUE(write_extended_report(out, Ssrc{1}, NtpTime{9})); });
  EXPECT_EQ(rrtr.size(), 20U);
  EXPECT_TRUE(ExtendedReport::parse(raw_of(rrtr))->dlrr.empty());
  const std::vector<DlrrEntry> one{{Ssrc{5}, 1, 2}};
  const auto dlrr =
      written_by([&](ByteWriter& out) { EXPECT_TRUE(write_extended_report(out, Ssrc{1}, std::nullopt, one)); });
  EXPECT_EQ(dlrr.size(), 24U);
  EXPECT_FALSE(ExtendedReport::parse(raw_of(dlrr))->receiver_reference_time);
  test::expect_all_or_nothing([&](ByteWriter& w) { return write_extended_report(w, Ssrc{1}, NtpTime{9}, one); }, 36);
}

TEST(ExtendedReportTest, UnknownBlocksArePassedOver) {
  const auto bytes = hex("80cf0007 00000001 2a000001 deadbeef 63ff0000 04000002 01020304 05060708");
  const auto report = ExtendedReport::parse(raw_of(bytes));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->receiver_reference_time, NtpTime{0x0102030405060708});
}

TEST(ExtendedReportTest, MalformedIsRefused) {
  for (const char* row : {
           "80cf0000",                             // no SSRC
           "80cf0002 00000001 04000002",           // RRTR without its time
           "80cf0003 00000001 04000001 01020304",  // RRTR of one word
           "80cf0003 00000001 05000001 00000005",  // DLRR entry cut
           "80cf0002 00000001 2a000001",           // unknown block past the end
       }) {
    const auto bytes = hex(row);
    EXPECT_EQ(ExtendedReport::parse(raw_of(bytes)).error(), DropReason::kRtcpMalformed) << row;
  }
  const auto cut_head = hex("a0cf0002 00000001 2a000002");  // two octets of padding cut the block's head
  EXPECT_FALSE(ExtendedReport::parse(raw_of(cut_head)));
}

}  // namespace
}  // namespace parley::rtp::rtcp
