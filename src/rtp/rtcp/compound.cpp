#include "rtp/rtcp/compound.h"

namespace parley::rtp::rtcp {
namespace {

// nullopt: a packet that we do not know.
using Parsed = std::optional<Result<Packet>>;

template <class T>
Parsed widen(Result<T> parsed) {
  if (parsed.has_error()) return Result<Packet>(parsed.error());
  return Result<Packet>(Packet(*std::move(parsed)));
}

Parsed parse_transport_layer(const RawPacket& raw) {
  switch (raw.count) {
    case kFormatNack:
      return widen(Nack::parse(raw));
    case kFormatTransportCc:
      return widen(TransportFeedback::parse(raw));
    default:
      return std::nullopt;
  }
}

Parsed parse_payload_specific(const RawPacket& raw) {
  switch (raw.count) {
    case kFormatPli:
      return widen(Pli::parse(raw));
    case kFormatFir:
      return widen(Fir::parse(raw));
    case kFormatApplication: {
      const auto remb = Remb::parse(raw);
      if (remb.has_error()) return Result<Packet>(remb.error());
      if (!*remb) return std::nullopt;
      return Result<Packet>(Packet(**remb));
    }
    default:
      return std::nullopt;
  }
}

Parsed parse_packet(const RawPacket& raw) {
  switch (raw.type) {
    case kTypeSenderReport:
      return widen(SenderReport::parse(raw));
    case kTypeReceiverReport:
      return widen(ReceiverReport::parse(raw));
    case kTypeSdes:
      return widen(Sdes::parse(raw));
    case kTypeBye:
      return widen(Bye::parse(raw));
    case kTypeTransportFeedback:
      return parse_transport_layer(raw);
    case kTypePayloadFeedback:
      return parse_payload_specific(raw);
    case kTypeExtendedReport:
      return widen(ExtendedReport::parse(raw));
    default:
      return std::nullopt;
  }
}

}  // namespace

CompoundReader::CompoundReader(ByteView datagram) : reader_(datagram), empty_datagram_(datagram.empty()) {}

std::optional<Result<Packet>> CompoundReader::next() {
  if (empty_datagram_ && !ended_) {
    ended_ = true;
    return Result<Packet>(DropReason::kRtcpMalformed);
  }
  while (!ended_ && !reader_.empty()) {
    const auto raw = RawPacket::read(reader_);
    auto parsed = raw ? parse_packet(*raw) : Parsed(Result<Packet>(raw.error()));
    if (!parsed) continue;
    ended_ = parsed->has_error();
    return parsed;
  }
  return std::nullopt;
}

}  // namespace parley::rtp::rtcp
