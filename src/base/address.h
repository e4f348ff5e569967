// A transport address: IPv4 or IPv6 with a port, and which transport carries it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

enum class Protocol : std::uint8_t { kUdp, kTcp };

// IPv4 addresses are held mapped (::ffff:a.b.c.d), so that one socket and one table serve both families.
struct Address {
  std::array<std::uint8_t, 16> ip{};
  std::uint16_t port = 0;
  Protocol protocol = Protocol::kUdp;

  static Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, std::uint16_t port);
  // Text form of the address alone, without brackets or port. nullopt when it is not one.
  static std::optional<Address> parse(std::string_view ip, std::uint16_t port);

  [[nodiscard]] bool is_v4() const;
  [[nodiscard]] bool is_any() const;       // 0.0.0.0 or ::
  [[nodiscard]] bool is_loopback() const;  // 127/8 or ::1
  [[nodiscard]] bool is_link_local() const;
  [[nodiscard]] std::string ip_text() const;
  [[nodiscard]] std::string text() const;  // "1.2.3.4:5" or "[::1]:5"

  friend bool operator==(const Address&, const Address&) = default;
  friend auto operator<=>(const Address&, const Address&) = default;
};

}  // namespace parley

template <>
struct std::hash<parley::Address> {
  std::size_t operator()(const parley::Address& a) const noexcept;
};
