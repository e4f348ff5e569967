// Connections outside of rooms, by which clients learn what their network lets through.
#include "unit/room/control_fixture.h"

namespace parley::room::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kOffer =
    "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:clie\r\n"
    "a=ice-pwd:clientclientclientclient\r\na=fingerprint:sha-256 AA:BB:CC\r\na=setup:actpass\r\na=mid:0\r\n"
    "a=sctp-port:5000\r\na=max-message-size:262144\r\n";

class ProbesTest : public ControlTest {};

TEST_F(ProbesTest, AnswersWithCandidatesOfOneProtocol) {
  const auto udp = manager->probe(now, kOffer, Protocol::kUdp);
  ASSERT_TRUE(udp.has_value());
  EXPECT_THAT(*udp, HasSubstr(" udp "));
  EXPECT_THAT(*udp, Not(HasSubstr(" tcp ")));
  EXPECT_THAT(*udp, HasSubstr("m=application 9 "));
  const auto tcp = manager->probe(now, kOffer, Protocol::kTcp);
  ASSERT_TRUE(tcp.has_value());
  EXPECT_THAT(*tcp, HasSubstr(" tcp "));
  EXPECT_THAT(*tcp, Not(HasSubstr(" udp ")));
  EXPECT_EQ(plane.all<CreateTransport>().size(), 2U);
  EXPECT_EQ(plane.all<SetRemote>().size(), 2U);
}

TEST_F(ProbesTest, EndsByItselfAndIsNobodysConnection) {
  ASSERT_TRUE(manager->probe(now, kOffer, Protocol::kUdp).has_value());
  const TransportId transport = plane.last<CreateTransport>().transport;
  manager->handle_media_event(now, TransportConnected{transport});
  manager->handle_media_event(now, TransportEnded{transport, TransportEnd::kDtlsClosed});
  EXPECT_TRUE(manager->list_rooms().empty());
  advance(4s);
  ASSERT_TRUE(manager->probe(now, kOffer, Protocol::kUdp).has_value());
  advance(7s);
  ASSERT_EQ(plane.all<CloseTransport>().size(), 1U);
  EXPECT_EQ(plane.last<CloseTransport>().transport, transport);
  advance(4s);
  EXPECT_EQ(plane.all<CloseTransport>().size(), 2U);
}

TEST_F(ProbesTest, OnlySoManyAtOnce) {
  Config config = default_config();
  config.limits.probes = 2;
  start(std::move(config));
  EXPECT_TRUE(manager->probe(now, kOffer, Protocol::kUdp).has_value());
  EXPECT_TRUE(manager->probe(now, kOffer, Protocol::kTcp).has_value());
  EXPECT_EQ(manager->probe(now, kOffer, Protocol::kUdp).error().code, "resource_exhausted");
  advance(11s);
  EXPECT_TRUE(manager->probe(now, kOffer, Protocol::kUdp).has_value());
}

TEST_F(ProbesTest, RefusesWhatItCannotAnswer) {
  EXPECT_EQ(manager->probe(now, "hello", Protocol::kUdp).error().code, "invalid_argument");
  EXPECT_EQ(manager->probe(now, captured_offer("alice_2"), Protocol::kUdp).error().code, "invalid_argument");
  Config config = default_config();
  config.hosts = {{"192.0.2.7", {7882}, 0}};
  start(std::move(config));
  EXPECT_EQ(manager->probe(now, kOffer, Protocol::kTcp).error().code, "failed_precondition");
  EXPECT_EQ(plane.all<CreateTransport>().size(), plane.all<CloseTransport>().size()) << "nothing is left behind";
}

TEST_F(ProbesTest, NoneWhileTheServerStops) {
  ASSERT_TRUE(manager->probe(now, kOffer, Protocol::kUdp).has_value());
  manager->drain(now);
  EXPECT_EQ(plane.all<CloseTransport>().size(), 1U);
  EXPECT_EQ(manager->probe(now, kOffer, Protocol::kUdp).error().code, "unavailable");
}

}  // namespace
}  // namespace parley::room::test
