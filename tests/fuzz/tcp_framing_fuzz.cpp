// One stream of bytes, cut into reads in two ways: whole, and as the first byte says. Both must give the same packets,
// and what was given must be what the stream says.
#include "net/tcp_framing.h"

#include <algorithm>
#include <vector>

namespace {

using parley::ByteView;
using parley::net::TcpDeframer;

struct Outcome {
  std::vector<std::vector<std::uint8_t>> packets;
  bool failed = false;
  bool operator==(const Outcome&) const = default;
};

void check(bool holds) {
  if (!holds) __builtin_trap();
}

void drain(TcpDeframer& deframer, Outcome& out) {
  for (;;) {
    const auto packet = deframer.next();
    out.failed = !packet;
    if (!packet || !*packet) return;
    const ByteView back = deframer.unread_with_last_frame();
    check(back.size() == deframer.unread().size() + parley::net::kTcpFrameHeader + (**packet).size());
    check(!(**packet).empty() && (**packet).size() <= parley::kMaxPacketSize);
    out.packets.emplace_back((**packet).begin(), (**packet).end());
  }
}

Outcome run(ByteView stream, std::size_t step) {
  TcpDeframer deframer;
  Outcome out;
  while (!stream.empty() && !out.failed) {
    const std::size_t n = deframer.feed(stream.first(std::min(step, stream.size())));
    check(n != 0);
    stream = stream.subspan(n);
    drain(deframer, out);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView stream = ByteView(data, size).subspan(1);
  const Outcome whole = run(stream, TcpDeframer::kCapacity);
  check(whole == run(stream, 1U + data[0]));

  // Written again, the packets give themselves.
  std::vector<std::uint8_t> written;
  for (const auto& packet : whole.packets) {
    std::vector<std::uint8_t> frame(packet.size() + parley::net::kTcpFrameHeader);
    check(parley::net::write_tcp_frame(packet, frame).value() == frame.size());
    written.insert(written.end(), frame.begin(), frame.end());
  }
  check(run(written, TcpDeframer::kCapacity).packets == whole.packets);
  return 0;
}
