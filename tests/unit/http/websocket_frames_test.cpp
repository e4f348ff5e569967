#include "http/websocket_frames.h"

#include <gtest/gtest.h>

#include <vector>

namespace parley::http {
namespace {

struct Sink final : MessageSink {
  void on_message(std::string_view payload, bool text) override {
    log.push_back((text ? "text:" : "binary:") + std::string(payload));
  }
  void on_ping(std::string_view payload) override { log.push_back("ping:" + std::string(payload)); }
  void on_pong() override { log.emplace_back("pong"); }
  void on_close(std::uint16_t code, std::string_view reason) override {
    log.push_back("close:" + std::to_string(code) + std::string(reason));
  }
  std::vector<std::string> log;
};

std::string frame(int first, std::string_view payload, std::uint32_t mask = 0x12345678, int claimed = -1) {
  std::string out(1, static_cast<char>(first));
  if (claimed >= 0) {
    out.push_back(static_cast<char>(0x80 | claimed));
  } else if (payload.size() < 126) {
    out.push_back(static_cast<char>(0x80U | payload.size()));
  } else if (payload.size() <= 0xffff) {
    out.push_back(static_cast<char>(0xfe));
    for (int shift = 8; shift >= 0; shift -= 8) out.push_back(static_cast<char>(payload.size() >> shift));
  } else {
    out.push_back(static_cast<char>(0xff));
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(payload.size() >> shift));
  }
  std::array<char, 4> key{};
  for (std::size_t i = 0; i < 4; ++i) key[i] = static_cast<char>(mask >> (24 - 8 * i));
  out.append(key.data(), 4);
  for (std::size_t i = 0; i < payload.size(); ++i) out.push_back(static_cast<char>(payload[i] ^ key[i & 3U]));
  return out;
}

FrameFault feed(MessageReader& reader, std::string bytes, Sink& sink, std::size_t piece = 1U << 30U) {
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::size_t size = std::min(piece, bytes.size() - at);
    const FrameFault fault = reader.read({reinterpret_cast<std::uint8_t*>(bytes.data()) + at, size}, sink);
    if (fault != FrameFault::kNone) return fault;
  }
  return FrameFault::kNone;
}

TEST(MessageReader, MessagesComeOutTheSameInPiecesOfAnySize) {
  const std::string stream = frame(0x81, "hello") + frame(0x82, std::string(300, 'b')) + frame(0x01, "a") +
                             frame(0x89, "p") + frame(0x00, "") + frame(0x80, "c") + frame(0x8a, "") +
                             frame(0x82, std::string(70'000, 'L')) + frame(0x81, "") +
                             frame(0x88,
                                   "\x03\xe8"
                                   "bye");
  const std::vector<std::string> expected = {
      "text:hello", "binary:" + std::string(300, 'b'),    "ping:p", "text:ac",
      "pong",       "binary:" + std::string(70'000, 'L'), "text:",  "close:1000bye"};
  for (const std::size_t piece : {1UL, 2UL, 3UL, 7UL, 64UL, 1UL << 20U}) {
    MessageReader reader(100'000);
    Sink sink;
    EXPECT_EQ(feed(reader, stream, sink, piece), FrameFault::kNone);
    EXPECT_EQ(sink.log, expected) << piece;
    EXPECT_TRUE(reader.done());
  }
}

TEST(MessageReader, NothingIsReadBehindAClose) {
  MessageReader reader(100);
  Sink sink;
  EXPECT_EQ(feed(reader, frame(0x88, "") + frame(0x81, "late"), sink), FrameFault::kNone);
  EXPECT_EQ(sink.log, std::vector<std::string>{"close:1005"});
}

TEST(MessageReader, FaultsAreNamed) {
  const std::pair<std::string, FrameFault> rows[] = {
      {std::string("\x81\x05hello", 7), FrameFault::kProtocol},  // no mask
      {frame(0xc1, "x"), FrameFault::kProtocol},                 // reserved bits
      {frame(0x83, "x"), FrameFault::kProtocol},                 // unknown opcodes
      {frame(0x8b, "x"), FrameFault::kProtocol},
      {frame(0x80, "x"), FrameFault::kProtocol},                             // a continuation of nothing
      {frame(0x01, "x") + frame(0x81, "y"), FrameFault::kProtocol},          // a message within another
      {frame(0x09, "x"), FrameFault::kProtocol},                             // a control frame in fragments
      {frame(0x89, std::string(126, 'x')), FrameFault::kProtocol},           // or too large
      {std::string("\x81\xfe\x00\x05", 4) + "mask", FrameFault::kProtocol},  // a length in more bytes than it needs
      {std::string("\x81\xff\0\0\0\0\0\0\xff\xff", 10) + "mask", FrameFault::kProtocol},
      {frame(0x81, "\xff"), FrameFault::kBadText},
      {frame(0x81, "a long text of which the last is no UTF-8 \xc3"), FrameFault::kBadText},
      {frame(0x01, "\xc3") + frame(0x80, "x"), FrameFault::kBadText},
      {frame(0x88, "\x03"), FrameFault::kProtocol},
      {frame(0x88, "\x03\xed"), FrameFault::kProtocol},  // 1005 is never sent
      {frame(0x88, "\x03\xe8\xff"), FrameFault::kBadText},
      {frame(0x82, std::string(101, 'x')), FrameFault::kTooBig},
      {frame(0x02, std::string(60, 'x')) + frame(0x80, std::string(60, 'x')), FrameFault::kTooBig},
      {std::string("\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10) + "mask", FrameFault::kTooBig},
  };
  for (const auto& [bytes, fault] : rows) {
    MessageReader reader(100);
    Sink sink;
    EXPECT_EQ(feed(reader, bytes, sink), fault) << ::testing::PrintToString(bytes);
    EXPECT_TRUE(sink.log.empty() || sink.log.size() < 2);
    // After a fault nothing more comes out.
    const std::size_t before = sink.log.size();
    EXPECT_EQ(feed(reader, frame(0x81, "x"), sink), FrameFault::kNone);
    EXPECT_EQ(sink.log.size(), before);
  }
}

TEST(MessageReader, TextThatIsSplitWithinACharacterIsWhole) {
  MessageReader reader(100);
  Sink sink;
  EXPECT_EQ(feed(reader, frame(0x01, "gr\xc3") + frame(0x80, "\xbc\xc3\x9f"), sink), FrameFault::kNone);
  EXPECT_EQ(sink.log, std::vector<std::string>{"text:gr\xc3\xbc\xc3\x9f"});
}

TEST(FrameHeaders, LengthTakesAsFewBytesAsItCan) {
  const std::pair<std::size_t, std::vector<std::uint8_t>> rows[] = {
      {0, {0x81, 0}},
      {125, {0x81, 125}},
      {126, {0x81, 126, 0, 126}},
      {65'535, {0x81, 126, 0xff, 0xff}},
      {65'536, {0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0}},
  };
  for (const auto& [length, bytes] : rows) {
    const FrameHeader header = make_frame_header(Opcode::kText, length);
    EXPECT_EQ(std::vector<std::uint8_t>(header.bytes.begin(), header.bytes.begin() + header.size), bytes);
  }
}

TEST(AcceptKey, ExampleOfTheRfc) { EXPECT_EQ(accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); }

}  // namespace
}  // namespace parley::http
