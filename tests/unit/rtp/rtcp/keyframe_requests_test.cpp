#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "rtp/rtcp/fir.h"
#include "rtp/rtcp/pli.h"
#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAreArray;

TEST(PliTest, GoesRound) {
  const FeedbackSsrcs ssrcs{Ssrc{1}, Ssrc{0xaabbccdd}};
  const auto bytes = written_by([&](ByteWriter& out) { EXPECT_TRUE(write_pli(out, ssrcs)); });
  EXPECT_THAT(bytes, ElementsAreArray(hex("81ce0002 00000001 aabbccdd")));
  EXPECT_EQ(Pli::parse(raw_of(bytes))->ssrcs, ssrcs);
  test::expect_all_or_nothing([&](ByteWriter& out) { return write_pli(out, ssrcs); }, 12);
}

TEST(PliTest, MissingSsrcIsMalformed) {
  for (const char* row : {"81ce0000", "81ce0001 00000001"}) {
    const auto bytes = hex(row);
    EXPECT_EQ(Pli::parse(raw_of(bytes)).error(), DropReason::kRtcpMalformed);
  }
}

TEST(FirTest, GoesRound) {
  const std::vector<FirEntry> entries{{Ssrc{5}, 255}, {Ssrc{6}, 0}};
  const auto bytes = written_by([&](ByteWriter& out) { EXPECT_TRUE(write_fir(out, Ssrc{1}, entries)); });
  EXPECT_THAT(bytes, ElementsAreArray(hex("84ce0006 00000001 00000000 00000005 ff000000 00000006 00000000")));
  const auto fir = Fir::parse(raw_of(bytes));
  ASSERT_TRUE(fir);
  EXPECT_EQ(fir->sender, Ssrc{1});
  EXPECT_EQ(std::vector<FirEntry>(fir->entries.begin(), fir->entries.end()), entries);
  test::expect_all_or_nothing([&](ByteWriter& out) { return write_fir(out, Ssrc{1}, entries); }, 28);
}

TEST(FirTest, NoEntryAndHalfEntryAreRefused) {
  for (const char* row : {"84ce0000", "84ce0002 00000001 00000000", "84ce0003 00000001 00000000 00000005"}) {
    const auto bytes = hex(row);
    EXPECT_EQ(Fir::parse(raw_of(bytes)).error(), DropReason::kRtcpMalformed) << row;
  }
  std::vector<std::uint8_t> room(64);
  ByteWriter out(room);
  EXPECT_FALSE(write_fir(out, Ssrc{1}, {}));
}

}  // namespace
}  // namespace parley::rtp::rtcp
