// A socket that only records, on top of the world of signal_world.h.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "signal/livekit/session.h"
#include "unit/signal/signal_world.h"

namespace parley::signal::livekit::testing {

// Outlives the session's use of it; what was sent stays readable after the close.
class FakeSocket final : public http::WebSocketSession {
 public:
  void send(Payload payload, bool text) override { sent.push_back({std::move(payload), text}); }
  void close(std::uint16_t code, std::string_view reason) override {
    close_code = code;
    close_reason = reason;
  }
  [[nodiscard]] std::size_t queued_bytes() const override { return 0; }
  [[nodiscard]] const Address& peer() const override { return peer_; }

  [[nodiscard]] pb::SignalResponse response(std::size_t index) const {
    pb::SignalResponse out;
    EXPECT_LT(index, sent.size());
    const bool parsed = index < sent.size() && out.ParseFromString(*sent[index].first);
    EXPECT_TRUE(parsed);
    return out;
  }
  [[nodiscard]] pb::SignalResponse last() const { return response(sent.size() - 1); }
  // The first response of that kind; an unset one when there is none.
  [[nodiscard]] pb::SignalResponse find(pb::SignalResponse::MessageCase kind) const {
    for (std::size_t i = 0; i < sent.size(); ++i) {
      if (auto out = response(i); out.message_case() == kind) return out;
    }
    return {};
  }

  std::vector<std::pair<Payload, bool>> sent;
  std::uint16_t close_code = 0;
  std::string close_reason;

 private:
  Address peer_ = Address::v4(127, 0, 0, 1, 1);
};

}  // namespace parley::signal::livekit::testing
