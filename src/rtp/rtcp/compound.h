// RFC 3550 section 6.1: a datagram of RTCP is a chain of packets. Reduced-size chains (RFC 5506), which need not begin
// with a report, are accepted as well.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "rtp/rtcp/bye.h"
#include "rtp/rtcp/extended_report.h"
#include "rtp/rtcp/fir.h"
#include "rtp/rtcp/nack.h"
#include "rtp/rtcp/pli.h"
#include "rtp/rtcp/receiver_report.h"
#include "rtp/rtcp/remb.h"
#include "rtp/rtcp/sdes.h"
#include "rtp/rtcp/sender_report.h"
#include "rtp/rtcp/transport_feedback.h"

namespace parley::rtp::rtcp {

// Each alternative borrows the datagram.
using Packet =
    std::variant<SenderReport, ReceiverReport, Sdes, Bye, Nack, Pli, Fir, Remb, TransportFeedback, ExtendedReport>;

class CompoundReader {
 public:
  explicit CompoundReader(ByteView datagram);

  // The packets that we know, in their order; APP and unknown types are passed over. nullopt at the end. After an error
  // (kRtcpMalformed, also for an empty datagram) comes the end: lengths behind a broken packet mean nothing.
  std::optional<Result<Packet>> next();

 private:
  ByteReader reader_;
  bool ended_ = false;
  bool empty_datagram_;
};

// Calls visitor(const X&) for each packet, X being the alternatives of Packet. What stands before a malformed packet is
// still delivered. Errors: kRtcpMalformed.
template <class Visitor>
Result<void> parse_compound(ByteView datagram, Visitor&& visitor) {
  CompoundReader reader(datagram);
  while (auto packet = reader.next()) {
    if (packet->has_error()) return packet->error();
    std::visit(visitor, **packet);
  }
  return {};
}

// Makes one visitor of several lambdas: parse_compound(bytes, Overloaded{[&](const Nack& n) {…}, [](const auto&) {}}).
template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace parley::rtp::rtcp
