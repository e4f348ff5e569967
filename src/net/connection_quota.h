// How many TCP connections may be open, in all and per client network. Shared by the threads that hold connections.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/address.h"

namespace parley::net {

struct TcpLimits {
  std::size_t max_connections = 4096;
  // Per IPv4 address or IPv6 /64, the smallest block that one site has. Offices share an address behind NAT.
  std::size_t max_per_ip = 64;
};

class ConnectionQuota : public std::enable_shared_from_this<ConnectionQuota> {
 public:
  // One place in the quota; gives it back when destroyed, on any thread. Movable; travels with its descriptor.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&&) noexcept = default;
    Ticket& operator=(Ticket&& other) noexcept;
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() { release(); }

   private:
    friend class ConnectionQuota;
    Ticket(std::shared_ptr<ConnectionQuota> quota, Address key) : quota_(std::move(quota)), key_(key) {}
    void release();
    std::shared_ptr<ConnectionQuota> quota_;
    Address key_;
  };

  static std::shared_ptr<ConnectionQuota> create(TcpLimits limits);
  // nullopt: a limit is reached.
  [[nodiscard]] std::optional<Ticket> take(const Address& peer);
  [[nodiscard]] std::size_t open() const;

 private:
  explicit ConnectionQuota(TcpLimits limits) : limits_(limits) {}
  void give_back(const Address& key);

  const TcpLimits limits_;
  mutable std::mutex mutex_;  // taken when a connection opens or closes, never for its packets
  std::size_t open_ = 0;
  std::unordered_map<Address, std::size_t> per_ip_;
};

}  // namespace parley::net
