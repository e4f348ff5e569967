// SRTP and SRTCP from anybody. Byte 0 chooses the profile; the rest is a packet, opened as RTP and as RTCP, and also
// sealed first: what we seal we must open again, byte for byte.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "srtp/session.h"

namespace {

using namespace parley;

void check(bool holds) {
  if (!holds) __builtin_trap();
}

constexpr srtp::Profile kProfiles[] = {srtp::Profile::kAes128CmHmacSha1_80, srtp::Profile::kAeadAes128Gcm,
                                       srtp::Profile::kAeadAes256Gcm};

template <class Seal, class Open>
void round_trip(ByteView plain, Seal seal, Open open) {
  std::vector<std::uint8_t> buffer(plain.begin(), plain.end());
  buffer.resize(plain.size() + srtp::kMaxOverhead);
  const auto sealed = seal(ByteSpan(buffer), plain.size());
  if (!sealed) return;
  check(*sealed > plain.size() && *sealed <= buffer.size());
  if (*sealed > 1600) return;
  const auto opened = open(ByteSpan(buffer).first(*sealed));
  check(opened.has_value() && *opened == plain.size() && std::equal(plain.begin(), plain.end(), buffer.begin()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const srtp::Profile profile = kProfiles[data[0] % std::size(kProfiles)];
  const ByteView packet = ByteView(data, size).subspan(1);
  const std::vector<std::uint8_t> key(srtp::key_size(profile) + srtp::salt_size(profile), 0x5a);
  auto sender = srtp::Sender::create(profile, key);
  auto receiver = srtp::Receiver::create(profile, key);
  check(sender.has_value() && receiver.has_value());

  std::vector<std::uint8_t> copy(packet.begin(), packet.end());
  const auto rtp = receiver->unprotect_rtp(copy);
  check(!rtp || *rtp < packet.size());
  copy.assign(packet.begin(), packet.end());
  const auto rtcp = receiver->unprotect_rtcp(copy);
  check(!rtcp || *rtcp < packet.size());

  round_trip(
      packet, [&](ByteSpan buffer, std::size_t n) { return sender->protect_rtp(buffer, n); },
      [&](ByteSpan sealed) { return receiver->unprotect_rtp(sealed); });
  round_trip(
      packet, [&](ByteSpan buffer, std::size_t n) { return sender->protect_rtcp(buffer, n); },
      [&](ByteSpan sealed) { return receiver->unprotect_rtcp(sealed); });
  return 0;
}
