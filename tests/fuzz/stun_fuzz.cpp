// STUN as it arrives from anybody: routing by ufrag, the lite agent's checks and the answers to a controlling agent.
// Bytes 0..: the message. When it lacks integrity it must change nothing; when it is answered the answer must be STUN.
#include <array>
#include <cstddef>
#include <cstdint>

#include "ice/controlling_agent.h"
#include "ice/lite_agent.h"

namespace {

using namespace parley;

constexpr TimePoint kStart{1000s};
const Address from_addr = Address::v4(192, 0, 2, 1, 1000);

void check(bool holds) {
  if (!holds) __builtin_trap();
}

void feed_lite(ByteView message) {
  // The credentials of RFC 5769, so that its request (a seed) passes authentication.
  ice::LiteAgent agent(kStart, {"evtj", "VOkJxbRl1RmTxUk/WvJxBt"});
  std::array<std::uint8_t, ice::LiteAgent::kMaxResponseSize> out{};
  const auto handled = agent.handle_stun(kStart, from_addr, message, out);
  if (!handled) {
    check(agent.state() == ice::State::kNew);
    return;
  }
  check(handled->response_size >= 20 && handled->response_size <= out.size());
  check(handled->refused.has_value() == (agent.state() == ice::State::kNew));
  check(agent.selected().has_value() == !handled->refused.has_value());
  // Our answers are no requests: two agents cannot answer each other for ever.
  check(!ice::peek_local_ufrag(ByteView(out).first(handled->response_size)).has_value());
}

void feed_controlling(ByteView message) {
  SeededRandom random(1);
  ice::ControllingAgent agent(kStart, {"client", "client-password"}, random);
  agent.set_remote(kStart, {"evtj", "VOkJxbRl1RmTxUk/WvJxBt"});
  agent.add_remote_candidate(kStart, from_addr, 1);
  (void)agent.handle_stun(kStart, from_addr, message);
  check(!agent.connected());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView message(data, size);
  if (const auto ufrag = ice::peek_local_ufrag(message)) {
    check(!ufrag->empty() && ufrag->size() < size);
    (void)ice::shard_of(*ufrag);
  }
  (void)ice::shard_of(as_text(message));
  feed_lite(message);
  feed_controlling(message);
  return 0;
}
