#include "sdp/subscriber_offer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/sdp/offers.h"

namespace parley::sdp {
namespace {

using codec::Codec;
using test::lines_of;
using test::parsed;
using test::payload_types;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

SubscriberTrack video(std::string id, std::vector<Codec> codecs = {Codec::kVp8}) {
  SubscriberTrack out;
  out.kind = MediaKind::kVideo;
  out.stream_id = "PA_a|" + id;
  out.track_id = std::move(id);
  out.cname = "PA_a";
  out.ssrc = Ssrc(2001);
  out.rtx_ssrc = Ssrc(2002);
  out.codecs = std::move(codecs);
  return out;
}
SubscriberTrack audio(std::string id, std::vector<Codec> codecs = {Codec::kOpus}) {
  SubscriberTrack out;
  out.stream_id = "PA_a|" + id;
  out.track_id = std::move(id);
  out.cname = "PA_a";
  out.ssrc = Ssrc(3001);
  out.codecs = std::move(codecs);
  return out;
}
SubscriberOfferer offerer(SubscriberOfferConfig config = {}) { return {99, test::local_transport(), config}; }

// What a browser makes of an offer: everything accepted, directions turned round.
SessionDescription browser_answer(const SessionDescription& offer) {
  SessionDescription out = offer;
  out.ice_lite = false;
  for (auto& section : out.media) {
    section.direction = reversed(section.direction);
    section.transport.ice_ufrag = "clnt";
    section.transport.ice_pwd = "clientpasswordclientpw";
    section.transport.fingerprints = {{"sha-256", "11:22"}};
    section.transport.setup = Setup::kActive;
    section.candidates.clear();
    section.msid.reset();
    section.ssrcs.clear();
    section.ssrc_groups.clear();
  }
  return out;
}

TEST(SubscriberOffererTest, FirstOfferHasDataOnly) {
  auto subject = offerer();
  EXPECT_TRUE(subject.needs_offer());
  const SessionDescription offer = subject.make_offer();
  EXPECT_FALSE(subject.needs_offer());
  EXPECT_EQ(offer.origin.session_id, 99U);
  EXPECT_EQ(offer.origin.session_version, 1U);
  EXPECT_THAT(print(offer), HasSubstr("a=ice-lite\r\n"));
  EXPECT_THAT(print(offer), HasSubstr("a=group:BUNDLE 0\r\n"));
  EXPECT_THAT(
      lines_of(offer, "0"),
      ElementsAre("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=mid:0", "a=ice-ufrag:srvU",
                  "a=ice-pwd:serverpasswordserverpwd1", "a=fingerprint:sha-256 AA:BB:CC", "a=setup:actpass",
                  StartsWith("a=candidate:"), "a=end-of-candidates", "a=sctp-port:5000", "a=max-message-size:262144"));
  EXPECT_EQ(parsed(print(offer)), offer);
}

TEST(SubscriberOffererTest, StatesTheLargestMessageOfTheTransport) {
  LocalTransport transport;
  transport.max_message_size = 65'536;
  SubscriberOfferer subject(1, transport);
  EXPECT_THAT(lines_of(subject.make_offer(), "0"), ::testing::Contains("a=max-message-size:65536"));
}

TEST(SubscriberOffererTest, VideoTrackHasItsLines) {
  auto subject = offerer();
  EXPECT_EQ(subject.add_track(video("TR_v")), "1");
  EXPECT_TRUE(subject.needs_offer());
  const SessionDescription offer = subject.make_offer();
  EXPECT_THAT(offer.groups[0].mids, ElementsAre("0", "1"));
  const auto lines = lines_of(offer, "1");
  EXPECT_THAT(lines,
              IsSupersetOf({"m=video 9 UDP/TLS/RTP/SAVPF 96 97",
                            "a=mid:1",
                            "a=sendonly",
                            "a=setup:actpass",
                            "a=rtcp-mux",
                            "a=rtcp-rsize",
                            "a=msid:PA_a|TR_v TR_v",
                            "a=rtpmap:96 VP8/90000",
                            "a=rtpmap:97 rtx/90000",
                            "a=fmtp:97 apt=96",
                            "a=rtcp-fb:96 transport-cc",
                            "a=rtcp-fb:96 nack",
                            "a=rtcp-fb:96 nack pli",
                            "a=rtcp-fb:96 ccm fir",
                            "a=ssrc-group:FID 2001 2002",
                            "a=ssrc:2001 cname:PA_a",
                            "a=ssrc:2001 msid:PA_a|TR_v TR_v",
                            "a=ssrc:2002 cname:PA_a",
                            "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
                            "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
                            "a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"}));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("goog-remb"))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("abs-send-time"))));
  EXPECT_EQ(parsed(print(offer)), offer);
}

struct FormatRow {
  Codec codec;
  std::vector<int> payload_types;
  const char* line;
};

TEST(SubscriberOffererTest, PayloadTypesAreFixedPerCodec) {
  const FormatRow rows[] = {
      {Codec::kVp8, {96, 97}, "a=rtpmap:96 VP8/90000"},
      {Codec::kVp9, {98, 99, 100, 101}, "a=fmtp:98 profile-id=0"},
      {Codec::kH264,
       {125, 126, 102, 103},
       "a=fmtp:125 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"},
      {Codec::kH265, {116, 117}, "a=rtpmap:116 H265/90000"},
      {Codec::kAv1, {35, 36}, "a=rtpmap:35 AV1/90000"},
  };
  for (const auto& row : rows) {
    auto subject = offerer();
    const auto mid = subject.add_track(video("TR_v", {row.codec}));
    ASSERT_TRUE(mid.has_value());
    const SessionDescription offer = subject.make_offer();
    EXPECT_EQ(payload_types(*offer.section(*mid)), row.payload_types);
    EXPECT_THAT(lines_of(offer, *mid), Contains(row.line));
  }
}

TEST(SubscriberOffererTest, VideoWithoutRtxSsrcHasNoRtx) {
  auto subject = offerer();
  SubscriberTrack track = video("TR_v");
  track.rtx_ssrc.reset();
  subject.add_track(track);
  const SessionDescription offer = subject.make_offer();
  EXPECT_THAT(payload_types(offer.media[1]), ElementsAre(96));
  EXPECT_THAT(offer.media[1].ssrc_groups, IsEmpty());
}

TEST(SubscriberOffererTest, AudioTracksSayRedStereoAndNack) {
  auto subject = offerer();
  SubscriberTrack stereo = audio("TR_s");
  stereo.stereo = true;
  subject.add_track(audio("TR_r", {Codec::kRed}));
  subject.add_track(stereo);
  const SessionDescription offer = subject.make_offer();
  EXPECT_THAT(lines_of(offer, "1"),
              IsSupersetOf({"m=audio 9 UDP/TLS/RTP/SAVPF 63 111", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111",
                            "a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1", "a=rtcp-fb:111 nack",
                            "a=rtcp-fb:111 transport-cc"}));
  EXPECT_THAT(lines_of(offer, "2"), IsSupersetOf({"m=audio 9 UDP/TLS/RTP/SAVPF 111",
                                                  "a=fmtp:111 minptime=10;useinbandfec=1;sprop-stereo=1"}));
}

TEST(SubscriberOffererTest, ConfigChoosesFeedbackAndExtensions) {
  auto subject = offerer({.bandwidth = BandwidthFeedback::kRemb, .audio_nack = false});
  subject.add_track(video("TR_v"));
  subject.add_track(audio("TR_a"));
  const SessionDescription offer = subject.make_offer();
  EXPECT_THAT(lines_of(offer, "1"),
              IsSupersetOf(
                  {"a=rtcp-fb:96 goog-remb", "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"}));
  EXPECT_THAT(lines_of(offer, "1"), Not(Contains(HasSubstr("transport-"))));
  EXPECT_THAT(lines_of(offer, "2"), Not(Contains(HasSubstr("rtcp-fb"))));
  EXPECT_THAT(lines_of(offer, "2"), Not(Contains(HasSubstr("playout-delay")))) << "of video alone";
}

TEST(SubscriberOffererTest, RemovedTrackLeavesAnInactiveSectionInItsPlace) {
  auto subject = offerer();
  subject.add_track(audio("TR_a"));
  subject.add_track(video("TR_v"));
  subject.make_offer();
  EXPECT_THAT(subject.mid_to_track_id(), UnorderedElementsAre(Pair("1", "TR_a"), Pair("2", "TR_v")));
  EXPECT_TRUE(subject.remove_track("1"));
  EXPECT_FALSE(subject.remove_track("1"));
  EXPECT_FALSE(subject.remove_track("0"));
  EXPECT_TRUE(subject.needs_offer());
  const SessionDescription offer = subject.make_offer();
  EXPECT_EQ(offer.origin.session_version, 2U);
  EXPECT_EQ(offer.media.size(), 3U);
  EXPECT_THAT(lines_of(offer, "1"), Contains("a=inactive"));
  EXPECT_THAT(lines_of(offer, "1"), Not(Contains(HasSubstr("ssrc:"))));
  EXPECT_THAT(lines_of(offer, "1"), Not(Contains(HasSubstr("msid:"))));
  EXPECT_THAT(lines_of(offer, "2"), Contains("a=sendonly"));
  EXPECT_THAT(subject.mid_to_track_id(), UnorderedElementsAre(Pair("2", "TR_v")));
  EXPECT_EQ(subject.mid_of_track("TR_v"), "2");
  EXPECT_EQ(subject.mid_of_track("TR_a"), std::nullopt);
}

TEST(SubscriberOffererTest, SectionIsReusedOnlyAfterTheClientSawItInactive) {
  auto subject = offerer();
  subject.add_track(video("TR_1"));
  subject.make_offer();
  subject.note_answered();
  subject.remove_track("1");
  EXPECT_EQ(subject.add_track(video("TR_2")), "2");  // not offered inactive yet
  subject.make_offer();
  EXPECT_EQ(subject.add_track(video("TR_3")), "3");  // offered, not answered
  subject.note_answered();
  EXPECT_EQ(subject.add_track(audio("TR_4")), "4");  // free, but of the other kind
  EXPECT_EQ(subject.add_track(video("TR_5", {Codec::kH264})), "1");
  const SessionDescription offer = subject.make_offer();
  EXPECT_THAT(lines_of(offer, "1"),
              IsSupersetOf({"m=video 9 UDP/TLS/RTP/SAVPF 125 126 102 103", "a=msid:PA_a|TR_5 TR_5", "a=sendonly"}));
  EXPECT_EQ(subject.section_count(), 5U);
}

TEST(SubscriberOffererTest, TrackRemovedWhileItsOfferIsOutIsNotFreedByThatAnswer) {
  auto subject = offerer();
  subject.add_track(video("TR_1"));
  subject.make_offer();
  subject.remove_track("1");
  subject.note_answered();
  EXPECT_EQ(subject.add_track(video("TR_2")), "2");
}

TEST(SubscriberOffererTest, ReuseCanBeTurnedOffAndSectionsAreBounded) {
  auto subject = offerer({.reuse_sections = false, .max_sections = 3});
  subject.add_track(video("TR_1"));
  subject.remove_track("1");
  subject.make_offer();
  subject.note_answered();
  EXPECT_EQ(subject.add_track(video("TR_2")), "2");
  EXPECT_EQ(subject.add_track(video("TR_3")), std::nullopt);
}

TEST(SubscriberOffererTest, TrackWithoutAnOfferableCodecIsRefused) {
  auto subject = offerer();
  EXPECT_EQ(subject.add_track(video("TR_1", {})), std::nullopt);
  EXPECT_EQ(subject.add_track(video("TR_1", {Codec::kOpus})), std::nullopt);
  EXPECT_EQ(subject.section_count(), 1U);
}

TEST(SubscriberOffererTest, NewTransportRestartsIceInEverySection) {
  auto subject = offerer();
  subject.add_track(video("TR_1"));
  subject.make_offer();
  LocalTransport transport = test::local_transport();
  transport.ice_ufrag = "newU";
  subject.set_transport(transport);
  EXPECT_TRUE(subject.needs_offer());
  const SessionDescription offer = subject.make_offer();
  for (const auto& section : offer.media) EXPECT_EQ(section.transport.ice_ufrag, "newU");
}

TEST(SubscriberAnswerTest, AcceptedTracksHaveCodecExtensionsAndTransport) {
  auto subject = offerer();
  subject.add_track(video("TR_v"));
  subject.add_track(audio("TR_a", {Codec::kRed, Codec::kOpus}));
  const SessionDescription offer = subject.make_offer();
  const auto answer = parse_subscriber_answer(offer, parsed(print(browser_answer(offer))));
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->remote, (RemoteTransport{"clnt", "clientpasswordclientpw", {"sha-256", "11:22"}, Setup::kActive}));
  EXPECT_TRUE(is_dtls_server(answer->remote.setup));
  ASSERT_EQ(answer->media.size(), 3U);
  EXPECT_FALSE(answer->media[0].rejected);

  const NegotiatedMedia& video_media = *answer->section("1");
  EXPECT_EQ(video_media.direction, Direction::kSendOnly);
  ASSERT_EQ(video_media.codecs.size(), 1U);
  EXPECT_EQ(video_media.codecs[0].payload_type, PayloadType(96));
  EXPECT_EQ(video_media.codecs[0].rtx_payload_type, PayloadType(97));
  EXPECT_EQ(video_media.extension_id(kUriTransportCc), 3);
  EXPECT_EQ(video_media.feedback, (NegotiatedFeedback{true, true, true, true, false}));
  EXPECT_EQ(answer->section("2")->codecs[0].codec, Codec::kRed);
  EXPECT_EQ(answer->section("2")->codecs[0].red_primary, PayloadType(111));
  EXPECT_EQ(answer->section("9"), nullptr);
}

TEST(SubscriberAnswerTest, WhatTheClientLeavesOutIsNotUsed) {
  auto subject = offerer();
  subject.add_track(video("TR_v", {Codec::kH264}));
  const SessionDescription offer = subject.make_offer();
  SessionDescription from = browser_answer(offer);
  MediaSection& section = from.media[1];
  section.payload_types = {PayloadType(102)};  // the second form, and no RTX
  section.extmaps = {{3, std::nullopt, std::string(kUriTransportCc)}};
  section.feedback = {{PayloadType(102), "nack"}};
  const auto answer = parse_subscriber_answer(offer, from);
  ASSERT_TRUE(answer.has_value());
  const NegotiatedMedia& media = answer->media[1];
  ASSERT_EQ(media.codecs.size(), 1U);
  EXPECT_EQ(media.codecs[0].payload_type, PayloadType(102));
  EXPECT_EQ(media.codecs[0].rtx_payload_type, std::nullopt);
  EXPECT_EQ(media.extensions.size(), 1U);
  EXPECT_EQ(media.feedback, (NegotiatedFeedback{true, false, false, false, false}));
}

TEST(SubscriberAnswerTest, WhatTheClientAddsIsIgnored) {
  auto subject = offerer();
  subject.add_track(video("TR_v"));
  const SessionDescription offer = subject.make_offer();
  SessionDescription from = browser_answer(offer);
  MediaSection& section = from.media[1];
  section.payload_types.insert(section.payload_types.begin(), PayloadType(120));
  section.rtpmaps.push_back({PayloadType(120), "VP9", 90000, 1});
  section.extmaps.push_back({9, std::nullopt, std::string(kUriRid)});
  section.extmaps.push_back({4, std::nullopt, "urn:other"});
  section.feedback.push_back({std::nullopt, "goog-remb"});
  const auto answer = parse_subscriber_answer(offer, from);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->media[1].codecs.size(), 1U);
  EXPECT_EQ(answer->media[1].codecs[0].codec, Codec::kVp8);
  EXPECT_EQ(answer->media[1].extension_id(kUriRid), 0);
  EXPECT_FALSE(answer->media[1].feedback.remb);
}

TEST(SubscriberAnswerTest, RefusedInactiveAndMissingSectionsAreNotSentOn) {
  auto subject = offerer();
  for (const char* id : {"TR_1", "TR_2", "TR_3", "TR_4"}) subject.add_track(video(id));
  const SessionDescription offer = subject.make_offer();
  SessionDescription from = browser_answer(offer);
  from.media[1].port = 0;
  from.media[2].direction = Direction::kInactive;
  from.media[3].payload_types = {PayloadType(50)};
  from.media.pop_back();
  const auto answer = parse_subscriber_answer(offer, from);
  ASSERT_TRUE(answer.has_value());
  ASSERT_EQ(answer->media.size(), 5U);
  EXPECT_TRUE(answer->media[1].rejected);
  EXPECT_FALSE(answer->media[2].rejected);
  EXPECT_EQ(answer->media[2].direction, Direction::kInactive);
  EXPECT_TRUE(answer->media[3].rejected);
  EXPECT_TRUE(answer->media[4].rejected);
}

TEST(SubscriberAnswerTest, AnswerToAnotherOfferIsAnError) {
  auto subject = offerer();
  subject.add_track(video("TR_1"));
  const SessionDescription offer = subject.make_offer();
  SessionDescription other_mid = browser_answer(offer);
  other_mid.media[1].mid = "7";
  SessionDescription other_type = browser_answer(offer);
  other_type.media[1].type = MediaType::kAudio;
  SessionDescription longer = browser_answer(offer);
  longer.media.push_back(longer.media[1]);
  for (const auto& from : {other_mid, other_type, longer}) {
    const auto answer = parse_subscriber_answer(offer, from);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "sdp_answer_mismatch");
  }
  SessionDescription bare = browser_answer(offer);
  for (auto& section : bare.media) section.transport.fingerprints.clear();
  EXPECT_EQ(parse_subscriber_answer(offer, bare).error().code, "sdp_transport");
}

}  // namespace
}  // namespace parley::sdp
