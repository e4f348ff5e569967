#include "codec/h264_profile.h"

#include <gtest/gtest.h>

namespace parley::codec {
namespace {

struct Row {
  std::string_view text;
  H264Profile profile;
  H264Level level;
};

TEST(H264Profile, ProfileAndLevelAreReadFromTheirBytes) {
  const Row rows[] = {
      {"42e01f", H264Profile::kConstrainedBaseline, H264Level::kLevel31},
      {"42E01F", H264Profile::kConstrainedBaseline, H264Level::kLevel31},
      {"42c01e", H264Profile::kConstrainedBaseline, H264Level::kLevel3},
      {"42400a", H264Profile::kConstrainedBaseline, H264Level::kLevel1},
      {"4d800a", H264Profile::kConstrainedBaseline, H264Level::kLevel1},
      {"4de01f", H264Profile::kConstrainedBaseline, H264Level::kLevel31},
      {"58c01f", H264Profile::kConstrainedBaseline, H264Level::kLevel31},
      {"42001f", H264Profile::kBaseline, H264Level::kLevel31},
      {"42a01f", H264Profile::kBaseline, H264Level::kLevel31},
      {"58a01f", H264Profile::kBaseline, H264Level::kLevel31},
      {"4d001f", H264Profile::kMain, H264Level::kLevel31},
      {"4d4028", H264Profile::kMain, H264Level::kLevel4},
      {"58001f", H264Profile::kExtended, H264Level::kLevel31},
      {"640c1f", H264Profile::kConstrainedHigh, H264Level::kLevel31},
      {"640034", H264Profile::kHigh, H264Level::kLevel52},
      {"6e0028", H264Profile::kHigh10, H264Level::kLevel4},
      {"7a0028", H264Profile::kHigh422, H264Level::kLevel4},
      {"f4001f", H264Profile::kHigh444Predictive, H264Level::kLevel31},
      // Level 1b: by constraint_set3 with level_idc 11, in the high profiles by level_idc 9.
      {"42f00b", H264Profile::kConstrainedBaseline, H264Level::kLevel1b},
      {"42e00b", H264Profile::kConstrainedBaseline, H264Level::kLevel11},
      {"42100b", H264Profile::kBaseline, H264Level::kLevel1b},
      {"4d100b", H264Profile::kMain, H264Level::kLevel1b},
      {"42f00c", H264Profile::kConstrainedBaseline, H264Level::kLevel12},
      {"640009", H264Profile::kHigh, H264Level::kLevel1b},
      {"64000b", H264Profile::kHigh, H264Level::kLevel11},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_h264_profile_level_id(row.text);
    ASSERT_TRUE(parsed) << row.text;
    EXPECT_EQ(parsed->profile, row.profile) << row.text;
    EXPECT_EQ(parsed->level, row.level) << row.text;
    EXPECT_EQ(parse_h264_profile_level_id(to_string(*parsed)), parsed) << row.text << " as " << to_string(*parsed);
  }
}

TEST(H264Profile, UnknownOrMalformedIdsAreRefused) {
  for (const std::string_view text : {"", "42e01", "42e01f0", "42e01g", "0x42e0", " 42e01", "42e000", "42e009",
                                      "42e0ff", "42e11f", "4d201f", "64101f", "00001f", "ffffff"}) {
    EXPECT_FALSE(parse_h264_profile_level_id(text)) << text;
  }
}

TEST(H264Profile, CanonicalSpellingsAreThoseOfBrowsers) {
  EXPECT_EQ(to_string(H264ProfileLevel{H264Profile::kConstrainedBaseline, H264Level::kLevel31}), "42e01f");
  EXPECT_EQ(to_string(H264ProfileLevel{H264Profile::kConstrainedHigh, H264Level::kLevel31}), "640c1f");
  EXPECT_EQ(to_string(H264ProfileLevel{H264Profile::kConstrainedBaseline, H264Level::kLevel1b}), "42f00b");
}

struct PairRow {
  std::string_view a;
  std::string_view b;
  bool same;
};

TEST(H264Profile, ProfilesAreComparedWhateverTheirLevelAndSpelling) {
  const PairRow rows[] = {
      {"42e01f", "42e034", true},  {"42e01f", "4d801f", true},  {"42e01f", "58f01f", true},
      {"42e01f", "42001f", false}, {"42e01f", "4d001f", false}, {"640c1f", "64001f", false},
      {"64001f", "640028", true},  {"", "42001f", true},        {"", "", true},
      {"", "42e01f", false},       {"bad", "bad", false},
  };
  for (const PairRow& row : rows) {
    EXPECT_EQ(same_profile(row.a, row.b), row.same) << row.a << " " << row.b;
    EXPECT_EQ(same_profile(row.b, row.a), row.same) << row.a << " " << row.b;
  }
}

TEST(H264Profile, AnswerTakesTheLowerLevelUnlessBothAllowAsymmetry) {
  EXPECT_EQ(answer_level(H264Level::kLevel31, H264Level::kLevel52, false), H264Level::kLevel31);
  EXPECT_EQ(answer_level(H264Level::kLevel52, H264Level::kLevel31, false), H264Level::kLevel31);
  EXPECT_EQ(answer_level(H264Level::kLevel31, H264Level::kLevel52, true), H264Level::kLevel52);
  EXPECT_EQ(answer_level(H264Level::kLevel52, H264Level::kLevel31, true), H264Level::kLevel31);
}

TEST(H264Profile, Level1bStandsBetween1And11) {
  EXPECT_EQ(answer_level(H264Level::kLevel1b, H264Level::kLevel11, false), H264Level::kLevel1b);
  EXPECT_EQ(answer_level(H264Level::kLevel1b, H264Level::kLevel1, false), H264Level::kLevel1);
}

}  // namespace
}  // namespace parley::codec
