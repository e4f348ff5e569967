// A network in virtual time, from a seed: per link a delay, jitter, loss, reordering and a rate with a drop-tail queue.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <vector>

#include "base/address.h"
#include "base/random.h"
#include "base/time.h"

namespace parley::test {

struct LinkConditions {
  Duration delay = 10ms;
  Duration jitter{0};      // uniform on top of delay; packets keep their order unless reorder says otherwise
  double loss = 0;         // 0..1
  double reorder = 0;      // share of packets that take 2 × delay + jitter, out of order
  std::uint64_t rate = 0;  // bit/s; 0: no limit
  Duration queue = 300ms;  // longest wait at the rate, then packets are dropped
};

class SimNetwork {
 public:
  using Deliver = std::function<void(TimePoint now, const Address& from, std::vector<std::uint8_t> bytes)>;

  explicit SimNetwork(std::uint64_t seed) : random_(seed) {}

  void attach(const Address& address, Deliver deliver) { hosts_[address] = std::move(deliver); }
  void detach(const Address& address) { hosts_.erase(address); }
  // Conditions of what this host sends (uplink) and receives (downlink). Default: 10 ms each way, nothing lost.
  void set_uplink(const Address& host, const LinkConditions& conditions) { up_[host].conditions = conditions; }
  void set_downlink(const Address& host, const LinkConditions& conditions) { down_[host].conditions = conditions; }

  void send(TimePoint now, const Address& from, const Address& to, std::vector<std::uint8_t> bytes);
  [[nodiscard]] TimePoint next() const { return in_flight_.empty() ? kNever : in_flight_.top().at; }
  // Delivers one packet that is due. False when none is.
  bool deliver_one(TimePoint now);

  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t lost() const { return lost_; }
  [[nodiscard]] std::uint64_t bytes_to(const Address& host) const {
    const auto found = delivered_bytes_.find(host);
    return found == delivered_bytes_.end() ? 0 : found->second;
  }

 private:
  struct Link {
    LinkConditions conditions;
    TimePoint busy_until{};
    TimePoint last_arrival{};
  };
  struct Flight {
    TimePoint at;
    std::uint64_t order = 0;
    Address from;
    Address to;
    std::vector<std::uint8_t> bytes;
  };
  struct Later {
    bool operator()(const Flight& a, const Flight& b) const { return a.at != b.at ? a.at > b.at : a.order > b.order; }
  };

  // When a packet entering the link now leaves it; nullopt: lost.
  std::optional<TimePoint> traverse(Link& link, TimePoint now, std::size_t size);

  SeededRandom random_;
  std::map<Address, Deliver> hosts_;
  std::map<Address, Link> up_;
  std::map<Address, Link> down_;
  std::map<Address, std::uint64_t> delivered_bytes_;
  std::priority_queue<Flight, std::vector<Flight>, Later> in_flight_;
  std::uint64_t order_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace parley::test
