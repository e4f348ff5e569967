#include "signal/livekit/data_codec.h"

#include <gtest/gtest.h>

#include "signal/livekit/proto.h"

namespace parley::signal::livekit {
namespace {

room::SharedBytes bytes_of(const std::string& text) {
  return std::make_shared<const std::vector<std::uint8_t>>(text.begin(), text.end());
}

pb::DataPacket packet_of(const room::SharedBytes& bytes) {
  pb::DataPacket out;
  EXPECT_TRUE(out.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())));
  return out;
}

const ProtobufDataCodec kCodec;

TEST(DataCodecTest, HeaderFieldsAreRead) {
  pb::DataPacket packet;
  packet.set_sequence(70'000);
  packet.add_destination_identities("bob");
  packet.add_destination_identities("cara");
  packet.mutable_user()->set_payload("hi");
  const auto header = kCodec.parse(as_bytes(packet.SerializeAsString()));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->sequence, 70'000U);
  EXPECT_EQ(header->destination_identities, (std::vector<std::string>{"bob", "cara"}));
  EXPECT_FALSE(header->transcription);
  EXPECT_FALSE(header->metrics);
}

TEST(DataCodecTest, RestrictedKindsAreSeen) {
  pb::DataPacket packet;
  packet.mutable_transcription()->set_track_id("TR_a");
  EXPECT_TRUE(kCodec.parse(as_bytes(packet.SerializeAsString()))->transcription);
  // Field 8 (metrics) is none of our messages' fields.
  EXPECT_TRUE(kCodec.parse(as_bytes(std::string("\x42\x00", 2)))->metrics);
}

TEST(DataCodecTest, RecipientsOfOldClientsAreTakenFromTheUserPacket) {
  pb::DataPacket packet;
  packet.mutable_user()->add_destination_identities("bob");
  EXPECT_EQ(kCodec.parse(as_bytes(packet.SerializeAsString()))->destination_identities,
            std::vector<std::string>{"bob"});
  packet.add_destination_identities("cara");
  EXPECT_EQ(kCodec.parse(as_bytes(packet.SerializeAsString()))->destination_identities,
            std::vector<std::string>{"cara"});
}

TEST(DataCodecTest, SenderAndKindAreReplaced) {
  pb::DataPacket packet;
  packet.set_kind(pb::DataPacket::LOSSY);
  packet.set_participant_identity("forged");
  packet.set_participant_sid("PA_forged");
  packet.set_sequence(5);
  packet.add_destination_identities("bob");
  packet.mutable_user()->set_participant_identity("forged");
  packet.mutable_user()->set_participant_sid("PA_forged");
  packet.mutable_user()->set_payload(std::string("a\0b", 3));
  packet.mutable_user()->set_topic("t");
  pb::DataPacket expected = packet;
  expected.set_kind(pb::DataPacket::RELIABLE);
  expected.set_participant_identity("alice");
  expected.set_participant_sid("PA_1");
  expected.mutable_user()->set_participant_identity("alice");
  expected.mutable_user()->set_participant_sid("PA_1");

  const auto stamped = kCodec.stamped(bytes_of(packet.SerializeAsString()), "alice", "PA_1", room::DataKind::kReliable);
  EXPECT_EQ(packet_of(stamped).DebugString(), expected.DebugString());
  expected.set_kind(pb::DataPacket::LOSSY);
  const auto lossy = kCodec.stamped(stamped, "alice", "PA_1", room::DataKind::kLossy);
  EXPECT_EQ(packet_of(lossy).DebugString(), expected.DebugString());
}

TEST(DataCodecTest, UnknownMembersGoThroughUntouched) {
  // Field 100: bytes "new"; field 101: fixed32; field 102: fixed64.
  const std::string unknown("\xa2\x06\x03new\xad\x06\x01\x02\x03\x04\xb1\x06\x01\x02\x03\x04\x05\x06\x07\x08", 22);
  const auto stamped = kCodec.stamped(bytes_of(unknown), "alice", "PA_1", room::DataKind::kReliable);
  const std::string out(stamped->begin(), stamped->end());
  EXPECT_NE(out.find(unknown), std::string::npos);
  EXPECT_EQ(packet_of(stamped).participant_identity(), "alice");
}

TEST(DataCodecTest, MalformedBytesAreRefusedAndNeverStamped) {
  const std::string rows[] = {
      std::string("\x0a", 1),                                               // tag without a length
      std::string("\x0a\x05hi", 4),                                         // length beyond the end
      std::string("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12),  // varint of eleven bytes
      std::string("\x00\x00", 2),                                           // field 0
      std::string("\x0b\x0c", 2),                                           // a group
      std::string("\x0d\x01\x02", 3),                                       // fixed32 cut short
      std::string("\x12\x02\x0a\x09", 4),                                   // malformed UserPacket
      std::string("\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11),      // length of 2^64 - 1
  };
  for (const std::string& row : rows) {
    EXPECT_FALSE(kCodec.parse(as_bytes(row))) << ::testing::PrintToString(row);
    const auto in = bytes_of(row);
    EXPECT_EQ(kCodec.stamped(in, "a", "b", room::DataKind::kLossy), in);
  }
}

TEST(DataCodecTest, EmptyPacketIsValid) {
  EXPECT_TRUE(kCodec.parse({}));
  EXPECT_EQ(packet_of(kCodec.stamped(bytes_of(""), "a", "PA", room::DataKind::kLossy)).participant_sid(), "PA");
}

TEST(DataCodecTest, RecipientListIsBounded) {
  pb::DataPacket packet;
  for (int i = 0; i < 1001; ++i) packet.add_destination_identities("x");
  const auto header = kCodec.parse(as_bytes(packet.SerializeAsString()));
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().code, "resource_exhausted");
}

TEST(ServerPacketTest, CarriesPayloadTopicAndRecipientsWithoutASender) {
  ServerPacket in;
  in.payload = "hello";
  in.kind = room::DataKind::kLossy;
  in.topic = "t";
  in.destination_identities = {"bob"};
  in.destination_sids = {"PA_b"};
  in.nonce = "0123456789abcdef";
  const pb::DataPacket out = packet_of(make_server_packet(in));
  EXPECT_EQ(out.kind(), pb::DataPacket::LOSSY);
  EXPECT_EQ(out.sequence(), 0U);
  EXPECT_EQ(out.participant_identity(), "");
  EXPECT_EQ(out.destination_identities(0), "bob");
  EXPECT_EQ(out.user().payload(), "hello");
  EXPECT_EQ(out.user().topic(), "t");
  EXPECT_EQ(out.user().nonce(), "0123456789abcdef");
  EXPECT_EQ(out.user().destination_sids(0), "PA_b");
}

}  // namespace
}  // namespace parley::signal::livekit
