#include "base/address_block.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

bool holds(std::string_view block, std::string_view ip) {
  const auto parsed = AddressBlock::parse(block);
  const auto address = Address::parse(ip, 443);
  return parsed && address && parsed->contains(*address);
}

TEST(AddressBlock, HoldsWhatItsPrefixBegins) {
  EXPECT_TRUE(holds("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(holds("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(holds("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(holds("fd00::/8", "fdab::1"));
  EXPECT_FALSE(holds("fd00::/8", "fe80::1"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.9"));
}

TEST(AddressBlock, WithoutALengthIsOneAddress) {
  EXPECT_TRUE(holds("127.0.0.1", "127.0.0.1"));
  EXPECT_FALSE(holds("127.0.0.1", "127.0.0.2"));
  EXPECT_TRUE(holds("::1", "::1"));
}

TEST(AddressBlock, KeepsTheFamiliesApart) {
  EXPECT_FALSE(holds("::/0", "10.0.0.1"));
  EXPECT_TRUE(holds("::/0", "2001:db8::1"));
  EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.0.0.1"));
}

TEST(AddressBlock, RefusesWhatIsNone) {
  for (const char* text : {"", "/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1", "ten/8", "::/129"}) {
    EXPECT_FALSE(AddressBlock::parse(text)) << text;
  }
}

}  // namespace
}  // namespace parley
