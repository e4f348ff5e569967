#include "base/iso_time.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(IsoTimeTest, WritesMilliseconds) {
  EXPECT_EQ(to_iso(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_iso(951'782'400'123), "2000-02-29T00:00:00.123Z");
  EXPECT_EQ(to_iso(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso(INT64_MAX), "9999-12-31T23:59:59.999Z");
}

TEST(IsoTimeTest, ReadsWhatItWrites) {
  for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'795'377'916'250}}) {
    EXPECT_EQ(from_iso(to_iso(ms)), ms);
  }
}

TEST(IsoTimeTest, ReadsShorterForms) {
  EXPECT_EQ(from_iso("1970-01-02"), 86'400'000);
  EXPECT_EQ(from_iso("1970-01-01T01:00Z"), 3'600'000);
  EXPECT_EQ(from_iso("1970-01-01T00:00:01.5Z"), 1'500);
  EXPECT_EQ(from_iso("1970-01-01T00:00:00.1239Z"), 123);
  EXPECT_EQ(from_iso("1970-01-01T02:00:00+02:00"), 0);
  EXPECT_EQ(from_iso("1969-12-31T23:00:00-01:00"), 0);
}

TEST(IsoTimeTest, RefusesOtherTexts) {
  for (const char* text : {"", "now", "1970", "1970-13-01", "2001-02-29", "1970-01-01T", "1970-01-01T24:00Z",
                           "1970-01-01T00:00:00", "1970-01-01T00:00:00.Z", "1970-01-01T00:00Zx", "1970-01-01 "}) {
    EXPECT_FALSE(from_iso(text)) << text;
  }
}

}  // namespace
}  // namespace parley
