// The packet path takes no memory once it runs: counted by this executable's own operator new.
// ThreadSanitizer brings its own allocator and no second one may stand beside it; the other builds run these tests.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PARLEY_THREAD_SANITIZER 1
#endif
#endif
#ifndef PARLEY_THREAD_SANITIZER

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <new>

#include "forward/incoming_track.h"
#include "forward/outgoing_track.h"
#include "unit/forward/support.h"

namespace {
std::atomic<std::size_t> allocations{0};
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  void* p = std::malloc(size);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t /*size*/) noexcept { std::free(p); }

namespace parley::forward {
namespace {

using testing::at_ms;

IncomingConfig incoming_config() {
  IncomingConfig c;
  c.kind = MediaKind::kVideo;
  c.codecs = {{.payload_type = PayloadType{96},
               .codec = codec::Codec::kVp8,
               .rtx_payload_type = PayloadType{97},
               .red_primary = {}}};
  c.encodings.resize(1);
  c.nack = true;
  c.pli = true;
  return c;
}

OutgoingConfig outgoing_config() {
  OutgoingConfig c;
  c.kind = MediaKind::kVideo;
  c.codec = codec::Codec::kVp8;
  c.payload_type = PayloadType{96};
  c.ssrc = Ssrc{1};
  c.rtx_payload_type = PayloadType{97};
  c.rtx_ssrc = Ssrc{2};
  return c;
}

TEST(PacketPath, TakesNoMemoryOnceItRuns) {
  PacketPool pool(4096);
  SenderClock clock;
  SeededRandom random(1);
  IncomingTrack incoming(incoming_config(), Ssrc{9}, clock);
  OutgoingTrack outgoing(outgoing_config(), random);
  PacketHistory history = PacketHistory::for_kind(MediaKind::kVideo);
  std::array<std::uint8_t, kMaxPacketSize> slot{};
  std::array<std::uint8_t, 1200> rtcp{};
  auto bytes = testing::rtp_bytes(
      {.marker = true, .payload_type = PayloadType{96}, .sequence = 0, .timestamp = 0, .ssrc = Ssrc{3}},
      testing::vp8_payload({.key = true}, 0, 1000));
  std::size_t before = 0;
  std::uint64_t sent = 0;
  for (int i = 0; i < 20'000; ++i) {
    if (i == 10'000) before = allocations;
    const TimePoint now = at_ms(i * 4);
    // Every fiftieth packet is lost; one in three hundred is a keyframe.
    if (i % 50 == 49) continue;
    store_be<std::uint16_t>(bytes.data() + 2, static_cast<std::uint16_t>(i));
    store_be<std::uint32_t>(bytes.data() + 4, static_cast<std::uint32_t>(i) * 3000U);
    bytes[rtp::kFixedHeaderSize + 6] = i % 300 == 0 ? 0 : 1;
    PacketRef packet = pool.copy_of(bytes);
    const auto view = rtp::PacketView::parse(packet.bytes());
    const auto feed = incoming.handle_rtp(now, std::move(packet), *view, {}, {0, 0, false});
    ASSERT_TRUE(feed);
    history.add(*feed);
    const auto written = outgoing.write(now, *feed, slot);
    if (written) ++sent;
    if (i % 10 == 0 && written) {
      static_cast<void>(outgoing.retransmit(now, written->sequence, history, slot));
    }
    ByteWriter out(rtcp);
    incoming.poll_rtcp(now, out);
  }
  EXPECT_EQ(allocations - before, 0U);
  EXPECT_GT(sent, 19'000U);
}

}  // namespace
}  // namespace parley::forward

#endif  // PARLEY_THREAD_SANITIZER
