#include "rtp/rtx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "rtp/header_extensions.h"
#include "unit/rtp/hex.h"

namespace parley::rtp {
namespace {

using test::hex;
using testing::ElementsAreArray;

constexpr RtxOrigin kOrigin{Ssrc{0x11223344}, PayloadType{96}};

TEST(RtxTest, OriginalIsRestoredInPlace) {
  struct Row {
    const char* name;
    const char* rtx;
    const char* original;
  };
  const Row rows[] = {
      {"plain", "80 61 0001 00000064 99999999 abcd 010203", "80 60 abcd 00000064 11223344 010203"},
      {"marker kept", "80 e1 0001 00000064 99999999 abcd 01", "80 e0 abcd 00000064 11223344 01"},
      {"extensions kept", "90 61 0001 00000064 99999999 bede 0001 10310000 0007 0102",
       "90 60 0007 00000064 11223344 bede 0001 10310000 0102"},
      {"CSRC kept", "81 61 0001 00000064 99999999 77777777 0007 0102", "81 60 0007 00000064 11223344 77777777 0102"},
      {"padding taken out", "a0 61 0001 00000064 99999999 0007 0102 0002", "80 60 0007 00000064 11223344 0102"},
      {"empty original", "80 61 0001 00000064 99999999 0007", "80 60 0007 00000064 11223344"},
  };
  for (const Row& row : rows) {
    auto packet = hex(row.rtx);
    const auto view = PacketView::parse(packet);
    ASSERT_TRUE(view) << row.name;
    const auto size = restore_from_rtx(packet, *view, kOrigin);
    ASSERT_TRUE(size) << row.name;
    packet.resize(*size);
    EXPECT_THAT(packet, ElementsAreArray(hex(row.original))) << row.name;
  }
}

TEST(RtxTest, ProbesAndStumpsAreNamed) {
  struct Row {
    const char* rtx;
    DropReason reason;
  };
  const Row rows[] = {
      {"80 61 0001 00000064 99999999", DropReason::kPaddingOnly},
      {"a0 61 0001 00000064 99999999 000003", DropReason::kPaddingOnly},
      {"80 61 0001 00000064 99999999 ab", DropReason::kRtxMalformed},
      {"a0 61 0001 00000064 99999999 ab 01", DropReason::kRtxMalformed},
  };
  for (const Row& row : rows) {
    auto packet = hex(row.rtx);
    const auto before = packet;
    const auto view = PacketView::parse(packet);
    ASSERT_TRUE(view);
    const auto size = restore_from_rtx(packet, *view, kOrigin);
    ASSERT_FALSE(size);
    EXPECT_EQ(size.error(), row.reason);
    EXPECT_EQ(original_sequence(*view).error(), row.reason);
    EXPECT_EQ(packet, before);
  }
}

TEST(RtxTest, ViewOfAnotherPacketIsRefused) {
  const auto longer = hex("80 61 0001 00000064 99999999 abcd 010203");
  const auto view = PacketView::parse(longer);
  ASSERT_TRUE(view);
  auto shorter = hex("80 61 0001 00000064 99999999 abcd");
  EXPECT_EQ(restore_from_rtx(shorter, *view, kOrigin).error(), DropReason::kRtxMalformed);
}

TEST(RtxTest, RestoreUndoesEncapsulation) {
  const auto payload = hex("deadbeef00");
  std::vector<std::uint8_t> packet(kFixedHeaderSize + kRtxHeaderSize + payload.size());
  write_fixed_header(packet, {true, PayloadType{97}, 500, 1000, Ssrc{5}, false});
  ByteWriter out(ByteSpan(packet).subspan(kFixedHeaderSize));
  ASSERT_TRUE(write_rtx_payload(out, 65535, payload));
  const auto view = PacketView::parse(packet);
  ASSERT_TRUE(view);
  EXPECT_EQ(*original_sequence(*view), 65535);
  const auto size = restore_from_rtx(packet, *view, kOrigin);
  ASSERT_TRUE(size);
  const auto restored = PacketView::parse(ByteView(packet).first(*size));
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->sequence, 65535);
  EXPECT_EQ(restored->ssrc, kOrigin.ssrc);
  EXPECT_EQ(restored->timestamp, 1000U);
  EXPECT_TRUE(restored->marker);
  EXPECT_THAT(restored->payload, ElementsAreArray(payload));
}

TEST(RtxTest, PayloadThatDoesNotFitWritesNothing) {
  std::vector<std::uint8_t> small(4);
  ByteWriter out(small);
  EXPECT_FALSE(write_rtx_payload(out, 1, hex("010203")));
  EXPECT_EQ(out.size(), 0U);
  EXPECT_TRUE(write_rtx_payload(out, 1, hex("0102")));
}

}  // namespace
}  // namespace parley::rtp
