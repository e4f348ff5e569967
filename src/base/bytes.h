// The one bounded cursor that every parser reads through, and its counterpart for writing. Network byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace parley {

using ByteView = std::span<const std::uint8_t>;
using ByteSpan = std::span<std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// Unchecked loads and stores for offsets that the caller has already bounded.
template <class T>
constexpr T load_be(const std::uint8_t* p) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((static_cast<std::uint64_t>(value) << 8U) | p[i]);
  return value;
}
template <class T>
constexpr void store_be(std::uint8_t* p, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) p[i] = static_cast<std::uint8_t>(value >> (8U * (sizeof(T) - 1U - i)));
}

// Reads forward; a try_* that finds too little left returns nullopt and does not move.
class ByteReader {
 public:
  explicit constexpr ByteReader(ByteView bytes) : bytes_(bytes) {}

  [[nodiscard]] constexpr std::size_t remaining() const { return bytes_.size() - offset_; }
  [[nodiscard]] constexpr std::size_t offset() const { return offset_; }
  [[nodiscard]] constexpr bool empty() const { return remaining() == 0; }
  [[nodiscard]] constexpr ByteView rest() const { return bytes_.subspan(offset_); }

  std::optional<std::uint8_t> try_u8() { return try_be<std::uint8_t, 1>(); }
  std::optional<std::uint16_t> try_u16() { return try_be<std::uint16_t, 2>(); }
  std::optional<std::uint32_t> try_u24() { return try_be<std::uint32_t, 3>(); }
  std::optional<std::uint32_t> try_u32() { return try_be<std::uint32_t, 4>(); }
  std::optional<std::uint64_t> try_u64() { return try_be<std::uint64_t, 8>(); }

  std::optional<ByteView> try_bytes(std::size_t n) {
    if (remaining() < n) return std::nullopt;
    const ByteView out = bytes_.subspan(offset_, n);
    offset_ += n;
    return out;
  }
  [[nodiscard]] bool try_skip(std::size_t n) {
    if (remaining() < n) return false;
    offset_ += n;
    return true;
  }
  [[nodiscard]] std::optional<std::uint8_t> peek_u8() const {
    if (empty()) return std::nullopt;
    return bytes_[offset_];
  }

 private:
  template <class T, std::size_t N>
  std::optional<T> try_be() {
    if (remaining() < N) return std::nullopt;
    T value = 0;
    for (std::size_t i = 0; i < N; ++i) {
      value = static_cast<T>((static_cast<std::uint64_t>(value) << 8U) | bytes_[offset_ + i]);
    }
    offset_ += N;
    return value;
  }

  ByteView bytes_;
  std::size_t offset_ = 0;
};

// Writes forward into a span that the caller owns. Once something does not fit, ok() is false for good and nothing more
// is written, so a chain of puts needs one check at its end.
class ByteWriter {
 public:
  explicit constexpr ByteWriter(ByteSpan out) : out_(out) {}

  [[nodiscard]] constexpr bool ok() const { return ok_; }
  [[nodiscard]] constexpr std::size_t size() const { return offset_; }
  [[nodiscard]] constexpr std::size_t room() const { return out_.size() - offset_; }
  [[nodiscard]] constexpr ByteView written() const { return ByteView(out_).first(offset_); }

  ByteWriter& u8(std::uint8_t v) { return put_be<1>(v); }
  ByteWriter& u16(std::uint16_t v) { return put_be<2>(v); }
  ByteWriter& u24(std::uint32_t v) { return put_be<3>(v); }
  ByteWriter& u32(std::uint32_t v) { return put_be<4>(v); }
  ByteWriter& u64(std::uint64_t v) { return put_be<8>(v); }
  ByteWriter& bytes(ByteView v) {
    if (!ensure(v.size())) return *this;
    if (!v.empty()) std::memcpy(out_.data() + offset_, v.data(), v.size());
    offset_ += v.size();
    return *this;
  }
  ByteWriter& zeros(std::size_t n) {
    if (!ensure(n)) return *this;
    if (n != 0) std::memset(out_.data() + offset_, 0, n);
    offset_ += n;
    return *this;
  }
  // Overwrites two bytes already written, for lengths known only at the end.
  void patch_u16(std::size_t at, std::uint16_t v) {
    if (ok_ && at + 2 <= offset_) store_be<std::uint16_t>(out_.data() + at, v);
  }

 private:
  bool ensure(std::size_t n) {
    ok_ = ok_ && room() >= n;
    return ok_;
  }
  template <std::size_t N>
  ByteWriter& put_be(std::uint64_t v) {
    if (!ensure(N)) return *this;
    for (std::size_t i = 0; i < N; ++i) out_[offset_ + i] = static_cast<std::uint8_t>(v >> (8U * (N - 1U - i)));
    offset_ += N;
    return *this;
  }

  ByteSpan out_;
  std::size_t offset_ = 0;
  bool ok_ = true;
};

}  // namespace parley
