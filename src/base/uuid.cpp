#include "base/uuid.h"

#include <array>

namespace parley {

std::string make_uuid(TimePoint now, RandomSource& random) {
  std::array<std::uint8_t, 16> raw{};
  random.fill(raw);
  const auto ms = static_cast<std::uint64_t>(to_millis(now.time_since_epoch()));
  for (std::size_t i = 0; i < 6; ++i) raw[i] = static_cast<std::uint8_t>(ms >> (40U - 8U * i));
  raw[6] = static_cast<std::uint8_t>(0x70U | (raw[6] & 0x0fU));
  raw[8] = static_cast<std::uint8_t>(0x80U | (raw[8] & 0x3fU));
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    out.push_back(kHex[raw[i] >> 4U]);
    out.push_back(kHex[raw[i] & 0x0fU]);
  }
  return out;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

}  // namespace parley
