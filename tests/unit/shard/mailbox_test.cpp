#include "shard/mailbox.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <semaphore>
#include <thread>

namespace parley::shard {
namespace {

TEST(Mailbox, GivesMessagesInTheOrderOfPosting) {
  Mailbox<int> mailbox([] {});
  for (int i = 0; i < 5; ++i) mailbox.post(i);
  std::vector<int> taken{99};
  mailbox.take(taken);
  EXPECT_EQ(taken, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(Mailbox, EmptyMailboxEmptiesTheVector) {
  Mailbox<int> mailbox([] {});
  std::vector<int> taken{1, 2};
  mailbox.take(taken);
  EXPECT_TRUE(taken.empty());
}

TEST(Mailbox, NotifiesOnceUntilItIsTaken) {
  int notified = 0;
  Mailbox<int> mailbox([&] { ++notified; });
  mailbox.post(1);
  mailbox.post(2);
  mailbox.post(3);
  EXPECT_EQ(notified, 1);
  std::vector<int> taken;
  mailbox.take(taken);
  EXPECT_EQ(notified, 1);
  mailbox.post(4);
  EXPECT_EQ(notified, 2);
}

TEST(Mailbox, NotificationMayTake) {
  // Called outside the lock: a receiver on the sender's own thread would deadlock otherwise.
  std::vector<int> taken;
  Mailbox<int>* self = nullptr;
  Mailbox<int> mailbox([&] { self->take(taken); });
  self = &mailbox;
  mailbox.post(5);
  EXPECT_EQ(taken, std::vector<int>{5});
}

TEST(Mailbox, CarriesMoveOnlyMessages) {
  Mailbox<std::unique_ptr<int>> mailbox([] {});
  mailbox.post(std::make_unique<int>(3));
  std::vector<std::unique_ptr<int>> taken;
  mailbox.take(taken);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(*taken[0], 3);
}

TEST(Mailbox, ManySendersLoseNothingAndEachKeepsItsOrder) {
  constexpr int kSenders = 4;
  constexpr int kMessages = 25'000;
  struct Numbered {
    int sender = 0;
    int number = 0;
  };
  std::counting_semaphore<> wakes(0);
  Mailbox<Numbered> mailbox([&] { wakes.release(); });
  std::vector<std::thread> senders;
  for (int sender = 0; sender < kSenders; ++sender) {
    senders.emplace_back([&mailbox, sender] {
      for (int i = 0; i < kMessages; ++i) mailbox.post({sender, i});
    });
  }
  // Sleeping only when told: a notification that were lost would leave this waiting for good.
  std::array<int, kSenders> next{};
  std::vector<Numbered> taken;
  int total = 0;
  int out_of_order = 0;
  while (total < kSenders * kMessages) {
    wakes.acquire();
    mailbox.take(taken);
    for (const Numbered& message : taken) {
      if (message.number != next[static_cast<std::size_t>(message.sender)]++) ++out_of_order;
    }
    total += static_cast<int>(taken.size());
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(total, kSenders * kMessages);
  EXPECT_EQ(out_of_order, 0);
}

}  // namespace
}  // namespace parley::shard
