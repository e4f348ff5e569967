#include "peer/demux.h"

#include <gtest/gtest.h>

#include <array>

namespace parley::peer {
namespace {

struct Row {
  std::uint8_t first;
  std::uint8_t second;
  DatagramKind kind;
};
class Demux : public testing::TestWithParam<Row> {};

TEST_P(Demux, FirstBytesDecide) {
  const std::array<std::uint8_t, 2> datagram = {GetParam().first, GetParam().second};
  EXPECT_EQ(classify(datagram), GetParam().kind) << int{GetParam().first} << ", " << int{GetParam().second};
}
INSTANTIATE_TEST_SUITE_P(Rfc7983, Demux,
                         testing::Values(Row{0, 0, DatagramKind::kStun}, Row{3, 0xff, DatagramKind::kStun},
                                         Row{4, 0, DatagramKind::kUnknown}, Row{19, 0, DatagramKind::kUnknown},
                                         Row{20, 0, DatagramKind::kDtls}, Row{63, 0xfe, DatagramKind::kDtls},
                                         Row{64, 0, DatagramKind::kUnknown}, Row{79, 0, DatagramKind::kUnknown},
                                         Row{80, 0, DatagramKind::kUnknown}, Row{127, 96, DatagramKind::kUnknown},
                                         Row{128, 96, DatagramKind::kRtp}, Row{191, 127, DatagramKind::kRtp},
                                         Row{192, 96, DatagramKind::kUnknown}, Row{255, 200, DatagramKind::kUnknown}));
INSTANTIATE_TEST_SUITE_P(Rfc5761, Demux,
                         testing::Values(Row{128, 191, DatagramKind::kRtp}, Row{128, 192, DatagramKind::kRtcp},
                                         Row{129, 200, DatagramKind::kRtcp}, Row{143, 206, DatagramKind::kRtcp},
                                         Row{191, 223, DatagramKind::kRtcp}, Row{128, 224, DatagramKind::kRtp},
                                         Row{128, 255, DatagramKind::kRtp}));

TEST(DemuxShort, EmptyDatagramIsUnknown) { EXPECT_EQ(classify(ByteView{}), DatagramKind::kUnknown); }

TEST(DemuxShort, OneByteNamesStunAndDtlsButNotRtp) {
  const std::array<std::uint8_t, 1> stun = {1};
  const std::array<std::uint8_t, 1> dtls = {22};
  const std::array<std::uint8_t, 1> rtp = {128};
  EXPECT_EQ(classify(stun), DatagramKind::kStun);
  EXPECT_EQ(classify(dtls), DatagramKind::kDtls);
  EXPECT_EQ(classify(rtp), DatagramKind::kUnknown);
}

}  // namespace
}  // namespace parley::peer
