#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "rtp/rtcp/receiver_report.h"
#include "rtp/rtcp/sender_report.h"
#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::expect_all_or_nothing;
using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAreArray;

constexpr ReportBlock kBlock{Ssrc{0xaabbccdd}, 0x40, -2, 0x00021234, 55, 0x33445566, 65536};

TEST(ReportBlockTest, CumulativeLossIsSigned24Bits) {
  struct Row {
    std::int32_t lost;
    std::int32_t read_back;
  };
  for (const Row& row : {Row{0, 0}, Row{1, 1}, Row{-1, -1}, Row{0x7fffff, 0x7fffff}, Row{-0x800000, -0x800000},
                         Row{0x800000, 0x7fffff}, Row{-0x800001, -0x800000}}) {
    ReportBlock block = kBlock;
    block.cumulative_lost = row.lost;
    const auto bytes = written_by([&](ByteWriter& out) { Wire<ReportBlock>::store(out, block); });
    ASSERT_EQ(bytes.size(), Wire<ReportBlock>::kSize);
    EXPECT_EQ(Wire<ReportBlock>::load(bytes.data()).cumulative_lost, row.read_back) << row.lost;
    EXPECT_EQ(Wire<ReportBlock>::load(bytes.data()).fraction_lost, 0x40);
  }
}

TEST(SenderReportTest, BytesStandWhereTheRfcPutsThem) {
  const SenderInfo info{NtpTime{0x0102030405060708}, 0x0a0b0c0d, 100, 20000};
  const auto bytes = written_by([&](ByteWriter& out) {
    EXPECT_TRUE(write_sender_report(out, Ssrc{0x11111111}, info, std::vector<ReportBlock>{kBlock}));
  });
  EXPECT_THAT(bytes, ElementsAreArray(hex("81c8000c 11111111 01020304 05060708 0a0b0c0d 00000064 00004e20"
                                          "aabbccdd 40fffffe 00021234 00000037 33445566 00010000")));
  const auto report = SenderReport::parse(raw_of(bytes));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->sender, Ssrc{0x11111111});
  EXPECT_EQ(report->info, info);
  ASSERT_EQ(report->blocks.size(), 1U);
  EXPECT_EQ(report->blocks[0], kBlock);
}

TEST(SenderReportTest, ProfileExtensionIsPassedOver) {
  const auto bytes = hex("80c80007 11111111 01020304 05060708 0a0b0c0d 00000064 00004e20 deadbeef");
  const auto report = SenderReport::parse(raw_of(bytes));
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->blocks.empty());
}

TEST(SenderReportTest, MissingPartsAreMalformed) {
  for (const char* row : {"80c80000", "80c80005 11111111 01020304 05060708 0a0b0c0d 00000064",
                          "81c80006 11111111 01020304 05060708 0a0b0c0d 00000064 00004e20"}) {
    const auto bytes = hex(row);
    EXPECT_EQ(SenderReport::parse(raw_of(bytes)).error(), DropReason::kRtcpMalformed) << row;
  }
}

TEST(ReceiverReportTest, ThirtyOneBlocksGoRound) {
  std::vector<ReportBlock> blocks;
  for (std::uint32_t i = 0; i < 31; ++i) {
    blocks.push_back({Ssrc{i}, static_cast<std::uint8_t>(i), static_cast<std::int32_t>(i), i, i, i, i});
  }
  const auto bytes = written_by([&](ByteWriter& out) { EXPECT_TRUE(write_receiver_report(out, Ssrc{7}, blocks)); });
  const auto report = ReceiverReport::parse(raw_of(bytes));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->sender, Ssrc{7});
  EXPECT_EQ(std::vector<ReportBlock>(report->blocks.begin(), report->blocks.end()), blocks);
}

TEST(ReceiverReportTest, EmptyReportIsLegal) {
  const auto bytes = hex("80c90001 00000007");
  const auto report = ReceiverReport::parse(raw_of(bytes));
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->blocks.empty());
  EXPECT_THAT(written_by([](ByteWriter& out) { EXPECT_TRUE(write_receiver_report(out, Ssrc{7})); }),
              ElementsAreArray(bytes));
}

TEST(ReceiverReportTest, MissingBlockIsMalformed) {
  const auto no_ssrc = hex("80c90000");
  EXPECT_FALSE(ReceiverReport::parse(raw_of(no_ssrc)));
  auto cut = hex("82c90007 00000007");
  cut.resize(32);
  EXPECT_EQ(ReceiverReport::parse(raw_of(cut)).error(), DropReason::kRtcpMalformed);
}

TEST(ReportWritersTest, WriteAllOrNothing) {
  const std::vector<ReportBlock> one{kBlock};
  expect_all_or_nothing([&](ByteWriter& out) { return write_sender_report(out, Ssrc{1}, {}, one); }, 52);
  expect_all_or_nothing([&](ByteWriter& out) { return write_receiver_report(out, Ssrc{1}, one); }, 32);
  std::vector<std::uint8_t> room(2048);
  ByteWriter out(room);
  const std::vector<ReportBlock> too_many(32);
  EXPECT_FALSE(write_sender_report(out, Ssrc{1}, {}, too_many));
  EXPECT_FALSE(write_receiver_report(out, Ssrc{1}, too_many));
  EXPECT_EQ(out.size(), 0U);
}

}  // namespace
}  // namespace parley::rtp::rtcp
