#include "signal/socketio/engine_packet.h"

#include <gtest/gtest.h>

namespace parley::signal::socketio {
namespace {

TEST(EnginePacket, EveryTypeIsRead) {
  for (int type = 0; type <= 6; ++type) {
    const std::string text = std::to_string(type) + "data";  // what is read points into it
    const auto packet = read_packet(text);
    ASSERT_TRUE(packet);
    EXPECT_EQ(static_cast<int>(packet->type), type);
    EXPECT_EQ(packet->data, "data");
  }
}

TEST(EnginePacket, WhatIsNoPacketIsRefused) {
  for (const char* text : {"", "7", "a", "abc", "-1", "\x1e"}) EXPECT_FALSE(read_packet(text)) << text;
}

TEST(EnginePayload, PacketsAreSplitAndBinaryDecoded) {
  const auto payload = read_payload(
      "4test1\x1e"
      "2\x1e"
      "bAQIDBA==\x1e"
      "4",
      10);
  ASSERT_TRUE(payload);
  ASSERT_EQ(payload->packets.size(), 4U);
  EXPECT_EQ(payload->packets[0].data, "test1");
  EXPECT_EQ(payload->packets[1].type, PacketType::kPing);
  EXPECT_TRUE(payload->packets[2].binary);
  EXPECT_EQ(payload->packets[2].type, PacketType::kMessage);
  EXPECT_EQ(payload->packets[2].data, "\x01\x02\x03\x04");
  EXPECT_EQ(payload->packets[3].data, "");
}

TEST(EnginePayload, BinaryDataStaysWhereThePayloadIsMoved) {
  auto payload = read_payload(
      "bAQID\x1e"
      "bBAUG",
      10);
  ASSERT_TRUE(payload);
  const EnginePayload moved = std::move(*payload);
  EXPECT_EQ(moved.packets[0].data, "\x01\x02\x03");
  EXPECT_EQ(moved.packets[1].data, "\x04\x05\x06");
}

TEST(EnginePayload, MalformedOnesAreRefused) {
  for (const char* body : {"", "abc", "4a\x1e",
                           "\x1e"
                           "4a",
                           "b=", "bA", "bAQ=D", "bAQ!D"}) {
    EXPECT_FALSE(read_payload(body, 10)) << body;
  }
}

TEST(EnginePayload, MorePacketsThanAllowedAreRefused) {
  EXPECT_TRUE(
      read_payload("2\x1e"
                   "2\x1e"
                   "2",
                   3));
  EXPECT_FALSE(
      read_payload("2\x1e"
                   "2\x1e"
                   "2",
                   2));
}

TEST(EnginePayload, AppendedPacketsAreReadBack) {
  std::string payload;
  append_text(payload, "4hello");
  append_binary(payload, std::string_view("\x00\xff\x1e", 3));
  EXPECT_LE(payload.size(), payload_size(6, false) + payload_size(3, true));
  const auto read = read_payload(payload, 10);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->packets[0].data, "hello");
  EXPECT_EQ(read->packets[1].data, std::string_view("\x00\xff\x1e", 3));
}

TEST(Base64, VectorsOfTheRfc) {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, MissingPaddingIsForgivenAndOtherFaultsAreNot) {
  EXPECT_EQ(from_base64("Zg"), "f");
  for (const char* text : {"Z", "Zg=", "Zg===", "Z===", "Zm9v=", "Zm 9v", "Zm-_"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace parley::signal::socketio
