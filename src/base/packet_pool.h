// Pooled packet buffers, shared by reference within one shard.
//
// Ownership: a PacketRef keeps its buffer out of the pool; the last one returns it. Counts are not atomic: a ref never
// leaves the thread of its pool (what crosses shards is copied by the mailbox). The pool must outlive its refs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace parley {

// Largest datagram that we take: an Ethernet frame's worth. RTP is at most ~1,250 B from browsers; DTLS and SCTP stay
// within 1,500 too. Longer datagrams are dropped as kOversizeDatagram.
inline constexpr std::size_t kMaxPacketSize = 1600;

class PacketPool;

// Data stays uninitialised: clearing 1,600 bytes per packet would cost more than receiving it.
struct PacketBuffer {  // NOLINT(cppcoreguidelines-pro-type-member-init)
  PacketPool* pool = nullptr;
  std::uint32_t refs = 0;
  std::uint16_t size = 0;
  alignas(16) std::uint8_t data[kMaxPacketSize];
};

class PacketRef {
 public:
  PacketRef() = default;
  PacketRef(const PacketRef& other) : buffer_(other.buffer_) {
    if (buffer_ != nullptr) ++buffer_->refs;
  }
  PacketRef(PacketRef&& other) noexcept : buffer_(std::exchange(other.buffer_, nullptr)) {}
  PacketRef& operator=(PacketRef other) noexcept {
    std::swap(buffer_, other.buffer_);
    return *this;
  }
  ~PacketRef() { reset(); }

  void reset();
  [[nodiscard]] explicit operator bool() const { return buffer_ != nullptr; }
  [[nodiscard]] ByteView bytes() const { return {buffer_->data, buffer_->size}; }
  // Writable views, for the one who fills the buffer (socket, decryption in place) before it is shared.
  [[nodiscard]] ByteSpan storage() { return {buffer_->data, kMaxPacketSize}; }
  [[nodiscard]] ByteSpan mutable_bytes() { return {buffer_->data, buffer_->size}; }
  void set_size(std::size_t size) { buffer_->size = static_cast<std::uint16_t>(size); }
  [[nodiscard]] bool unique() const { return buffer_ != nullptr && buffer_->refs == 1; }

 private:
  friend class PacketPool;
  explicit PacketRef(PacketBuffer* buffer) : buffer_(buffer) { ++buffer_->refs; }

  PacketBuffer* buffer_ = nullptr;
};

class PacketPool {
 public:
  // Grows by slabs up to max_packets, then acquire() answers an empty ref: memory has a bound.
  explicit PacketPool(std::size_t max_packets);
  PacketPool(const PacketPool&) = delete;
  PacketPool& operator=(const PacketPool&) = delete;
  ~PacketPool() = default;

  [[nodiscard]] PacketRef acquire();
  // A fresh packet holding a copy of bytes; empty when the pool is exhausted or bytes do not fit.
  [[nodiscard]] PacketRef copy_of(ByteView bytes);
  [[nodiscard]] std::size_t in_use() const { return allocated_ - free_.size(); }
  [[nodiscard]] std::size_t allocated() const { return allocated_; }

 private:
  friend class PacketRef;
  void release(PacketBuffer* buffer) { free_.push_back(buffer); }
  void grow();

  static constexpr std::size_t kSlabPackets = 256;
  std::size_t max_packets_;
  std::size_t allocated_ = 0;
  std::vector<std::unique_ptr<PacketBuffer[]>> slabs_;
  std::vector<PacketBuffer*> free_;
};

inline void PacketRef::reset() {
  PacketBuffer* buffer = std::exchange(buffer_, nullptr);
  if (buffer != nullptr && --buffer->refs == 0) buffer->pool->release(buffer);
}

}  // namespace parley
