// Randomness as an argument: the simulator passes a seeded source, the server one from the kernel.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace parley {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(ByteSpan out) = 0;

  std::uint32_t u32() {
    std::array<std::uint8_t, 4> raw{};
    fill(raw);
    return load_be<std::uint32_t>(raw.data());
  }
  std::uint64_t u64() {
    std::array<std::uint8_t, 8> raw{};
    fill(raw);
    return load_be<std::uint64_t>(raw.data());
  }
  // `length` characters of a 64-letter alphabet: 6 bits of entropy each (RFC 8445 asks ufrag >= 24, pwd >= 128 bits).
  std::string token(std::size_t length);
};

// xoshiro256**: fast, seeded, never for secrets.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(ByteSpan out) override;
  std::uint64_t next();
  double uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }  // [0, 1)

 private:
  std::array<std::uint64_t, 4> state_{};
};

// getrandom(2). Safe for secrets and from any thread.
class SystemRandom final : public RandomSource {
 public:
  void fill(ByteSpan out) override;
};

}  // namespace parley
