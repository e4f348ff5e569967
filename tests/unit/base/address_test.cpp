#include "base/address.h"

#include <gtest/gtest.h>

#include <unordered_set>

namespace parley {
namespace {

TEST(AddressTest, ParseReadsBothFamilies) {
  struct Row {
    const char* ip;
    const char* text;  // nullptr: no address
    bool v4, any, loopback, link_local;
  };
  const Row rows[] = {
      {"192.0.2.7", "192.0.2.7:80", true, false, false, false},
      {"0.0.0.0", "0.0.0.0:80", true, true, false, false},
      {"127.3.2.1", "127.3.2.1:80", true, false, true, false},
      {"169.254.9.9", "169.254.9.9:80", true, false, false, true},
      {"::1", "[::1]:80", false, false, true, false},
      {"::", "[::]:80", false, true, false, false},
      {"fe80::1", "[fe80::1]:80", false, false, false, true},
      {"febf::1", "[febf::1]:80", false, false, false, true},
      {"fec0::1", "[fec0::1]:80", false, false, false, false},
      {"2001:db8::5", "[2001:db8::5]:80", false, false, false, false},
      {"::ffff:192.0.2.7", "192.0.2.7:80", true, false, false, false},
      {"", nullptr, false, false, false, false},
      {"192.0.2", nullptr, false, false, false, false},
      {"192.0.2.256", nullptr, false, false, false, false},
      {"[::1]", nullptr, false, false, false, false},
      {"1.2.3.4:5", nullptr, false, false, false, false},
      {"localhost", nullptr, false, false, false, false},
  };
  for (const Row& row : rows) {
    const auto address = Address::parse(row.ip, 80);
    ASSERT_EQ(address.has_value(), row.text != nullptr) << row.ip;
    if (!address) continue;
    EXPECT_EQ(address->text(), row.text);
    EXPECT_EQ(address->is_v4(), row.v4) << row.ip;
    EXPECT_EQ(address->is_any(), row.any) << row.ip;
    EXPECT_EQ(address->is_loopback(), row.loopback) << row.ip;
    EXPECT_EQ(address->is_link_local(), row.link_local) << row.ip;
  }
}

TEST(AddressTest, MappedAndPlainFourAreOneAddress) {
  EXPECT_EQ(Address::parse("::ffff:10.0.0.1", 9), Address::v4(10, 0, 0, 1, 9));
  EXPECT_EQ(Address::parse("10.0.0.1", 9), Address::v4(10, 0, 0, 1, 9));
}

TEST(AddressTest, PortAndProtocolBelongToTheIdentity) {
  const Address udp = Address::v4(10, 0, 0, 1, 9);
  Address tcp = udp;
  tcp.protocol = Protocol::kTcp;
  Address other_port = udp;
  other_port.port = 10;
  EXPECT_NE(udp, tcp);
  EXPECT_NE(udp, other_port);
  EXPECT_LT(udp, other_port);
  const std::hash<Address> hash;
  EXPECT_EQ(hash(udp), hash(Address::v4(10, 0, 0, 1, 9)));
  EXPECT_NE(hash(udp), hash(tcp));
  EXPECT_NE(hash(udp), hash(other_port));
}

TEST(AddressTest, HashSpreadsNeighbouringPortsAndHosts) {
  std::unordered_set<std::size_t> low_bits;
  for (unsigned host = 0; host < 16; ++host) {
    for (unsigned port = 0; port < 64; ++port) {
      const auto address =
          Address::v4(10, 0, 0, static_cast<std::uint8_t>(host), static_cast<std::uint16_t>(40000 + port));
      low_bits.insert(std::hash<Address>{}(address)&0xffffU);
    }
  }
  EXPECT_GT(low_bits.size(), 900U);  // of 1,024: hardly any collision in 16 bits
}

}  // namespace
}  // namespace parley
