#include "base/time.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr TimePoint at(std::int64_t micros) { return TimePoint{Duration{micros}}; }

TEST(NtpTimeTest, EpochsAreSeventyYearsApart) {
  EXPECT_EQ(to_ntp(at(0)).value, 2'208'988'800ULL << 32U);
  EXPECT_EQ(from_ntp(NtpTime{2'208'988'800ULL << 32U}), at(0));
}

TEST(NtpTimeTest, FractionIsBinary) {
  EXPECT_EQ(to_ntp(at(500'000)).value & 0xffffffffU, 0x80000000U);
  EXPECT_EQ(to_ntp(at(250'000)).value & 0xffffffffU, 0x40000000U);
  EXPECT_EQ(to_ntp(at(999'999)).value & 0xffffffffU, 4'294'963'001U);
}

TEST(NtpTimeTest, RoundTripKeepsMicroseconds) {
  for (std::int64_t us = 1'700'000'000'000'000; us < 1'700'000'001'000'000; us += 997) {
    ASSERT_EQ(from_ntp(to_ntp(at(us))), at(us));
  }
  EXPECT_EQ(from_ntp(to_ntp(at(1'700'000'000'999'999))), at(1'700'000'000'999'999));
}

TEST(NtpTimeTest, CompactIsTheMiddle) { EXPECT_EQ(NtpTime{0x1122334455667788U}.compact(), 0x33445566U); }

TEST(TimeTest, SoonestTakesTheEarlierAndNeverLoses) {
  EXPECT_EQ(soonest(at(1), at(2)), at(1));
  EXPECT_EQ(soonest(kNever, at(2)), at(2));
  EXPECT_EQ(soonest(kNever, kNever), kNever);
}

TEST(TimeTest, UnitsConvert) {
  EXPECT_DOUBLE_EQ(to_seconds(1500ms), 1.5);
  EXPECT_EQ(to_millis(Duration{1999}), 1);
}

}  // namespace
}  // namespace parley
