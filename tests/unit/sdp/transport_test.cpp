#include "sdp/transport.h"

#include <gtest/gtest.h>

#include "unit/sdp/offers.h"

namespace parley::sdp {
namespace {

using test::offer;
using test::parsed;

constexpr const char* kPwd = "0123456789012345678901";

std::string section(const std::string& mid, const std::string& lines, int port = 9) {
  return "m=audio " + std::to_string(port) + " UDP/TLS/RTP/SAVPF 111\na=mid:" + mid + "\n" + lines;
}
std::string credentials(const std::string& ufrag) { return "a=ice-ufrag:" + ufrag + "\na=ice-pwd:" + kPwd + "\n"; }

TEST(TransportTest, ChromiumNamesEverythingInItsSections) {
  const auto remote = remote_transport(offer("alice_2"));
  ASSERT_TRUE(remote.has_value()) << remote.error().message;
  EXPECT_EQ(remote->ufrag, "Uz/J");
  EXPECT_EQ(remote->pwd, "AhgIjjqbefvL1mfm2ucuEpXf");
  EXPECT_EQ(remote->fingerprint.algorithm, "sha-256");
  EXPECT_EQ(remote->setup, Setup::kActpass);
}

TEST(TransportTest, FirefoxFingerprintComesFromSessionLevel) {
  const auto remote = remote_transport(offer("foxy_3"));
  ASSERT_TRUE(remote.has_value()) << remote.error().message;
  EXPECT_EQ(remote->ufrag, "96b5eb53");
  EXPECT_TRUE(remote->fingerprint.value.starts_with("7B:1B:18"));
}

TEST(TransportTest, FirstBundledSectionThatIsNotRefusedIsUsed) {
  const auto description =
      parsed("v=0\na=group:BUNDLE c b a\na=fingerprint:sha-256 ab:cd\n" + section("a", credentials("aaaa")) +
             section("b", credentials("bbbb")) + section("c", credentials("cccc"), 0));
  ASSERT_NE(transport_section(description), nullptr);
  EXPECT_EQ(transport_section(description)->mid, "b");
  const auto remote = remote_transport(description);
  ASSERT_TRUE(remote.has_value());
  EXPECT_EQ(remote->ufrag, "bbbb");
  EXPECT_EQ(remote->fingerprint, (Fingerprint{"sha-256", "AB:CD"}));
}

TEST(TransportTest, StrongestFingerprintIsChosen) {
  const auto remote = remote_transport(parsed("v=0\na=fingerprint:sha-1 AA\na=fingerprint:SHA-256 bb\n" +
                                              section("0", credentials("aaaa") + "a=setup:active\n")));
  ASSERT_TRUE(remote.has_value());
  EXPECT_EQ(remote->fingerprint, (Fingerprint{"sha-256", "BB"}));
  EXPECT_EQ(remote->setup, Setup::kActive);
}

struct BadRow {
  std::string text;
  const char* field;
};

TEST(TransportTest, UnusableTransportNamesTheField) {
  const std::string fingerprint = "a=fingerprint:sha-256 AB\n";
  const BadRow rows[] = {
      {"v=0\n", "m"},
      {"v=0\n" + section("0", credentials("aaaa") + fingerprint, 0), "m"},
      {"v=0\n" + section("0", fingerprint), "ice-ufrag"},
      {"v=0\n" + section("0", credentials("abc") + fingerprint), "ice-ufrag"},
      {"v=0\n" + section("0", credentials("ab:cd") + fingerprint), "ice-ufrag"},
      {"v=0\n" + section("0", "a=ice-ufrag:abcd\na=ice-pwd:short\n" + fingerprint), "ice-pwd"},
      {"v=0\n" + section("0", credentials("abcd")), "fingerprint"},
  };
  for (const auto& row : rows) {
    const auto remote = remote_transport(parsed(row.text));
    ASSERT_FALSE(remote.has_value()) << row.text;
    EXPECT_EQ(remote.error().code, "sdp_transport");
    EXPECT_EQ(remote.error().field, row.field) << row.text;
  }
}

TEST(TransportTest, SetupAnswersFitTheirOffers) {
  EXPECT_EQ(answer_setup(Setup::kActpass, Setup::kPassive), Setup::kPassive);
  EXPECT_EQ(answer_setup(Setup::kActpass, Setup::kActive), Setup::kActive);
  EXPECT_EQ(answer_setup(Setup::kActive, Setup::kActive), Setup::kPassive);
  EXPECT_EQ(answer_setup(Setup::kPassive, Setup::kPassive), Setup::kActive);
  EXPECT_TRUE(is_dtls_server(Setup::kActive));
  EXPECT_TRUE(is_dtls_server(Setup::kActpass));
  EXPECT_FALSE(is_dtls_server(Setup::kPassive));
}

TEST(TransportTest, DirectionsAreReversedAndTakenApart) {
  EXPECT_EQ(reversed(Direction::kSendOnly), Direction::kRecvOnly);
  EXPECT_EQ(reversed(Direction::kRecvOnly), Direction::kSendOnly);
  EXPECT_EQ(reversed(Direction::kSendRecv), Direction::kSendRecv);
  EXPECT_EQ(reversed(Direction::kInactive), Direction::kInactive);
}

}  // namespace
}  // namespace parley::sdp
