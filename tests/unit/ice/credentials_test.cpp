#include <gtest/gtest.h>

#include <set>

#include "base/random.h"
#include "ice/lite_agent.h"
#include "unit/ice/rfc5769.h"
#include "unit/ice/stun_builder.h"

namespace parley::ice {
namespace {

using testing::build_request;
using testing::from_hex;

TEST(CredentialsTest, UfragNamesTheShardThatIssuedIt) {
  SeededRandom random(1);
  for (const std::uint32_t shard : {0U, 1U, 63U, 64U, 4095U, 4096U, 65534U, 65535U}) {
    const Credentials made = make_credentials(random, static_cast<std::uint16_t>(shard));
    EXPECT_EQ(shard_of(made.ufrag), shard);
    EXPECT_GE(made.ufrag.size(), 12U);
    EXPECT_GE(made.pwd.size(), 24U);
  }
}

TEST(CredentialsTest, EveryMakeDiffers) {
  SeededRandom random(2);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const Credentials made = make_credentials(random, 3);
    EXPECT_TRUE(seen.insert(made.ufrag).second);
    EXPECT_TRUE(seen.insert(made.pwd).second);
  }
}

TEST(CredentialsTest, ForeignUfragsNameNoShard) {
  // Too short, too long, another marker, a shard beyond 16 bits, a character outside the alphabet of RFC 8445.
  for (const char* ufrag : {"", "P", "PAAA", "PAAAxxxxxxx", "PAAAxxxxxxxxx", "QAAAxxxxxxxx", "P///xxxxxxxx",
                            "PA:Axxxxxxxx", "PAAAxxxx xxx"}) {
    EXPECT_FALSE(shard_of(ufrag).has_value()) << ufrag;
  }
}

TEST(PeekLocalUfragTest, ReadsTheFirstHalfOfUsername) {
  const auto request = build_request({.username = "abcd:wxyz"});
  EXPECT_EQ(peek_local_ufrag(request).value(), "abcd");
  EXPECT_EQ(peek_local_ufrag(from_hex(testing::kRfc5769Request)).value(), "evtj");
}

TEST(PeekLocalUfragTest, OtherMessagesAreUnsupported) {
  EXPECT_EQ(peek_local_ufrag(build_request({.method = STUN_ALLOCATE})).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(peek_local_ufrag(build_request({.message_class = STUN_INDICATION})).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(peek_local_ufrag(from_hex(testing::kRfc5769ResponseV4)).error(), DropReason::kStunUnsupported);
}

TEST(PeekLocalUfragTest, UsernameWithoutTwoHalvesIsMalformed) {
  EXPECT_EQ(peek_local_ufrag(build_request({.username = "abcd"})).error(), DropReason::kStunMalformed);
  EXPECT_EQ(peek_local_ufrag(build_request({.username = ":wxyz"})).error(), DropReason::kStunMalformed);
  EXPECT_EQ(peek_local_ufrag(build_request({.with_username = false})).error(), DropReason::kStunMalformed);
}

TEST(PeekLocalUfragTest, EveryTruncationIsMalformed) {
  const auto request = build_request();
  for (std::size_t size = 0; size < request.size(); ++size) {
    EXPECT_EQ(peek_local_ufrag(ByteView(request).first(size)).error(), DropReason::kStunMalformed) << size;
  }
}

TEST(PeekLocalUfragTest, TrailingBytesAreMalformed) {
  auto request = build_request();
  request.insert(request.end(), 4, 0);
  EXPECT_EQ(peek_local_ufrag(request).error(), DropReason::kStunMalformed);
}

TEST(PeekLocalUfragTest, WrongCookieIsMalformed) {
  auto request = build_request();
  request[4] ^= 1U;
  EXPECT_EQ(peek_local_ufrag(request).error(), DropReason::kStunMalformed);
}

TEST(PeekLocalUfragTest, UsernameAfterIntegrityIsIgnored) {
  // Header, MESSAGE-INTEGRITY (20 bytes), USERNAME "a:b".
  auto message = from_hex(
      "000100202112a442010203040506070809101112"
      "00080014");
  message.insert(message.end(), 20, 0);
  const auto username = from_hex("00060003613a6200");
  message.insert(message.end(), username.begin(), username.end());
  EXPECT_EQ(peek_local_ufrag(message).error(), DropReason::kStunMalformed);
}

// Each row: attributes after USERNAME "a:b", and whether the message may be read on.
TEST(PeekLocalUfragTest, AttributesOfImpossibleSizeAreMalformed) {
  struct Row {
    const char* attributes;
    bool sound;
  };
  for (const Row& row : {
           Row{"", true},
           Row{"8022000161202020", true},                                  // SOFTWARE, padded
           Row{"002400040000000180280004ffffffff", true},                  // PRIORITY, FINGERPRINT
           Row{"0008001400000000000000000000000000000000deadbeef", true},  // MESSAGE-INTEGRITY of 20
           Row{"0008000401020304", false},                                 // of 4: libnice would read 20
           Row{"00080000", false},                                         // of none
           Row{"802800080000000000000000", false},                         // FINGERPRINT of 8
           Row{"80280004ffffffff8022000161202020", false},                 // something after FINGERPRINT
           Row{"0024000200010000", false},                                 // PRIORITY of 2
           Row{"0025000400000000", false},                                 // USE-CANDIDATE with a value
           Row{"8029000400000000", false},                                 // ICE-CONTROLLED of 4
           Row{"80220005aabbccdd", false},                                 // value beyond the end
           Row{"8022ffff", false},
       }) {
    auto message = from_hex(
        "00010000"
        "2112a442"
        "010203040506070809101112"
        "00060003613a6200");
    const auto more = from_hex(row.attributes);
    message.insert(message.end(), more.begin(), more.end());
    store_be<std::uint16_t>(message.data() + 2, static_cast<std::uint16_t>(message.size() - 20));
    const auto ufrag = peek_local_ufrag(message);
    EXPECT_EQ(ufrag.has_value(), row.sound) << row.attributes;
    if (!row.sound) {
      EXPECT_EQ(ufrag.error(), DropReason::kStunMalformed);
    }
  }
}

}  // namespace
}  // namespace parley::ice
