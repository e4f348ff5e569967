#include "base/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace parley {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

Address Address::v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, std::uint16_t port) {
  Address out;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), out.ip.begin());
  out.ip[12] = a;
  out.ip[13] = b;
  out.ip[14] = c;
  out.ip[15] = d;
  out.port = port;
  return out;
}

std::optional<Address> Address::parse(std::string_view ip, std::uint16_t port) {
  const std::string text(ip);
  std::array<std::uint8_t, 16> raw{};
  if (inet_pton(AF_INET, text.c_str(), raw.data()) == 1) return v4(raw[0], raw[1], raw[2], raw[3], port);
  if (inet_pton(AF_INET6, text.c_str(), raw.data()) != 1) return std::nullopt;
  Address out;
  out.ip = raw;
  out.port = port;
  return out;
}

bool Address::is_v4() const { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), ip.begin()); }

bool Address::is_any() const {
  const auto from = is_v4() ? ip.begin() + 12 : ip.begin();
  return std::all_of(from, ip.end(), [](std::uint8_t b) { return b == 0; });
}

bool Address::is_loopback() const {
  if (is_v4()) return ip[12] == 127;
  return std::all_of(ip.begin(), ip.end() - 1, [](std::uint8_t b) { return b == 0; }) && ip[15] == 1;
}

bool Address::is_link_local() const {
  if (is_v4()) return ip[12] == 169 && ip[13] == 254;
  return ip[0] == 0xfe && (ip[1] & 0xc0U) == 0x80;
}

std::string Address::ip_text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool four = is_v4();
  inet_ntop(four ? AF_INET : AF_INET6, ip.data() + (four ? 12 : 0), text.data(), text.size());
  return text.data();
}

std::string Address::text() const {
  const std::string host = is_v4() ? ip_text() : "[" + ip_text() + "]";
  return host + ":" + std::to_string(port);
}

}  // namespace parley

std::size_t std::hash<parley::Address>::operator()(const parley::Address& a) const noexcept {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, a.ip.data(), 8);
  std::memcpy(&low, a.ip.data() + 8, 8);
  // Multiplicative mixing: addresses of one network differ in few bits, and ports carry most of the entropy.
  std::uint64_t h = (high ^ (low * 0x9e3779b97f4a7c15ULL)) + a.port * 0xff51afd7ed558ccdULL;
  h ^= static_cast<std::uint64_t>(a.protocol) << 17U;
  h ^= h >> 32U;
  h *= 0xc4ceb9fe1a85ec53ULL;
  // A product's low bits know nothing of its factors' high ones, where the last octet of an address stands.
  return h ^ (h >> 32U);
}
