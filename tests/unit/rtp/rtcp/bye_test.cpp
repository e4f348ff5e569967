#include "rtp/rtcp/bye.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/rtp/rtcp/raw.h"

namespace parley::rtp::rtcp {
namespace {

using test::hex;
using test::raw_of;
using test::written_by;
using testing::ElementsAre;
using testing::ElementsAreArray;

TEST(ByeTest, SourcesAndReasonGoRound) {
  struct Row {
    std::string reason;
    const char* bytes;
  };
  for (const Row& row : {Row{"", "82cb0002 00000001 00000002"}, Row{"bye", "82cb0003 00000001 00000002 03627965"},
                         Row{"over", "82cb0004 00000001 00000002 046f7665 72000000"}}) {
    const auto bytes = written_by([&](ByteWriter& out) {
      EXPECT_TRUE(write_bye(out, std::vector{Ssrc{1}, Ssrc{2}}, row.reason));
    });
    EXPECT_THAT(bytes, ElementsAreArray(hex(row.bytes)));
    const auto bye = Bye::parse(raw_of(bytes));
    ASSERT_TRUE(bye);
    EXPECT_THAT(std::vector<Ssrc>(bye->ssrcs.begin(), bye->ssrcs.end()), ElementsAre(Ssrc{1}, Ssrc{2}));
    EXPECT_EQ(bye->reason, row.reason);
  }
}

TEST(ByeTest, NoSourceIsLegal) {
  const auto bytes = hex("80cb0000");
  const auto bye = Bye::parse(raw_of(bytes));
  ASSERT_TRUE(bye);
  EXPECT_TRUE(bye->ssrcs.empty());
}

TEST(ByeTest, MalformedIsRefused) {
  for (const char* row : {"81cb0000", "82cb0001 00000001", "81cb0002 00000001 04616263"}) {
    const auto bytes = hex(row);
    EXPECT_EQ(Bye::parse(raw_of(bytes)).error(), DropReason::kRtcpMalformed) << row;
  }
}

TEST(ByeTest, WriterRefusesWhatCannotBeExpressed) {
  std::vector<std::uint8_t> room(4096);
  ByteWriter out(room);
  EXPECT_FALSE(write_bye(out, {}, std::string(256, 'x')));
  EXPECT_FALSE(write_bye(out, std::vector<Ssrc>(32)));
  EXPECT_EQ(out.size(), 0U);
  EXPECT_TRUE(write_bye(out, {}, std::string(255, 'x')));
  const std::vector<Ssrc> one{Ssrc{1}};
  test::expect_all_or_nothing([&](ByteWriter& w) { return write_bye(w, one, "x"); }, 12);
}

}  // namespace
}  // namespace parley::rtp::rtcp
