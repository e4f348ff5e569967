#include "support/sim_network.h"

namespace parley::test {

std::optional<TimePoint> SimNetwork::traverse(Link& link, TimePoint now, std::size_t size) {
  const LinkConditions& c = link.conditions;
  if (c.loss > 0 && random_.uniform() < c.loss) return std::nullopt;
  TimePoint leaves = now;
  if (c.rate > 0) {
    // 28 bytes of IP and UDP header travel too.
    const auto airtime = Duration{static_cast<std::int64_t>((size + 28) * 8 * 1'000'000 / c.rate)};
    const TimePoint start = std::max(now, link.busy_until);
    if (start - now > c.queue) return std::nullopt;
    link.busy_until = start + airtime;
    leaves = link.busy_until;
  }
  TimePoint arrives = leaves + c.delay;
  if (c.jitter.count() > 0) {
    arrives += Duration{static_cast<std::int64_t>(random_.uniform() * static_cast<double>(c.jitter.count()))};
  }
  if (c.reorder > 0 && random_.uniform() < c.reorder) return arrives + c.delay;
  arrives = std::max(arrives, link.last_arrival);
  link.last_arrival = arrives;
  return arrives;
}

void SimNetwork::send(TimePoint now, const Address& from, const Address& to, std::vector<std::uint8_t> bytes) {
  ++sent_;
  const auto crossed = traverse(up_[from], now, bytes.size());
  const auto arrives = crossed ? traverse(down_[to], *crossed, bytes.size()) : std::nullopt;
  if (!arrives) {
    ++lost_;
    return;
  }
  in_flight_.push({*arrives, order_++, from, to, std::move(bytes)});
}

bool SimNetwork::deliver_one(TimePoint now) {
  if (in_flight_.empty() || in_flight_.top().at > now) return false;
  Flight flight = in_flight_.top();
  in_flight_.pop();
  const auto host = hosts_.find(flight.to);
  if (host == hosts_.end()) return true;
  delivered_bytes_[flight.to] += flight.bytes.size();
  host->second(now, flight.from, std::move(flight.bytes));
  return true;
}

}  // namespace parley::test
