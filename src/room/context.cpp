#include "room/context.h"

#include <array>

namespace parley::room {

std::string Context::make_sid(std::string_view prefix) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::size_t kLength = 12;  // 71 bits: never guessed, never met twice
  std::string sid(prefix);
  while (sid.size() < prefix.size() + kLength) {
    std::array<std::uint8_t, 16> raw{};
    random.fill(raw);
    for (const std::uint8_t byte : raw) {
      const std::size_t index = byte & 63U;  // values beyond the alphabet are thrown away, so that all are as likely
      if (index < kAlphabet.size() && sid.size() < prefix.size() + kLength) sid.push_back(kAlphabet[index]);
    }
  }
  return sid;
}

}  // namespace parley::room
