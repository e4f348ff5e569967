#include "ice/controlling_agent.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "unit/ice/rfc5769.h"
#include "unit/ice/stun_builder.h"

namespace parley::ice {
namespace {

using testing::from_hex;

constexpr TimePoint kStart{1'000'000s};
const Address server_udp = Address::v4(10, 0, 0, 1, 3478);
const Address other_udp = Address::v4(10, 0, 0, 2, 3478);
const Address client_addr = Address::parse("2001:db8::7", 5000).value();

Address over_tcp(Address address) {
  address.protocol = Protocol::kTcp;
  return address;
}

// One client and one lite server in virtual time; every message takes kDelay each way.
class ControllingAgentTest : public ::testing::Test {
 protected:
  static constexpr Duration kDelay = 10ms;

  void connect_candidates(const std::vector<std::pair<Address, std::uint32_t>>& candidates) {
    client_.set_remote(now_, server_.local());
    server_.set_remote(client_.local());
    for (const auto& [address, priority] : candidates) client_.add_remote_candidate(now_, address, priority);
  }

  // The server sees a client over TCP from a TCP address.
  Address client_address(const Address& to) const {
    return to.protocol == Protocol::kTcp ? over_tcp(client_addr) : client_addr;
  }

  void exchange() {
    while (auto request = client_.poll_transmit()) {
      ++sent_;
      if (drop_ && drop_(request->to)) continue;
      std::array<std::uint8_t, LiteAgent::kMaxResponseSize> out{};
      const auto handled = server_.handle_stun(now_ + kDelay, client_address(request->to), request->bytes, out);
      if (!handled || handled->response_size == 0) continue;
      inbox_.push_back({now_ + 2 * kDelay,
                        request->to,
                        {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(handled->response_size)}});
    }
  }

  void run_until(TimePoint end) {
    exchange();
    while (true) {
      TimePoint next = client_.deadline();
      for (const Delivery& d : inbox_) next = soonest(next, d.at);
      if (next > end) break;
      now_ = std::max(now_, next);
      std::vector<Delivery> due;
      for (const Delivery& d : inbox_) {
        if (d.at <= now_) due.push_back(d);
      }
      std::erase_if(inbox_, [&](const Delivery& d) { return d.at <= now_; });
      for (const Delivery& d : due) (void)client_.handle_stun(now_, d.from, d.bytes);
      client_.handle_timeout(now_);
      exchange();
    }
    now_ = end;
  }

  struct Delivery {
    TimePoint at;
    Address from;
    std::vector<std::uint8_t> bytes;
  };
  SeededRandom random_{7};
  TimePoint now_ = kStart;
  LiteAgent server_{kStart, make_credentials(random_, 0)};
  ControllingAgent client_{kStart, make_credentials(random_, 1), random_};
  std::vector<Delivery> inbox_;
  std::function<bool(const Address&)> drop_;
  int sent_ = 0;
};

TEST_F(ControllingAgentTest, ConnectsInTwoRoundTrips) {
  connect_candidates({{server_udp, 100}});
  run_until(kStart + 2 * kDelay);
  EXPECT_FALSE(client_.connected());
  run_until(kStart + 4 * kDelay);
  EXPECT_TRUE(client_.connected());
  EXPECT_EQ(client_.selected(), server_udp);
  EXPECT_EQ(client_.mapped_address(), client_addr);
  EXPECT_EQ(server_.state(), State::kConnected);
  EXPECT_EQ(server_.selected(), client_addr);
}

TEST_F(ControllingAgentTest, NothingIsSentBeforeCredentialsAreKnown) {
  client_.add_remote_candidate(now_, server_udp, 100);
  EXPECT_FALSE(client_.poll_transmit());
  client_.set_remote(now_, server_.local());
  EXPECT_TRUE(client_.poll_transmit());
}

TEST_F(ControllingAgentTest, LostChecksAreRetransmittedAtTheDoublingTimeout) {
  connect_candidates({{server_udp, 100}});
  drop_ = [](const Address&) { return true; };
  run_until(kStart + 349ms);
  EXPECT_EQ(sent_, 3);  // 0, 50, 150
  run_until(kStart + 350ms);
  EXPECT_EQ(sent_, 4);
  drop_ = nullptr;
  run_until(kStart + 1s);
  EXPECT_TRUE(client_.connected());
}

TEST_F(ControllingAgentTest, BestAnsweringCandidateIsNominated) {
  connect_candidates({{over_tcp(server_udp), 10}, {server_udp, 100}});
  run_until(kStart + 1s);
  EXPECT_EQ(client_.selected(), server_udp);
  EXPECT_EQ(server_.selected(), client_addr);
}

TEST_F(ControllingAgentTest, WorseCandidateIsTakenWhenTheBetterIsDead) {
  connect_candidates({{over_tcp(server_udp), 10}, {server_udp, 100}});
  drop_ = [](const Address& to) { return to.protocol == Protocol::kUdp; };
  run_until(kStart + 1s);
  EXPECT_EQ(client_.selected(), over_tcp(server_udp));
  EXPECT_EQ(server_.selected(), over_tcp(client_addr));
}

TEST_F(ControllingAgentTest, PairThatDiesWhileNominatedGivesWayToAnother) {
  connect_candidates({{other_udp, 10}, {server_udp, 100}});
  int to_best = 0;
  drop_ = [&](const Address& to) { return to == server_udp && ++to_best > 1; };  // answers its check, then is gone
  run_until(kStart + 10s);
  EXPECT_TRUE(client_.connected());
  EXPECT_EQ(client_.selected(), other_udp);
}

TEST_F(ControllingAgentTest, ConsentChecksKeepBothSidesAlive) {
  connect_candidates({{server_udp, 100}});
  run_until(kStart + 1s);
  const int before = sent_;
  for (int i = 0; i < 60; ++i) {
    run_until(now_ + 1s);
    server_.handle_timeout(now_);
    ASSERT_EQ(server_.state(), State::kConnected);
  }
  EXPECT_GE(sent_ - before, 10);  // every 4 to 6 s
  EXPECT_LE(sent_ - before, 15);
  EXPECT_TRUE(client_.connected());
}

TEST_F(ControllingAgentTest, ConsentExpiresWhenTheServerIsSilent) {
  connect_candidates({{server_udp, 100}});
  run_until(kStart + 40ms);
  ASSERT_TRUE(client_.connected());
  drop_ = [](const Address&) { return true; };
  run_until(kStart + 30s);
  EXPECT_TRUE(client_.connected());
  run_until(kStart + 31s);
  EXPECT_EQ(client_.state(), State::kExpired);
  EXPECT_EQ(client_.deadline(), kNever);
}

TEST_F(ControllingAgentTest, ServerThatNeverAnswersExpiresTheAgent) {
  connect_candidates({{server_udp, 100}});
  drop_ = [](const Address&) { return true; };
  run_until(kStart + 31s);
  EXPECT_EQ(client_.state(), State::kExpired);
}

TEST_F(ControllingAgentTest, WrongServerPasswordIsRefusedAndRetried) {
  client_.set_remote(now_, {server_.local().ufrag, "not-the-password-of-it-at-all"});
  client_.add_remote_candidate(now_, server_udp, 100);
  run_until(kStart + 2s);
  EXPECT_FALSE(client_.connected());
  EXPECT_EQ(client_.last_error(), 401);
  EXPECT_GE(sent_, 3);
  EXPECT_LE(sent_, 6);  // 500 ms apart, not a storm
}

TEST_F(ControllingAgentTest, NominatingAnotherCandidateMovesBothSides) {
  connect_candidates({{over_tcp(server_udp), 10}, {server_udp, 100}});
  run_until(kStart + 5s);
  ASSERT_EQ(server_.selected(), client_addr);
  ASSERT_TRUE(client_.nominate(now_, over_tcp(server_udp)));
  run_until(kStart + 6s);
  EXPECT_EQ(client_.selected(), over_tcp(server_udp));
  EXPECT_EQ(server_.selected(), over_tcp(client_addr));
  EXPECT_FALSE(client_.nominate(now_, other_udp));
}

TEST_F(ControllingAgentTest, RestartReconnectsWithNewCredentials) {
  connect_candidates({{server_udp, 100}});
  run_until(kStart + 1s);
  server_.restart(make_credentials(random_, 0));
  client_.restart(now_, make_credentials(random_, 1));
  EXPECT_TRUE(client_.connected());  // the old path stays in use meanwhile
  EXPECT_EQ(client_.selected(), server_udp);
  connect_candidates({{other_udp, 100}});
  run_until(kStart + 2s);
  EXPECT_EQ(client_.selected(), other_udp);
  EXPECT_FALSE(server_.previous_local());
}

TEST_F(ControllingAgentTest, AnswersFromElsewhereAndRepeatedAnswersAreIgnored) {
  connect_candidates({{server_udp, 100}});
  const auto request = client_.poll_transmit();
  ASSERT_TRUE(request);
  std::array<std::uint8_t, LiteAgent::kMaxResponseSize> out{};
  const auto handled = server_.handle_stun(now_, client_addr, request->bytes, out);
  const ByteView response = ByteView(out).first(handled->response_size);
  EXPECT_EQ(client_.handle_stun(now_, other_udp, response).error(), DropReason::kStunUnsupported);
  auto forged = std::vector<std::uint8_t>(response.begin(), response.end());
  forged[forged.size() - 9] ^= 1U;  // last byte of MESSAGE-INTEGRITY; the fingerprint no longer fits either
  EXPECT_FALSE(client_.handle_stun(now_, server_udp, forged).has_value());
  EXPECT_TRUE(client_.handle_stun(now_, server_udp, response).has_value());
  EXPECT_EQ(client_.handle_stun(now_, server_udp, response).error(), DropReason::kStunUnsupported);
}

TEST_F(ControllingAgentTest, RequestsAreUnsupported) {
  EXPECT_EQ(client_.handle_stun(now_, server_udp, testing::build_request()).error(), DropReason::kStunUnsupported);
  EXPECT_EQ(client_.handle_stun(now_, server_udp, {}).error(), DropReason::kStunMalformed);
}

// Yields the transaction id of RFC 5769 for every 12 bytes asked.
class VectorRandom final : public RandomSource {
 public:
  void fill(ByteSpan out) override {
    const auto id = from_hex(testing::kRfc5769Transaction);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = id[i % id.size()];
  }
};

struct VectorRow {
  const char* response;
  const char* ip;
};

TEST(ControllingAgentVectorTest, Rfc5769ResponsesAuthenticateAndNameOurAddress) {
  for (const VectorRow& row : {VectorRow{testing::kRfc5769ResponseV4, "192.0.2.1"},
                               VectorRow{testing::kRfc5769ResponseV6, "2001:db8:1234:5678:11:2233:4455:6677"}}) {
    VectorRandom random;
    ControllingAgent agent(kStart, {"evtj", "unused"}, random);
    agent.set_remote(kStart, {"h6vY", testing::kRfc5769Password});
    agent.add_remote_candidate(kStart, server_udp, 1);
    const auto response = from_hex(row.response);
    for (std::size_t i = 0; i < response.size(); ++i) {
      auto bad = response;
      bad[i] ^= 1U;
      EXPECT_FALSE(agent.handle_stun(kStart, server_udp, bad).has_value()) << i;
    }
    EXPECT_TRUE(agent.handle_stun(kStart, server_udp, response).has_value());
    EXPECT_EQ(agent.mapped_address(), Address::parse(row.ip, 32853));
  }
}

TEST(ControllingAgentVectorTest, SameSeedSendsTheSameBytes) {
  std::vector<std::vector<std::uint8_t>> first;
  for (int round = 0; round < 2; ++round) {
    SeededRandom random(99);
    ControllingAgent agent(kStart, make_credentials(random, 0), random);
    agent.set_remote(kStart, {"h6vY", testing::kRfc5769Password});
    agent.add_remote_candidate(kStart, server_udp, 1);
    first.push_back(agent.poll_transmit().value().bytes);
  }
  EXPECT_EQ(first[0], first[1]);
}

}  // namespace
}  // namespace parley::ice
