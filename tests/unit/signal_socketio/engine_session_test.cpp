#include "signal/socketio/engine_session.h"

#include <gtest/gtest.h>

namespace parley::signal::socketio {
namespace {

using Poll = EngineSession::Poll;

struct FakeIo final : EngineIo {
  void answer_poll(std::string payload) override { answers.push_back(std::move(payload)); }
  void want_flush() override { ++flushes_wanted; }
  void send_frame(const Payload& payload, bool text) override { frames.push_back((text ? "t:" : "b:") + *payload); }
  void close_websocket(std::string_view reason) override { websocket_closed_with.emplace_back(reason); }

  std::vector<std::string> answers;
  std::vector<std::string> frames;
  std::vector<std::string> websocket_closed_with;
  int flushes_wanted = 0;
};

struct FakeHandler final : EngineHandler {
  void on_message(TimePoint, std::string_view data, bool binary) override {
    messages.push_back((binary ? "b:" : "t:") + std::string(data));
  }
  void on_closed(TimePoint, std::string_view reason) override { closed.emplace_back(reason); }
  [[nodiscard]] TimePoint deadline() const override { return due; }
  void handle_timeout(TimePoint) override {
    ++timeouts;
    due = kNever;
  }

  std::vector<std::string> messages;
  std::vector<std::string> closed;
  TimePoint due = kNever;
  int timeouts = 0;
};

class EngineSessionTest : public ::testing::Test {
 public:
  EngineSession& start(Transport transport) { return session.emplace(now, config, "sid1", transport, io, handler); }
  void say(std::string text, bool is_text = true) {
    session->send(now, std::make_shared<const std::string>(std::move(text)), is_text);
  }
  void advance(Duration by) {
    const TimePoint end = now + by;
    while (session->deadline() <= end) {
      now = std::max(now, session->deadline());
      session->handle_timeout(now);
    }
    now = end;
  }

  EngineConfig config;
  FakeIo io;
  FakeHandler handler;
  TimePoint now{Duration{1'000'000}};
  std::optional<EngineSession> session;
};

TEST_F(EngineSessionTest, OpenPacketTellsWhatTheClientMustKnow) {
  config.ping_interval = 300ms;
  config.ping_timeout = 200ms;
  EXPECT_EQ(start(Transport::kPolling).open_packet(),
            R"(0{"sid":"sid1","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000})");
  EXPECT_EQ(start(Transport::kWebSocket).open_packet(),
            R"(0{"sid":"sid1","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000})");
}

TEST_F(EngineSessionTest, WhatIsQueuedAnswersTheNextPollAtOnce) {
  start(Transport::kPolling);
  say("4a");
  say("\x01\x02", false);
  const auto poll = session->handle_poll(now);
  EXPECT_EQ(poll.poll, Poll::kAnswered);
  EXPECT_EQ(poll.body,
            "4a\x1e"
            "bAQI=");
  EXPECT_EQ(session->queued_bytes(), 0U);
}

TEST_F(EngineSessionTest, WaitingPollGetsAllThatIsSentInOneTurn) {
  start(Transport::kPolling);
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
  say("4a");
  say("4b");
  EXPECT_TRUE(io.answers.empty());
  EXPECT_EQ(io.flushes_wanted, 1);
  session->flush(now);
  EXPECT_EQ(io.answers, std::vector<std::string>{"4a\x1e"
                                                 "4b"});
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
}

TEST_F(EngineSessionTest, AnswerStaysWithinWhatTheClientTakes) {
  config.max_payload = 10;
  start(Transport::kPolling);
  say("4aaaa");
  say("4bbbb");
  say("4cccccccccccccccc");
  EXPECT_EQ(session->handle_poll(now).body, "4aaaa");
  EXPECT_EQ(session->handle_poll(now).body, "4bbbb");
  EXPECT_EQ(session->handle_poll(now).body, "4cccccccccccccccc");
}

TEST_F(EngineSessionTest, PostDeliversItsPacketsInOrder) {
  start(Transport::kPolling);
  EXPECT_TRUE(session->handle_post(now,
                                   "4a\x1e"
                                   "bAQI=\x1e"
                                   "4b"));
  EXPECT_EQ(handler.messages, (std::vector<std::string>{"t:a", "b:\x01\x02", "t:b"}));
}

TEST_F(EngineSessionTest, BadPostsEndTheSession) {
  config.max_payload = 20;
  const std::string rows[] = {"abc", "", "4a\x1e", std::string(21, '4'), "4\xff", "2", "0"};
  for (const std::string& body : rows) {
    handler.closed.clear();
    start(Transport::kPolling);
    (void)session->handle_post(now, body);
    EXPECT_TRUE(session->closed()) << body;
    EXPECT_EQ(handler.closed.size(), 1U) << body;
    EXPECT_EQ(session->handle_poll(now).poll, Poll::kRefused);
    EXPECT_FALSE(session->handle_post(now, "4a"));
  }
}

TEST_F(EngineSessionTest, SecondPollEndsTheSession) {
  start(Transport::kPolling);
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kRefused);
  EXPECT_EQ(io.answers, std::vector<std::string>{"1"});
  EXPECT_EQ(handler.closed, std::vector<std::string>{"transport error"});
}

TEST_F(EngineSessionTest, CancelledPollEndsTheSession) {
  start(Transport::kPolling);
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
  session->poll_gone(now);
  EXPECT_TRUE(session->closed());
  EXPECT_TRUE(io.answers.empty());
}

TEST_F(EngineSessionTest, ServerPingsAndPongMovesTheNextPing) {
  start(Transport::kWebSocket);
  advance(config.ping_interval - 1ms);
  EXPECT_TRUE(io.frames.empty());
  advance(1ms);
  EXPECT_EQ(io.frames, std::vector<std::string>{"t:2"});
  advance(config.ping_timeout - 1ms);
  session->handle_frame(now, "3", true);
  advance(config.ping_interval - 1ms);
  EXPECT_EQ(io.frames.size(), 1U);
  advance(1ms);
  EXPECT_EQ(io.frames.size(), 2U);
  EXPECT_TRUE(session->open());
}

TEST_F(EngineSessionTest, MissingPongEndsTheSession) {
  for (const Transport transport : {Transport::kPolling, Transport::kWebSocket}) {
    handler.closed.clear();
    start(transport);
    advance(config.ping_interval + config.ping_timeout - 1ms);
    EXPECT_TRUE(session->open());
    advance(1ms);
    EXPECT_TRUE(session->closed());
    EXPECT_EQ(handler.closed, std::vector<std::string>{"ping timeout"});
    EXPECT_EQ(session->deadline(), kNever);
  }
}

TEST_F(EngineSessionTest, RequestThatOvertakesTheTimerFindsTheSessionOver) {
  start(Transport::kPolling);
  now += config.ping_interval + 2ms;
  session->handle_timeout(now);
  now += config.ping_timeout - 2ms;
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kRefused);
  EXPECT_TRUE(session->closed());
}

TEST_F(EngineSessionTest, ClientHasTheWholeTimeForItsPongAfterAStallOfTheServer) {
  start(Transport::kWebSocket);
  now += 10 * config.ping_interval;
  session->handle_timeout(now);
  EXPECT_EQ(session->deadline(), now + config.ping_timeout);
  EXPECT_TRUE(session->open());
}

TEST_F(EngineSessionTest, UpgradeMovesWhatIsQueuedToTheWebSocket) {
  start(Transport::kPolling);
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
  ASSERT_TRUE(session->accepts_upgrade());
  session->websocket_opened(now);
  EXPECT_FALSE(session->accepts_upgrade());
  session->handle_frame(now, "2probe", true);
  EXPECT_EQ(io.frames, std::vector<std::string>{"t:3probe"});
  EXPECT_EQ(io.answers, std::vector<std::string>{"6"});
  say("4late");
  EXPECT_EQ(session->handle_poll(now).body, "4late");
  EXPECT_EQ(session->handle_poll(now).body, "6");
  say("4later");
  session->handle_frame(now, "5", true);
  EXPECT_EQ(session->transport(), Transport::kWebSocket);
  EXPECT_EQ(io.frames, (std::vector<std::string>{"t:3probe", "t:4later"}));
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kRefused);
  EXPECT_TRUE(session->open());
  EXPECT_FALSE(session->accepts_upgrade());
}

TEST_F(EngineSessionTest, UpgradeThatGoesWrongLeavesPollingAsItWas) {
  const std::vector<std::string> rows[] = {{"5"}, {"2"}, {"2other"}, {"4hello"}, {"2probe", "2probe"}, {""}};
  for (const auto& frames : rows) {
    io = {};
    start(Transport::kPolling);
    session->websocket_opened(now);
    for (const std::string& frame : frames) session->handle_frame(now, frame, true);
    EXPECT_EQ(io.websocket_closed_with.size(), 1U) << frames.back();
    EXPECT_TRUE(session->open());
    EXPECT_TRUE(session->accepts_upgrade());
    EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
  }
}

TEST_F(EngineSessionTest, UpgradeThatNeverCompletesIsAbandoned) {
  start(Transport::kPolling);
  session->websocket_opened(now);
  advance(config.upgrade_timeout);
  EXPECT_EQ(io.websocket_closed_with.size(), 1U);
  EXPECT_TRUE(session->accepts_upgrade());
}

TEST_F(EngineSessionTest, LostWebSocketEndsTheSessionButNotWhileItProbes) {
  start(Transport::kPolling);
  session->websocket_opened(now);
  session->websocket_closed(now, "transport close");
  EXPECT_TRUE(session->open());
  start(Transport::kWebSocket);
  session->websocket_closed(now, "too slow");
  EXPECT_EQ(handler.closed, std::vector<std::string>{"too slow"});
}

TEST_F(EngineSessionTest, ClosePacketOfTheClientEndsTheSession) {
  start(Transport::kPolling);
  EXPECT_EQ(session->handle_poll(now).poll, Poll::kWaits);
  EXPECT_TRUE(session->handle_post(now, "1"));
  EXPECT_EQ(io.answers, std::vector<std::string>{"6"});
  EXPECT_TRUE(session->closed());
}

TEST_F(EngineSessionTest, FarewellWaitsForThePollThatCarriesIt) {
  start(Transport::kPolling);
  say("4bye");
  session->close(now, "forced close");
  EXPECT_EQ(handler.closed.size(), 1U);
  EXPECT_FALSE(session->closed());
  say("4too late");
  EXPECT_EQ(session->handle_poll(now).body,
            "4bye\x1e"
            "1");
  EXPECT_TRUE(session->closed());
  EXPECT_EQ(handler.closed.size(), 1U);
}

TEST_F(EngineSessionTest, FarewellThatNobodyFetchesIsForgotten) {
  start(Transport::kPolling);
  session->close(now, "forced close");
  advance(config.farewell_timeout);
  EXPECT_TRUE(session->closed());
  EXPECT_EQ(handler.closed.size(), 1U);
}

TEST_F(EngineSessionTest, QueueIsBoundedInBytesAndPackets) {
  config.max_queued = 100;
  start(Transport::kPolling);
  say("4" + std::string(98, 'x'));
  EXPECT_TRUE(session->open());
  say("4x");
  EXPECT_EQ(handler.closed, std::vector<std::string>{"too slow"});
  handler.closed.clear();
  config.max_queued = 1U << 20U;
  config.max_queued_packets = 3;
  start(Transport::kPolling);
  for (int i = 0; i < 4; ++i) say("4");
  EXPECT_EQ(handler.closed, std::vector<std::string>{"too slow"});
}

TEST_F(EngineSessionTest, MalformedFramesEndTheSession) {
  config.max_payload = 100;
  const std::string rows[] = {"abc", "", "0", "2", "4" + std::string(100, 'x')};
  for (const std::string& frame : rows) {
    handler.closed.clear();
    start(Transport::kWebSocket);
    session->handle_frame(now, frame, true);
    EXPECT_TRUE(session->closed()) << frame;
    EXPECT_EQ(handler.closed.size(), 1U) << frame;
  }
}

TEST_F(EngineSessionTest, HandlersOwnDeadlineIsKept) {
  start(Transport::kWebSocket);
  handler.due = now + 1s;
  EXPECT_EQ(session->deadline(), now + 1s);
  advance(2s);
  EXPECT_EQ(handler.timeouts, 1);
}

}  // namespace
}  // namespace parley::signal::socketio
