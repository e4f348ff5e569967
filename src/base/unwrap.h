// Widens a wrapping counter of the wire (16-bit sequence numbers, 32-bit timestamps, 15-bit picture ids) to 64 bits on
// entry; it is truncated again only when a header is written.
#pragma once

#include <cstdint>
#include <optional>

namespace parley {

template <unsigned Bits>
class Unwrapper {
  static_assert(Bits > 1 && Bits <= 32);
  static constexpr std::int64_t kModulus = std::int64_t{1} << Bits;

 public:
  // The 64-bit value nearest to the last one fed to unwrap(). Values may be negative when early packets were reordered
  // before the first seen.
  std::int64_t unwrap(std::uint32_t wire) {
    const std::int64_t wide = peek(wire);
    last_ = wide;
    return wide;
  }
  [[nodiscard]] std::int64_t peek(std::uint32_t wire) const {
    const std::int64_t value = static_cast<std::int64_t>(wire) & (kModulus - 1);
    if (!last_) return value;
    std::int64_t delta = (value - *last_) & (kModulus - 1);
    if (delta >= kModulus / 2) delta -= kModulus;
    return *last_ + delta;
  }
  [[nodiscard]] std::optional<std::int64_t> last() const { return last_; }
  void reset() { last_.reset(); }

 private:
  std::optional<std::int64_t> last_;
};

using SeqUnwrapper = Unwrapper<16>;
using TimestampUnwrapper = Unwrapper<32>;

}  // namespace parley
