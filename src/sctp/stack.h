// usrsctp's process-wide part: start, settings, timers, and which endpoint a number stands for. Inside src/sctp only.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/bytes.h"
#include "sctp/endpoint.h"
#include "sctp/stack_clock.h"

namespace parley::sctp {

// What an endpoint shares with the callbacks.
class EndpointState {
 public:
  explicit EndpointState(std::function<void()> wake) : wake_(std::move(wake)) {}

  void push_packet(ByteView packet);
  void push_notice(Notice notice);
  void set_free_space(std::size_t bytes);

  std::optional<std::vector<std::uint8_t>> take_packet();
  std::optional<Notice> take_notice();
  [[nodiscard]] std::size_t free_space() const;
  void use_space(std::size_t bytes);
  // No wake and no notice after this.
  void close();

  // While one lives on a thread, what is pushed from that thread was caused by the owner and wakes nobody.
  class OwnerCall {
   public:
    explicit OwnerCall(const EndpointState& state) : before_(current) { current = &state; }
    ~OwnerCall() { current = before_; }
    OwnerCall(const OwnerCall&) = delete;
    OwnerCall& operator=(const OwnerCall&) = delete;

   private:
    friend class EndpointState;
    static thread_local const EndpointState* current;
    const EndpointState* before_;
    const StackClock::Scope clock_;
  };

 private:
  void wake_locked();

  mutable std::mutex mutex_;
  std::function<void()> wake_;
  std::deque<std::vector<std::uint8_t>> packets_;
  std::deque<Notice> notices_;
  std::size_t free_space_ = 0;
  bool closed_ = false;
};

// Starts usrsctp once. Thread-safe.
void start_stack();

// Numbers of endpoints, as usrsctp's opaque addresses. Thread-safe.
std::uintptr_t register_endpoint(std::shared_ptr<EndpointState> state);
void unregister_endpoint(std::uintptr_t id);
std::shared_ptr<EndpointState> find_endpoint(std::uintptr_t id);

// usrsctp never follows the pointer.
inline void* to_usrsctp(std::uintptr_t id) {
  return reinterpret_cast<void*>(id);  // NOLINT(performance-no-int-to-ptr)
}
inline std::uintptr_t from_usrsctp(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

}  // namespace parley::sctp
