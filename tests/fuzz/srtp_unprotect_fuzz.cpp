// SRTP and SRTCP from anybody. Byte 0 chooses the profile; the rest is a packet, opened as RTP and as RTCP, and also
// sealed first: what we seal we must open again, byte for byte.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
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

// Sessions are dear to make (NSS), so each profile has one pair, which forgets the input's streams after it.
struct Ends {
  explicit Ends(srtp::Profile profile)
      : key(srtp::key_size(profile) + srtp::salt_size(profile), 0x5a),
        sender(srtp::Sender::create(profile, key).value()),
        receiver(srtp::Receiver::create(profile, key).value()) {}
  void forget(ByteView packet, std::size_t ssrc_offset) {
    if (packet.size() < ssrc_offset + 4) return;
    const auto ssrc = load_be<std::uint32_t>(packet.data() + ssrc_offset);
    sender.remove_stream(ssrc);
    receiver.remove_stream(ssrc);
  }

  std::vector<std::uint8_t> key;
  srtp::Sender sender;
  srtp::Receiver receiver;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Ends all[] = {Ends(kProfiles[0]), Ends(kProfiles[1]), Ends(kProfiles[2])};
  if (size == 0) return 0;
  Ends& ends = all[data[0] % std::size(all)];
  const ByteView packet = ByteView(data, size).subspan(1);

  std::vector<std::uint8_t> copy(packet.begin(), packet.end());
  const auto rtp = ends.receiver.unprotect_rtp(copy);
  check(!rtp || *rtp < packet.size());
  copy.assign(packet.begin(), packet.end());
  const auto rtcp = ends.receiver.unprotect_rtcp(copy);
  check(!rtcp || *rtcp < packet.size());

  round_trip(
      packet, [&](ByteSpan buffer, std::size_t n) { return ends.sender.protect_rtp(buffer, n); },
      [&](ByteSpan sealed) { return ends.receiver.unprotect_rtp(sealed); });
  ends.forget(packet, 8);
  round_trip(
      packet, [&](ByteSpan buffer, std::size_t n) { return ends.sender.protect_rtcp(buffer, n); },
      [&](ByteSpan sealed) { return ends.receiver.unprotect_rtcp(sealed); });
  ends.forget(packet, 4);
  return 0;
}
