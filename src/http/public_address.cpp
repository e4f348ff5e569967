#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "base/address_block.h"
#include "http/client.h"

namespace parley::http {

namespace {

using Bytes = std::span<const std::uint8_t>;

struct Block {
  std::array<std::uint8_t, 16> prefix;
  unsigned bits;
};

// IANA's special-purpose registries (RFC 6890 and its successors), what is not globally reachable.
constexpr std::array<Block, 15> kReserved4 = {{{{0}, 8},
                                               {{10}, 8},
                                               {{100, 64}, 10},
                                               {{127}, 8},
                                               {{169, 254}, 16},
                                               {{172, 16}, 12},
                                               {{192, 0, 0}, 24},
                                               {{192, 0, 2}, 24},
                                               {{192, 88, 99}, 24},
                                               {{192, 168}, 16},
                                               {{198, 18}, 15},
                                               {{198, 51, 100}, 24},
                                               {{203, 0, 113}, 24},
                                               {{224}, 4},
                                               {{240}, 4}}};
constexpr Block kGlobal6 = {{0x20}, 3};
constexpr std::array<Block, 3> kReserved6 = {
    {{{0x20, 0x01, 0x00}, 23}, {{0x20, 0x01, 0x0d, 0xb8}, 32}, {{0x3f, 0xff, 0x00}, 20}}};
constexpr Block kSixToFour = {{0x20, 0x02}, 16};
constexpr Block kNat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};

bool within(Bytes ip, const Block& block) { return begins_with(ip, block.prefix, block.bits); }

bool is_public_v4(Bytes ip) {
  return std::none_of(kReserved4.begin(), kReserved4.end(), [&](const Block& block) { return within(ip, block); });
}

}  // namespace

bool is_public(const Address& address) {
  const Bytes ip(address.ip);
  if (address.is_v4()) return is_public_v4(ip.subspan(12, 4));
  if (within(ip, kNat64)) return is_public_v4(ip.subspan(12, 4));
  if (within(ip, kSixToFour)) return is_public_v4(ip.subspan(2, 4));
  if (!within(ip, kGlobal6)) return false;
  return std::none_of(kReserved6.begin(), kReserved6.end(), [&](const Block& block) { return within(ip, block); });
}

}  // namespace parley::http
