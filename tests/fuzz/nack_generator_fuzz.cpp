// Bytes become arrivals, polls and waits; whatever they are, only missing packets are asked for, and not for ever.
#include <array>
#include <cstdint>
#include <map>
#include <set>

#include "base/bytes.h"
#include "forward/nack_generator.h"

using namespace parley;

namespace {

void check(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader in({data, size});
  const forward::NackConfig config;
  forward::NackGenerator nack(config);
  TimePoint now{};
  std::int64_t highest = in.try_u16().value_or(0);
  std::set<std::int64_t> received{highest};
  std::map<std::int64_t, int> tries;
  nack.on_packet(now, highest, false);

  while (const auto op = in.try_u8()) {
    const std::uint8_t argument = in.try_u8().value_or(0);
    switch (*op % 5) {
      case 0:
      case 1: {
        // Mostly small steps forward, at times back or far ahead.
        const std::int64_t step = *op < 0xf0 ? static_cast<std::int8_t>(argument) / 8 : std::int64_t{argument} * 100;
        const std::int64_t sequence = highest + step;
        const bool was_missing = nack.on_packet(now, sequence, (*op & 0x80U) != 0 && (*op & 0x40U) != 0);
        check(!was_missing || !received.contains(sequence));
        received.insert(sequence);
        highest = std::max(highest, sequence);
        break;
      }
      case 2:
        now += Duration{std::int64_t{argument} * 1000};
        break;
      case 3:
        nack.set_rtt(Duration{std::int64_t{argument} * 2000});
        break;
      default: {
        std::array<std::int64_t, 300> out{};
        const std::size_t room = std::min<std::size_t>(argument + 1U, out.size());
        const std::size_t count = nack.poll(now, std::span(out).first(room));
        check(count <= room);
        for (std::size_t i = 0; i < count; ++i) {
          check(out[i] < highest && !received.contains(out[i]));
          check(i == 0 || out[i - 1] < out[i]);
          check(++tries[out[i]] <= config.max_tries);
        }
        if (count < room) check(nack.deadline() > now);
        static_cast<void>(nack.take_keyframe_request());
        break;
      }
    }
    check(nack.missing() <= config.max_list);
    check((nack.deadline() == kNever) == (nack.missing() == 0));
  }
  return 0;
}
