// The server's transport against the client's half, over a pipe in memory and in virtual time.
#include "peer/transport.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "peer/demux.h"
#include "rtp/header_extensions.h"
#include "rtp/packet_view.h"
#include "support/client_transport.h"

namespace parley::peer {
namespace {

const Address kServer = Address::v4(10, 0, 0, 1, 7882);
const Address kClient = Address::v4(10, 1, 0, 1, 5000);

std::shared_ptr<const dtls::Certificate> certificate(int which) {
  static const std::array<std::shared_ptr<const dtls::Certificate>, 3> kCertificates = {
      *dtls::Certificate::generate(), *dtls::Certificate::generate(), *dtls::Certificate::generate()};
  return kCertificates.at(static_cast<std::size_t>(which));
}

std::vector<sctp::ChannelConfig> one_channel(const std::string& label) {
  std::vector<sctp::ChannelConfig> out(1);
  out[0].label = label;
  return out;
}

struct Pair {
  explicit Pair(std::vector<sctp::ChannelConfig> server_channels = {}, std::vector<std::string> client_channels = {})
      : initialised(srtp::initialise()),
        local(ice::make_credentials(random, 0)),
        server(now, server_config(std::move(server_channels))),
        client(now, {certificate(1), {}, std::move(client_channels), {}}, random) {}

  Config server_config(std::vector<sctp::ChannelConfig> channels) const {
    Config config;
    config.local = local;
    config.certificate = certificate(0);
    config.channels = std::move(channels);
    return config;
  }
  void set_remote(int client_certificate = 1) {
    server.set_remote(now, {client.credentials(), certificate(client_certificate)->fingerprint()});
  }
  void start() {
    set_remote();
    client.connect(now, {local, {kServer}, certificate(0)->fingerprint()});
  }

  // Everything in flight arrives at once, 1 ms after it left; then time goes on to the next deadline.
  bool run_until(const std::function<bool()>& condition, Duration limit = 10s) {
    const TimePoint end = now + limit;
    while (!condition()) {
      if (now > end) return false;
      if (!exchange()) {
        now = std::max(now + 1ms,
                       std::min(now + sctp::Stack::kTimerInterval, soonest(server.deadline(), client.deadline())));
        sctp::Stack::handle_timers(now);
        server.collect();
        client.collect();
        server.handle_timeout(now);
        client.handle_timeout(now);
      }
      while (auto event = server.poll_event()) events.push_back(std::move(*event));
    }
    return true;
  }
  bool exchange() {
    bool any = false;
    while (auto transmit = client.poll_transmit()) {
      any = true;
      if (!client_link) continue;
      const auto received = server.handle_datagram(now, kClient, transmit->bytes);
      if (!received) {
        drops.count(received.error());
      } else if (received->kind != Received::Kind::kNone) {
        media.push_back(
            {received->kind, {transmit->bytes.begin(), transmit->bytes.begin() + static_cast<long>(received->size)}});
      }
    }
    while (auto transmit = server.poll_transmit()) {
      any = true;
      EXPECT_EQ(transmit->to, kClient);
      client.handle_datagram(now, kServer, transmit->bytes);
    }
    if (any) now += 1ms;
    return any;
  }
  bool connect() {
    start();
    return run_until([this] { return server.connected() && client.connected(); });
  }
  template <class E>
  [[nodiscard]] std::vector<E> events_of() const {
    std::vector<E> out;
    for (const Event& event : events) {
      if (const E* found = std::get_if<E>(&event)) out.push_back(*found);
    }
    return out;
  }
  // Seals and delivers one packet of the server's.
  void send_rtp(ByteView packet) {
    std::vector<std::uint8_t> slot(packet.begin(), packet.end());
    slot.resize(packet.size() + srtp::kMaxOverhead);
    const auto size = server.protect_rtp(slot, packet.size());
    ASSERT_TRUE(size);
    client.handle_datagram(now, kServer, ByteSpan(slot).first(*size));
  }

  struct Media {
    Received::Kind kind;
    std::vector<std::uint8_t> bytes;
  };

  Result<void, Error> initialised;
  SeededRandom random{5};
  TimePoint now{Duration{1'767'225'600'000'000}};
  ice::Credentials local;
  Transport server;
  test::ClientTransport client;
  bool client_link = true;
  std::vector<Event> events;
  std::vector<Media> media;
  DropCounters drops;
};

std::vector<std::uint8_t> rtp_packet(std::uint16_t sequence) {
  std::vector<std::uint8_t> bytes(rtp::kFixedHeaderSize + 20, 0x5a);
  rtp::write_fixed_header(bytes, {true, PayloadType{96}, sequence, 3000U * sequence, Ssrc{77}, false});
  return bytes;
}

// A receiver report without blocks.
const std::vector<std::uint8_t> kReport = {0x80, 201, 0, 1, 0, 0, 0, 9};

TEST(PeerTransport, ConnectsAndCarriesMediaBothWays) {
  Pair pair;
  ASSERT_TRUE(pair.connect());
  ASSERT_TRUE(pair.run_until([&] { return !pair.events.empty(); }));
  EXPECT_EQ(pair.events_of<Connected>().size(), 1U);
  EXPECT_EQ(pair.server.remote_address(), kClient);

  ASSERT_TRUE(pair.client.send_rtp(rtp_packet(1)));
  ASSERT_TRUE(pair.client.send_rtcp(kReport));
  ASSERT_TRUE(pair.run_until([&] { return pair.media.size() == 2; }));
  EXPECT_EQ(pair.media[0].kind, Received::Kind::kRtp);
  EXPECT_EQ(pair.media[0].bytes, rtp_packet(1));
  EXPECT_EQ(pair.media[1].kind, Received::Kind::kRtcp);
  EXPECT_EQ(pair.media[1].bytes, kReport);

  pair.send_rtp(rtp_packet(2));
  const auto received = pair.client.poll_packet();
  ASSERT_TRUE(received);
  EXPECT_FALSE(received->rtcp);
  EXPECT_EQ(received->bytes, rtp_packet(2));
  EXPECT_EQ(pair.client.rejected(), 0U);
}

TEST(PeerTransport, ReplayedPacketIsRefused) {
  Pair pair;
  ASSERT_TRUE(pair.connect());
  ASSERT_TRUE(pair.client.send_rtp(rtp_packet(1)));
  std::vector<std::uint8_t> sealed;
  while (auto transmit = pair.client.poll_transmit()) sealed = std::move(transmit->bytes);
  std::vector<std::uint8_t> copy = sealed;
  EXPECT_TRUE(pair.server.handle_datagram(pair.now, kClient, sealed));
  const auto again = pair.server.handle_datagram(pair.now, kClient, copy);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error(), DropReason::kSrtpReplay);
}

TEST(PeerTransport, HandshakeBeforeTheDescriptionIsCompletedByIt) {
  // The client's first checks and its ClientHello can overtake what its signalling says.
  Pair pair;
  pair.client.connect(pair.now, {pair.local, {kServer}, certificate(0)->fingerprint()});
  ASSERT_FALSE(pair.run_until([&] { return pair.server.connected(); }, 300ms))
      << "nobody is connected before the fingerprint is known";
  pair.set_remote();
  EXPECT_TRUE(pair.run_until([&] { return pair.server.connected() && pair.client.connected(); }));
}

TEST(PeerTransport, WrongFingerprintEndsItAsDtlsFailed) {
  Pair pair;
  pair.set_remote(2);
  pair.client.connect(pair.now, {pair.local, {kServer}, certificate(0)->fingerprint()});
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<Ended>().empty(); }));
  EXPECT_EQ(pair.events_of<Ended>()[0].reason, EndReason::kDtlsFailed);
  EXPECT_TRUE(pair.events_of<Connected>().empty());
  EXPECT_FALSE(pair.server.connected());
  EXPECT_EQ(pair.server.deadline(), kNever);
  std::vector<std::uint8_t> slot(200);
  EXPECT_EQ(pair.server.protect_rtp(slot, 40).error(), DropReason::kSrtpNotReady);
}

TEST(PeerTransport, MediaBeforeTheHandshakeIsNotReady) {
  Pair pair;
  pair.set_remote();
  std::vector<std::uint8_t> packet = rtp_packet(1);
  std::vector<std::uint8_t> report = kReport;
  EXPECT_EQ(pair.server.handle_datagram(pair.now, kClient, packet).error(), DropReason::kSrtpNotReady);
  EXPECT_EQ(pair.server.handle_datagram(pair.now, kClient, report).error(), DropReason::kSrtpNotReady);
  std::vector<std::uint8_t> slot(200);
  EXPECT_EQ(pair.server.protect_rtp(slot, 40).error(), DropReason::kSrtpNotReady);
  EXPECT_EQ(pair.server.protect_rtcp(slot, 8).error(), DropReason::kSrtpNotReady);
  EXPECT_EQ(pair.server.send_data("_reliable", as_bytes("x")).error(), DropReason::kSctpNotReady);
}

TEST(PeerTransport, UnknownFirstByteIsDropped) {
  Pair pair;
  std::vector<std::uint8_t> datagram = {100, 1, 2, 3};
  EXPECT_EQ(pair.server.handle_datagram(pair.now, kClient, datagram).error(), DropReason::kUnknownFirstByte);
}

TEST(PeerTransport, NobodyComesEndsItAsNeverConnected) {
  Pair pair;
  pair.set_remote();
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<Ended>().empty(); }, 30s));
  EXPECT_EQ(pair.events_of<Ended>()[0].reason, EndReason::kNeverConnected);
}

TEST(PeerTransport, ChecksWithoutAHandshakeEndItAsDtlsFailed) {
  Pair pair;
  pair.start();
  // Only STUN passes.
  const TimePoint end = pair.now + 40s;
  while (pair.events_of<Ended>().empty() && pair.now < end) {
    while (auto transmit = pair.client.poll_transmit()) {
      if (classify(transmit->bytes) == DatagramKind::kStun) {
        (void)pair.server.handle_datagram(pair.now, kClient, transmit->bytes);
      }
    }
    while (auto transmit = pair.server.poll_transmit()) {
      pair.client.handle_datagram(pair.now, kServer, transmit->bytes);
    }
    pair.now += 50ms;
    pair.client.handle_timeout(pair.now);
    pair.server.handle_timeout(pair.now);
    while (auto event = pair.server.poll_event()) pair.events.push_back(std::move(*event));
  }
  ASSERT_EQ(pair.events_of<Ended>().size(), 1U);
  EXPECT_EQ(pair.events_of<Ended>()[0].reason, EndReason::kDtlsFailed);
}

TEST(PeerTransport, SilentClientExpires) {
  Pair pair;
  ASSERT_TRUE(pair.connect());
  pair.client_link = false;
  const TimePoint silent_since = pair.now;
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<Ended>().empty(); }, 30s));
  EXPECT_EQ(pair.events_of<Ended>()[0].reason, EndReason::kConsentExpired);
  EXPECT_GE(pair.now - silent_since, 14s);
  EXPECT_LE(pair.now - silent_since, 16s);
}

TEST(PeerTransport, ChannelOfTheClientCarriesBothWays) {
  Pair pair({}, {"_reliable"});
  ASSERT_TRUE(pair.connect());
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<ChannelOpened>().empty(); }));
  EXPECT_EQ(pair.events_of<ChannelOpened>()[0].label, "_reliable");
  EXPECT_TRUE(pair.events_of<ChannelOpened>()[0].by_peer);

  ASSERT_TRUE(pair.client.send_data("_reliable", as_bytes("up")));
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<DataMessage>().empty(); }));
  const DataMessage up = pair.events_of<DataMessage>()[0];
  EXPECT_EQ(up.label, "_reliable");
  EXPECT_EQ(std::string(up.payload.begin(), up.payload.end()), "up");

  ASSERT_TRUE(pair.server.send_data("_reliable", as_bytes("down")));
  std::optional<test::ClientTransport::Data> down;
  ASSERT_TRUE(pair.run_until([&] { return (down = pair.client.poll_data()).has_value(); }));
  EXPECT_EQ(down->label, "_reliable");
  EXPECT_EQ(std::string(down->payload.begin(), down->payload.end()), "down");
  EXPECT_EQ(pair.server.send_data("_lossy", as_bytes("x")).error(), DropReason::kSctpNotReady);
}

TEST(PeerTransport, ChannelOfTheServerCarriesBothWays) {
  Pair pair(one_channel("_lossy"));
  ASSERT_TRUE(pair.connect());
  ASSERT_TRUE(pair.run_until([&] { return pair.client.channel_open("_lossy"); }));
  EXPECT_FALSE(pair.events_of<ChannelOpened>()[0].by_peer);
  ASSERT_TRUE(pair.server.send_data("_lossy", as_bytes("down")));
  ASSERT_TRUE(pair.run_until([&] { return pair.client.poll_data().has_value(); }));
  ASSERT_TRUE(pair.client.send_data("_lossy", as_bytes("up")));
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<DataMessage>().empty(); }));
  EXPECT_EQ(pair.events_of<DataMessage>()[0].label, "_lossy");
}

TEST(PeerTransport, MessageOfManyPacketsArrivesWhole) {
  Pair pair({}, {"_reliable"});
  ASSERT_TRUE(pair.connect());
  ASSERT_TRUE(pair.run_until([&] { return pair.client.channel_open("_reliable"); }));
  std::vector<std::uint8_t> big(60'000);
  for (std::size_t i = 0; i < big.size(); ++i) big[i] = static_cast<std::uint8_t>(i * 31);
  ASSERT_TRUE(pair.client.send_data("_reliable", big));
  ASSERT_TRUE(pair.run_until([&] { return !pair.events_of<DataMessage>().empty(); }));
  EXPECT_EQ(pair.events_of<DataMessage>()[0].payload, big);
}

TEST(PeerTransport, CloseSendsCloseNotifyAndNothingAfterIt) {
  Pair pair;
  ASSERT_TRUE(pair.connect());
  pair.server.close();
  ASSERT_TRUE(pair.run_until([&] { return pair.client.dtls_state() == dtls::State::kClosed; }, 1s));
  std::vector<std::uint8_t> slot(200);
  EXPECT_EQ(pair.server.protect_rtp(slot, 40).error(), DropReason::kSrtpNotReady);
  EXPECT_EQ(pair.server.deadline(), kNever);
  pair.server.close();
  EXPECT_FALSE(pair.server.poll_transmit());
}

TEST(PeerTransport, IceRestartKeepsMedia) {
  Pair pair;
  ASSERT_TRUE(pair.connect());
  const ice::Credentials fresh = ice::make_credentials(pair.random, 0);
  pair.client.restart(pair.now);
  pair.server.restart_ice(fresh);
  // In between, media goes on both ways with the keys there are.
  pair.send_rtp(rtp_packet(1));
  EXPECT_TRUE(pair.client.poll_packet());
  ASSERT_TRUE(pair.client.send_rtp(rtp_packet(5)));
  ASSERT_TRUE(pair.run_until([&] { return pair.media.size() == 1; }));

  pair.set_remote();
  pair.client.connect_restarted(pair.now, {fresh, {kServer}, certificate(0)->fingerprint()});
  ASSERT_TRUE(pair.run_until([&] { return pair.client.ice().connected(); }));
  EXPECT_EQ(pair.server.ice().local(), fresh);
  pair.send_rtp(rtp_packet(2));
  EXPECT_TRUE(pair.client.poll_packet());
  ASSERT_TRUE(pair.client.send_rtp(rtp_packet(6)));
  ASSERT_TRUE(pair.run_until([&] { return pair.media.size() == 2; }));
  EXPECT_EQ(pair.media[1].bytes, rtp_packet(6));
  EXPECT_EQ(pair.events_of<Connected>().size(), 1U) << "no second handshake";
  EXPECT_TRUE(pair.events_of<Ended>().empty());
}

}  // namespace
}  // namespace parley::peer
