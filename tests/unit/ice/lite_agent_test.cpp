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

const Credentials kServer{"server", "server-password-of-24-chr"};
const Credentials kClient{"client", "client-password-of-24-chr"};
const Address kA = Address::v4(192, 0, 2, 1, 1000);
const Address kB = Address::v4(192, 0, 2, 2, 2000);
const TimePoint kStart{1'000'000s};

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

  LiteAgent agent_{kStart, kServer};
  std::array<std::uint8_t, LiteAgent::kMaxResponseSize> out_{};
  std::optional<testing::Response> response_;
};

TEST_F(LiteAgentTest, FirstAuthenticatedCheckConnectsAndSelects) {
  EXPECT_EQ(agent_.state(), State::kNew);
  const auto handled = check(kStart, kA);
  ASSERT_TRUE(handled);
  EXPECT_TRUE(handled->became_connected);
  EXPECT_TRUE(handled->address_changed);
  EXPECT_FALSE(handled->refused);
  EXPECT_EQ(agent_.selected(), kA);
  EXPECT_EQ(agent_.state(), State::kConnected);
  ASSERT_TRUE(response_);
  EXPECT_EQ(response_->message_class, STUN_RESPONSE);
  EXPECT_TRUE(response_->has_integrity);

  const auto again = check(kStart + 1s, kA);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->became_connected);
  EXPECT_FALSE(again->address_changed);
}

TEST_F(LiteAgentTest, ControlledPeerGetsRoleConflict) {
  const auto handled = check(kStart, kA, {.controlling = false, .controlled = true});
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
  const auto handled = agent.handle_stun(kStart, kA, request, out_);
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunRoleConflict);
}

TEST_F(LiteAgentTest, Rfc5769RequestWithAnotherPasswordIsRefused) {
  LiteAgent agent(kStart, {"evtj", "VOkJxbRl1RmTxUk/WvJxBu"});
  const auto handled = agent.handle_stun(kStart, kA, from_hex(testing::kRfc5769Request), out_);
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity);
}

TEST_F(LiteAgentTest, WrongPasswordGets401WithoutIntegrity) {
  const auto handled = check(kStart, kA, {.password = "another-password"});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity);
  EXPECT_EQ(response_.value().error, 401);
  EXPECT_FALSE(response_->has_integrity);
  EXPECT_EQ(agent_.state(), State::kNew);
}

TEST_F(LiteAgentTest, UnknownUsernameGets401) {
  for (const char* username : {"other:client", "server", "serve:client", ":client"}) {
    const auto handled = check(kStart, kA, {.username = username});
    ASSERT_TRUE(handled);
    EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity) << username;
  }
}

TEST_F(LiteAgentTest, EmptyLocalPasswordAuthenticatesNobody) {
  LiteAgent agent(kStart, {"server", ""});
  const auto handled = agent.handle_stun(kStart, kA, build_request({.password = "x"}), out_);
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunBadIntegrity);
}

TEST_F(LiteAgentTest, MissingCredentialsGet400) {
  auto handled = check(kStart, kA, {.with_integrity = false});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunMalformed);
  EXPECT_EQ(response_.value().error, 400);
  handled = check(kStart, kA, {.with_username = false});
  ASSERT_TRUE(handled);
  EXPECT_EQ(handled->refused, DropReason::kStunMalformed);
}

TEST_F(LiteAgentTest, UnknownComprehensionRequiredAttributeGets420NamingIt) {
  const auto handled = check(kStart, kA, {.extra_attributes = {0x7001, 0x0030}});
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
  const auto handled = check(kStart, kA, params);
  ASSERT_FALSE(handled);
  EXPECT_EQ(handled.error(), DropReason::kStunUnsupported);
}

TEST_F(LiteAgentTest, UnknownOptionalAttributeIsIgnored) {
  const auto handled = check(kStart, kA, {.extra_attributes = {0xC057}});
  ASSERT_TRUE(handled);
  EXPECT_FALSE(handled->refused);
}

TEST_F(LiteAgentTest, MissingOrWrongFingerprintIsNotAnswered) {
  EXPECT_EQ(check(kStart, kA, {.with_fingerprint = false}).error(), DropReason::kStunMalformed);
  auto request = build_request();
  request.back() ^= 1U;
  EXPECT_EQ(handle(kStart, kA, request).error(), DropReason::kStunMalformed);
}

TEST_F(LiteAgentTest, OtherThanBindingRequestsAreUnsupported) {
  EXPECT_EQ(check(kStart, kA, {.method = STUN_ALLOCATE}).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(check(kStart, kA, {.message_class = STUN_INDICATION}).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(handle(kStart, kA, from_hex(testing::kRfc5769ResponseV4)).error(), DropReason::kStunUnsupported);
}

TEST_F(LiteAgentTest, EveryFlippedByteIsRefused) {
  const auto request = build_request();
  for (std::size_t i = 0; i < request.size(); ++i) {
    auto bad = request;
    bad[i] ^= 0x40U;
    const auto handled = handle(kStart, kA, bad);
    EXPECT_TRUE(!handled || handled->refused) << i;
  }
  EXPECT_EQ(agent_.state(), State::kNew);
}

TEST_F(LiteAgentTest, RemoteUfragMustMatchOnceKnown) {
  ASSERT_FALSE(check(kStart, kA, {.username = "server:anyone"})->refused);
  agent_.set_remote(kClient);
  EXPECT_EQ(check(kStart, kA, {.username = "server:anyone"})->refused, DropReason::kStunBadIntegrity);
  EXPECT_FALSE(check(kStart, kA)->refused);
}

TEST_F(LiteAgentTest, MissingPriorityIsAccepted) {
  const auto handled = check(kStart, kA, {.priority = std::nullopt});
  ASSERT_TRUE(handled);
  EXPECT_FALSE(handled->refused);
}

// ---- selection ----

TEST_F(LiteAgentTest, ChecksWithoutNominationKeepTheFirstAddress) {
  (void)check(kStart, kA);
  const auto handled = check(kStart + 1s, kB);
  EXPECT_FALSE(handled->address_changed);
  EXPECT_EQ(agent_.selected(), kA);
}

TEST_F(LiteAgentTest, FirstNominationWinsOverProvisionalSelection) {
  (void)check(kStart, kA, {.priority = 900});
  const auto handled = nominate(kStart + 100ms, kB, 1);
  EXPECT_TRUE(handled->address_changed);
  EXPECT_EQ(agent_.selected(), kB);
}

TEST_F(LiteAgentTest, WithinTheWindowTheHighestPriorityNominationWins) {
  (void)nominate(kStart, kA, 100);
  EXPECT_FALSE(nominate(kStart + 100ms, kB, 99)->address_changed);
  EXPECT_TRUE(nominate(kStart + 200ms, kB, 101)->address_changed);
  EXPECT_FALSE(nominate(kStart + 300ms, kA, 100)->address_changed);
  EXPECT_EQ(agent_.selected(), kB);
}

TEST_F(LiteAgentTest, AfterTheWindowTheLatestNominationWins) {
  (void)nominate(kStart, kA, 100);
  EXPECT_FALSE(nominate(kStart + LiteAgent::kNominationWindow - 1us, kB, 1)->address_changed);
  EXPECT_TRUE(nominate(kStart + LiteAgent::kNominationWindow, kB, 1)->address_changed);
  EXPECT_EQ(agent_.selected(), kB);
}

TEST_F(LiteAgentTest, EqualPriorityPrefersUdpAndElseTheLatest) {
  (void)nominate(kStart, over_tcp(kA), 100);
  EXPECT_TRUE(nominate(kStart + 1ms, kA, 100)->address_changed);             // TCP to UDP
  EXPECT_FALSE(nominate(kStart + 2ms, over_tcp(kA), 100)->address_changed);  // not back
  EXPECT_TRUE(nominate(kStart + 3ms, kB, 100)->address_changed);             // UDP to UDP: the NAT gave a new port
}

TEST_F(LiteAgentTest, NominationOfTheSelectedAddressChangesNothing) {
  (void)nominate(kStart, kA);
  for (int i = 1; i < 10; ++i) EXPECT_FALSE(nominate(kStart + i * 1s, kA)->address_changed);
}

TEST_F(LiteAgentTest, PeerWhoseSelectedPairIsSilentIsFollowed) {
  (void)nominate(kStart, kA);
  EXPECT_FALSE(check(kStart + LiteAgent::kSilentAfter, kB)->address_changed);
  EXPECT_TRUE(check(kStart + LiteAgent::kSilentAfter + 1us, kB)->address_changed);
  EXPECT_EQ(agent_.selected(), kB);
}

TEST_F(LiteAgentTest, UnauthenticatedChecksMoveNothing) {
  (void)nominate(kStart, kA);
  (void)check(kStart + 8s, kB, {.password = "guessed", .use_candidate = true});
  EXPECT_EQ(agent_.selected(), kA);
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
  (void)check(kStart, kA);
  EXPECT_EQ(agent_.deadline(), kStart + 15s);
  (void)check(kStart + 5s, kA);
  EXPECT_EQ(agent_.deadline(), kStart + 20s);
  agent_.note_activity(kStart + 10s);
  agent_.note_activity(kStart + 9s);  // late news does not shorten it
  EXPECT_EQ(agent_.deadline(), kStart + 25s);
  agent_.handle_timeout(kStart + 25s);
  EXPECT_EQ(agent_.state(), State::kExpired);
}

TEST_F(LiteAgentTest, ExpiredCredentialsAreNotTakenAgain) {
  (void)check(kStart, kA);
  agent_.handle_timeout(kStart + 15s);
  EXPECT_EQ(check(kStart + 16s, kA).error(), DropReason::kStunUnknownUfrag);
  agent_.restart({"fresh", "fresh-password-of-24-char"});
  EXPECT_EQ(check(kStart + 17s, kA)->refused, DropReason::kStunBadIntegrity);
  const auto handled = check(kStart + 17s, kB, {.username = "fresh:client", .password = "fresh-password-of-24-char"});
  ASSERT_TRUE(handled);
  EXPECT_TRUE(handled->became_connected);
  EXPECT_EQ(agent_.state(), State::kConnected);
}

// ---- restart ----

const Credentials kFresh{"fresh", "fresh-password-of-24-char"};
const RequestParams kFreshCheck{.username = "fresh:client2", .password = kFresh.pwd};

TEST_F(LiteAgentTest, RestartAcceptsOldUntilNewIsAuthenticated) {
  agent_.set_remote(kClient);
  (void)nominate(kStart, kA);
  agent_.restart(kFresh);
  agent_.set_remote({"client2", "x"});
  EXPECT_EQ(agent_.local(), kFresh);
  EXPECT_EQ(agent_.previous_local(), kServer);
  EXPECT_EQ(agent_.state(), State::kConnected);

  EXPECT_FALSE(check(kStart + 1s, kA)->refused);
  EXPECT_FALSE(check(kStart + 2s, kA, kFreshCheck)->refused);
  EXPECT_FALSE(agent_.previous_local());
  EXPECT_EQ(check(kStart + 3s, kA)->refused, DropReason::kStunBadIntegrity);
}

TEST_F(LiteAgentTest, RestartNominatesAfresh) {
  (void)nominate(kStart, kA, 1000);
  agent_.restart(kFresh);
  RequestParams params = kFreshCheck;
  params.use_candidate = true;
  params.priority = 1;
  const auto handled = check(kStart + 100ms, kB, params);  // lower, and within the old window
  EXPECT_TRUE(handled->address_changed);
  EXPECT_EQ(agent_.selected(), kB);
}

TEST_F(LiteAgentTest, SecondRestartKeepsTheCredentialsInUse) {
  (void)check(kStart, kA);
  agent_.restart({"never", "used-password-of-24-chars"});
  agent_.restart(kFresh);
  EXPECT_EQ(agent_.previous_local(), kServer);
  EXPECT_FALSE(check(kStart + 1s, kA)->refused);
}

}  // namespace
}  // namespace parley::ice
