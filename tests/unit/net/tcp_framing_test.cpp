#include "net/tcp_framing.h"

#include <gtest/gtest.h>

namespace parley::net {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes all_of(TcpDeframer& deframer) {
  Bytes out;
  for (;;) {
    const auto packet = deframer.next();
    if (!packet || !*packet) return out;
    out.push_back(static_cast<std::uint8_t>((**packet).size()));
    out.insert(out.end(), (**packet).begin(), (**packet).end());
  }
}

TEST(TcpDeframer, NeedsBothLengthBytesAndTheWholePacket) {
  TcpDeframer deframer;
  const Bytes stream = {0, 2, 0xaa, 0xbb};
  for (std::size_t i = 0; i < stream.size(); ++i) {
    const auto before = deframer.next();
    ASSERT_TRUE(before);
    EXPECT_FALSE(*before) << i;
    EXPECT_EQ(deframer.feed(ByteView(stream).subspan(i, 1)), 1U);
  }
  const auto packet = deframer.next();
  ASSERT_TRUE(packet && *packet);
  EXPECT_EQ(Bytes((**packet).begin(), (**packet).end()), (Bytes{0xaa, 0xbb}));
  EXPECT_TRUE(deframer.unread().empty());
}

TEST(TcpDeframer, SeveralFramesOfOneReadComeOneByOne) {
  TcpDeframer deframer;
  deframer.feed(Bytes{0, 1, 7, 0, 2, 8, 9, 0});
  EXPECT_EQ(all_of(deframer), (Bytes{1, 7, 2, 8, 9}));
  EXPECT_EQ(deframer.unread().size(), 1U);
}

TEST(TcpDeframer, NullPacketsAreSkipped) {
  TcpDeframer deframer;
  deframer.feed(Bytes{0, 0, 0, 0, 0, 1, 7, 0, 0});
  EXPECT_EQ(all_of(deframer), (Bytes{1, 7}));
}

TEST(TcpDeframer, LongestFrameIsTakenAndOneMoreByteIsNot) {
  TcpDeframer fits;
  Bytes stream(kTcpFrameHeader + kMaxPacketSize, 1);
  store_be<std::uint16_t>(stream.data(), kMaxPacketSize);
  EXPECT_EQ(fits.feed(stream), stream.size());
  const auto packet = fits.next();
  ASSERT_TRUE(packet && *packet);
  EXPECT_EQ((**packet).size(), kMaxPacketSize);

  TcpDeframer too_long;
  store_be<std::uint16_t>(stream.data(), kMaxPacketSize + 1);
  too_long.feed(ByteView(stream).first(2));
  EXPECT_EQ(too_long.next().error(), DropReason::kTcpFrameMalformed);
}

TEST(TcpDeframer, StreamStaysBadAfterAMalformedFrame) {
  TcpDeframer deframer;
  deframer.feed(Bytes{0xff, 0xff});
  EXPECT_FALSE(deframer.next());
  deframer.feed(Bytes{0, 1, 7});
  EXPECT_FALSE(deframer.next());
}

TEST(TcpDeframer, FrameAcrossTheEndOfTheBufferIsWhole) {
  TcpDeframer deframer;
  Bytes frame(kTcpFrameHeader + 1500);
  store_be<std::uint16_t>(frame.data(), 1500);
  Bytes stream;
  for (int i = 0; i < 30; ++i) {
    std::fill(frame.begin() + 2, frame.end(), static_cast<std::uint8_t>(i));
    stream.insert(stream.end(), frame.begin(), frame.end());
  }
  int got = 0;
  for (ByteView rest = stream; !rest.empty();) {
    const std::size_t n = deframer.feed(rest);
    ASSERT_GT(n, 0U);
    rest = rest.subspan(n);
    for (auto packet = deframer.next(); packet && *packet; packet = deframer.next()) {
      ASSERT_EQ(Bytes((**packet).begin(), (**packet).end()), Bytes(1500, static_cast<std::uint8_t>(got)));
      ++got;
    }
  }
  EXPECT_EQ(got, 30);
}

TEST(TcpDeframer, LastFrameCanBeTakenBack) {
  TcpDeframer deframer;
  deframer.feed(Bytes{0, 1, 7, 0, 1, 8, 0});
  ASSERT_TRUE(deframer.next());
  EXPECT_EQ(deframer.unread().size(), 4U);
  const ByteView back = deframer.unread_with_last_frame();
  EXPECT_EQ(Bytes(back.begin(), back.end()), (Bytes{0, 1, 7, 0, 1, 8, 0}));
  ASSERT_TRUE(deframer.next());
  EXPECT_EQ(deframer.unread_with_last_frame().size(), 4U);
}

TEST(TcpFrame, WrittenFrameIsReadBack) {
  const Bytes packet(300, 5);
  Bytes out(302);
  ASSERT_EQ(write_tcp_frame(packet, out).value(), 302U);
  EXPECT_EQ(load_be<std::uint16_t>(out.data()), 300U);
  TcpDeframer deframer;
  deframer.feed(out);
  const auto read = deframer.next();
  ASSERT_TRUE(read && *read);
  EXPECT_EQ(Bytes((**read).begin(), (**read).end()), packet);
}

TEST(TcpFrame, WriterRefusesWhatDoesNotFit) {
  Bytes out(kMaxPacketSize + 10);
  EXPECT_FALSE(write_tcp_frame(Bytes(kMaxPacketSize + 1), out));
  EXPECT_TRUE(write_tcp_frame(Bytes(kMaxPacketSize), out));
  EXPECT_FALSE(write_tcp_frame(Bytes(10), ByteSpan(out).first(11)));
}

}  // namespace
}  // namespace parley::net
