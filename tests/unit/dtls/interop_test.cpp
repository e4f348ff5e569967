// Against OpenSSL's own client with other settings than ours, and against what is no DTLS at all.
#include <gtest/gtest.h>

#include "base/random.h"
#include "dtls/record_filter.h"
#include "dtls/transport.h"
#include "unit/dtls/link.h"

namespace parley::dtls {
namespace {

using testing::Bytes;
using testing::certificate;
using testing::kStart;
using testing::Link;
using testing::RawClient;

Transport server_for_raw_client() {
  Transport out(certificate(1), Role::kServer);
  out.set_remote_fingerprint(certificate(0)->fingerprint());
  out.start(kStart);
  return out;
}

TEST(DtlsInteropTest, ClientHelloInManyDatagramsConnects) {
  Transport server = server_for_raw_client();
  RawClient client({.mtu = 256, .hello_padding = 2000});
  client.advance();
  const auto hello = client.take();
  EXPECT_GE(hello.size(), 8U);
  for (const Bytes& fragment : hello) {
    EXPECT_LE(fragment.size(), 256U);
    EXPECT_TRUE(server.handle_datagram(kStart, fragment));
  }
  while (auto datagram = server.poll_transmit()) client.advance(*datagram);
  client.converse(server);
  EXPECT_TRUE(client.done());
  EXPECT_EQ(server.state(), State::kConnected);
}

TEST(DtlsInteropTest, FragmentsInAnyOrderAndTwiceConnect) {
  Transport server = server_for_raw_client();
  RawClient client({.mtu = 256, .hello_padding = 2000});
  client.advance();
  auto hello = client.take();
  std::reverse(hello.begin(), hello.end());
  for (const Bytes& fragment : hello) {
    EXPECT_TRUE(server.handle_datagram(kStart, fragment));
    EXPECT_TRUE(server.handle_datagram(kStart, fragment));
  }
  client.converse(server);
  EXPECT_EQ(server.state(), State::kConnected);
}

TEST(DtlsInteropTest, ProfileRows) {
  struct Row {
    const char* offered = "";
    std::optional<SrtpProfile> chosen;
  };
  for (const Row& row : {
           Row{"SRTP_AEAD_AES_128_GCM", SrtpProfile::kAeadAes128Gcm},
           Row{"SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM", SrtpProfile::kAeadAes128Gcm},
           Row{"SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_256_GCM", SrtpProfile::kAeadAes256Gcm},
           Row{"SRTP_AES128_CM_SHA1_80:SRTP_AES128_CM_SHA1_32", SrtpProfile::kAes128CmHmacSha1_80},
           Row{"SRTP_AES128_CM_SHA1_32", std::nullopt},
           Row{"", std::nullopt},
       }) {
    Transport server = server_for_raw_client();
    RawClient client({.srtp_profiles = row.offered});
    client.converse(server);
    ASSERT_EQ(server.state(), State::kConnected) << row.offered;
    const SrtpKeys* keys = server.srtp_keys();
    ASSERT_EQ(keys != nullptr, row.chosen.has_value()) << row.offered;
    if (keys == nullptr) continue;
    EXPECT_EQ(keys->profile, *row.chosen) << row.offered;
    const std::size_t size = *row.chosen == SrtpProfile::kAeadAes256Gcm         ? 32 + 12
                             : *row.chosen == SrtpProfile::kAes128CmHmacSha1_80 ? 16 + 14
                                                                                : 16 + 12;
    EXPECT_EQ(keys->local.size(), size);
    EXPECT_EQ(keys->remote.size(), size);
  }
}

TEST(DtlsInteropTest, ClientWithoutCertificateFails) {
  Transport server = server_for_raw_client();
  RawClient client({.with_certificate = false});
  client.converse(server);
  EXPECT_EQ(server.state(), State::kFailed);
}

TEST(DtlsInteropTest, OlderVersionFails) {
  Transport server = server_for_raw_client();
  RawClient client({.max_version = DTLS1_VERSION});
  client.converse(server);
  EXPECT_EQ(server.state(), State::kFailed);
  EXPECT_FALSE(client.done());
}

// ---- garbage ----

Bytes record(std::uint8_t type, std::uint16_t epoch, const Bytes& fragment, std::uint16_t version = 0xFEFD) {
  Bytes out(13);
  out[0] = type;
  store_be<std::uint16_t>(out.data() + 1, version);
  store_be<std::uint16_t>(out.data() + 3, epoch);
  store_be<std::uint16_t>(out.data() + 11, static_cast<std::uint16_t>(fragment.size()));
  out.insert(out.end(), fragment.begin(), fragment.end());
  return out;
}

Bytes handshake(std::uint8_t type, std::uint32_t length, std::uint32_t offset, std::uint32_t size,
                std::size_t present) {
  Bytes out(12 + present);
  out[0] = type;
  out[2] = static_cast<std::uint8_t>(length >> 8U);
  out[3] = static_cast<std::uint8_t>(length);
  out[1] = static_cast<std::uint8_t>(length >> 16U);
  out[7] = static_cast<std::uint8_t>(offset >> 8U);
  out[8] = static_cast<std::uint8_t>(offset);
  out[10] = static_cast<std::uint8_t>(size >> 8U);
  out[11] = static_cast<std::uint8_t>(size);
  return out;
}

// What a stranger may send that no handshake contains.
std::vector<Bytes> forgeries() {
  return {
      {},
      {22},
      Bytes(13, 22),
      Bytes(1200, 63),
      record(24, 0, {1, 2, 3}),                        // heartbeat
      record(63, 0, {1}),                              // unknown type
      record(22, 0, {}),                               // empty
      record(22, 0, {1, 2, 3}),                        // less than a message header
      record(22, 0, {1, 2, 3}, 0x0303),                // TLS
      record(23, 0, {1, 2, 3}),                        // data in plain
      record(21, 0, {1, 0}),                           // plain warning: close_notify
      record(21, 0, {2}),                              // half an alert
      record(20, 0, {2}),                              // no ChangeCipherSpec
      record(22, 0, handshake(20, 12, 0, 12, 12)),     // Finished in plain
      record(22, 0, handshake(99, 12, 0, 12, 12)),     // unknown message
      record(22, 0, handshake(1, 10, 8, 4, 4)),        // fragment beyond the message
      record(22, 0, handshake(1, 10, 0, 10, 4)),       // fragment beyond the record
      record(22, 0, handshake(1, 0xFFFFFF, 0, 4, 4)),  // 16 MiB to come
      record(22, 0, handshake(2, 4, 0, 4, 4)),         // ServerHello to a server
  };
}

TEST(DtlsGarbageTest, ForgeriesAreDroppedAtEveryStepAndTheHandshakeSucceeds) {
  for (const Duration pause : {0ms, 10ms, 20ms, 30ms, 40ms, 1000ms}) {
    Link link;
    link.trust_each_other();
    link.start();
    link.run_for(pause);
    for (const Bytes& forged : forgeries()) {
      for (int i = 0; i < 20; ++i) {  // OpenSSL tolerates a few of some kinds
        EXPECT_EQ(link.server.handle_datagram(link.now, forged).error(), DropReason::kDtlsMalformed);
      }
    }
    link.run_for(1s);
    EXPECT_TRUE(link.both_connected()) << to_millis(pause);
  }
}

TEST(DtlsGarbageTest, RandomBytesCostNothing) {
  SeededRandom random(5);
  for (const Duration pause : {0ms, 10ms, 20ms, 30ms, 1000ms}) {
    Link link;
    link.trust_each_other();
    link.start();
    link.run_for(pause);
    for (int i = 0; i < 500; ++i) {
      Bytes garbage(random.u32() % 1300);
      random.fill(garbage);
      if (!garbage.empty()) garbage[0] = static_cast<std::uint8_t>(20 + garbage[0] % 44);
      EXPECT_FALSE(link.server.handle_datagram(link.now, garbage).has_value());
      EXPECT_FALSE(link.client.handle_datagram(link.now, garbage).has_value());
    }
    link.run_for(1s);
    EXPECT_TRUE(link.both_connected());
  }
}

TEST(DtlsGarbageTest, EncryptedGarbageIsDiscardedSilently) {
  Link link;
  link.trust_each_other();
  link.start();
  link.run_for(1s);
  for (const std::uint8_t type : {20, 21, 22, 23}) {
    for (const std::uint16_t epoch : {1, 2, 9}) {
      for (int i = 0; i < 20; ++i) (void)link.server.handle_datagram(link.now, record(type, epoch, Bytes(64, type)));
    }
  }
  EXPECT_FALSE(link.server.poll_data());
  ASSERT_TRUE(link.client.send(Bytes{1}));
  link.run_for(1s);
  EXPECT_EQ(link.server.poll_data(), Bytes{1});
}

TEST(DtlsGarbageTest, EncryptedGarbageDuringTheHandshakeDoesNotFailIt) {
  for (const Duration pause : {10ms, 20ms, 30ms}) {
    Link link;
    link.trust_each_other();
    link.start();
    link.run_for(pause);
    for (const std::uint8_t type : {21, 22, 23}) {
      for (int i = 0; i < 20; ++i) {
        (void)link.server.handle_datagram(link.now, record(type, 1, Bytes(64, type)));
        (void)link.client.handle_datagram(link.now, record(type, 1, Bytes(64, type)));
      }
    }
    link.run_for(2s);
    EXPECT_TRUE(link.both_connected()) << to_millis(pause);
  }
}

TEST(DtlsGarbageTest, TamperedAndReplayedDataIsNotDelivered) {
  Link link;
  link.trust_each_other();
  link.start();
  link.run_for(1s);
  ASSERT_TRUE(link.client.send(Bytes{1, 2, 3}));
  link.collect();
  const Bytes sealed = link.log.back().second;
  for (std::size_t i = 13; i < sealed.size(); ++i) {
    Bytes bad = sealed;
    bad[i] ^= 1U;
    (void)link.server.handle_datagram(link.now, bad);
  }
  EXPECT_FALSE(link.server.poll_data());
  (void)link.server.handle_datagram(link.now, sealed);
  EXPECT_TRUE(link.server.poll_data());
  (void)link.server.handle_datagram(link.now, sealed);
  EXPECT_FALSE(link.server.poll_data());
  EXPECT_EQ(link.server.state(), State::kConnected);
}

TEST(DtlsGarbageTest, RecordsBeforeAHandshakeAreDropped) {
  Transport idle_client(certificate(0), Role::kClient);
  Link link;
  link.start();
  const Bytes hello = link.log.front().second;
  EXPECT_EQ(idle_client.handle_datagram(kStart, hello).error(), DropReason::kDtlsMalformed);
  EXPECT_EQ(idle_client.state(), State::kIdle);

  Transport idle_server(certificate(1), Role::kServer);
  for (const Bytes& early : {record(21, 0, {2, 40}), record(20, 0, {1}), record(23, 1, Bytes(50, 7)),
                             record(22, 0, handshake(16, 4, 0, 4, 4))}) {
    EXPECT_EQ(idle_server.handle_datagram(kStart, early).error(), DropReason::kDtlsMalformed);
  }
  EXPECT_EQ(idle_server.state(), State::kIdle);
  EXPECT_TRUE(idle_server.handle_datagram(kStart, hello));
  EXPECT_EQ(idle_server.state(), State::kHandshaking);
}

TEST(DtlsGarbageTest, FatalAlertOfThePeerFailsTheHandshake) {
  Link link;
  link.trust_each_other();
  link.start();
  EXPECT_EQ(link.client.handle_datagram(kStart, record(21, 0, {2, 40})).error(), DropReason::kDtlsHandshakeFailed);
  EXPECT_EQ(link.client.state(), State::kFailed);
  EXPECT_EQ(link.client.deadline(), kNever);
}

TEST(RecordFilterTest, EveryTruncationOfAHandshakeIsRefused) {
  Link link;
  link.trust_each_other();
  link.start();
  link.run_for(1s);
  for (const auto& [to, datagram] : link.log) {
    const Role role = to == Link::kServerSide ? Role::kServer : Role::kClient;
    EXPECT_TRUE(acceptable_records(datagram, role, false));
    std::size_t whole = 0;
    for (std::size_t size = 0; size < datagram.size(); ++size) {
      if (acceptable_records(ByteView(datagram).first(size), role, false)) ++whole;
    }
    EXPECT_LT(whole, 8U);  // only where one record ends and the next begins
  }
}

}  // namespace
}  // namespace parley::dtls
