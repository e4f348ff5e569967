#include "sctp/stack.h"

#include <usrsctp.h>

#include <algorithm>
#include <atomic>
#include <unordered_map>
#include <utility>

namespace parley::sctp {
namespace {

struct Registry {
  std::mutex mutex;
  std::uintptr_t next = 1;
  std::unordered_map<std::uintptr_t, std::shared_ptr<EndpointState>> endpoints;
};

// Never destroyed: usrsctp's threads and late callbacks may outlive static destruction.
Registry& registry() {
  static auto* const instance = new Registry;
  return *instance;
}

std::atomic<bool> g_started{false};

int on_output(void* address, void* buffer, std::size_t length, std::uint8_t /*tos*/, std::uint8_t /*set_df*/) {
  if (const auto endpoint = find_endpoint(from_usrsctp(address))) {
    endpoint->push_packet({static_cast<const std::uint8_t*>(buffer), length});
  }
  return 0;
}

void tune() {
  // Nothing of this is used under DTLS: there is one path, and ECN bits do not come through.
  usrsctp_sysctl_set_sctp_asconf_enable(0);
  usrsctp_sysctl_set_sctp_auto_asconf(0);
  usrsctp_sysctl_set_sctp_auth_enable(0);
  usrsctp_sysctl_set_sctp_ecn_enable(0);
  usrsctp_sysctl_set_sctp_nrsack_enable(0);
  usrsctp_sysctl_set_sctp_pktdrop_enable(0);
  usrsctp_sysctl_set_sctp_mobility_base(0);
  usrsctp_sysctl_set_sctp_pr_enable(1);
  usrsctp_sysctl_set_sctp_reconfig_enable(1);
  // Silent towards packets that belong to no association.
  usrsctp_sysctl_set_sctp_blackhole(2);

  // The default of 512 is reached by one message of the largest size and drops the rest of the window.
  usrsctp_sysctl_set_sctp_max_chunks_on_queue(10'000);
  // RFC 6928's ten packets: the default of three makes the first messages of a call wait for round trips.
  usrsctp_sysctl_set_sctp_initial_cwnd(10);
  usrsctp_sysctl_set_sctp_max_burst_default(10);
  // ms. A chat message's acknowledgement should not wait the default 200; two packets are acknowledged at once anyway.
  usrsctp_sysctl_set_sctp_delayed_sack_time_default(20);
  usrsctp_sysctl_set_sctp_sack_freq_default(2);
  // ms. RTO bounds fit for interactive paths instead of 1 s to 60 s; the lower one stays above the peer's delayed SACK.
  usrsctp_sysctl_set_sctp_rto_initial_default(1000);
  usrsctp_sysctl_set_sctp_rto_min_default(250);
  usrsctp_sysctl_set_sctp_rto_max_default(10'000);
  usrsctp_sysctl_set_sctp_init_rto_max_default(3000);
  usrsctp_sysctl_set_sctp_init_rtx_max_default(10);
  // A peer may be without network for as long as ICE bears it: consent, not SCTP, decides that it is gone.
  usrsctp_sysctl_set_sctp_assoc_rtx_max_default(20);
}

}  // namespace

thread_local const EndpointState* EndpointState::OwnerCall::current = nullptr;

void EndpointState::wake_locked() {
  if (OwnerCall::current != this && wake_) wake_();
}

void EndpointState::push_packet(ByteView packet) {
  const std::scoped_lock lock(mutex_);
  if (packets_.size() >= Endpoint::kMaxOutbox) return;
  packets_.emplace_back(packet.begin(), packet.end());
  wake_locked();
}

void EndpointState::push_notice(Notice notice) {
  const std::scoped_lock lock(mutex_);
  if (closed_) return;
  notices_.push_back(std::move(notice));
  wake_locked();
}

void EndpointState::set_free_space(std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  free_space_ = bytes;
}

std::optional<std::vector<std::uint8_t>> EndpointState::take_packet() {
  const std::scoped_lock lock(mutex_);
  if (packets_.empty()) return std::nullopt;
  auto out = std::move(packets_.front());
  packets_.pop_front();
  return out;
}

std::optional<Notice> EndpointState::take_notice() {
  const std::scoped_lock lock(mutex_);
  if (notices_.empty()) return std::nullopt;
  auto out = std::move(notices_.front());
  notices_.pop_front();
  return out;
}

std::size_t EndpointState::free_space() const {
  const std::scoped_lock lock(mutex_);
  return free_space_;
}

void EndpointState::use_space(std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  free_space_ -= std::min(bytes, free_space_);
}

void EndpointState::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  wake_ = nullptr;
  notices_.clear();
}

void start_stack() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Associations are found by their verification tag; more buckets than the default 1024 for a server's many peers.
    usrsctp_tunable_set_sctp_hashtblsize(8192);
    usrsctp_init_nothreads(0, on_output, nullptr);
    tune();
    g_started.store(true, std::memory_order_release);
  });
}

std::uintptr_t register_endpoint(std::shared_ptr<EndpointState> state) {
  Registry& r = registry();
  const std::scoped_lock lock(r.mutex);
  const std::uintptr_t id = r.next++;
  r.endpoints.emplace(id, std::move(state));
  return id;
}

void unregister_endpoint(std::uintptr_t id) {
  Registry& r = registry();
  const std::scoped_lock lock(r.mutex);
  r.endpoints.erase(id);
}

std::shared_ptr<EndpointState> find_endpoint(std::uintptr_t id) {
  Registry& r = registry();
  const std::scoped_lock lock(r.mutex);
  const auto it = r.endpoints.find(id);
  return it == r.endpoints.end() ? nullptr : it->second;
}

void Stack::handle_timers(TimePoint now) {
  // usrsctp's walk over its timers keeps its place in a global variable: one caller at a time.
  static std::mutex mutex;
  static TimePoint last = kNever;
  // A longer gap is a suspended process or another clock; usrsctp's own counter must not be carried half way around.
  constexpr Duration kLongest = 60s;
  const std::scoped_lock lock(mutex);
  const Duration passed = now > last ? std::min(now - last, kLongest) : Duration{0};
  const std::int64_t ms = to_millis(passed);
  // Whole milliseconds are passed on, the rest counts the next time.
  last = now > last && passed < kLongest ? last + std::chrono::milliseconds(ms) : now;
  if (ms == 0 || !g_started.load(std::memory_order_acquire)) return;
  const StackClock::Scope clock;
  StackClock::advance(std::chrono::milliseconds(ms));
  usrsctp_handle_timers(static_cast<std::uint32_t>(ms));
}

}  // namespace parley::sctp
