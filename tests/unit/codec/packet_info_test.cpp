#include "codec/packet_info.h"

#include <gtest/gtest.h>

namespace parley::codec {
namespace {

struct NameRow {
  std::string_view text;
  std::optional<Codec> codec;
};

TEST(PacketInfo, CodecOfAcceptsEncodingNamesAndMimeTypesInAnyCase) {
  const NameRow rows[] = {
      {"opus", Codec::kOpus},       {"OPUS", Codec::kOpus},       {"audio/opus", Codec::kOpus},
      {"red", Codec::kRed},         {"audio/RED", Codec::kRed},   {"PCMU", Codec::kPcmu},
      {"audio/pcma", Codec::kPcma}, {"VP8", Codec::kVp8},         {"video/VP8", Codec::kVp8},
      {"vp9", Codec::kVp9},         {"video/H264", Codec::kH264}, {"h265", Codec::kH265},
      {"Video/av1", Codec::kAv1},   {"", std::nullopt},           {"video/", std::nullopt},
      {"/vp8", std::nullopt},       {"video/rtx", std::nullopt},  {"audio/VP8", std::nullopt},
      {"video/opus", std::nullopt}, {"text/VP8", std::nullopt},   {"VP80", std::nullopt},
      {"VP", std::nullopt},
  };
  for (const NameRow& row : rows) EXPECT_EQ(codec_of(row.text), row.codec) << row.text;
}

TEST(PacketInfo, EveryCodecIsFoundByItsOwnName) {
  for (const Codec codec : {Codec::kOpus, Codec::kRed, Codec::kPcmu, Codec::kPcma, Codec::kVp8, Codec::kVp9,
                            Codec::kH264, Codec::kH265, Codec::kAv1}) {
    EXPECT_EQ(codec_of(name_of(codec)), codec);
  }
}

TEST(PacketInfo, ClockRateAndKindFollowTheCodec) {
  EXPECT_EQ(clock_rate_of(Codec::kOpus), 48000U);
  EXPECT_EQ(clock_rate_of(Codec::kRed), 48000U);
  EXPECT_EQ(clock_rate_of(Codec::kPcmu), 8000U);
  EXPECT_EQ(clock_rate_of(Codec::kAv1), 90000U);
  EXPECT_TRUE(is_video(Codec::kVp8));
  EXPECT_TRUE(is_video(Codec::kH265));
  EXPECT_FALSE(is_video(Codec::kRed));
  EXPECT_FALSE(is_video(Codec::kPcma));
}

}  // namespace
}  // namespace parley::codec
