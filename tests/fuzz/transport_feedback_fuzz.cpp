// The first octet chooses: any bytes as a feedback message, whose arrivals are written anew and must read the same; or
// bytes as a list of arrivals and polls for the generator, whose messages must tell exactly the recorded arrivals.
#include <array>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "cc/transport_feedback.h"

namespace {

using namespace parley;
using namespace parley::rtp::rtcp;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::vector<Arrival> arrivals_of(const TransportFeedback& feedback, std::int64_t base) {
  std::vector<Arrival> out;
  auto cursor = feedback.received();
  while (const auto received = cursor.next()) {
    out.push_back({base + received->offset,
                   feedback.reference_time * std::int64_t{256} + received->since_reference / kFeedbackTick});
  }
  return out;
}

TransportFeedback parse_whole(ByteView bytes) {
  ByteReader reader(bytes);
  const auto raw = RawPacket::read(reader);
  require(raw.has_value() && reader.empty());
  const auto feedback = TransportFeedback::parse(*raw);
  require(feedback.has_value());
  return *feedback;
}

void check_rewriting(const TransportFeedback& feedback) {
  const std::vector<Arrival> arrivals = arrivals_of(feedback, feedback.base_sequence);
  std::int64_t base = feedback.base_sequence;
  std::vector<Arrival> got;
  for (std::span<const Arrival> rest(arrivals); !rest.empty();) {
    std::array<std::uint8_t, 1500> room{};
    ByteWriter out(room);
    const std::size_t covered = write_transport_feedback(out, {feedback.ssrcs, base, 1}, rest);
    require(covered != 0 && covered <= rest.size() && out.size() <= kMaxTransportFeedbackSize);
    const auto again = parse_whole(out.written());
    require(again.status_count == rest[covered - 1].sequence - base + 1);
    for (const Arrival& arrival : arrivals_of(again, base)) got.push_back(arrival);
    base = rest[covered - 1].sequence + 1;
    rest = rest.subspan(covered);
  }
  require(got.size() == arrivals.size());
  // Sums of deltas may leave the 24 bits of the reference time: compare modulo its wrap.
  constexpr std::int64_t kWrap = (std::int64_t{1} << 24U) * 256;
  for (std::size_t i = 0; i < got.size(); ++i) {
    require(got[i].sequence == arrivals[i].sequence && (got[i].ticks - arrivals[i].ticks) % kWrap == 0);
  }
}

// Wire number and tick of each packet that was recorded.
using Sent = std::set<std::pair<std::uint16_t, std::int64_t>>;

// Polls until the generator is silent and checks each arrival told against the recorded ones (by wire number; a number
// used twice has several).
void poll_all(cc::TransportFeedbackGenerator& generator, TimePoint now, const Sent& sent) {
  for (std::size_t messages = 0;; ++messages) {
    require(messages <= sent.size() + 1);
    std::array<std::uint8_t, 1500> room{};
    ByteWriter out(room);
    if (!generator.poll(now, Ssrc{1}, Ssrc{2}, out)) return;
    require(out.size() <= kMaxTransportFeedbackSize);
    const auto feedback = parse_whole(out.written());
    for (const Arrival& arrival : arrivals_of(feedback, feedback.base_sequence)) {
      const auto wire = static_cast<std::uint16_t>(arrival.sequence);
      require(sent.contains({wire, arrival.ticks}));
    }
  }
}

void check_generator(ByteView bytes) {
  cc::TransportFeedbackGenerator generator;
  ByteReader reader(bytes);
  TimePoint now{1s};
  Sent sent;
  while (const auto step = reader.try_u8()) {
    now += Duration{*step * std::int64_t{*step}};
    const auto sequence = reader.try_u16();
    if (!sequence) break;
    if ((*step & 7U) == 7U) {
      now += 40ms;
      poll_all(generator, now, sent);
      continue;
    }
    sent.emplace(*sequence, now.time_since_epoch() / kFeedbackTick);
    generator.on_packet(now, *sequence);
    require(generator.deadline() == kNever || generator.deadline() <= now + 100ms);
  }
  poll_all(generator, now + 1s, sent);
  require(generator.deadline() == kNever);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  if ((data[0] & 1U) != 0) {
    check_generator(rest);
    return 0;
  }
  ByteReader reader(rest);
  const auto raw = RawPacket::read(reader);
  if (!raw) return 0;
  const auto feedback = TransportFeedback::parse(*raw);
  if (!feedback) return 0;
  check_rewriting(*feedback);
  cc::AckedPackets acked;
  acked.on_feedback(*feedback);
  require(acked.all().size() <= feedback->deltas.size());
  return 0;
}
