#include "signal/livekit/data_codec.h"

#include "signal/livekit/proto.h"

namespace parley::signal::livekit {

namespace {

// Field numbers of DataPacket and UserPacket.
constexpr std::uint32_t kPacketKind = 1;
constexpr std::uint32_t kPacketUser = 2;
constexpr std::uint32_t kPacketIdentity = 4;
constexpr std::uint32_t kPacketDestinations = 5;
constexpr std::uint32_t kPacketTranscription = 7;
constexpr std::uint32_t kPacketMetrics = 8;
constexpr std::uint32_t kPacketSequence = 16;
constexpr std::uint32_t kPacketSid = 17;
constexpr std::uint32_t kUserSid = 1;
constexpr std::uint32_t kUserIdentity = 5;
constexpr std::uint32_t kUserDestinations = 6;

constexpr std::uint8_t kVarint = 0;
constexpr std::uint8_t kFixed64 = 1;
constexpr std::uint8_t kBytes = 2;
constexpr std::uint8_t kFixed32 = 5;

// More would only be an attempt to make routing expensive.
constexpr std::size_t kMaxDestinations = 1000;

struct Field {
  std::uint32_t number = 0;
  std::uint8_t type = kVarint;
  std::uint64_t varint = 0;  // of kVarint
  ByteView bytes;            // of kBytes, without the length
  ByteView whole;            // tag and all
};

std::optional<std::uint64_t> try_varint(ByteReader& reader) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto byte = reader.try_u8();
    if (!byte) return std::nullopt;
    value |= static_cast<std::uint64_t>(*byte & 0x7fU) << shift;
    if ((*byte & 0x80U) == 0) return value;
  }
  return std::nullopt;
}

std::optional<Field> try_field(ByteReader& reader) {
  const ByteView start = reader.rest();
  Field field;
  const auto tag = try_varint(reader);
  if (!tag || (*tag >> 3U) == 0 || (*tag >> 3U) >= (1U << 29U)) return std::nullopt;
  field.number = static_cast<std::uint32_t>(*tag >> 3U);
  field.type = static_cast<std::uint8_t>(*tag & 7U);
  switch (field.type) {
    case kVarint: {
      const auto value = try_varint(reader);
      if (!value) return std::nullopt;
      field.varint = *value;
      break;
    }
    case kBytes: {
      const auto size = try_varint(reader);
      if (!size || *size > reader.remaining()) return std::nullopt;
      field.bytes = *reader.try_bytes(static_cast<std::size_t>(*size));
      break;
    }
    case kFixed64:
    case kFixed32:
      if (!reader.try_skip(field.type == kFixed64 ? 8 : 4)) return std::nullopt;
      break;
    default:  // groups (3, 4) have been gone since proto2; 6 and 7 never were
      return std::nullopt;
  }
  field.whole = start.first(start.size() - reader.remaining());
  return field;
}

using Buffer = std::vector<std::uint8_t>;

void put_varint(Buffer& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80U));
    value >>= 7U;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

void put_bytes(Buffer& out, std::uint32_t number, ByteView bytes) {
  put_varint(out, (static_cast<std::uint64_t>(number) << 3U) | kBytes);
  put_varint(out, bytes.size());
  out.insert(out.end(), bytes.begin(), bytes.end());
}

// proto3 leaves empty strings out.
void put_text(Buffer& out, std::uint32_t number, std::string_view text) {
  if (!text.empty()) put_bytes(out, number, as_bytes(text));
}

// The UserPacket with its own copies of the sender replaced.
std::optional<Buffer> stamp_user(ByteView user, std::string_view identity, std::string_view sid) {
  Buffer out;
  out.reserve(user.size() + identity.size() + sid.size() + 16);
  ByteReader reader(user);
  while (!reader.empty()) {
    const auto field = try_field(reader);
    if (!field) return std::nullopt;
    if (field->number != kUserSid && field->number != kUserIdentity) {
      out.insert(out.end(), field->whole.begin(), field->whole.end());
    }
  }
  put_text(out, kUserSid, sid);
  put_text(out, kUserIdentity, identity);
  return out;
}

std::optional<Buffer> stamp_packet(ByteView packet, std::string_view identity, std::string_view sid,
                                   room::DataKind kind) {
  Buffer out;
  out.reserve(packet.size() + 2 * (identity.size() + sid.size()) + 32);
  if (kind == room::DataKind::kLossy) {
    put_varint(out, (kPacketKind << 3U) | kVarint);
    put_varint(out, static_cast<std::uint64_t>(kind));
  }
  put_text(out, kPacketIdentity, identity);
  put_text(out, kPacketSid, sid);
  ByteReader reader(packet);
  while (!reader.empty()) {
    const auto field = try_field(reader);
    if (!field) return std::nullopt;
    if (field->number == kPacketKind || field->number == kPacketIdentity || field->number == kPacketSid) continue;
    if (field->number == kPacketUser && field->type == kBytes) {
      const auto user = stamp_user(field->bytes, identity, sid);
      if (!user) return std::nullopt;
      put_bytes(out, kPacketUser, *user);
    } else {
      out.insert(out.end(), field->whole.begin(), field->whole.end());
    }
  }
  return out;
}

Error malformed() { return {"malformed", "this is no DataPacket", ""}; }

// Old clients name the recipients in the UserPacket.
bool read_user_destinations(ByteView user, std::vector<std::string>& out) {
  ByteReader reader(user);
  while (!reader.empty()) {
    const auto field = try_field(reader);
    if (!field) return false;
    if (field->number == kUserDestinations && field->type == kBytes) out.emplace_back(as_text(field->bytes));
  }
  return true;
}

}  // namespace

Result<room::DataHeader, Error> ProtobufDataCodec::parse(ByteView payload) const {
  room::DataHeader header;
  std::vector<std::string> old_destinations;
  ByteReader reader(payload);
  while (!reader.empty()) {
    const auto field = try_field(reader);
    if (!field) return malformed();
    if (field->number == kPacketDestinations && field->type == kBytes) {
      header.destination_identities.emplace_back(as_text(field->bytes));
    } else if (field->number == kPacketSequence && field->type == kVarint) {
      header.sequence = static_cast<std::uint32_t>(field->varint);
    } else if (field->number == kPacketTranscription) {
      header.transcription = true;
    } else if (field->number == kPacketMetrics) {
      header.metrics = true;
    } else if (field->number == kPacketUser && field->type == kBytes) {
      if (!read_user_destinations(field->bytes, old_destinations)) return malformed();
    }
    if (header.destination_identities.size() + old_destinations.size() > kMaxDestinations) {
      return Error{"resource_exhausted", "a DataPacket may name 1000 recipients at most", "destination_identities"};
    }
  }
  if (header.destination_identities.empty()) header.destination_identities = std::move(old_destinations);
  return header;
}

room::SharedBytes ProtobufDataCodec::stamped(const room::SharedBytes& payload, std::string_view identity,
                                             std::string_view sid, room::DataKind kind) const {
  auto out = stamp_packet(*payload, identity, sid, kind);
  return out ? std::make_shared<const Buffer>(std::move(*out)) : payload;
}

room::SharedBytes make_server_packet(const ServerPacket& packet) {
  pb::DataPacket out;
  out.set_kind(packet.kind == room::DataKind::kLossy ? pb::DataPacket::LOSSY : pb::DataPacket::RELIABLE);
  pb::UserPacket& user = *out.mutable_user();
  user.set_payload(packet.payload.data(), packet.payload.size());
  if (packet.topic) user.set_topic(*packet.topic);
  user.set_nonce(packet.nonce.data(), packet.nonce.size());
  for (const std::string& identity : packet.destination_identities) {
    out.add_destination_identities(identity);
    user.add_destination_identities(identity);
  }
  for (const std::string& sid : packet.destination_sids) user.add_destination_sids(sid);
  Buffer bytes(out.ByteSizeLong());
  out.SerializeToArray(bytes.data(), static_cast<int>(bytes.size()));
  return std::make_shared<const Buffer>(std::move(bytes));
}

}  // namespace parley::signal::livekit
