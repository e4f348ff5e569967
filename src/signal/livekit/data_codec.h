// DataPacket as routing needs it: a few fields are read, a few replaced, and everything else (members that we do not
// know included) goes through byte for byte. Protobuf wire format:
//
//   field   = tag value*            tag = varint(number << 3 | type)
//   type 0  = varint    type 1 = 8 bytes    type 2 = varint length, bytes    type 5 = 4 bytes
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "room/data_codec.h"

namespace parley::signal::livekit {

class ProtobufDataCodec final : public room::DataCodec {
 public:
  // Error "malformed" when the bytes are no message.
  [[nodiscard]] Result<room::DataHeader, Error> parse(ByteView payload) const override;
  // Malformed bytes come back as they are; whoever parsed first has refused them.
  [[nodiscard]] room::SharedBytes stamped(const room::SharedBytes& payload, std::string_view identity,
                                          std::string_view sid, room::DataKind kind) const override;
};

// A packet of the server's own (SendData): a UserPacket without a sender, sequence 0.
struct ServerPacket {
  std::string_view payload;
  room::DataKind kind = room::DataKind::kReliable;
  std::optional<std::string> topic;
  std::vector<std::string> destination_identities;
  std::vector<std::string> destination_sids;
  std::string_view nonce;  // clients drop a second packet with the same one
};
[[nodiscard]] room::SharedBytes make_server_packet(const ServerPacket& packet);

}  // namespace parley::signal::livekit
