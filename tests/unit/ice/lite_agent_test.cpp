#include "ice/lite_agent.h"

#include <gtest/gtest.h>

#include <array>

#include "unit/ice/rfc5769.h"
#include "unit/ice/stun_builder.h"

namespace parley::ice {
namespace {

using testing::build_request;
using testing::from_hex;
using testing::read_response;
using testing::RequestParams;

const Credentials server_credentials{"server", "server-password-of-24-chr"};
const Credentials client_credentials{"client", "client-password-of-24-chr"};
const Address addr_a = Address::v4(192, 0, 2, 1, 1000);
const Address addr_b = Address::v4(192, 0, 2, 2, 2000);
constexpr TimePoint kStart{1'000'000s};

Address over_tcp(Address address) {
  address.protocol = Protocol::kTcp;
  return address;
}

class LiteAgentTest : public ::testing::Test {
 protected:
  Result<LiteAgent::Handled> handle(TimePoint now, const Address& from, ByteView stun) {
    out_.fill(0);
    auto result = agent_.handle_stun(now, from, stun, out_);
    response_ = result ? read_response(ByteView(out_).first(result->response_size)) : std::nullopt;
    return result;
  }
  Result<LiteAgent::Handled> check(TimePoint now, const Address& from, const RequestParams& params = {}) {
    return handle(now, from, build_request(params));
  }
  Result<LiteAgent::Handled> nominate(TimePoint now, const Address& from, std::uint32_t priority = 100) {
    return check(now, from, {.priority = priority, .use_candidate = true});
  }

  LiteAgent agent_{kStart, server_credentials};
  std::array<std::uint8_t, LiteAgent::kMaxResponseSize> out_{};
  std::optional<testing::Response> response_;
};

TEST_F(LiteAgentTest, FirstAuthenticatedCheckConnectsAndSelects) {
  EXPECT_EQ(agent_.state(), State::kNew);
  const auto handled = check(kStart, addr_a);
  ASSERT_TRUE(handled);
  EXPECT_TRUE(handled->became_connected);
  EXPECT_TRUE(handled->address_changed);
  EXPECT_FALSE(handled->refused);
  EXPECT_EQ(agent_.selected(), addr_a);
  EXPECT_EQ(agent_.state(), State::kConnected);
  ASSERT_TRUE(response_);
  EXPECT_EQ(response_->message_class, STUN_RESPONSE);
  EXPECT_TRUE(response_->has_integrity);

  const auto again = check(kStart + 1s, addr_a);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->became_connected);
  EXPECT_FALSE(again->address_changed);
}

TEST_F(LiteAgentTest, ControlledPeerGetsRoleConflict) {
  const auto handled = check(kStart, addr_a, {.controlling = false, .controlled = true});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunRoleConflict);
  EXPECT_EQ(response_.value().error, 487);
  EXPECT_TRUE(response_->has_integrity);
  EXPECT_EQ(agent_.state(), State::kNew);
  EXPECT_FALSE(agent_.selected());
}

TEST_F(LiteAgentTest, Rfc5769RequestAuthenticatesAndIsControlled) {
  LiteAgent agent(kStart, {"evtj", testing::kRfc5769Password});
  agent.set_remote({"h6vY", "unused"});
  auto request = from_hex(testing::kRfc5769Request);
  const auto handled = agent.handle_stun(kStart, addr_a, request, out_);
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunRoleConflict);
}

TEST_F(LiteAgentTest, Rfc5769RequestWithAnotherPasswordIsRefused) {
  LiteAgent agent(kStart, {"evtj", "VOkJxbRl1RmTxUk/WvJxBu"});
  const auto handled = agent.handle_stun(kStart, addr_a, from_hex(testing::kRfc5769Request), out_);
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity);
}

TEST_F(LiteAgentTest, WrongPasswordGets401WithoutIntegrity) {
  const auto handled = check(kStart, addr_a, {.password = "another-password"});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity);
  EXPECT_EQ(response_.value().error, 401);
  EXPECT_FALSE(response_->has_integrity);
  EXPECT_EQ(agent_.state(), State::kNew);
}

TEST_F(LiteAgentTest, UnknownUsernameGets401) {
  for (const char* username : {"other:client", "server", "serve:client", ":client"}) {
    const auto handled = check(kStart, addr_a, {.username = username});
    ASSERT_TRUE(handled);
    EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity) << username;
  }
}

TEST_F(LiteAgentTest, EmptyLocalPasswordAuthenticatesNobody) {
  LiteAgent agent(kStart, {"server", ""});
  const auto handled = agent.handle_stun(kStart, addr_a, build_request({.password = "x"}), out_);
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity);
}

TEST_F(LiteAgentTest, MissingCredentialsGet400) {
  auto handled = check(kStart, addr_a, {.with_integrity = false});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunMalformed);
  EXPECT_EQ(response_.value().error, 400);
  handled = check(kStart, addr_a, {.with_username = false});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunMalformed);
}

TEST_F(LiteAgentTest, UnknownComprehensionRequiredAttributeGets420NamingIt) {
  const auto handled = check(kStart, addr_a, {.extra_attributes = {0x7001, 0x0030}});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunUnsupported);
  EXPECT_EQ(response_.value().error, 420);
  ASSERT_GE(response_->unknown_attributes.size(), 2U);
  EXPECT_EQ(response_->unknown_attributes[0], 0x7001);
  EXPECT_EQ(response_->unknown_attributes[1], 0x0030);
  EXPECT_EQ(agent_.state(), State::kNew);
}

TEST_F(LiteAgentTest, MoreUnknownAttributesThanFitAreNotAnswered) {
  RequestParams params;
  for (std::uint16_t i = 0; i < 150; ++i) params.extra_attributes.push_back(static_cast<std::uint16_t>(0x7000 + i));
  const auto handled = check(kStart, addr_a, params);
  ASSERT_FALSE(handled);
  EXPECT_EQ(handled.error(), DropReason::kStunUnsupported);
}

TEST_F(LiteAgentTest, UnknownOptionalAttributeIsIgnored) {
  const auto handled = check(kStart, addr_a, {.extra_attributes = {0xC057}});
  ASSERT_TRUE(handled);
  EXPECT_FALSE(handled->refused);
}

TEST_F(LiteAgentTest, MissingOrWrongFingerprintIsNotAnswered) {
  EXPECT_EQ(check(kStart, addr_a, {.with_fingerprint = false}).error(), DropReason::kStunMalformed);
  auto request = build_request();
  request.back() ^= 1U;
  EXPECT_EQ(handle(kStart, addr_a, request).error(), DropReason::kStunMalformed);
}

TEST_F(LiteAgentTest, OtherThanBindingRequestsAreUnsupported) {
  EXPECT_EQ(check(kStart, addr_a, {.method = STUN_ALLOCATE}).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(check(kStart, addr_a, {.message_class = STUN_INDICATION}).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(handle(kStart, addr_a, from_hex(testing::kRfc5769ResponseV4)).error(), DropReason::kStunUnsupported);
}

TEST_F(LiteAgentTest, EveryFlippedByteIsRefused) {
  const auto request = build_request();
  for (std::size_t i = 0; i < request.size(); ++i) {
    auto bad = request;
    bad[i] ^= 0x40U;
    const auto handled = handle(kStart, addr_a, bad);
    EXPECT_TRUE(!handled || handled->refused) << i;
  }
  EXPECT_EQ(agent_.state(), State::kNew);
}

TEST_F(LiteAgentTest, RemoteUfragMustMatchOnceKnown) {
  ASSERT_FALSE(check(kStart, addr_a, {.username = "server:anyone"})->refused);
  agent_.set_remote(client_credentials);
  EXPECT_EQ(check(kStart, addr_a, {.username = "server:anyone"})->refused, DropReason::kStunBadIntegrity);
  EXPECT_FALSE(check(kStart, addr_a)->refused);
}

TEST_F(LiteAgentTest, MissingPriorityIsAccepted) {
  const auto handled = check(kStart, addr_a, {.priority = std::nullopt});
  ASSERT_TRUE(handled);
  EXPECT_FALSE(handled->refused);
}

// ---- selection ----

TEST_F(LiteAgentTest, ChecksWithoutNominationKeepTheFirstAddress) {
  (void)check(kStart, addr_a);
  const auto handled = check(kStart + 1s, addr_b);
  EXPECT_FALSE(handled->address_changed);
  EXPECT_EQ(agent_.selected(), addr_a);
}

TEST_F(LiteAgentTest, FirstNominationWinsOverProvisionalSelection) {
  (void)check(kStart, addr_a, {.priority = 900});
  const auto handled = nominate(kStart + 100ms, addr_b, 1);
  EXPECT_TRUE(handled->address_changed);
  EXPECT_EQ(agent_.selected(), addr_b);
}

TEST_F(LiteAgentTest, WithinTheWindowTheHighestPriorityNominationWins) {
  (void)nominate(kStart, addr_a, 100);
  EXPECT_FALSE(nominate(kStart + 100ms, addr_b, 99)->address_changed);
  EXPECT_TRUE(nominate(kStart + 200ms, addr_b, 101)->address_changed);
  EXPECT_FALSE(nominate(kStart + 300ms, addr_a, 100)->address_changed);
  EXPECT_EQ(agent_.selected(), addr_b);
}

TEST_F(LiteAgentTest, AfterTheWindowTheLatestNominationWins) {
  (void)nominate(kStart, addr_a, 100);
  EXPECT_FALSE(nominate(kStart + LiteAgent::kNominationWindow - 1us, addr_b, 1)->address_changed);
  EXPECT_TRUE(nominate(kStart + LiteAgent::kNominationWindow, addr_b, 1)->address_changed);
  EXPECT_EQ(agent_.selected(), addr_b);
}

TEST_F(LiteAgentTest, EqualPriorityPrefersUdpAndElseTheLatest) {
  (void)nominate(kStart, over_tcp(addr_a), 100);
  EXPECT_TRUE(nominate(kStart + 1ms, addr_a, 100)->address_changed);             // TCP to UDP
  EXPECT_FALSE(nominate(kStart + 2ms, over_tcp(addr_a), 100)->address_changed);  // not back
  EXPECT_TRUE(nominate(kStart + 3ms, addr_b, 100)->address_changed);             // UDP to UDP: the NAT gave a new port
}

TEST_F(LiteAgentTest, NominationOfTheSelectedAddressChangesNothing) {
  (void)nominate(kStart, addr_a);
  for (int i = 1; i < 10; ++i) EXPECT_FALSE(nominate(kStart + i * 1s, addr_a)->address_changed);
}

TEST_F(LiteAgentTest, PeerWhoseSelectedPairIsSilentIsFollowed) {
  (void)nominate(kStart, addr_a);
  EXPECT_FALSE(check(kStart + LiteAgent::kSilentAfter, addr_b)->address_changed);
  EXPECT_TRUE(check(kStart + LiteAgent::kSilentAfter + 1us, addr_b)->address_changed);
  EXPECT_EQ(agent_.selected(), addr_b);
}

TEST_F(LiteAgentTest, UnauthenticatedChecksMoveNothing) {
  (void)nominate(kStart, addr_a);
  (void)check(kStart + 8s, addr_b, {.password = "guessed", .use_candidate = true});
  EXPECT_EQ(agent_.selected(), addr_a);
  EXPECT_EQ(agent_.deadline(), kStart + 15s);
}

// ---- consent ----

TEST_F(LiteAgentTest, NeverAuthenticatedExpiresAfterEstablishTimeout) {
  EXPECT_EQ(agent_.deadline(), kStart + 20s);
  agent_.note_activity(kStart + 10s);  // media before a check proves nothing
  agent_.handle_timeout(kStart + 20s - 1us);
  EXPECT_EQ(agent_.state(), State::kNew);
  agent_.handle_timeout(kStart + 20s);
  EXPECT_EQ(agent_.state(), State::kExpired);
  EXPECT_EQ(agent_.deadline(), kNever);
}

TEST_F(LiteAgentTest, ConsentIsRenewedByChecksAndByMedia) {
  (void)check(kStart, addr_a);
  EXPECT_EQ(agent_.deadline(), kStart + 15s);
  (void)check(kStart + 5s, addr_a);
  EXPECT_EQ(agent_.deadline(), kStart + 20s);
  agent_.note_activity(kStart + 10s);
  agent_.note_activity(kStart + 9s);  // late news does not shorten it
  EXPECT_EQ(agent_.deadline(), kStart + 25s);
  agent_.handle_timeout(kStart + 25s);
  EXPECT_EQ(agent_.state(), State::kExpired);
}

TEST_F(LiteAgentTest, ExpiredCredentialsAreNotTakenAgain) {
  (void)check(kStart, addr_a);
  agent_.handle_timeout(kStart + 15s);
  EXPECT_EQ(check(kStart + 16s, addr_a).error(), DropReason::kStunUnknownUfrag);
  agent_.restart({"fresh", "fresh-password-of-24-char"});
  EXPECT_EQ(check(kStart + 17s, addr_a)->refused, DropReason::kStunBadIntegrity);
  const auto handled =
      check(kStart + 17s, addr_b, {.username = "fresh:client", .password = "fresh-password-of-24-char"});
  ASSERT_TRUE(handled);
  EXPECT_TRUE(handled->became_connected);
  EXPECT_EQ(agent_.state(), State::kConnected);
}

// ---- restart ----

const Credentials fresh_local{"fresh", "fresh-password-of-24-char"};
const RequestParams fresh_check{.username = "fresh:client2", .password = fresh_local.pwd};

TEST_F(LiteAgentTest, RestartAcceptsOldUntilNewIsAuthenticated) {
  agent_.set_remote(client_credentials);
  (void)nominate(kStart, addr_a);
  agent_.restart(fresh_local);
  agent_.set_remote({"client2", "x"});
  EXPECT_EQ(agent_.local(), fresh_local);
  EXPECT_EQ(agent_.previous_local(), server_credentials);
  EXPECT_EQ(agent_.state(), State::kConnected);

  EXPECT_FALSE(check(kStart + 1s, addr_a)->refused);
  EXPECT_FALSE(check(kStart + 2s, addr_a, fresh_check)->refused);
  EXPECT_FALSE(agent_.previous_local());
  EXPECT_EQ(check(kStart + 3s, addr_a)->refused, DropReason::kStunBadIntegrity);
}

TEST_F(LiteAgentTest, RestartNominatesAfresh) {
  (void)nominate(kStart, addr_a, 1000);
  agent_.restart(fresh_local);
  RequestParams params = fresh_check;
  params.use_candidate = true;
  params.priority = 1;
  const auto handled = check(kStart + 100ms, addr_b, params);  // lower, and within the old window
  EXPECT_TRUE(handled->address_changed);
  EXPECT_EQ(agent_.selected(), addr_b);
}

TEST_F(LiteAgentTest, SecondRestartKeepsTheCredentialsInUse) {
  (void)check(kStart, addr_a);
  agent_.restart({"never", "used-password-of-24-chars"});
  agent_.restart(fresh_local);
  EXPECT_EQ(agent_.previous_local(), server_credentials);
  EXPECT_FALSE(check(kStart + 1s, addr_a)->refused);
}

}  // namespace
}  // namespace parley::ice
