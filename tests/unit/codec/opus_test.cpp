#include "codec/opus.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

constexpr std::uint8_t toc(unsigned config, bool stereo, unsigned code) {
  return static_cast<std::uint8_t>((config << 3U) | (stereo ? 4U : 0U) | code);
}

struct Row {
  unsigned config;
  Duration frame;
};

TEST(Opus, FrameDurationFollowsTheConfiguration) {
  const Row rows[] = {{0, 10ms},  {1, 20ms},  {2, 40ms},    {3, 60ms}, {11, 60ms}, {12, 10ms}, {13, 20ms},
                      {14, 10ms}, {15, 20ms}, {16, 2500us}, {17, 5ms}, {18, 10ms}, {19, 20ms}, {31, 20ms}};
  for (const Row& row : rows) {
    const auto parsed = parse_opus_toc(Bytes{toc(row.config, false, 0)});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->frame_duration, row.frame) << row.config;
  }
}

TEST(Opus, TocTellsChannelsAndFrameCount) {
  const std::uint8_t counts[] = {1, 2, 2, 0};
  for (unsigned code = 0; code < 4; ++code) {
    for (const bool stereo : {false, true}) {
      const auto parsed = parse_opus_toc(Bytes{toc(31, stereo, code)});
      ASSERT_TRUE(parsed);
      EXPECT_EQ(parsed->stereo, stereo);
      EXPECT_EQ(parsed->frame_count, counts[code]);
    }
  }
  EXPECT_FALSE(parse_opus_toc({}));
}

struct DurationRow {
  Bytes payload;
  std::optional<Duration> expected;
};

TEST(Opus, PacketDurationCountsItsFrames) {
  const DurationRow rows[] = {
      {{toc(31, true, 0)}, 20ms},
      {{toc(31, true, 1)}, 40ms},
      {{toc(31, true, 2)}, 40ms},
      {{toc(31, true, 3), 0x83}, 60ms},
      {{toc(16, true, 3), 48}, 120ms},
      {{toc(16, true, 3), 49}, std::nullopt},
      {{toc(3, true, 3), 2}, 120ms},
      {{toc(3, true, 3), 3}, std::nullopt},
      {{toc(31, true, 3), 0}, std::nullopt},
      {{toc(31, true, 3)}, std::nullopt},
      {{}, std::nullopt},
  };
  for (const DurationRow& row : rows) EXPECT_EQ(opus_packet_duration(row.payload), row.expected);
}

TEST(Opus, PacketsOfAtMostTwoBytesAreSilence) {
  EXPECT_FALSE(is_opus_dtx({}));
  EXPECT_TRUE(is_opus_dtx(Bytes{0xf8}));
  EXPECT_TRUE(is_opus_dtx(Bytes{0xf8, 0xff}));
  EXPECT_FALSE(is_opus_dtx(Bytes{0xf8, 0xff, 0xfe}));
}

}  // namespace
}  // namespace parley::codec
