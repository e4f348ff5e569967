#include "srtp/session.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace parley::srtp {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes from_hex(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(kDigits.find(text[i]) * 16 + kDigits.find(text[i + 1])));
  }
  return out;
}

constexpr Profile kProfiles[] = {Profile::kAes128CmHmacSha1_80, Profile::kAeadAes128Gcm, Profile::kAeadAes256Gcm};

Bytes key_for(Profile profile, std::uint8_t seed = 1) {
  Bytes out(key_size(profile) + salt_size(profile));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(seed * 31 + i);
  return out;
}

Bytes rtp(std::uint16_t sequence, std::uint32_t ssrc = 0x01020304, std::size_t payload = 40) {
  Bytes out(12 + payload);
  out[0] = 0x80;
  out[1] = 96;
  store_be<std::uint16_t>(out.data() + 2, sequence);
  store_be<std::uint32_t>(out.data() + 8, ssrc);
  for (std::size_t i = 12; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i);
  return out;
}

Bytes receiver_report(std::uint32_t ssrc = 0x01020304) {
  Bytes out{0x80, 201, 0, 1, 0, 0, 0, 0};
  store_be<std::uint32_t>(out.data() + 4, ssrc);
  return out;
}

struct Ends {
  explicit Ends(Profile profile)
      : sender(Sender::create(profile, key_for(profile)).value()),
        receiver(Receiver::create(profile, key_for(profile)).value()) {}

  Bytes seal(const Bytes& plain) {
    Bytes buffer = plain;
    buffer.resize(plain.size() + kMaxOverhead);
    buffer.resize(sender.protect_rtp(buffer, plain.size()).value());
    return buffer;
  }
  Bytes seal_rtcp(const Bytes& plain) {
    Bytes buffer = plain;
    buffer.resize(plain.size() + kMaxOverhead);
    buffer.resize(sender.protect_rtcp(buffer, plain.size()).value());
    return buffer;
  }
  Result<Bytes> open(Bytes sealed) {
    const auto size = receiver.unprotect_rtp(sealed);
    if (!size) return size.error();
    sealed.resize(*size);
    return sealed;
  }
  Result<Bytes> open_rtcp(Bytes sealed) {
    const auto size = receiver.unprotect_rtcp(sealed);
    if (!size) return size.error();
    sealed.resize(*size);
    return sealed;
  }

  Sender sender;
  Receiver receiver;
};

// ---- known answers ----
//
// RFC 7714 gives its packets for session keys and RFC 3711 its keys without packets, while libsrtp is given master
// keys. So the expected bytes come from a separate implementation (Python's cryptography package) of the key derivation
// of RFC 3711 section 4.3 and the transforms, which was first held against RFC 7714 sections 16.1.1, 16.2.1, 17.1
// and 17.2 and RFC 3711 appendix B.3. Plain packets, GCM keys and salt are those of RFC 7714; the CM key is that of
// B.3.

constexpr std::string_view kPlainRtp =
    "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
    "20696e207061727465732074726573";
constexpr std::string_view kPlainRtcp =
    "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

struct KnownAnswer {
  Profile profile;
  std::string_view key;
  std::string_view sealed_rtp;
  std::string_view sealed_rtcp;  // SRTCP index 1, the first that libsrtp uses
};

constexpr KnownAnswer kKnownAnswers[] = {
    {Profile::kAes128CmHmacSha1_80, "e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6",
     "8040f17b8041f8d35501a0b246be74509aaa5ce4310b26d95e135249979cd7bc38109ee071f7bf3aa8495d6dd41778d02641cbe126523e4f"
     "e97e1d91",
     "81c8000d4d617273f2bb7b81f9b988034c297110352c53781268f3d76040350f49086b0a2297239aeebaf47f1a17638ae7a25bc880000001"
     "432cfe93cba0c4783d44"},
    {Profile::kAeadAes128Gcm, "000102030405060708090a0b0c0d0e0f517569642070726f2071756f",
     "8040f17b8041f8d35501a0b292cb0ecff0a0db188f7bff6b523933aacef8ae9585ed378a627836cb2d6a731d6c3490d925387db18c066176"
     "2d59e50ad553d241535a",
     "81c8000d4d6172736e525f96a03f0774056b3c595dc5fc69f9f17ef57a412beed41b52140f81a7b04c2c30f3a32afc8021dfbd46339c88a7"
     "f76cae84d03f3da7e4e1053a80000001"},
    {Profile::kAeadAes256Gcm,
     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f517569642070726f2071756f",
     "8040f17b8041f8d35501a0b2df5b1e1f065082d0567f12496f9de28ac7f237738c1577d4f1a9f1b89420cd94a57fec994be3e31c8ef3a25e"
     "1890b801251d3e1293c7",
     "81c8000d4d61727382e8741a30d28f9fb257d16c53ce11eaa47d257c0ae25eb5f20e89591d532df8ecd98a5391cc446edd535fb3d8a79b04"
     "2381a9af6ed2150d2665604380000001"},
};

TEST(SrtpVectorTest, SealedRtpMatchesTheKnownAnswer) {
  for (const KnownAnswer& row : kKnownAnswers) {
    auto sender = Sender::create(row.profile, from_hex(row.key)).value();
    Bytes buffer = from_hex(kPlainRtp);
    const std::size_t size = buffer.size();
    buffer.resize(size + kMaxOverhead);
    buffer.resize(sender.protect_rtp(buffer, size).value());
    EXPECT_EQ(buffer, from_hex(row.sealed_rtp));
  }
}

TEST(SrtpVectorTest, SealedRtcpMatchesTheKnownAnswer) {
  for (const KnownAnswer& row : kKnownAnswers) {
    auto sender = Sender::create(row.profile, from_hex(row.key)).value();
    Bytes buffer = from_hex(kPlainRtcp);
    const std::size_t size = buffer.size();
    buffer.resize(size + kMaxOverhead);
    buffer.resize(sender.protect_rtcp(buffer, size).value());
    EXPECT_EQ(buffer, from_hex(row.sealed_rtcp));
  }
}

TEST(SrtpVectorTest, KnownAnswersOpenToThePlainPackets) {
  for (const KnownAnswer& row : kKnownAnswers) {
    auto receiver = Receiver::create(row.profile, from_hex(row.key)).value();
    Bytes packet = from_hex(row.sealed_rtp);
    packet.resize(receiver.unprotect_rtp(packet).value());
    EXPECT_EQ(packet, from_hex(kPlainRtp));
    packet = from_hex(row.sealed_rtcp);
    packet.resize(receiver.unprotect_rtcp(packet).value());
    EXPECT_EQ(packet, from_hex(kPlainRtcp));
  }
}

// ---- behaviour, for every profile ----

class SrtpTest : public ::testing::TestWithParam<Profile> {
 protected:
  Ends ends_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Profiles, SrtpTest, ::testing::ValuesIn(kProfiles));

TEST_P(SrtpTest, KeyOfWrongSizeIsRefused) {
  for (const int delta : {-1, 1}) {
    Bytes key = key_for(GetParam());
    key.resize(key.size() + static_cast<std::size_t>(delta));
    EXPECT_EQ(Sender::create(GetParam(), key).error().code, "invalid_key");
    EXPECT_EQ(Receiver::create(GetParam(), key).error().code, "invalid_key");
  }
  EXPECT_FALSE(Sender::create(GetParam(), {}).has_value());
}

TEST_P(SrtpTest, RtpAndRtcpRoundTrip) {
  const Bytes packet = rtp(1);
  const Bytes sealed = ends_.seal(packet);
  EXPECT_GT(sealed.size(), packet.size());
  EXPECT_LE(sealed.size(), packet.size() + kMaxOverhead);
  EXPECT_NE(Bytes(sealed.begin() + 12, sealed.begin() + 52), Bytes(packet.begin() + 12, packet.end()));
  EXPECT_EQ(ends_.open(sealed).value(), packet);

  const Bytes report = receiver_report();
  const Bytes sealed_report = ends_.seal_rtcp(report);
  EXPECT_LE(sealed_report.size(), report.size() + kMaxOverhead);
  EXPECT_EQ(ends_.open_rtcp(sealed_report).value(), report);
}

TEST_P(SrtpTest, EmptyPayloadRoundTrips) {
  const Bytes packet = rtp(1, 5, 0);
  EXPECT_EQ(ends_.open(ends_.seal(packet)).value(), packet);
}

TEST_P(SrtpTest, MovedSessionsGoOn) {
  Sender sender = std::move(ends_.sender);
  ends_.sender = std::move(sender);
  Receiver receiver = std::move(ends_.receiver);
  ends_.receiver = std::move(receiver);
  EXPECT_EQ(ends_.open(ends_.seal(rtp(1))).value(), rtp(1));
}

TEST_P(SrtpTest, EveryTamperedByteFailsAuthentication) {
  const Bytes sealed = ends_.seal(rtp(7));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    if (i == 0) continue;  // version, extension and CSRC count: may be malformed instead
    Bytes bad = sealed;
    bad[i] ^= 1U;
    EXPECT_EQ(ends_.open(bad).error(), DropReason::kSrtpAuthentication) << i;
  }
  EXPECT_EQ(ends_.open(sealed).value(), rtp(7));  // and none of them spoilt the state
}

TEST_P(SrtpTest, EveryTamperedRtcpByteFailsAuthentication) {
  const Bytes sealed = ends_.seal_rtcp(receiver_report());
  for (std::size_t i = 1; i < sealed.size(); ++i) {
    Bytes bad = sealed;
    bad[i] ^= 1U;
    const auto opened = ends_.open_rtcp(bad);
    ASSERT_FALSE(opened.has_value()) << i;
    // The E bit says "encrypted"; without it the policy is violated before the tag is looked at.
    EXPECT_TRUE(opened.error() == DropReason::kSrtpAuthentication || opened.error() == DropReason::kSrtpInternal) << i;
  }
  EXPECT_EQ(ends_.open_rtcp(sealed).value(), receiver_report());
}

TEST_P(SrtpTest, AnotherKeyFailsAuthentication) {
  auto other = Receiver::create(GetParam(), key_for(GetParam(), 2)).value();
  Bytes sealed = ends_.seal(rtp(7));
  EXPECT_EQ(other.unprotect_rtp(sealed).error(), DropReason::kSrtpAuthentication);
}

TEST_P(SrtpTest, RepeatedPacketIsReplay) {
  const Bytes sealed = ends_.seal(rtp(7));
  EXPECT_TRUE(ends_.open(sealed).has_value());
  EXPECT_EQ(ends_.open(sealed).error(), DropReason::kSrtpReplay);
  const Bytes report = ends_.seal_rtcp(receiver_report());
  EXPECT_TRUE(ends_.open_rtcp(report).has_value());
  EXPECT_EQ(ends_.open_rtcp(report).error(), DropReason::kSrtpReplay);
}

TEST_P(SrtpTest, ReplayWindowIs1024Packets) {
  std::vector<Bytes> sealed;
  for (std::uint16_t i = 0; i < 1030; ++i) sealed.push_back(ends_.seal(rtp(i)));
  EXPECT_TRUE(ends_.open(sealed[1029]).has_value());
  EXPECT_TRUE(ends_.open(sealed[1029 - 1023]).has_value());
  EXPECT_EQ(ends_.open(sealed[1029 - 1024]).error(), DropReason::kRtpTooOld);
  EXPECT_EQ(ends_.open(sealed[0]).error(), DropReason::kRtpTooOld);
}

TEST_P(SrtpTest, ReorderedPacketsOpen) {
  std::vector<Bytes> sealed;
  for (std::uint16_t i = 0; i < 10; ++i) sealed.push_back(ends_.seal(rtp(i)));
  for (const std::size_t i : {0U, 5U, 3U, 9U, 1U, 2U, 8U, 4U, 7U, 6U})
    EXPECT_TRUE(ends_.open(sealed[i]).has_value()) << i;
}

TEST_P(SrtpTest, SequenceWrapRaisesTheRolloverCounter) {
  for (std::uint32_t i = 65530; i < 65545; ++i) {
    const auto sequence = static_cast<std::uint16_t>(i);
    EXPECT_EQ(ends_.open(ends_.seal(rtp(sequence))).value(), rtp(sequence)) << i;
  }
  // The same sequence number in another turn of the counter is sealed differently.
  Ends fresh(GetParam());
  EXPECT_NE(ends_.seal(rtp(100)), fresh.seal(rtp(100)));
}

TEST_P(SrtpTest, WrapSurvivesLossAndReordering) {
  std::vector<std::pair<std::uint16_t, Bytes>> sealed;
  for (std::uint32_t i = 65500; i < 65600; ++i) {
    const auto sequence = static_cast<std::uint16_t>(i);
    sealed.emplace_back(sequence, ends_.seal(rtp(sequence)));
  }
  const auto open = [&](std::size_t i) { return ends_.open(sealed[i].second).has_value(); };
  EXPECT_TRUE(open(10));
  EXPECT_TRUE(open(50));  // 65535 and 0 were lost
  EXPECT_TRUE(open(34));  // late, from before the wrap
  EXPECT_TRUE(open(99));
  EXPECT_TRUE(open(35));
}

TEST_P(SrtpTest, SecondWrapOpensToo) {
  std::uint16_t sequence = 0;
  for (int i = 0; i < 3 * 65536; i += 1000) {
    sequence = static_cast<std::uint16_t>(sequence + 1000);
    ASSERT_TRUE(ends_.open(ends_.seal(rtp(sequence))).has_value()) << i;
  }
}

TEST_P(SrtpTest, SameSequenceMayBeSentAgainWithTheSameBytes) {
  const Bytes first = ends_.seal(rtp(7));
  (void)ends_.seal(rtp(8));
  EXPECT_EQ(ends_.seal(rtp(7)), first);
}

TEST_P(SrtpTest, SsrcsAreIndependent) {
  EXPECT_TRUE(ends_.open(ends_.seal(rtp(7, 1))).has_value());
  EXPECT_TRUE(ends_.open(ends_.seal(rtp(7, 2))).has_value());
}

TEST_P(SrtpTest, RemovedStreamStartsAnew) {
  // Distinct bytes, so that a mistake in byte order would remove nothing.
  constexpr std::uint32_t kSsrc = 0x01020304;
  const Bytes sealed = ends_.seal(rtp(7, kSsrc));
  EXPECT_TRUE(ends_.open(sealed).has_value());
  EXPECT_EQ(ends_.open(sealed).error(), DropReason::kSrtpReplay);
  ends_.receiver.remove_stream(0x04030201);
  EXPECT_EQ(ends_.open(sealed).error(), DropReason::kSrtpReplay);
  ends_.receiver.remove_stream(kSsrc);
  EXPECT_TRUE(ends_.open(sealed).has_value());

  // A sender that forgot may go back in sequence, which it otherwise must not.
  (void)ends_.seal(rtp(20'000, kSsrc));
  Bytes old = rtp(7, kSsrc);
  old.resize(old.size() + kMaxOverhead);
  EXPECT_EQ(ends_.sender.protect_rtp(old, old.size() - kMaxOverhead).error(), DropReason::kSrtpInternal);
  ends_.sender.remove_stream(kSsrc);
  EXPECT_EQ(ends_.seal(rtp(7, kSsrc)), sealed);
}

TEST_P(SrtpTest, EveryTruncationIsRefused) {
  const Bytes sealed = ends_.seal(rtp(7));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    const auto opened = ends_.open(Bytes(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size)));
    ASSERT_FALSE(opened.has_value()) << size;
    EXPECT_EQ(opened.error(), size < sealed.size() - 40 ? DropReason::kRtpMalformed : DropReason::kSrtpAuthentication)
        << size;
  }
  const Bytes report = ends_.seal_rtcp(receiver_report());
  for (std::size_t size = 0; size < report.size(); ++size) {
    EXPECT_FALSE(
        ends_.open_rtcp(Bytes(report.begin(), report.begin() + static_cast<std::ptrdiff_t>(size))).has_value());
  }
}

TEST_P(SrtpTest, HeaderBeyondThePacketIsMalformed) {
  Bytes sealed = ends_.seal(rtp(7));
  sealed[0] = 0x8f;  // 15 CSRCs: 60 bytes more than there are before the tag
  EXPECT_EQ(ends_.open(sealed).error(), DropReason::kRtpMalformed);
  sealed[0] = 0x90;  // an extension
  store_be<std::uint16_t>(sealed.data() + 14, 0xffff);
  EXPECT_EQ(ends_.open(sealed).error(), DropReason::kRtpMalformed);
}

TEST_P(SrtpTest, OversizePacketIsMalformed) {
  EXPECT_EQ(ends_.open(Bytes(1601, 0x80)).error(), DropReason::kRtpMalformed);
}

TEST_P(SrtpTest, SealingWithoutRoomOrHeaderIsRefused) {
  Bytes buffer = rtp(7);
  EXPECT_EQ(ends_.sender.protect_rtp(buffer, buffer.size()).error(), DropReason::kSrtpInternal);
  buffer.resize(100);
  EXPECT_EQ(ends_.sender.protect_rtp(buffer, 11).error(), DropReason::kSrtpInternal);
  EXPECT_EQ(ends_.sender.protect_rtcp(buffer, 7).error(), DropReason::kSrtpInternal);
}

TEST(SrtpInitialiseTest, MayBeCalledAgain) {
  EXPECT_TRUE(initialise().has_value());
  EXPECT_TRUE(initialise().has_value());
}

}  // namespace
}  // namespace parley::srtp
