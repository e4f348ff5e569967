#include "signal/socketio/socketio_packet.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace parley::signal::socketio {
namespace {

struct Row {
  const char* text;
  SocketPacketType type;
  std::size_t attachments;
  const char* nsp;
  const char* ack;
  const char* data;
};

TEST(SocketPacket, FormsOfTheProtocolAreRead) {
  const Row rows[] = {
      {"0", SocketPacketType::kConnect, 0, "/", "", "null"},
      {"0{\"token\":\"123\"}", SocketPacketType::kConnect, 0, "/", "", "{\"token\":\"123\"}"},
      {"0/custom,", SocketPacketType::kConnect, 0, "/custom", "", "null"},
      {"0/custom", SocketPacketType::kConnect, 0, "/custom", "", "null"},
      {"0/admin,{\"a\":1}", SocketPacketType::kConnect, 0, "/admin", "", "{\"a\":1}"},
      {"1", SocketPacketType::kDisconnect, 0, "/", "", "null"},
      {"1/admin,", SocketPacketType::kDisconnect, 0, "/admin", "", "null"},
      {"2[\"foo\"]", SocketPacketType::kEvent, 0, "/", "", "[\"foo\"]"},
      {"212[\"foo\"]", SocketPacketType::kEvent, 0, "/", "12", "[\"foo\"]"},
      {"2/admin,456[\"project:delete\",123]", SocketPacketType::kEvent, 0, "/admin", "456", "[\"project:delete\",123]"},
      {"3/admin,13[]", SocketPacketType::kAck, 0, "/admin", "13", "[]"},
      {"51-[\"hello\",{\"_placeholder\":true,\"num\":0}]", SocketPacketType::kBinaryEvent, 1, "/", "",
       "[\"hello\",{\"_placeholder\":true,\"num\":0}]"},
      {"61-/admin,456[{\"_placeholder\":true,\"num\":0}]", SocketPacketType::kBinaryAck, 1, "/admin", "456",
       "[{\"_placeholder\":true,\"num\":0}]"},
  };
  for (const Row& row : rows) {
    const auto packet = read_socket_packet(row.text);
    ASSERT_TRUE(packet) << row.text << ": " << packet.error().message;
    EXPECT_EQ(packet->type, row.type) << row.text;
    EXPECT_EQ(packet->attachments, row.attachments) << row.text;
    EXPECT_EQ(packet->nsp, row.nsp) << row.text;
    EXPECT_EQ(packet->ack, row.ack) << row.text;
    EXPECT_EQ(boost::json::serialize(packet->data), row.data) << row.text;
  }
}

TEST(SocketPacket, MalformedOnesAreRefused) {
  const char* rows[] = {"",
                        "7",
                        "abc",
                        "2",
                        "2{}",
                        "2[]",
                        "2[1]",
                        "2[\"foo\"",
                        "2abc[\"foo\"]",
                        "0[]",
                        "0\"x\"",
                        "1{}",
                        "3{}",
                        "5[\"foo\"]",
                        "5-[\"foo\"]",
                        "517-[\"a\"]",
                        "52[\"a\"]",
                        "2[\"connect\"]",
                        "2[\"disconnect\"]",
                        "212345678901234567[\"foo\"]",
                        "2[\"a\"]x",
                        "5999999999999999999999-[\"a\"]"};
  for (const char* text : rows) EXPECT_FALSE(read_socket_packet(text)) << text;
}

TEST(SocketPacket, DepthAndNamespaceAreBounded) {
  PacketLimits limits;
  limits.max_depth = 4;
  limits.max_namespace = 5;
  EXPECT_TRUE(read_socket_packet("2[\"a\",[[1]]]", limits));
  EXPECT_FALSE(read_socket_packet("2[\"a\",[[[[1]]]]]", limits));
  EXPECT_TRUE(read_socket_packet("0/abcd,", limits));
  EXPECT_FALSE(read_socket_packet("0/abcdef,", limits));
}

TEST(SocketPacket, WrittenAsFramesCarryThem) {
  EXPECT_EQ(write_socket_packet(SocketPacketType::kConnect, "/", "", "{\"sid\":\"x\"}"), "40{\"sid\":\"x\"}");
  EXPECT_EQ(write_socket_packet(SocketPacketType::kEvent, "/custom", "", "[\"a\"]"), "42/custom,[\"a\"]");
  EXPECT_EQ(write_socket_packet(SocketPacketType::kAck, "/", "456", "[1]"), "43456[1]");
  EXPECT_EQ(write_socket_packet(SocketPacketType::kBinaryAck, "/", "789", "[]", 2), "462-789[]");
  EXPECT_EQ(write_socket_packet(SocketPacketType::kDisconnect, "/admin", "", ""), "41/admin,");
}

}  // namespace
}  // namespace parley::signal::socketio
