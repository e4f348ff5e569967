#include "forward/speakers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr FeedId kFirst{1};
constexpr FeedId kSecond{2};

class SpeakersTest : public ::testing::Test {
 protected:
  // One interval of 20 packets, `loud` of them at `level`, the rest silent.
  void speak(FeedId feed, int loud, std::uint8_t level, int packets = 20) {
    for (int i = 0; i < packets; ++i) {
      detector_.observe(at_ms(interval_ * 400 + i * 20), feed,
                        {.level = i < loud ? level : std::uint8_t{127}, .voice = i < loud});
    }
  }
  std::optional<std::vector<Speaker>> close() { return detector_.poll(at_ms(++interval_ * 400)); }

  SpeakerDetector detector_;
  std::int64_t interval_ = 0;
};

TEST_F(SpeakersTest, SilenceNeedsNoTimer) {
  speak(kFirst, 0, 127);
  EXPECT_EQ(detector_.deadline(), kNever);
  EXPECT_FALSE(close());
}

TEST_F(SpeakersTest, ShareOfLoudPacketsDecides) {
  struct Row {
    const char* what;
    int loud;
    std::uint8_t level;
    int packets;
    bool speaks;
  };
  const Row rows[] = {
      {"40 percent", 8, 20, 20, true},
      {"below 40 percent", 7, 20, 20, false},
      {"at the threshold", 20, 35, 20, true},
      {"below the threshold", 20, 36, 20, false},
      {"a click", 1, 0, 1, false},
      {"60 ms packets", 3, 20, 7, true},
  };
  for (const Row& row : rows) {
    SpeakerDetector detector;
    for (int i = 0; i < row.packets; ++i) {
      detector.observe(at_ms(i * 20), kFirst, {.level = i < row.loud ? row.level : std::uint8_t{127}, .voice = true});
    }
    const auto speakers = detector.poll(at_ms(400));
    EXPECT_EQ(speakers.has_value() && !speakers->empty(), row.speaks) << row.what;
  }
}

TEST_F(SpeakersTest, LevelsAreSteppedAndLoudestFirst) {
  speak(kFirst, 20, 20);  // amplitude 0.1
  speak(kSecond, 20, 3);  // amplitude 0.71
  EXPECT_THAT(*close(),
              ElementsAre(Speaker{kSecond, 0.5F}, Speaker{kFirst, 0.125F}));  // two thirds in the first interval
  speak(kFirst, 20, 20);
  speak(kSecond, 20, 3);
  EXPECT_THAT(*close(), ElementsAre(Speaker{kSecond, 0.75F}, Speaker{kFirst, 0.125F}));
}

TEST_F(SpeakersTest, UnchangedListIsNotRepeated) {
  speak(kFirst, 20, 25);
  EXPECT_TRUE(close());
  for (int i = 0; i < 5; ++i) {
    speak(kFirst, 20, 25);
    EXPECT_FALSE(close());
  }
}

TEST_F(SpeakersTest, ShortPauseIsBridgedLongOneEndsIt) {
  for (int i = 0; i < 3; ++i) {
    speak(kFirst, 20, 20);
    close();
  }
  speak(kFirst, 0, 0);
  EXPECT_FALSE(close());
  speak(kFirst, 0, 0);
  EXPECT_THAT(*close(), IsEmpty());
  for (int i = 0; i < 10; ++i) close();
  EXPECT_EQ(detector_.deadline(), kNever);
}

TEST_F(SpeakersTest, PollBeforeTheIntervalEndsSaysNothing) {
  speak(kFirst, 20, 20);
  EXPECT_EQ(detector_.deadline(), at_ms(400));
  EXPECT_FALSE(detector_.poll(at_ms(399)));
  EXPECT_TRUE(detector_.poll(at_ms(400)));
}

TEST_F(SpeakersTest, WhoLeavesIsNoLongerListed) {
  speak(kFirst, 20, 20);
  speak(kSecond, 20, 20);
  EXPECT_THAT(*close(), ElementsAre(Speaker{kFirst, 0.125F}, Speaker{kSecond, 0.125F}));
  detector_.remove(kFirst);
  speak(kSecond, 20, 20);
  EXPECT_THAT(*close(), ElementsAre(Speaker{kSecond, 0.125F}));
  detector_.remove(kSecond);
  EXPECT_THAT(*close(), IsEmpty());
}

}  // namespace
}  // namespace parley::forward
