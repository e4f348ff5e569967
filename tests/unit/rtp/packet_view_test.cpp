#include "rtp/packet_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/rtp/hex.h"

namespace parley::rtp {
namespace {

using test::hex;
using testing::ElementsAre;

TEST(PacketViewTest, PlainHeaderIsRead) {
  const auto bytes = hex("80 e0 1234 01020304 aabbccdd 0102");
  const auto view = PacketView::parse(bytes);
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->marker);
  EXPECT_EQ(view->payload_type, PayloadType{96});
  EXPECT_EQ(view->sequence, 0x1234);
  EXPECT_EQ(view->timestamp, 0x01020304U);
  EXPECT_EQ(view->ssrc, Ssrc{0xaabbccdd});
  EXPECT_EQ(view->header_size, 12);
  EXPECT_EQ(view->padding, 0);
  EXPECT_EQ(view->extension_profile, 0);
  EXPECT_TRUE(view->extensions.empty());
  EXPECT_THAT(view->payload, ElementsAre(1, 2));
}

TEST(PacketViewTest, CsrcsExtensionAndPaddingAreCutOff) {
  const auto bytes = hex("b2 60 0001 00000002 00000003 11111111 22222222 bede 0001 10aa0000 0708 000003");
  const auto view = PacketView::parse(bytes);
  ASSERT_TRUE(view);
  EXPECT_FALSE(view->marker);
  EXPECT_EQ(view->csrcs.size(), 8U);
  EXPECT_EQ(view->extension_profile, 0xbede);
  EXPECT_THAT(view->extensions, ElementsAre(0x10, 0xaa, 0, 0));
  EXPECT_EQ(view->header_size, 28);
  EXPECT_EQ(view->padding, 3);
  EXPECT_THAT(view->payload, ElementsAre(7, 8));
}

TEST(PacketViewTest, AcceptsTheShortestForms) {
  EXPECT_TRUE(PacketView::parse(hex("8060 0001 00000002 00000003")));            // no payload
  EXPECT_TRUE(PacketView::parse(hex("a060 0001 00000002 00000003 01")));         // padding only
  EXPECT_TRUE(PacketView::parse(hex("9060 0001 00000002 00000003 bede 0000")));  // empty block
  EXPECT_EQ(PacketView::parse(hex("a060 0001 00000002 00000003 01"))->payload.size(), 0U);
}

TEST(PacketViewTest, MalformedIsRefused) {
  const char* rows[] = {
      "",                                                   // nothing
      "8060 0001 00000002 000000",                          // one octet short
      "4060 0001 00000002 00000003",                        // version 1
      "c060 0001 00000002 00000003",                        // version 3
      "8160 0001 00000002 00000003 112233",                 // CSRC cut
      "9060 0001 00000002 00000003",                        // X without a block
      "9060 0001 00000002 00000003 bede 00",                // block head cut
      "9060 0001 00000002 00000003 bede 0001 1122",         // block cut
      "9060 0001 00000002 00000003 bede ffff 11223344",     // block far past the end
      "a060 0001 00000002 00000003",                        // P without an octet
      "a060 0001 00000002 00000003 00",                     // padding of 0
      "a060 0001 00000002 00000003 02",                     // padding past the header
      "b060 0001 00000002 00000003 bede 0001 11223304 05",  // padding that would reach into the block
  };
  for (const char* row : rows) {
    const auto bytes = hex(row);
    const auto view = PacketView::parse(bytes);
    EXPECT_FALSE(view) << row;
    if (!view) {
      EXPECT_EQ(view.error(), DropReason::kRtpMalformed) << row;
    }
  }
}

TEST(PacketViewTest, PeekSsrcNeedsAFixedHeader) {
  EXPECT_EQ(peek_ssrc(hex("8060 0001 00000002 aabbccdd")), Ssrc{0xaabbccdd});
  EXPECT_FALSE(peek_ssrc(hex("8060 0001 00000002 aabbcc")));
  EXPECT_FALSE(peek_ssrc({}));
}

}  // namespace
}  // namespace parley::rtp
