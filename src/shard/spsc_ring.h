// A bounded single-producer single-consumer ring: the only way from one shard's thread to another's on the packet path.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

namespace parley::shard {

// T is written and read in place; slots are reused, so T should keep its own storage (no allocation per message).
template <class T>
class SpscRing {
 public:
  // Capacity is rounded up to a power of two.
  explicit SpscRing(std::size_t capacity) {
    std::size_t size = 2;
    while (size < capacity) size *= 2;
    mask_ = size - 1;
    slots_ = std::make_unique_for_overwrite<T[]>(size);
  }

  // Producer. The slot to fill, or nullptr when the ring is full; publish() makes it visible.
  [[nodiscard]] T* try_claim() {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - cached_head_ > mask_) {
      cached_head_ = head_.load(std::memory_order_acquire);
      if (tail - cached_head_ > mask_) return nullptr;
    }
    return &slots_[tail & mask_];
  }
  void publish() { tail_.store(tail_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

  // Consumer. The oldest message, or nullptr; pop() frees its slot.
  [[nodiscard]] T* front() {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == cached_tail_) {
      cached_tail_ = tail_.load(std::memory_order_acquire);
      if (head == cached_tail_) return nullptr;
    }
    return &slots_[head & mask_];
  }
  void pop() { head_.store(head_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

 private:
  static constexpr std::size_t kCacheLine = 64;

  // Each side keeps its index and its stale copy of the other's on a cache line of its own.
  alignas(kCacheLine) std::atomic<std::size_t> tail_{0};
  std::size_t cached_head_ = 0;
  alignas(kCacheLine) std::atomic<std::size_t> head_{0};
  std::size_t cached_tail_ = 0;
  alignas(kCacheLine) std::size_t mask_ = 0;
  std::unique_ptr<T[]> slots_;
};

}  // namespace parley::shard
