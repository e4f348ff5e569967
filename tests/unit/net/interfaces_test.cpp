#include "net/interfaces.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace parley::net {
namespace {

TEST(Interfaces, LoopbackIsListedAndFlagged) {
  const auto all = list_interfaces();
  const auto it =
      std::find_if(all.begin(), all.end(), [](const auto& a) { return a.address == Address::v4(127, 0, 0, 1, 0); });
  ASSERT_NE(it, all.end());
  EXPECT_TRUE(it->loopback);
  EXPECT_FALSE(it->interface.empty());
}

TEST(Interfaces, NoLinkLocalAddressAndIpv4First) {
  const auto all = list_interfaces();
  EXPECT_TRUE(std::none_of(all.begin(), all.end(), [](const auto& a) { return a.address.is_link_local(); }));
  EXPECT_TRUE(std::is_partitioned(all.begin(), all.end(), [](const auto& a) { return a.address.is_v4(); }));
}

}  // namespace
}  // namespace parley::net
