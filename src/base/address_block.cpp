#include "base/address_block.h"

#include <algorithm>
#include <charconv>

namespace parley {

bool begins_with(std::span<const std::uint8_t> ip, std::span<const std::uint8_t> prefix, unsigned bits) {
  for (unsigned bit = 0; bit < bits; bit += 8) {
    const unsigned left = std::min(8U, bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff00U >> left);
    if (((ip[bit / 8] ^ prefix[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

std::optional<AddressBlock> AddressBlock::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = Address::parse(text.substr(0, slash), 0);
  if (!address) return std::nullopt;
  const unsigned most = address->is_v4() ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view number = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
    if (error != std::errc{} || end != number.data() + number.size() || bits > most) return std::nullopt;
  }
  return AddressBlock(*address, bits + (128 - most));
}

}  // namespace parley
