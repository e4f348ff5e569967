#include "dtls/transport.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "unit/dtls/link.h"

namespace parley::dtls {
namespace {

using testing::Bytes;
using testing::certificate;
using testing::Fate;
using testing::kStart;
using testing::Link;

class TransportTest : public ::testing::Test {
 protected:
  void connect() {
    link_.trust_each_other();
    link_.start();
    link_.run_for(1s);
    ASSERT_TRUE(link_.both_connected());
  }
  Link link_;
};

// How many datagrams a handshake without loss takes.
std::size_t datagrams_of_a_handshake() {
  Link link;
  link.trust_each_other();
  link.start();
  link.run_for(1s);
  return link.log.size();
}

TEST_F(TransportTest, KeysAreEqualCrosswise) {
  connect();
  const SrtpKeys* client = link_.client.srtp_keys();
  const SrtpKeys* server = link_.server.srtp_keys();
  ASSERT_NE(client, nullptr);
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(client->profile, SrtpProfile::kAeadAes128Gcm);
  EXPECT_EQ(server->profile, SrtpProfile::kAeadAes128Gcm);
  EXPECT_EQ(client->local.size(), 28U);
  EXPECT_EQ(client->local, server->remote);
  EXPECT_EQ(client->remote, server->local);
  EXPECT_NE(client->local, client->remote);
}

TEST_F(TransportTest, HandshakeTakesTwoRoundTripsAndLeavesNoDeadline) {
  link_.trust_each_other();
  link_.start();
  EXPECT_EQ(link_.client.state(), State::kHandshaking);
  link_.run_for(39ms);
  EXPECT_NE(link_.client.state(), State::kConnected);
  link_.run_for(1ms);
  EXPECT_TRUE(link_.both_connected());
  EXPECT_EQ(link_.client.deadline(), kNever);
  EXPECT_EQ(link_.server.deadline(), kNever);
  EXPECT_EQ(link_.client.stats().retransmits + link_.server.stats().retransmits, 0U);
}

TEST_F(TransportTest, NoDatagramExceedsTheMtu) {
  connect();
  for (const auto& [to, bytes] : link_.log) EXPECT_LE(bytes.size(), Transport::kMtu);
}

TEST_F(TransportTest, StartIsIdempotent) {
  link_.client.start(kStart);
  link_.client.start(kStart + 1s);
  EXPECT_TRUE(link_.client.poll_transmit());
  EXPECT_FALSE(link_.client.poll_transmit());
}

TEST_F(TransportTest, ServerAnswersWithoutStart) {
  link_.trust_each_other();
  link_.client.start(kStart);
  link_.run_for(1s);
  EXPECT_TRUE(link_.both_connected());
}

TEST_F(TransportTest, MovedTransportGoesOn) {
  link_.trust_each_other();
  link_.start();
  Transport moved = std::move(link_.client);
  link_.client = std::move(moved);
  link_.run_for(1s);
  EXPECT_TRUE(link_.both_connected());
}

// ---- loss ----

TEST(TransportLossTest, AnyLostDatagramIsRecovered) {
  const std::size_t count = datagrams_of_a_handshake();
  ASSERT_GE(count, 4U);
  for (std::size_t lost = 0; lost < count; ++lost) {
    Link link;
    link.fate = [lost](std::size_t index, Link::Side) { return index == lost ? Fate{.arrivals = {}} : Fate{}; };
    link.trust_each_other();
    link.start();
    link.run_for(1s);
    EXPECT_TRUE(link.both_connected()) << "datagram " << lost;
    EXPECT_GE(link.client.stats().retransmits + link.server.stats().retransmits, 1U) << lost;
    EXPECT_EQ(link.client.srtp_keys()->local, link.server.srtp_keys()->remote);
  }
}

TEST(TransportLossTest, AnyTwoLostDatagramsAreRecovered) {
  const std::size_t count = datagrams_of_a_handshake() + 4;
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      Link link;
      link.fate = [a, b](std::size_t index, Link::Side) {
        return index == a || index == b ? Fate{.arrivals = {}} : Fate{};
      };
      link.trust_each_other();
      link.start();
      link.run_for(3s);
      EXPECT_TRUE(link.both_connected()) << "datagrams " << a << " and " << b;
    }
  }
}

TEST(TransportLossTest, AnyLateDatagramIsTolerated) {
  const std::size_t count = datagrams_of_a_handshake();
  for (std::size_t late = 0; late < count; ++late) {
    for (const Duration delay : {15ms, 45ms, 200ms}) {
      Link link;
      link.fate = [late, delay](std::size_t index, Link::Side) {
        return index == late ? Fate{.arrivals = {delay}} : Fate{};
      };
      link.trust_each_other();
      link.start();
      link.run_for(2s);
      EXPECT_TRUE(link.both_connected()) << "datagram " << late;
    }
  }
}

TEST(TransportLossTest, DuplicatesAreTolerated) {
  Link link;
  link.fate = [](std::size_t, Link::Side) { return Fate{.arrivals = {10ms, 10ms, 25ms, 300ms}}; };
  link.trust_each_other();
  link.start();
  link.run_for(2s);
  EXPECT_TRUE(link.both_connected());
}

TEST(TransportLossTest, HeavyLossAndReorderingConnectsFromEverySeed) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SeededRandom random(seed);
    Link link;
    link.fate = [&random](std::size_t, Link::Side) {
      if (random.uniform() < 0.3) return Fate{.arrivals = {}};
      return Fate{.arrivals = {Duration(static_cast<std::int64_t>(random.uniform() * 60'000))}};
    };
    link.trust_each_other();
    link.start();
    link.run_for(20s);
    EXPECT_TRUE(link.both_connected()) << "seed " << seed;
  }
}

TEST(TransportLossTest, RetransmissionsDoubleUpToASecondThenFail) {
  Link link;
  std::vector<std::int64_t> sent_at;
  link.fate = [&](std::size_t, Link::Side) {
    sent_at.push_back(to_millis(link.now - kStart));
    return Fate{.arrivals = {}};
  };
  link.start();
  link.run_for(1min);
  const std::vector<std::int64_t> expected{0, 50, 150, 350, 750, 1550, 2550, 3550, 4550, 5550, 6550, 7550, 8550};
  EXPECT_EQ(sent_at, expected);
  EXPECT_EQ(link.client.stats().retransmits, 12U);
  EXPECT_EQ(link.client.state(), State::kFailed);
  EXPECT_EQ(link.client.deadline(), kNever);
}

TEST(TransportLossTest, TimeoutBeforeTheDeadlineDoesNothing) {
  Link link;
  link.client.start(kStart);
  ASSERT_TRUE(link.client.poll_transmit());
  EXPECT_EQ(link.client.deadline(), kStart + 50ms);
  link.client.handle_timeout(kStart + 50ms - 1us);
  EXPECT_FALSE(link.client.poll_transmit());
  link.client.handle_timeout(kStart + 50ms);
  EXPECT_TRUE(link.client.poll_transmit());
}

// ---- whom to trust ----

TEST(TransportTrustTest, WrongFingerprintFails) {
  Link link;
  link.client.set_remote_fingerprint(certificate(1)->fingerprint());
  link.server.set_remote_fingerprint(certificate(1)->fingerprint());  // the client shows the other one
  link.start();
  link.run_for(1s);
  EXPECT_EQ(link.server.state(), State::kFailed);
  EXPECT_EQ(link.server.srtp_keys(), nullptr);
  EXPECT_EQ(link.client.state(), State::kClosed);  // the server said goodbye
  EXPECT_EQ(link.server.send(Bytes{1}).error(), DropReason::kDtlsClosed);
}

TEST(TransportTrustTest, MismatchIsNamedOnce) {
  Link link;
  link.server.set_remote_fingerprint(certificate(1)->fingerprint());
  link.client.start(kStart);
  std::vector<DropReason> errors;
  for (int round = 0; round < 4; ++round) {
    while (auto datagram = link.client.poll_transmit()) {
      if (auto result = link.server.handle_datagram(kStart, *datagram); !result) errors.push_back(result.error());
    }
    while (auto datagram = link.server.poll_transmit()) (void)link.client.handle_datagram(kStart, *datagram);
  }
  EXPECT_EQ(errors.at(0), DropReason::kDtlsFingerprintMismatch);
  EXPECT_EQ(link.server.handle_datagram(kStart, Bytes{22}).error(), DropReason::kDtlsClosed);
}

std::string digest(const Certificate& of, const EVP_MD* algorithm, const char* separator = ":") {
  std::uint8_t bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  X509_digest(of.native().certificate.get(), algorithm, bytes, &size);
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    char text[3];
    std::snprintf(text, sizeof(text), "%02X", static_cast<unsigned int>(bytes[i]));
    out += (i == 0 ? "" : separator) + std::string(text);
  }
  return out;
}

TEST(TransportTrustTest, FingerprintRows) {
  const Certificate& peer = *certificate(0);
  const std::string sha256 = digest(peer, EVP_sha256());
  std::string lower = sha256;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::string last_bit = sha256;
  last_bit.back() = last_bit.back() == '0' ? '1' : '0';
  struct Row {
    Fingerprint fingerprint;
    bool matches = false;
  };
  for (const Row& row : {
           Row{peer.fingerprint(), true},
           Row{{"sha-256", sha256}, true},
           Row{{"SHA-256", lower}, true},
           Row{{"sha-384", digest(peer, EVP_sha384())}, true},
           Row{{"sha-512", digest(peer, EVP_sha512())}, true},
           Row{{"sha-1", digest(peer, EVP_sha1())}, true},
           Row{{"sha-256", last_bit}, false},
           Row{{"sha-256", ""}, false},
           Row{{"sha-256", sha256 + ":00"}, false},
           Row{{"sha-256", sha256.substr(0, sha256.size() - 3)}, false},
           Row{{"sha-256", digest(peer, EVP_sha256(), "-")}, false},
           Row{{"sha-256", digest(peer, EVP_sha1())}, false},
           Row{{"sha-384", sha256}, false},
           Row{{"md5", digest(peer, EVP_md5())}, false},
           Row{{"", sha256}, false},
       }) {
    EXPECT_EQ(fingerprint_matches(*peer.native().certificate, row.fingerprint), row.matches)
        << row.fingerprint.algorithm << " " << row.fingerprint.value;
  }
}

TEST(TransportTrustTest, HandshakeWaitsForTheFingerprint) {
  Link link;
  link.client.set_remote_fingerprint(certificate(1)->fingerprint());
  link.start();
  link.run_for(2s);
  EXPECT_EQ(link.client.state(), State::kConnected);
  EXPECT_EQ(link.server.state(), State::kHandshaking);
  EXPECT_EQ(link.server.srtp_keys(), nullptr);
  EXPECT_EQ(link.server.deadline(), kNever);
  EXPECT_EQ(link.server.send(Bytes{1}).error(), DropReason::kSctpNotReady);

  ASSERT_TRUE(link.client.send(Bytes{1, 2, 3}));
  link.run_for(1s);
  EXPECT_FALSE(link.server.poll_data());  // held back
  link.server.set_remote_fingerprint(certificate(0)->fingerprint());
  EXPECT_EQ(link.server.state(), State::kConnected);
  EXPECT_EQ(link.server.srtp_keys()->remote, link.client.srtp_keys()->local);
  EXPECT_EQ(link.server.poll_data(), (Bytes{1, 2, 3}));
}

TEST(TransportTrustTest, DataOfAPeerThatTurnsOutWrongIsNeverDelivered) {
  Link link;
  link.client.set_remote_fingerprint(certificate(1)->fingerprint());
  link.start();
  link.run_for(1s);
  ASSERT_TRUE(link.client.send(Bytes{1, 2, 3}));
  link.run_for(1s);
  link.server.set_remote_fingerprint(certificate(1)->fingerprint());
  EXPECT_EQ(link.server.state(), State::kFailed);
  EXPECT_FALSE(link.server.poll_data());
}

TEST(TransportTrustTest, UnverifiedDataIsBounded) {
  Link link;
  link.client.set_remote_fingerprint(certificate(1)->fingerprint());
  link.start();
  link.run_for(1s);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(link.client.send(Bytes{static_cast<std::uint8_t>(i)}));
  link.run_for(1s);
  link.server.set_remote_fingerprint(certificate(0)->fingerprint());
  int delivered = 0;
  while (link.server.poll_data()) ++delivered;
  EXPECT_EQ(delivered, 64);
}

TEST_F(TransportTest, AnotherFingerprintOnAConnectedTransportFailsIt) {
  connect();
  link_.server.set_remote_fingerprint(certificate(0)->fingerprint());
  EXPECT_EQ(link_.server.state(), State::kConnected);
  link_.server.set_remote_fingerprint(certificate(1)->fingerprint());
  EXPECT_EQ(link_.server.state(), State::kFailed);
}

// ---- data and close ----

TEST_F(TransportTest, DataGoesBothWaysInOrder) {
  connect();
  for (std::uint8_t i = 0; i < 5; ++i) {
    ASSERT_TRUE(link_.client.send(Bytes{i, 1}));
    ASSERT_TRUE(link_.server.send(Bytes{i, 2}));
  }
  link_.run_for(1s);
  for (std::uint8_t i = 0; i < 5; ++i) {
    EXPECT_EQ(link_.server.poll_data(), (Bytes{i, 1}));
    EXPECT_EQ(link_.client.poll_data(), (Bytes{i, 2}));
  }
  EXPECT_FALSE(link_.server.poll_data());
}

TEST_F(TransportTest, LargestDataFillsTheMtuAndMoreIsRefused) {
  connect();
  const std::size_t before = link_.log.size();
  ASSERT_TRUE(link_.client.send(Bytes(Transport::kMaxData, 7)));
  link_.run_for(1s);
  ASSERT_EQ(link_.log.size(), before + 1);
  EXPECT_EQ(link_.log.back().second.size(), Transport::kMtu);
  EXPECT_EQ(link_.server.poll_data()->size(), Transport::kMaxData);
  EXPECT_EQ(link_.client.send(Bytes(Transport::kMaxData + 1, 7)).error(), DropReason::kOversizeDatagram);
  EXPECT_EQ(link_.client.send({}).error(), DropReason::kSctpMalformed);
}

TEST_F(TransportTest, SendBeforeTheHandshakeIsNotReady) {
  EXPECT_EQ(link_.client.send(Bytes{1}).error(), DropReason::kSctpNotReady);
  link_.start();
  EXPECT_EQ(link_.client.send(Bytes{1}).error(), DropReason::kSctpNotReady);
}

TEST_F(TransportTest, CloseTellsThePeer) {
  connect();
  ASSERT_TRUE(link_.server.send(Bytes{9}));
  link_.server.close();
  EXPECT_EQ(link_.server.state(), State::kClosed);
  link_.server.close();
  link_.run_for(1s);
  EXPECT_EQ(link_.client.state(), State::kClosed);
  EXPECT_EQ(link_.client.poll_data(), Bytes{9});  // sent before the close
  EXPECT_EQ(link_.client.deadline(), kNever);
  EXPECT_EQ(link_.client.send(Bytes{1}).error(), DropReason::kDtlsClosed);
  EXPECT_EQ(link_.client.handle_datagram(link_.now, link_.log.front().second).error(), DropReason::kDtlsClosed);
}

TEST_F(TransportTest, CloseDuringTheHandshakeEndsIt) {
  link_.trust_each_other();
  link_.start();
  link_.client.close();
  EXPECT_EQ(link_.client.state(), State::kClosed);
  EXPECT_EQ(link_.client.deadline(), kNever);
  Transport never_started(certificate(0), Role::kServer);
  never_started.close();
  EXPECT_EQ(never_started.state(), State::kClosed);
}

// ---- life ----

TEST(TransportLifeTest, ManyTransportsComeAndGo) {
  for (int i = 0; i < 1000; ++i) {
    Transport transport(certificate(0), i % 2 == 0 ? Role::kClient : Role::kServer);
    if (i % 3 != 0) transport.start(kStart);
    if (i % 5 == 0) transport.close();
  }
}

TEST(TransportLifeTest, HandshakesLeftAtAnyPointComeAndGo) {
  for (int i = 0; i < 100; ++i) {
    Link link;
    link.trust_each_other();
    link.start();
    link.run_for(Duration(i * 500));
  }
}

TEST(CertificateTest, EachIsItsOwn) {
  EXPECT_EQ(certificate(0)->fingerprint().algorithm, "sha-256");
  EXPECT_EQ(certificate(0)->fingerprint().value.size(), 95U);
  EXPECT_NE(certificate(0)->fingerprint().value, certificate(1)->fingerprint().value);
}

}  // namespace
}  // namespace parley::dtls
