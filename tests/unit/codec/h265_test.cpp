#include "codec/h265.h"

#include <gtest/gtest.h>

#include "unit/codec/bytes.h"

namespace parley::codec {
namespace {

// Payload header of a NAL unit type and a temporal id.
Bytes header(unsigned type, unsigned tid = 0) {
  return {static_cast<std::uint8_t>(type << 1U), static_cast<std::uint8_t>(tid + 1)};
}
Bytes unit(unsigned type, unsigned tid = 0) { return concat(header(type, tid), Bytes{0x80, 0x00}); }
Bytes fragment(unsigned fu_header, unsigned tid = 0) {
  return concat(header(49, tid), Bytes{static_cast<std::uint8_t>(fu_header), 0x55});
}
Bytes aggregate(const std::vector<Bytes>& units) {
  Bytes out = header(48);
  for (const Bytes& one : units) {
    out.push_back(0);
    out.push_back(static_cast<std::uint8_t>(one.size()));
    out = concat(out, one);
  }
  return out;
}

struct Row {
  const char* what;
  Bytes payload;
  PacketInfo expected;  // without the marker's fields
};

TEST(H265, NalUnitHeadersTellFramesLayersAndKeyFrames) {
  const Row rows[] = {
      {"TRAIL_R", unit(1), {}},
      {"TRAIL_N in temporal layer 2", unit(0, 2), {.temporal_id = 2}},
      {"TSA_R in temporal layer 1", unit(3, 1), {.temporal_id = 1, .temporal_switch_up = true}},
      {"STSA_N in temporal layer 1", unit(4, 1), {.temporal_id = 1, .temporal_switch_up = true}},
      {"RADL_N", unit(6, 1), {.temporal_id = 1}},
      {"a temporal layer beyond the fourth counts as the fourth", unit(1, 6), {.temporal_id = 3}},
      {"BLA_W_LP", unit(16), {.keyframe = true}},
      {"IDR_W_RADL", unit(19), {.keyframe = true}},
      {"CRA", unit(21), {.keyframe = true}},
      {"reserved IRAP", unit(22), {}},
      {"VPS", unit(32), {.keyframe = true}},
      {"SPS", unit(33), {.keyframe = true}},
      {"PPS alone is no place to start", unit(34), {}},
      {"SEI", unit(39), {}},
      {"aggregate of parameter sets", aggregate({unit(32), unit(33), unit(34)}), {.keyframe = true}},
      {"aggregate of a PPS and a delta slice", aggregate({unit(34), unit(1)}), {}},
      {"aggregate with a TSA", aggregate({unit(39), unit(2)}), {.temporal_switch_up = true}},
      {"fragment, start of an IDR", fragment(0x80 | 19), {.keyframe = true}},
      {"fragment, middle of an IDR", fragment(19), {.starts_frame = false}},
      {"fragment, end of an IDR", fragment(0x40 | 19), {.starts_frame = false}},
      {"fragment, start of a TSA", fragment(0x80 | 3, 2), {.temporal_id = 2, .temporal_switch_up = true}},
      {"fragment, middle of a TSA", fragment(3, 2), {.starts_frame = false, .temporal_id = 2}},
  };
  for (const Row& row : rows) {
    for (const bool marker : {false, true}) {
      PacketInfo expected = row.expected;
      expected.ends_frame = marker;
      expected.ends_picture = marker;
      const auto info = describe_h265(row.payload, marker);
      ASSERT_TRUE(info) << row.what;
      EXPECT_EQ(*info, expected) << row.what;
    }
  }
}

struct MalformedRow {
  const char* what;
  Bytes payload;
};

TEST(H265, MalformedPayloadsAreRefused) {
  const MalformedRow rows[] = {
      {"empty", {}},
      {"half a header", {0x02}},
      {"temporal id field of 0", {0x02, 0x00, 0x80}},
      {"PACI", concat(header(50), Bytes{0, 0, 0})},
      {"type 63", unit(63)},
      {"aggregate of nothing", header(48)},
      {"aggregate with half a size", concat(header(48), Bytes{0})},
      {"aggregate with a unit of one byte", concat(header(48), Bytes{0, 1, 0x26})},
      {"aggregate with a unit cut short", concat(header(48), Bytes{0, 4, 0x26, 0x01})},
      {"aggregate with a trailing byte", concat(aggregate({unit(1)}), Bytes{0})},
      {"fragment without a header", header(49)},
      {"fragment without a payload", concat(header(49), Bytes{0x93})},
      {"fragment that starts and ends", fragment(0xc0 | 19)},
  };
  for (const MalformedRow& row : rows) {
    const auto info = describe_h265(row.payload, false);
    ASSERT_FALSE(info) << row.what;
    EXPECT_EQ(info.error(), DropReason::kPayloadMalformed) << row.what;
  }
}

}  // namespace
}  // namespace parley::codec
