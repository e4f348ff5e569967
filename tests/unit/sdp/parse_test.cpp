#include <gtest/gtest.h>

#include <string>

#include "unit/sdp/offers.h"

namespace parley::sdp {
namespace {

using test::offer;
using test::parsed;

// A minimal description with `lines` below one video section; each line without its end.
std::string with_video(const std::string& lines) {
  return "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\nm=video 9 UDP/TLS/RTP/SAVPF 96 97\n" + lines;
}

TEST(ParseTest, EveryCapturedOfferSurvivesPrintAndParse) {
  const auto paths = test::all_offers();
  ASSERT_GE(paths.size(), 27U);
  for (const auto& path : paths) {
    const auto first = parse(test::read_text(path));
    ASSERT_TRUE(first.has_value()) << path << ": " << first.error().message;
    const auto second = parse(print(*first));
    ASSERT_TRUE(second.has_value()) << path << ": " << second.error().message;
    EXPECT_EQ(*first, *second) << path;
  }
}

TEST(ParseTest, ChromiumOfferIsReadWhole) {
  const SessionDescription description = offer("alice_2");
  EXPECT_EQ(description.origin.session_id, 3838282328290830888U);
  EXPECT_EQ(description.origin.session_version, 3U);
  EXPECT_TRUE(description.extmap_allow_mixed);
  EXPECT_EQ(description.msid_semantic, "WMS 0c12d78a-dcad-490b-9c4b-96a043cb4355");
  ASSERT_NE(description.bundle(), nullptr);
  EXPECT_EQ(description.bundle()->mids, (std::vector<std::string>{"0", "1", "2"}));
  ASSERT_EQ(description.media.size(), 3U);

  const MediaSection& data = description.media[0];
  EXPECT_EQ(data.type, MediaType::kApplication);
  EXPECT_EQ(data.port, 46968);
  EXPECT_EQ(data.formats, std::vector<std::string>{"webrtc-datachannel"});
  EXPECT_EQ(data.sctp_port, 5000);
  EXPECT_EQ(data.max_message_size, 262144U);
  ASSERT_EQ(data.candidates.size(), 2U);
  EXPECT_EQ(data.candidates[1].address, "fd00::2");
  EXPECT_EQ(data.transport.ice_ufrag, "Uz/J");
  EXPECT_EQ(data.transport.setup, Setup::kActpass);

  const MediaSection& audio = description.media[1];
  EXPECT_EQ(audio.direction, Direction::kSendOnly);
  EXPECT_EQ(audio.payload_types.size(), 8U);
  ASSERT_NE(audio.rtpmap_of(PayloadType(111)), nullptr);
  EXPECT_EQ(audio.rtpmap_of(PayloadType(111))->channels, 2);
  EXPECT_EQ(audio.rtpmap_of(PayloadType(9))->channels, 1);
  EXPECT_EQ(fmtp_value(audio.fmtp_of(PayloadType(111)), "stereo"), "1");
  EXPECT_EQ(audio.msid, (Msid{"7761f502-f772-4cbb-a602-131c3849aa4a", "568b49cd-a075-4a7d-b4be-98e180f94c82"}));
  ASSERT_EQ(audio.ssrcs.size(), 1U);
  EXPECT_EQ(audio.ssrcs[0].ssrc, Ssrc(2178645967U));
  EXPECT_EQ(audio.ssrcs[0].cname, "IBCLDDvMy4SgKNCT");
  EXPECT_EQ(audio.ssrcs[0].msid, audio.msid);

  const MediaSection& video = description.media[2];
  EXPECT_TRUE(video.rtcp_mux);
  EXPECT_TRUE(video.rtcp_rsize);
  EXPECT_EQ(video.rtx_of(PayloadType(96)), PayloadType(97));
  EXPECT_EQ(video.rtx_of(PayloadType(120)), std::nullopt);
  EXPECT_TRUE(video.has_feedback(PayloadType(96), "nack pli"));
  EXPECT_FALSE(video.has_feedback(PayloadType(97), "nack"));
  EXPECT_EQ(video.rids.size(), 3U);
  ASSERT_TRUE(video.simulcast.has_value());
  ASSERT_EQ(video.simulcast->send.size(), 3U);
  EXPECT_EQ(video.simulcast->send[2], (SimulcastStream{{"f", false}}));
}

TEST(ParseTest, FirefoxSuffixesGroupsAndSessionFingerprintAreRead) {
  const SessionDescription description = offer("foxy_2");
  EXPECT_TRUE(description.media[0].transport.fingerprints.empty());
  ASSERT_EQ(description.transport.fingerprints.size(), 1U);
  const MediaSection& video = *description.section("2");
  const auto rid = std::ranges::find(video.extmaps, kUriRid, &ExtMap::uri);
  ASSERT_NE(rid, video.extmaps.end());
  EXPECT_EQ(rid->id, 9);
  EXPECT_EQ(rid->direction, Direction::kSendOnly);
  ASSERT_EQ(video.ssrc_groups.size(), 3U);
  EXPECT_EQ(video.ssrc_groups[1], (SsrcGroup{"FID", {Ssrc(1528481694), Ssrc(69314268)}}));
  EXPECT_EQ(video.ssrcs.size(), 6U);
}

TEST(ParseTest, PausedRidsAndReversedOrderOfTheRustClientAreRead) {
  const SessionDescription description = offer("rusty_4");
  const MediaSection& video = *description.section("15");
  ASSERT_TRUE(video.simulcast.has_value());
  EXPECT_EQ(video.simulcast->send, (std::vector<SimulcastStream>{{{"f", false}}, {{"h", true}}, {{"q", true}}}));
}

TEST(ParseTest, SimulcastAlternativesAndBothDirectionsAreRead) {
  const auto description =
      parsed(with_video("a=rid:a send pt=96;max-width=1280\na=rid:b send\na=rid:c recv\n"
                        "a=simulcast:recv c send a,~b;b\n"));
  const MediaSection& video = description.media[0];
  EXPECT_EQ(video.rids[0].parameters, "pt=96;max-width=1280");
  EXPECT_EQ(video.rids[2].direction, RidDirection::kRecv);
  EXPECT_EQ(video.simulcast->send, (std::vector<SimulcastStream>{{{"a", false}, {"b", true}}, {{"b", false}}}));
  EXPECT_EQ(video.simulcast->recv, (std::vector<SimulcastStream>{{{"c", false}}}));
  EXPECT_EQ(parsed(print(description)), description);
}

TEST(ParseTest, PortZeroBesideBundleOnlyIsNoRefusal) {
  EXPECT_TRUE(parsed("v=0\nm=video 0 UDP/TLS/RTP/SAVPF 96\n").media[0].rejected());
  EXPECT_FALSE(parsed("v=0\nm=video 0 UDP/TLS/RTP/SAVPF 96\na=bundle-only\n").media[0].rejected());
}

TEST(ParseTest, SessionDirectionHoldsForSectionsWithoutTheirOwn) {
  const auto description = parsed(
      "v=0\na=recvonly\nm=audio 9 UDP/TLS/RTP/SAVPF 111\nm=audio 9 UDP/TLS/RTP/SAVPF 111\na=sendonly\n"
      "m=audio 9 UDP/TLS/RTP/SAVPF 111\n");
  EXPECT_EQ(description.media[0].direction, Direction::kRecvOnly);
  EXPECT_EQ(description.media[1].direction, Direction::kSendOnly);
  EXPECT_EQ(description.media[2].direction, Direction::kRecvOnly);
}

TEST(ParseTest, LineFeedAloneAndMissingLastLineEndAreAccepted) {
  EXPECT_EQ(parsed("v=0\ns=x\nm=audio 9 RTP/SAVPF 0\na=mid:a"),
            parsed("v=0\r\ns=x\r\nm=audio 9 RTP/SAVPF 0\r\na=mid:a\r\n"));
}

TEST(ParseTest, UnknownLinesAttributesAndCandidatesArePassedOver) {
  const auto description =
      parsed(with_video("b=AS:500\ni=title\na=rtcp-xr:rcvr-rtt=all\na=ssrc:5 mslabel:x\na=x-unheard-of\n"
                        "a=candidate:1 1 ssltcp 1 192.0.2.1 443 typ host\na=rtcp-fb:* nack\n"));
  EXPECT_TRUE(description.media[0].candidates.empty());
  EXPECT_TRUE(description.media[0].has_feedback(PayloadType(97), "nack"));
  EXPECT_EQ(description.media[0].ssrcs.size(), 1U);
  EXPECT_EQ(parsed(print(description)), description);
}

TEST(ParseTest, OtherMediaTypesKeepTheirNames) {
  const auto description = parsed("v=0\nm=text 9 RTP/AVP 98 99\na=mid:t\n");
  EXPECT_EQ(description.media[0].type, MediaType::kOther);
  EXPECT_NE(print(description).find("m=text 9 RTP/AVP 98 99\r\n"), std::string::npos);
}

TEST(ParseTest, FmtpValuesAreFoundByKey) {
  EXPECT_EQ(fmtp_value("minptime=10; useinbandfec=1", "USEINBANDFEC"), "1");
  EXPECT_EQ(fmtp_value("a=b=c;flag", "a"), "b=c");
  EXPECT_EQ(fmtp_value("a=b;flag", "flag"), "");
  EXPECT_EQ(fmtp_value("xapt=96", "apt"), std::nullopt);
  EXPECT_EQ(fmtp_value("", "apt"), std::nullopt);
}

struct BadRow {
  std::string text;
  const char* field;
  const char* line;
};

TEST(ParseTest, UnreadableDescriptionNamesLineAndField) {
  const BadRow rows[] = {
      {"", "v", "line 0: "},
      {"v=1\n", "v", "line 1: "},
      {"hello", "v", "line 1: "},
      {"v=0\no=- x 1 IN IP4 0.0.0.0\n", "o", "line 2: "},
      {"v=0\no=- 1 99999999999999999999 IN IP4 0.0.0.0\n", "o", "line 2: "},
      {"v=0\no=- 1 2\n", "o", "line 2: "},
      {"v=0\nnonsense\n", "line", "line 2: "},
      {std::string("v=0\ns=a\0b\n", 10), "line", "line 2: "},
      {"v=0\ns=a\rb\n", "line", "line 2: "},
      {"v=0\na=group:\n", "group", "line 2: "},
      {"v=0\na=group:BUNDLE 12345678901234567\n", "group", "line 2: "},
      {"v=0\nm=\n", "m", "line 2: "},
      {"v=0\nm=audio 70000 RTP/SAVPF 0\n", "m", "line 2: "},
      {"v=0\nm=audio 9 RTP/SAVPF\n", "m", "line 2: "},
      {"v=0\nm=audio 9 RTP/SAVPF 128\n", "m", "line 2: "},
      {"v=0\nm=audio 9 RTP/SAVPF x\n", "m", "line 2: "},
      {with_video("a=mid:\n"), "mid", "line 6: "},
      {with_video("a=mid:12345678901234567\n"), "mid", "line 6: "},
      {with_video("a=mid:1\na=mid:2\n"), "mid", "line 7: "},
      {with_video("a=mid:1\nm=video 9 RTP/SAVPF 96\na=mid:1\n"), "mid", "line 8: "},
      {with_video("a=rtpmap:200 VP8/90000\n"), "rtpmap", "line 6: "},
      {with_video("a=rtpmap:96 VP8\n"), "rtpmap", "line 6: "},
      {with_video("a=rtpmap:96 VP8/0\n"), "rtpmap", "line 6: "},
      {with_video("a=rtpmap:96 VP8/90000/0\n"), "rtpmap", "line 6: "},
      {with_video("a=rtpmap:96 VP8/90000\na=rtpmap:96 VP9/90000\n"), "rtpmap", "line 7: "},
      {with_video("a=fmtp:x a=b\n"), "fmtp", "line 6: "},
      {with_video("a=rtcp-fb:96\n"), "rtcp-fb", "line 6: "},
      {with_video("a=extmap:0 urn:x\n"), "extmap", "line 6: "},
      {with_video("a=extmap:1\n"), "extmap", "line 6: "},
      {with_video("a=extmap:1/sideways urn:x\n"), "extmap", "line 6: "},
      {with_video("a=msid:\n"), "msid", "line 6: "},
      {with_video("a=ssrc:4294967296 cname:x\n"), "ssrc", "line 6: "},
      {with_video("a=ssrc-group:FID\n"), "ssrc-group", "line 6: "},
      {with_video("a=ssrc-group:FID 1 x\n"), "ssrc-group", "line 6: "},
      {with_video("a=rid:q\n"), "rid", "line 6: "},
      {with_video("a=rid:q! send\n"), "rid", "line 6: "},
      {with_video("a=rid:q send\na=rid:q send\n"), "rid", "line 7: "},
      {with_video("a=simulcast:\n"), "simulcast", "line 6: "},
      {with_video("a=simulcast:send\n"), "simulcast", "line 6: "},
      {with_video("a=simulcast:send q;;h\n"), "simulcast", "line 6: "},
      {with_video("a=simulcast:send q send h\n"), "simulcast", "line 6: "},
      {with_video("a=candidate:1 1 udp\n"), "candidate", "line 6: "},
      {with_video("a=setup:later\n"), "setup", "line 6: "},
      {with_video("a=fingerprint:sha-256 A:BC\n"), "fingerprint", "line 6: "},
      {with_video("a=fingerprint:sha-256\n"), "fingerprint", "line 6: "},
      {with_video("a=ice-ufrag:\n"), "ice-ufrag", "line 6: "},
      {with_video("a=sctp-port:65536\n"), "sctp-port", "line 6: "},
      {with_video("a=max-message-size:-1\n"), "max-message-size", "line 6: "},
  };
  for (const auto& row : rows) {
    const auto description = parse(row.text);
    ASSERT_FALSE(description.has_value()) << row.text;
    EXPECT_EQ(description.error().code, "sdp_malformed") << row.text;
    EXPECT_EQ(description.error().field, row.field) << row.text;
    EXPECT_TRUE(description.error().message.starts_with(row.line)) << row.text << description.error().message;
  }
}

struct LimitRow {
  ParseLimits limits;
  std::string fits;
  std::string exceeds;
};

TEST(ParseTest, EachLimitRefusesOneMore) {
  const std::string media = "m=video 9 UDP/TLS/RTP/SAVPF 96\n";
  const LimitRow rows[] = {
      {{.bytes = 8}, "v=0\ns=x\n", "v=0\ns=xy\n"},
      {{.lines = 2}, "v=0\ns=x\n", "v=0\ns=x\nt=0 0\n"},
      {{.line_bytes = 5}, "v=0\ns=123\n", "v=0\ns=1234\n"},
      {{.media_sections = 1}, "v=0\n" + media, "v=0\n" + media + media},
      {{.payload_types = 2}, with_video(""), "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 96 97 98\n"},
      {{.payload_types = 2},
       with_video("a=fmtp:96 a=b\na=fmtp:97 a=b\n"),
       with_video("a=fmtp:96 a=b\na=fmtp:97 a=b\na=fmtp:97 c=d\n")},
      {{.list_entries = 1}, with_video("a=extmap:1 urn:a\n"), with_video("a=extmap:1 urn:a\na=extmap:2 urn:b\n")},
      {{.list_entries = 1}, with_video("a=ssrc:1 cname:a\n"), with_video("a=ssrc:1 cname:a\na=ssrc:2 cname:a\n")},
      {{.list_entries = 1}, with_video("a=rid:1 send\n"), with_video("a=rid:1 send\na=rid:2 send\n")},
      {{.list_entries = 1}, with_video("a=simulcast:send a\n"), with_video("a=simulcast:send a;b\n")},
      {{.list_entries = 1}, with_video("a=rtcp-fb:96 nack\n"), with_video("a=rtcp-fb:96 nack\na=rtcp-fb:96 x\n")},
      {{.list_entries = 1}, "v=0\na=group:BUNDLE a\n", "v=0\na=group:BUNDLE a b\n"},
  };
  for (const auto& row : rows) {
    const auto fits = parse(row.fits, row.limits);
    EXPECT_TRUE(fits.has_value()) << row.fits << (fits ? "" : fits.error().message);
    const auto exceeds = parse(row.exceeds, row.limits);
    ASSERT_FALSE(exceeds.has_value()) << row.exceeds;
    EXPECT_EQ(exceeds.error().code, "sdp_too_large") << row.exceeds;
  }
}

}  // namespace
}  // namespace parley::sdp
