#include "sctp/association.h"

#include <atomic>
#include <thread>

#include "sctp/endpoint.h"
#include "unit/sctp/pipe.h"

namespace parley::sctp {
namespace {

std::vector<std::uint8_t> pattern(std::size_t size, std::uint32_t seed) {
  std::vector<std::uint8_t> out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 31 + seed);
  return out;
}

TEST(Association, BothSidesConnectAtOnce) {
  Pipe pipe;
  pipe.up();
  EXPECT_EQ(pipe.client.closed + pipe.server.closed, 0);
}

TEST(Association, PeerThatConnectsLaterIsReached) {
  Pipe pipe;
  pipe.client.association->connect();
  pipe.run(5);
  EXPECT_EQ(pipe.server.complaints.front(), DropReason::kSctpNotReady);
  pipe.server.association->connect();
  EXPECT_TRUE(pipe.run_until([&] { return pipe.client.connected && pipe.server.connected; }));
}

TEST(Association, ChannelsOpenBothWaysWithLabelsAndIdsOfTheirSide) {
  Pipe pipe;
  pipe.up();
  ChannelConfig lossy{"_lossy", "proto", false, 0, std::nullopt};
  ChannelConfig timed{"timed", "", true, std::nullopt, 250};
  EXPECT_EQ(pipe.open(pipe.client, {.label = "_reliable", .protocol = ""}), 0U);
  EXPECT_EQ(pipe.open(pipe.client, lossy), 2U);
  EXPECT_EQ(pipe.open(pipe.server, timed), 1U);
  pipe.run();
  ASSERT_EQ(pipe.server.channels.size(), 3U);
  EXPECT_EQ(pipe.server.channels[0].config.label, "_reliable");
  EXPECT_TRUE(pipe.server.channels[0].by_peer);
  EXPECT_EQ(pipe.server.channels[1].config.label, "_lossy");
  EXPECT_EQ(pipe.server.channels[1].config.protocol, "proto");
  EXPECT_FALSE(pipe.server.channels[1].config.ordered);
  EXPECT_EQ(pipe.server.channels[1].config.max_retransmits, 0);
  ASSERT_EQ(pipe.client.channels.size(), 3U);
  EXPECT_EQ(pipe.client.channels[2].config.max_lifetime_ms, 250);
  EXPECT_TRUE(pipe.client.channels[2].by_peer);
  EXPECT_FALSE(pipe.client.channels[0].by_peer);
}

TEST(Association, MessageRightAfterOpenArrivesBehindIt) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.client.association->open_channel({.label = "a", .protocol = "", .ordered = false}).value();
  ASSERT_TRUE(pipe.client.say(stream, "early"));
  ASSERT_TRUE(pipe.run_until([&] { return !pipe.server.messages.empty(); }));
  EXPECT_EQ(pipe.server.channels.size(), 1U);
  EXPECT_TRUE(pipe.server.complaints.empty());
}

TEST(Association, TextBinaryAndEmptyKeepTheirKind) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  Association& from = *pipe.client.association;
  ASSERT_TRUE(from.send(stream, as_bytes("text"), false));
  ASSERT_TRUE(from.send(stream, as_bytes("bin"), true));
  ASSERT_TRUE(from.send(stream, {}, false));
  ASSERT_TRUE(from.send(stream, {}, true));
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == 4; }));
  EXPECT_EQ(pipe.server.texts(stream), (std::vector<std::string>{"text", "bin", "", ""}));
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(pipe.server.messages[i].binary, i % 2 == 1) << i;
}

TEST(Association, LargeMessagesArriveWholeInOrderWithinThePathMtu) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  for (std::uint32_t i = 0; i < 20; ++i) {
    ASSERT_TRUE(pipe.client.association->send(stream, pattern(64'000, i), true));
  }
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == 20; }));
  for (std::uint32_t i = 0; i < 20; ++i) EXPECT_EQ(pipe.server.messages[i].payload, pattern(64'000, i));
  EXPECT_LE(pipe.largest, kMaxSctpPacket);
  EXPECT_GT(pipe.largest, kMaxSctpPacket - 20);
}

TEST(Association, MessageOfTheLargestSizeArrivesWhole) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  const std::size_t size = Config{}.max_message_size;
  ASSERT_TRUE(pipe.client.association->send(stream, pattern(size, 1), true));
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == 1; }));
  EXPECT_EQ(pipe.server.messages[0].payload, pattern(size, 1));
}

TEST(Association, ChannelsTakenInTurnKeepTheirOwnOrder) {
  Pipe pipe;
  pipe.up();
  const auto first = pipe.open(pipe.client);
  const auto second = pipe.open(pipe.server);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(pipe.client.say(i % 2 == 0 ? first : second, std::to_string(i)));
    ASSERT_TRUE(pipe.server.say(i % 2 == 0 ? first : second, std::to_string(i)));
  }
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() + pipe.client.messages.size() == 200; }));
  for (const End* end : {&pipe.client, &pipe.server}) {
    for (int i = 0; i < 50; ++i) {
      EXPECT_EQ(end->texts(first)[i], std::to_string(2 * i));
      EXPECT_EQ(end->texts(second)[i], std::to_string(2 * i + 1));
    }
  }
}

TEST(Association, EveryFifthPacketLostLosesNoMessage) {
  Pipe pipe;
  pipe.filter = [](std::size_t i) { return i % 5 != 4; };
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  for (std::uint32_t i = 0; i < 50; ++i) {
    ASSERT_TRUE(pipe.client.association->send(stream, pattern(5000, i), true));
  }
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == 50; }));
  for (std::uint32_t i = 0; i < 50; ++i) EXPECT_EQ(pipe.server.messages[i].payload, pattern(5000, i));
}

TEST(Association, LostPacketIsRepeatedOnlyByTimersAndWakesTheOwner) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  pipe.run(100);
  pipe.filter = [&](std::size_t) { return false; };
  ASSERT_TRUE(pipe.client.say(stream, "lost at first"));
  while (pipe.client.association->poll_transmit()) {
  }
  const int wakes = pipe.client.wakes;
  pipe.filter = nullptr;
  for (int i = 0; i < 200 && pipe.client.wakes == wakes; ++i) Stack::handle_timers(pipe.now += 10ms);
  EXPECT_GT(pipe.client.wakes, wakes);
  pipe.run();
  EXPECT_EQ(pipe.server.texts(stream), std::vector<std::string>{"lost at first"});
}

TEST(Association, PathThatLosesEveryMessageOnceNeverStalls) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  for (std::size_t i = 1; i <= 100; ++i) {
    ASSERT_TRUE(pipe.client.say(stream, "x"));
    while (pipe.client.association->poll_transmit()) {
    }
    ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == i; })) << i;
  }
}

TEST(Association, OwnersOwnCallsDoNotWakeIt) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  pipe.run(100);
  const int wakes = pipe.client.wakes;
  ASSERT_TRUE(pipe.client.say(stream, "x"));
  const auto packet = pipe.client.association->poll_transmit();
  ASSERT_TRUE(packet);
  ASSERT_TRUE(pipe.server.association->handle_packet(*packet));
  EXPECT_EQ(pipe.client.wakes, wakes);
}

TEST(Association, UnorderedWithoutRetransmitsLosesOnlyWhatWasLost) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client, {"_lossy", "", false, 0, std::nullopt});
  pipe.run(20);
  std::size_t lost = 0;
  for (int i = 0; i < 100; ++i) {
    // Only the packet that carries the message: acknowledgements and FORWARD-TSN get through.
    ASSERT_TRUE(pipe.client.say(stream, std::to_string(i)));
    if (i % 5 == 2) {
      while (pipe.client.association->poll_transmit()) ++lost;
    }
    pipe.run();
  }
  pipe.run(300);
  EXPECT_EQ(lost, 20U);
  const auto texts = pipe.server.texts(stream);
  EXPECT_EQ(texts.size(), 80U);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "2"), 0);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "99"), 1);
  EXPECT_EQ(pipe.client.association->buffered_amount(), 0U);
}

TEST(Association, MessageThatOutlivedItsTimeIsNotRepeated) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client, {"timed", "", true, std::nullopt, 100});
  pipe.run(100);
  const auto lose = [&](std::string_view text) {
    ASSERT_TRUE(pipe.client.say(stream, text));
    while (pipe.client.association->poll_transmit()) {
    }
  };
  lose("stale by the first repetition");
  pipe.run(200);
  ASSERT_TRUE(pipe.client.say(stream, "fresh"));
  ASSERT_TRUE(pipe.run_until([&] { return !pipe.server.messages.empty(); }));
  EXPECT_EQ(pipe.server.texts(stream), std::vector<std::string>{"fresh"});
}

TEST(Association, QueueTowardsASilentPeerIsBounded) {
  Pipe pipe({.max_send_buffer = 1U << 20U});
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  const auto payload = pattern(10'000, 0);
  std::size_t taken = 0;
  for (;; ++taken) {
    const auto sent = pipe.client.association->send(stream, payload, true);
    if (sent) continue;
    EXPECT_EQ(sent.error(), DropReason::kDataBackpressure);
    break;
  }
  EXPECT_GE(taken, 100U);
  EXPECT_LE(taken, 105U);
  EXPECT_LE(pipe.client.association->buffered_amount(), 1U << 20U);
  EXPECT_GT(pipe.client.association->buffered_amount(), (1U << 20U) - 20'000);
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == taken; }));
  pipe.run(50);
  EXPECT_EQ(pipe.client.association->buffered_amount(), 0U);
  EXPECT_TRUE(pipe.client.association->send(stream, payload, true));
}

TEST(Association, MessageTooLargeToSendIsRefused) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  const auto sent = pipe.client.association->send(stream, pattern(Config{}.max_message_size + 1, 0), true);
  EXPECT_EQ(sent.error(), DropReason::kDataMessageTooLarge);
}

TEST(Association, MessageTooLargeToReceiveEndsTheAssociation) {
  Pipe pipe({}, {.max_message_size = 10'000});
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  ASSERT_TRUE(pipe.client.association->send(stream, pattern(10'000, 0), true));
  ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == 1; }));
  ASSERT_TRUE(pipe.client.association->send(stream, pattern(100'000, 0), true));
  ASSERT_TRUE(pipe.run_until([&] { return pipe.client.closed != 0; }));
  EXPECT_EQ(pipe.server.closed, 1);
  EXPECT_EQ(pipe.server.messages.size(), 1U);
}

TEST(Association, CloseReachesThePeerAndEndsBoth) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  pipe.client.association->close();
  pipe.client.association->close();
  pipe.run();
  EXPECT_EQ(pipe.client.closed, 1);
  EXPECT_EQ(pipe.server.closed, 1);
  for (End* end : {&pipe.client, &pipe.server}) {
    EXPECT_EQ(end->say(stream, "x").error(), DropReason::kSctpNotReady);
    EXPECT_EQ(end->association->open_channel({}).error(), DropReason::kSctpNotReady);
    EXPECT_EQ(end->association->buffered_amount(), 0U);
    EXPECT_EQ(end->association->handle_packet(pattern(100, 0)).error(), DropReason::kSctpNotReady);
    end->association->connect();
    EXPECT_FALSE(end->association->poll_transmit());
  }
}

TEST(Association, ClosedChannelIsClosedOnBothSidesAfterItsLastMessage) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  const auto other = pipe.open(pipe.client);
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(pipe.client.association->send(stream, pattern(60'000, 0), true));
  pipe.client.association->close_channel(stream);
  EXPECT_EQ(pipe.client.say(stream, "too late").error(), DropReason::kSctpNotReady);
  ASSERT_TRUE(pipe.run_until([&] { return !pipe.client.closed_channels.empty(); }));
  EXPECT_EQ(pipe.server.messages.size(), 10U);
  EXPECT_EQ(pipe.server.closed_channels, std::vector<std::uint16_t>{stream});
  EXPECT_EQ(pipe.client.closed_channels, std::vector<std::uint16_t>{stream});
  EXPECT_EQ(pipe.server.say(stream, "gone").error(), DropReason::kSctpNotReady);
  EXPECT_TRUE(pipe.server.say(other, "still there"));
  EXPECT_TRUE(pipe.run_until([&] { return pipe.client.messages.size() == 1; }));
}

TEST(Association, IdOfAClosedChannelIsUsedAnew) {
  Pipe pipe;
  pipe.up();
  for (int i = 0; i < 40; ++i) {
    const auto stream = pipe.open(pipe.client);
    ASSERT_EQ(stream, 0U);
    ASSERT_TRUE(pipe.client.say(stream, std::to_string(i)));
    ASSERT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == static_cast<std::size_t>(i) + 1; }));
    (i % 2 == 0 ? pipe.client : pipe.server).association->close_channel(stream);
    ASSERT_TRUE(pipe.run_until([&] { return pipe.client.closed_channels.size() == static_cast<std::size_t>(i) + 1; }));
    pipe.run(30);
  }
  EXPECT_TRUE(pipe.server.complaints.empty());
}

TEST(Association, OwnChannelsAreLimited) {
  Pipe pipe({.max_channels = 2});
  pipe.up();
  pipe.open(pipe.client);
  pipe.open(pipe.client);
  EXPECT_EQ(pipe.client.association->open_channel({}).error(), DropReason::kDataChannelLimit);
}

TEST(Association, ChannelOfThePeerBeyondTheLimitIsClosed) {
  Pipe pipe({}, {.max_channels = 2});
  pipe.up();
  pipe.open(pipe.client);
  pipe.open(pipe.client);
  const auto third = pipe.client.association->open_channel({}).value();
  ASSERT_TRUE(pipe.run_until([&] { return !pipe.client.closed_channels.empty(); }));
  EXPECT_EQ(pipe.client.closed_channels, std::vector<std::uint16_t>{third});
  EXPECT_EQ(pipe.server.channels.size(), 2U);
  EXPECT_EQ(pipe.server.complaints, std::vector<DropReason>{DropReason::kDataChannelLimit});
}

TEST(Association, PeerWithIdsOfOurSideIsRefused) {
  // Both think that they are the DTLS client.
  Pipe pipe({}, {.dtls_client = true});
  pipe.up();
  ASSERT_TRUE(pipe.client.association->open_channel({}));
  ASSERT_TRUE(pipe.run_until([&] { return !pipe.client.closed_channels.empty(); }));
  EXPECT_TRUE(pipe.server.channels.empty());
  EXPECT_EQ(pipe.server.complaints, std::vector<DropReason>{DropReason::kSctpMalformed});
}

TEST(Association, NothingWorksBeforeConnected) {
  Association association({}, nullptr);
  EXPECT_EQ(association.open_channel({}).error(), DropReason::kSctpNotReady);
  EXPECT_EQ(association.send(0, as_bytes("x"), false).error(), DropReason::kSctpNotReady);
  EXPECT_EQ(association.handle_packet(pattern(100, 0)).error(), DropReason::kSctpNotReady);
  EXPECT_FALSE(association.poll_transmit());
  EXPECT_FALSE(association.poll_event());
  association.close_channel(0);
}

TEST(Association, PeerThatNeverAnswersEndsInClosed) {
  Pipe pipe;
  pipe.filter = [](std::size_t) { return false; };
  pipe.client.association->connect();
  EXPECT_TRUE(pipe.run_until([&] { return pipe.client.closed == 1; })) << pipe.packets;
  EXPECT_FALSE(pipe.client.connected);
}

TEST(Association, SilentMinuteOfAConnectedPeerIsSurvived) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  bool lost = true;
  pipe.filter = [&](std::size_t) { return !lost; };
  ASSERT_TRUE(pipe.client.say(stream, "patience"));
  pipe.run(6000);
  lost = false;
  EXPECT_TRUE(pipe.run_until([&] { return pipe.server.messages.size() == 1; }));
  EXPECT_EQ(pipe.client.closed, 0);
}

TEST(Association, DestroyedInTheMiddleLeavesNothingBehind) {
  Pipe pipe;
  pipe.up();
  const auto stream = pipe.open(pipe.client);
  ASSERT_TRUE(pipe.client.association->send(stream, pattern(200'000, 0), true));
  pipe.client.association.reset();
  for (int i = 0; i < 500; ++i) Stack::handle_timers(pipe.now += 10ms);
  while (pipe.server.association->poll_transmit()) {
  }
}

TEST(Association, TimersOfOneThreadAndCallsOfAnotherDoNotCollide) {
  std::atomic<bool> stop{false};
  std::atomic<int> steps_done{0};
  // Time passes by one interval per exchange at most: faster, and the peer would seem dead.
  std::thread timers([&] {
    for (int step = 0; !stop;) {
      if (step < steps_done) Stack::handle_timers(TimePoint{} + ++step * Stack::kTimerInterval);
    }
  });
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> wakes{0};
    Association a({.dtls_client = true}, [&] { ++wakes; });
    Association b({}, [&] { ++wakes; });
    a.connect();
    b.connect();
    bool up = false;
    std::size_t got = 0;
    std::size_t steps = 0;
    for (; got < 20 && steps < 100'000; ++steps, ++steps_done) {
      while (auto packet = a.poll_transmit()) static_cast<void>(b.handle_packet(*packet));
      while (auto packet = b.poll_transmit()) static_cast<void>(a.handle_packet(*packet));
      while (auto event = b.poll_event()) got += std::holds_alternative<Message>(*event) ? 1 : 0;
      while (auto event = a.poll_event()) {
        if (!std::holds_alternative<Connected>(*event) || std::exchange(up, true)) continue;
        const auto stream = a.open_channel({}).value();
        for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(a.send(stream, pattern(3000, i), true));
      }
    }
    EXPECT_EQ(got, 20U);
  }
  stop = true;
  timers.join();
}

}  // namespace
}  // namespace parley::sctp
