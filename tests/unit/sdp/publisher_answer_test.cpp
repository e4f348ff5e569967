#include "sdp/publisher_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/sdp/offers.h"

namespace parley::sdp {
namespace {

using codec::Codec;
using test::answered;
using test::audio_wish;
using test::input_with;
using test::lines_of;
using test::offer;
using test::parsed;
using test::payload_types;
using test::video_wish;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> extension_uris(const NegotiatedMedia& media) {
  std::vector<std::string> out;
  out.reserve(media.extensions.size());
  for (const auto& entry : media.extensions) out.push_back(entry.uri);
  return out;
}

std::vector<Direction> directions(const PublisherAnswer& answer) {
  std::vector<Direction> out;
  out.reserve(answer.answer.media.size());
  for (const auto& section : answer.answer.media) out.push_back(section.direction);
  return out;
}

TEST(PublisherAnswerTest, EveryCapturedOfferIsAnsweredSectionForSection) {
  for (const auto& path : test::all_offers()) {
    const SessionDescription from = parsed(test::read_text(path));
    std::vector<MediaWish> wishes;
    for (const auto& section : from.media) {
      if (section.type == MediaType::kAudio) wishes.push_back(audio_wish(section.mid));
      if (section.type == MediaType::kVideo) wishes.push_back(video_wish(section.mid));
    }
    const PublisherAnswer answer = answered(from, input_with(wishes));
    ASSERT_EQ(answer.answer.media.size(), from.media.size()) << path;
    ASSERT_EQ(answer.media.size(), from.media.size()) << path;
    EXPECT_EQ(answer.answer.groups, from.groups) << path;
    for (std::size_t i = 0; i < from.media.size(); ++i) {
      const MediaSection& section = answer.answer.media[i];
      EXPECT_EQ(section.mid, from.media[i].mid) << path;
      EXPECT_EQ(answer.media[i].mid, from.media[i].mid) << path;
      EXPECT_EQ(section.type, from.media[i].type) << path;
      EXPECT_EQ(section.port, 9) << path;
      for (const PayloadType payload_type : section.payload_types) {
        EXPECT_THAT(from.media[i].payload_types, Contains(payload_type)) << path;
      }
      for (const auto& entry : section.extmaps) {
        const auto it = std::ranges::find(from.media[i].extmaps, entry.uri, &ExtMap::uri);
        ASSERT_NE(it, from.media[i].extmaps.end()) << path << entry.uri;
        EXPECT_EQ(it->id, entry.id) << path;
      }
      for (const auto& entry : section.feedback) {
        EXPECT_TRUE(from.media[i].has_feedback(*entry.payload_type, entry.value)) << path << entry.value;
      }
    }
    EXPECT_EQ(parsed(print(answer.answer)), answer.answer) << path;
  }
}

TEST(PublisherAnswerTest, DataOnlyOfferGetsDataAndTransportLines) {
  const PublisherAnswer answer = answered(offer("bob_1"), input_with({}));
  EXPECT_EQ(answer.answer.origin.session_id, 77U);
  EXPECT_TRUE(answer.answer.ice_lite);
  EXPECT_THAT(print(answer.answer), HasSubstr("a=ice-lite\r\n"));
  EXPECT_THAT(print(answer.answer), HasSubstr("a=group:BUNDLE 0\r\n"));
  EXPECT_THAT(
      lines_of(answer.answer, "0"),
      ElementsAre("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=mid:0", "a=ice-ufrag:srvU",
                  "a=ice-pwd:serverpasswordserverpwd1", "a=fingerprint:sha-256 AA:BB:CC", "a=setup:passive",
                  StartsWith("a=candidate:"), "a=end-of-candidates", "a=sctp-port:5000", "a=max-message-size:262144"));
  EXPECT_EQ(answer.local_setup, Setup::kPassive);
  EXPECT_EQ(answer.remote.setup, Setup::kActpass);
  EXPECT_FALSE(answer.remote.ufrag.empty());
  EXPECT_EQ(answer.media[0].direction, Direction::kSendRecv);
}

TEST(PublisherAnswerTest, StatesTheLargestMessageOfTheTransport) {
  auto input = input_with({});
  input.transport.max_message_size = 65'536;
  const PublisherAnswer answer = answered(offer("bob_1"), input);
  EXPECT_THAT(lines_of(answer.answer, "0"), Contains("a=max-message-size:65536"));
}

TEST(PublisherAnswerTest, SetupFollowsAnOfferThatLeavesNoChoice) {
  for (const auto& [offered, expected] : {std::pair{Setup::kActive, Setup::kPassive},
                                          {Setup::kPassive, Setup::kActive},
                                          {Setup::kActpass, Setup::kActive}}) {
    SessionDescription from = offer("bob_1");
    from.media[0].transport.setup = offered;
    PublisherAnswerInput input = input_with({});
    input.preferred_setup = Setup::kActive;
    const PublisherAnswer answer = answered(from, input);
    EXPECT_EQ(answer.local_setup, expected);
    EXPECT_EQ(answer.answer.media[0].transport.setup, expected);
  }
}

TEST(PublisherAnswerTest, ChromiumSimulcastIsAcceptedInItsOrder) {
  const PublisherAnswer answer =
      answered(offer("alice_2"), input_with({audio_wish("1"), video_wish("2", Codec::kVp8)}));
  const auto lines = lines_of(answer.answer, "2");
  EXPECT_THAT(lines, IsSupersetOf({"a=recvonly", "a=rid:q recv", "a=rid:h recv", "a=rid:f recv",
                                   "a=simulcast:recv q;h;f", "a=rtcp-mux", "a=rtcp-rsize", "a=rtpmap:96 VP8/90000",
                                   "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96", "a=rtcp-fb:96 transport-cc",
                                   "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 ccm fir",
                                   "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
                                   "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"}));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("goog-remb"))));
  EXPECT_THAT(lines, Not(Contains(StartsWith("a=candidate"))));  // once, in the first section
  EXPECT_THAT(lines[0], StartsWith("m=video 9 UDP/TLS/RTP/SAVPF 96 97 "));

  const NegotiatedMedia& media = *answer.section("2");
  EXPECT_THAT(media.rids, ElementsAre("q", "h", "f"));
  EXPECT_EQ(media.direction, Direction::kRecvOnly);
  EXPECT_EQ(media.codecs[0].codec, Codec::kVp8);
  EXPECT_EQ(media.codecs[0].rtx_payload_type, PayloadType(97));
  EXPECT_EQ(media.extension_id(kUriRid), 10);
  EXPECT_EQ(media.extension_id(kUriAbsSendTime), 0);
  EXPECT_EQ(media.feedback, (NegotiatedFeedback{true, true, true, true, false}));
  EXPECT_EQ(media.msid, (Msid{"0c12d78a-dcad-490b-9c4b-96a043cb4355", "e5eb49ed-eecb-402c-8eef-ad75b484dde8"}));
}

TEST(PublisherAnswerTest, OnlyKnownExtensionsAreAccepted) {
  PublisherAnswerInput input = input_with({audio_wish("1"), video_wish("2")});
  input.accept_video_orientation = true;
  const PublisherAnswer answer = answered(offer("alice_2"), input);
  EXPECT_THAT(extension_uris(*answer.section("2")),
              ElementsAre(kUriVideoOrientation, kUriTransportCc, kUriPlayoutDelay, kUriMid, kUriRid, kUriRepairedRid,
                          kUriDependencyDescriptor));
  EXPECT_THAT(extension_uris(*answer.section("1")), ElementsAre(kUriAudioLevel, kUriTransportCc, kUriMid));

  // Not every receiver turns pictures, so senders shall, unless asked for.
  EXPECT_EQ(answered(offer("alice_2"), input_with({video_wish("2")})).section("2")->extension_id(kUriVideoOrientation),
            0);
}

TEST(PublisherAnswerTest, AbsSendTimeAndRembStandInForTransportCc) {
  SessionDescription no_extension = offer("alice_2");
  std::erase_if(no_extension.section("2")->extmaps, [](const ExtMap& e) { return e.uri == kUriTransportCc; });
  SessionDescription no_feedback = offer("alice_2");
  std::erase_if(no_feedback.section("2")->feedback, [](const RtcpFeedback& f) { return f.value == "transport-cc"; });
  for (const auto& from : {no_extension, no_feedback}) {
    const PublisherAnswer answer = answered(from, input_with({video_wish("2")}));
    const NegotiatedMedia& media = *answer.section("2");
    EXPECT_EQ(media.extension_id(kUriTransportCc), 0);
    EXPECT_EQ(media.extension_id(kUriAbsSendTime), 2);
    EXPECT_FALSE(media.feedback.transport_cc);
    EXPECT_TRUE(media.feedback.remb);
    EXPECT_TRUE(answer.answer.section("2")->has_feedback(PayloadType(96), "goog-remb"));
  }
}

struct PreferredRow {
  const char* offer;
  Codec codec;
  std::vector<int> first;
  const char* fmtp;
};

TEST(PublisherAnswerTest, PreferredCodecGoesFirstWithItsRtx) {
  const PreferredRow rows[] = {
      {"ch264_2", Codec::kH264, {108, 109}, "profile-level-id=42e01f"},
      {"cvp9_2", Codec::kVp9, {98, 99}, "profile-id=0"},
      {"cav1_2", Codec::kAv1, {45, 46}, "level-idx=5;profile=0;tier=0"},
      {"ch264_2", Codec::kVp8, {96, 97}, ""},
      {"ch264_2", Codec::kH265, {96, 97}, ""},  // not offered: the client's own order
  };
  for (const auto& row : rows) {
    const SessionDescription from = offer(row.offer);
    PublisherAnswerInput input = input_with({video_wish("1", row.codec)});
    input.enabled_codecs.push_back(Codec::kH265);
    const PublisherAnswer answer = answered(from, input);
    auto types = payload_types(*answer.answer.section("1"));
    ASSERT_GT(types.size(), 2U) << row.offer;
    types.resize(2);
    EXPECT_EQ(types, row.first) << row.offer << codec::name_of(row.codec);
    const auto& media = *answer.section("1");
    EXPECT_EQ(media.codecs[0].payload_type.value, row.first[0]);
    EXPECT_THAT(media.codecs[0].fmtp, HasSubstr(row.fmtp));
    EXPECT_THAT(answer.answer.section("1")->fmtp_of(media.codecs[0].payload_type), HasSubstr(row.fmtp));
  }
}

TEST(PublisherAnswerTest, OnlyTheBaselineFamilyInPacketizationMode1IsKeptOfH264) {
  const PublisherAnswer answer = answered(offer("alice_2"), input_with({video_wish("2", Codec::kH264)}));
  std::vector<int> h264;
  for (const auto& entry : answer.section("2")->codecs) {
    if (entry.codec == Codec::kH264) h264.push_back(entry.payload_type.value);
  }
  EXPECT_THAT(h264, ElementsAre(108, 102));  // constrained baseline, baseline; not 104, 114 (mode 0), 116, 39 (main)
}

TEST(PublisherAnswerTest, H264WithoutACommonFormIsTakenAsOffered) {
  const auto from = parsed(
      "v=0\na=fingerprint:sha-256 AB\na=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\n"
      "m=video 9 UDP/TLS/RTP/SAVPF 98 97\na=mid:0\na=sendonly\na=rtcp-mux\na=rtpmap:97 H264/90000\n"
      "a=rtpmap:98 H264/90000\na=fmtp:97 packetization-mode=1;profile-level-id=4d001f\n"
      "a=fmtp:98 packetization-mode=1;profile-level-id=640c1f\n");
  const PublisherAnswer answer = answered(from, input_with({video_wish("0")}));
  EXPECT_THAT(payload_types(answer.answer.media[0]), ElementsAre(97, 98));  // main before high
}

TEST(PublisherAnswerTest, CodecsNotEnabledAreLeftOut) {
  PublisherAnswerInput input = input_with({audio_wish("1"), video_wish("2")});
  input.enabled_codecs = {Codec::kOpus, Codec::kVp9};
  const PublisherAnswer answer = answered(offer("alice_2"), input);
  EXPECT_THAT(payload_types(*answer.answer.section("1")), ElementsAre(111));
  EXPECT_THAT(payload_types(*answer.answer.section("2")), ElementsAre(98, 99, 100, 101));
}

TEST(PublisherAnswerTest, SectionWithoutCommonCodecIsRefusedAndLeavesTheBundle) {
  PublisherAnswerInput input = input_with({audio_wish("1"), video_wish("2")});
  input.enabled_codecs = {Codec::kOpus};
  const PublisherAnswer answer = answered(offer("alice_2"), input);
  EXPECT_EQ(answer.answer.section("2")->port, 0);
  EXPECT_EQ(answer.answer.section("2")->payload_types.size(), 1U);
  EXPECT_TRUE(answer.section("2")->rejected);
  EXPECT_THAT(answer.answer.groups[0].mids, ElementsAre("0", "1"));
}

TEST(PublisherAnswerTest, FirefoxKeepsOnlyTheWantedCodecWhenAsked) {
  PublisherAnswerInput input = input_with({audio_wish("1"), video_wish("2", Codec::kVp9)});
  input.only_preferred_codec = true;
  const PublisherAnswer answer = answered(offer("foxy_2"), input);
  EXPECT_THAT(payload_types(*answer.answer.section("2")), ElementsAre(121, 125));
  EXPECT_THAT(payload_types(*answer.answer.section("1")), ElementsAre(109));  // PCMU and PCMA are not enabled

  input.wishes[1].preferred_codec = Codec::kH264;  // which that Firefox lacks
  EXPECT_THAT(payload_types(*answered(offer("foxy_2"), input).answer.section("2")),
              ElementsAre(120, 124, 121, 125, 99, 100));
}

TEST(PublisherAnswerTest, FirefoxSimulcastKeepsSsrcsAndReversesSuffixes) {
  const PublisherAnswer answer = answered(offer("foxy_2"), input_with({video_wish("2", Codec::kVp8)}));
  const auto lines = lines_of(answer.answer, "2");
  EXPECT_THAT(lines, IsSupersetOf({"a=simulcast:recv q;h;f",
                                   "a=extmap:9/recvonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
                                   "a=extmap:10/recvonly urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
                                   "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap-allow-mixed"}));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("playout-delay"))));  // Firefox would only receive it
  EXPECT_THAT(lines, Not(Contains(HasSubstr("max-fs"))));
  EXPECT_THAT(lines, Not(Contains(StartsWith("a=ssrc"))));  // we send nothing

  const NegotiatedMedia& media = *answer.section("2");
  EXPECT_THAT(media.primary_ssrcs(), ElementsAre(Ssrc(2176684287), Ssrc(1528481694), Ssrc(2872839575)));
  EXPECT_EQ(media.rtx_ssrc_of(Ssrc(1528481694)), Ssrc(69314268));
  EXPECT_EQ(media.rtx_ssrc_of(Ssrc(69314268)), std::nullopt);
  EXPECT_EQ(answer.remote.fingerprint.value.substr(0, 5), "7B:1B");
}

TEST(PublisherAnswerTest, TwoRidsWithOnePausedAreMirrored) {
  SessionDescription from = offer("foxy_2");
  MediaSection& video = *from.section("2");
  video.rids.pop_back();
  video.simulcast->send = {{{"q", false}}, {{"h", true}}};
  const PublisherAnswer answer = answered(from, input_with({video_wish("2")}));
  EXPECT_THAT(lines_of(answer.answer, "2"), IsSupersetOf({"a=rid:q recv", "a=rid:h recv", "a=simulcast:recv q;~h"}));
  EXPECT_THAT(answer.section("2")->rids, ElementsAre("q", "h"));
}

TEST(PublisherAnswerTest, PausedLayersStayPausedInAnswers) {
  const PublisherAnswer answer = answered(offer("alice_4"), input_with({video_wish("2")}));
  EXPECT_THAT(lines_of(answer.answer, "2"), Contains("a=simulcast:recv q;~h;~f"));
}

TEST(PublisherAnswerTest, WishedRidsAloneAreAccepted) {
  PublisherAnswerInput input = input_with({video_wish("2")});
  input.wishes[0].rids = {"f", "q"};
  const PublisherAnswer answer = answered(offer("alice_2"), input);
  EXPECT_THAT(lines_of(answer.answer, "2"), Contains("a=simulcast:recv q;f"));
  EXPECT_THAT(answer.section("2")->rids, ElementsAre("q", "f"));
}

TEST(PublisherAnswerTest, AtMostAsManyRidsAsThereAreLayersAreAccepted) {
  SessionDescription from = offer("alice_2");
  MediaSection& video = *from.section("2");
  for (const char* rid : {"x", "y"}) {
    video.rids.push_back({rid, RidDirection::kSend, {}});
    video.simulcast->send.push_back({{rid, false}});
  }
  EXPECT_THAT(answered(from, input_with({video_wish("2")})).section("2")->rids, ElementsAre("q", "h", "f", "x"));
}

TEST(PublisherAnswerTest, RedGoesFirstWhenWishedAndIsRefusedOtherwise) {
  MediaWish wish = audio_wish("1");
  wish.red = true;
  const PublisherAnswer with_red = answered(offer("alice_2"), input_with({wish}));
  EXPECT_THAT(lines_of(with_red.answer, "1"),
              IsSupersetOf({"m=audio 9 UDP/TLS/RTP/SAVPF 63 111", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111"}));
  EXPECT_EQ(with_red.section("1")->codecs[0].red_primary, PayloadType(111));
  EXPECT_TRUE(with_red.section("1")->feedback.transport_cc);

  wish.red = false;
  EXPECT_THAT(payload_types(*answered(offer("alice_2"), input_with({wish})).answer.section("1")), ElementsAre(111));
}

struct OpusRow {
  bool dtx;
  bool stereo;
  const char* fmtp;
};

TEST(PublisherAnswerTest, OpusParametersFollowTheWish) {
  const OpusRow rows[] = {
      {false, false, "a=fmtp:111 minptime=10;useinbandfec=1"},
      {true, false, "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1"},
      {false, true, "a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=510000"},
      {true, true, "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1;stereo=1;maxaveragebitrate=510000"},
  };
  for (const auto& row : rows) {
    MediaWish wish = audio_wish("1");
    wish.dtx = row.dtx;
    wish.stereo = row.stereo;
    EXPECT_THAT(lines_of(answered(offer("alice_2"), input_with({wish})).answer, "1"), Contains(row.fmtp));
  }
}

TEST(PublisherAnswerTest, SectionsNobodyWishedForAreInactiveButKeepTheirEncodings) {
  const PublisherAnswer answer = answered(offer("alice_2"), input_with({}));
  EXPECT_THAT(directions(answer), ElementsAre(Direction::kSendRecv, Direction::kInactive, Direction::kInactive));
  EXPECT_THAT(lines_of(answer.answer, "2"), Contains("a=simulcast:recv q;h;f"));
  EXPECT_EQ(answer.answer.section("2")->port, 9);

  MediaWish refused = video_wish("2");
  refused.accept = false;
  MediaWish wrong_kind = video_wish("1");
  const PublisherAnswer other = answered(offer("alice_2"), input_with({refused, wrong_kind}));
  EXPECT_THAT(directions(other), ElementsAre(Direction::kSendRecv, Direction::kInactive, Direction::kInactive));
}

TEST(PublisherAnswerTest, SectionThatTheClientStoppedIsInactiveDespiteAWish) {
  const PublisherAnswer answer = answered(offer("alice_4"), input_with({video_wish("2"), video_wish("3")}));
  EXPECT_EQ(answer.section("2")->direction, Direction::kRecvOnly);
  EXPECT_EQ(answer.section("3")->direction, Direction::kInactive);
}

TEST(PublisherAnswerTest, RecvonlySectionsOfTheRustClientAreInactive) {
  const PublisherAnswer answer = answered(offer("rusty_4"), input_with({audio_wish("14"), video_wish("15")}));
  for (const char* mid : {"7", "8", "9", "10", "11", "12"}) {
    EXPECT_EQ(answer.section(mid)->direction, Direction::kInactive) << mid;
    EXPECT_THAT(lines_of(answer.answer, mid), Contains("a=inactive")) << mid;
  }
  EXPECT_EQ(answer.section("14")->direction, Direction::kRecvOnly);
  EXPECT_THAT(lines_of(answer.answer, "15"), Contains("a=simulcast:recv f;~h;~q"));
  EXPECT_EQ(answer.section("15")->codecs[0].rtx_payload_type, std::nullopt);
  EXPECT_FALSE(answer.answer.section("7")->candidates.empty());
  EXPECT_THAT(answer.answer.groups[0].mids, ElementsAre("7", "8", "9", "10", "11", "12", "13", "14", "15"));
}

SendPlacement video_placement(std::string mid, Codec codec) {
  SendPlacement out;
  out.mid = std::move(mid);
  out.stream_id = "PA_x|TR_y";
  out.track_id = "TR_y";
  out.cname = "PA_x";
  out.ssrc = Ssrc(1001);
  out.rtx_ssrc = Ssrc(1002);
  out.codec = codec;
  return out;
}

TEST(PublisherAnswerTest, PlacedTrackIsSentOnTheRecvonlySection) {
  PublisherAnswerInput input = input_with({});
  input.placements = {video_placement("10", Codec::kH264)};
  const PublisherAnswer answer = answered(offer("rusty_1"), input);
  const auto lines = lines_of(answer.answer, "10");
  EXPECT_THAT(lines, IsSupersetOf({"m=video 9 UDP/TLS/RTP/SAVPF 109 114", "a=sendonly", "a=msid:PA_x|TR_y TR_y",
                                   "a=ssrc:1001 cname:PA_x", "a=ssrc:1001 msid:PA_x|TR_y TR_y",
                                   "a=ssrc:1002 cname:PA_x", "a=ssrc-group:FID 1001 1002"}));
  // Chromium offers later sections only what this one agreed on: a viewer that publishes simulcast needs rid there.
  EXPECT_THAT(lines, Contains("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"));
  EXPECT_THAT(lines, Contains("a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"));
  const NegotiatedMedia& media = *answer.section("10");
  EXPECT_EQ(media.direction, Direction::kSendOnly);
  ASSERT_EQ(media.codecs.size(), 1U);
  EXPECT_EQ(media.codecs[0].payload_type, PayloadType(109));
  EXPECT_EQ(media.extension_id(kUriTransportCc), 3);
  EXPECT_EQ(answer.section("11")->direction, Direction::kInactive);
}

TEST(PublisherAnswerTest, PlacedAudioUsesRedWhereOfferedElseOpus) {
  PublisherAnswerInput input = input_with({});
  SendPlacement placement = video_placement("7", Codec::kRed);
  placement.rtx_ssrc.reset();
  placement.stereo = true;
  input.placements = {placement};
  const PublisherAnswer answer = answered(offer("rusty_1"), input);
  EXPECT_THAT(lines_of(answer.answer, "7"), IsSupersetOf({"m=audio 9 UDP/TLS/RTP/SAVPF 63 111", "a=sendonly",
                                                          "a=fmtp:111 minptime=10;useinbandfec=1;sprop-stereo=1"}));
  EXPECT_EQ(answer.section("7")->codecs[0].codec, Codec::kRed);
  EXPECT_EQ(answer.section("7")->extension_id(kUriAudioLevel), 1);

  SessionDescription from = offer("rusty_1");
  std::erase(from.section("7")->payload_types, PayloadType(63));
  EXPECT_EQ(answered(from, input).section("7")->codecs[0].codec, Codec::kOpus);
}

TEST(PublisherAnswerTest, PlacementThatCannotBeServedLeavesTheSectionInactive) {
  PublisherAnswerInput input = input_with({audio_wish("14")});
  input.enabled_codecs.push_back(Codec::kH265);
  input.placements = {video_placement("10", Codec::kH265), video_placement("14", Codec::kOpus)};
  const PublisherAnswer answer = answered(offer("rusty_2"), input);
  EXPECT_EQ(answer.section("10")->direction, Direction::kInactive);  // H265 is not offered
  EXPECT_EQ(answer.answer.section("10")->msid, std::nullopt);
  EXPECT_EQ(answer.section("14")->direction, Direction::kRecvOnly);  // the client does not receive there
}

TEST(PublisherAnswerTest, RtxSsrcIsLeftOutWithoutAnRtxFormat) {
  SessionDescription from = offer("rusty_4");
  from.section("15")->direction = Direction::kRecvOnly;
  PublisherAnswerInput input = input_with({});
  input.placements = {video_placement("15", Codec::kVp8)};
  const PublisherAnswer answer = answered(from, input);
  EXPECT_EQ(answer.section("15")->direction, Direction::kSendOnly);
  EXPECT_EQ(answer.answer.section("15")->ssrcs.size(), 1U);
  EXPECT_THAT(answer.answer.section("15")->ssrc_groups, IsEmpty());
}

TEST(PublisherAnswerTest, BundleOnlySectionIsAcceptedOnPort9) {
  SessionDescription from = offer("alice_2");
  from.section("2")->port = 0;
  from.section("2")->bundle_only = true;
  const PublisherAnswer answer = answered(from, input_with({video_wish("2")}));
  EXPECT_EQ(answer.answer.section("2")->port, 9);
  EXPECT_FALSE(answer.answer.section("2")->bundle_only);
  EXPECT_EQ(answer.section("2")->direction, Direction::kRecvOnly);
}

TEST(PublisherAnswerTest, RefusedFirstSectionMovesTheTransportOn) {
  SessionDescription from = offer("alice_2");
  from.section("0")->port = 0;
  from.section("1")->transport.ice_ufrag = "other";
  const PublisherAnswer answer = answered(from, input_with({audio_wish("1")}));
  EXPECT_THAT(answer.answer.groups[0].mids, ElementsAre("1", "2"));
  EXPECT_EQ(answer.remote.ufrag, "other");
  EXPECT_THAT(answer.answer.section("0")->candidates, IsEmpty());
  EXPECT_FALSE(answer.answer.section("1")->candidates.empty());
}

TEST(PublisherAnswerTest, SectionsOutsideTheOneTransportAreRefused) {
  SessionDescription unbundled = offer("alice_2");
  unbundled.groups.clear();
  const PublisherAnswer answer = answered(unbundled, input_with({audio_wish("1"), video_wish("2")}));
  EXPECT_FALSE(answer.section("0")->rejected);
  EXPECT_TRUE(answer.section("1")->rejected);
  EXPECT_TRUE(answer.section("2")->rejected);

  SessionDescription partly = offer("alice_2");
  partly.groups[0].mids = {"1", "2"};
  const PublisherAnswer other = answered(partly, input_with({audio_wish("1")}));
  EXPECT_TRUE(other.section("0")->rejected);
  EXPECT_EQ(other.section("1")->direction, Direction::kRecvOnly);
}

TEST(PublisherAnswerTest, SectionsOfOtherKindsAndTransportsAreRefused) {
  SessionDescription from = offer("alice_3");
  from.section("1")->rtcp_mux = false;
  from.section("2")->protocol = "RTP/AVP";
  from.section("3")->type = MediaType::kOther;
  from.section("3")->other_type = "text";
  const PublisherAnswer answer = answered(from, input_with({audio_wish("1"), video_wish("2"), video_wish("3")}));
  for (const char* mid : {"1", "2", "3"}) EXPECT_TRUE(answer.section(mid)->rejected) << mid;
  EXPECT_THAT(lines_of(answer.answer, "3")[0], StartsWith("m=text 0 UDP/TLS/RTP/SAVPF "));
}

TEST(PublisherAnswerTest, SecondDataSectionIsRefused) {
  SessionDescription from = offer("bob_1");
  from.media.push_back(from.media[0]);
  from.media[1].mid = "1";
  from.groups[0].mids = {"0", "1"};
  const PublisherAnswer answer = answered(from, input_with({}));
  EXPECT_FALSE(answer.media[0].rejected);
  EXPECT_TRUE(answer.media[1].rejected);
}

TEST(PublisherAnswerTest, ExtensionIdsBeyondOneByteNeedMixedForms) {
  SessionDescription from = offer("alice_2");
  auto& extmaps = from.section("2")->extmaps;
  std::ranges::find(extmaps, kUriRid, &ExtMap::uri)->id = 16;
  std::ranges::find(extmaps, kUriRepairedRid, &ExtMap::uri)->id = 15;
  const auto with = answered(from, input_with({video_wish("2")}));
  EXPECT_EQ(with.section("2")->extension_id(kUriRid), 16);
  EXPECT_EQ(with.section("2")->extension_id(kUriRepairedRid), 0);
  from.extmap_allow_mixed = false;
  EXPECT_EQ(answered(from, input_with({video_wish("2")})).section("2")->extension_id(kUriRid), 0);
}

TEST(PublisherAnswerTest, EncoderHintsOfTheClientAreRepeated) {
  EXPECT_THAT(lines_of(answered(offer("alice_2"), input_with({video_wish("2")})).answer, "2"),
              Contains("a=fmtp:96 x-google-start-bitrate=1000"));
}

TEST(PublisherAnswerTest, OfferWithoutTransportOrSectionsIsAnError) {
  EXPECT_EQ(answer_publisher_offer({}, input_with({})).error().code, "sdp_no_media");
  SessionDescription from = offer("bob_1");
  from.media[0].transport.ice_pwd.clear();
  const auto answer = answer_publisher_offer(from, input_with({}));
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, "sdp_transport");
  EXPECT_EQ(answer.error().field, "ice-pwd");
}

}  // namespace
}  // namespace parley::sdp
