// Bit cursors, most significant bit first, for what is not made of whole bytes. Both fail for good: after the first
// access out of bounds ok() stays false, so a chain of accesses needs one check at its end.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace parley::codec {

class BitReader {
 public:
  explicit constexpr BitReader(ByteView bytes, std::size_t bit_offset = 0) : bytes_(bytes), offset_(bit_offset) {
    ok_ = offset_ <= bytes_.size() * 8;
  }

  [[nodiscard]] constexpr bool ok() const { return ok_; }
  [[nodiscard]] constexpr std::size_t offset() const { return offset_; }  // in bits

  // n <= 32; 0 once out of bounds.
  constexpr std::uint32_t bits(unsigned n) {
    if (!ok_ || bytes_.size() * 8 - offset_ < n) {
      ok_ = false;
      return 0;
    }
    std::uint32_t value = 0;
    for (unsigned i = 0; i < n; ++i, ++offset_) {
      value = (value << 1U) | ((static_cast<std::uint32_t>(bytes_[offset_ / 8]) >> (7U - offset_ % 8)) & 1U);
    }
    return value;
  }
  constexpr bool flag() { return bits(1) != 0; }

  // One of `count` values, the first ones in one bit less than the rest (AV1 specification section 4.10.7). The result
  // is below `count`.
  constexpr std::uint32_t non_symmetric(std::uint32_t count) {
    unsigned width = 0;
    while ((count >> width) != 0) ++width;
    if (width == 0) return 0;
    const std::uint32_t short_values = (std::uint32_t{1} << width) - count;
    const std::uint32_t value = bits(width - 1);
    if (value < short_values) return value;
    return (value << 1U) - short_values + bits(1);
  }

 private:
  ByteView bytes_;
  std::size_t offset_;
  bool ok_ = true;
};

class BitWriter {
 public:
  explicit constexpr BitWriter(ByteSpan out) : out_(out) {}

  [[nodiscard]] constexpr bool ok() const { return ok_; }
  [[nodiscard]] constexpr std::size_t offset() const { return offset_; }               // in bits
  [[nodiscard]] constexpr std::size_t byte_size() const { return (offset_ + 7) / 8; }  // the last byte is zero-padded

  // The low n <= 32 bits of value.
  constexpr BitWriter& bits(std::uint32_t value, unsigned n) {
    if (!ok_ || out_.size() * 8 - offset_ < n) {
      ok_ = false;
      return *this;
    }
    for (unsigned i = n; i-- > 0; ++offset_) {
      std::uint8_t& byte = out_[offset_ / 8];
      if (offset_ % 8 == 0) byte = 0;
      byte = static_cast<std::uint8_t>(byte | (((value >> i) & 1U) << (7U - offset_ % 8)));
    }
    return *this;
  }
  constexpr BitWriter& copy(BitReader& from, std::size_t count) {
    while (count > 0 && ok_ && from.ok()) {
      const auto n = static_cast<unsigned>(count < 32 ? count : 32);
      bits(from.bits(n), n);
      count -= n;
    }
    ok_ = ok_ && from.ok();
    return *this;
  }

 private:
  ByteSpan out_;
  std::size_t offset_ = 0;
  bool ok_ = true;
};

}  // namespace parley::codec
