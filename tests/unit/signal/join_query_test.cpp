#include "signal/livekit/join_query.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "auth/base64url.h"
#include "signal/livekit/gzip.h"
#include "signal/livekit/proto.h"

namespace parley::signal::livekit {
namespace {

room::Grants bob() {
  room::Grants grants;
  grants.identity = "bob";
  return grants;
}

std::string gzip(const std::string& plain) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string wrapped(const std::string& inner, pb::WrappedJoinRequest::Compression compression) {
  pb::WrappedJoinRequest out;
  out.set_compression(compression);
  out.set_join_request(inner);
  return auth::base64url_encode(out.SerializeAsString());
}

room::JoinParams join_of(const std::string& query) {
  return std::get<room::JoinParams>(intent_from_query(http::Query(query), bob(), "harbour"));
}

TEST(JoinQueryTest, DefaultsOfAnEmptyQuery) {
  const auto join = join_of("");
  EXPECT_EQ(join.room, "harbour");
  EXPECT_EQ(join.grants.identity, "bob");
  EXPECT_TRUE(join.auto_subscribe);
  EXPECT_FALSE(join.adaptive_stream);
  EXPECT_FALSE(join.single_connection);
  EXPECT_EQ(join.client.sdk, room::Sdk::kUnknown);
}

TEST(JoinQueryTest, QueriesOfRealClientsAreUnderstood) {
  const auto js = join_of(
      "access_token=x&auto_subscribe=1&sdk=js&version=2.23.0&protocol=17&client_protocol=2"
      "&adaptive_stream=1");
  EXPECT_EQ(js.client.sdk, room::Sdk::kJs);
  EXPECT_EQ(js.client.protocol, 17);
  EXPECT_EQ(js.client.client_protocol, 2);
  EXPECT_TRUE(js.adaptive_stream);
  // The load tester's, with its empty parameter.
  const auto go = join_of("version=2.18.1&protocol=17&&auto_subscribe=0&sdk=go&os=linux");
  EXPECT_EQ(go.client.sdk, room::Sdk::kGo);
  EXPECT_EQ(go.client.os, "linux");
  EXPECT_FALSE(go.auto_subscribe);
  const auto rust = join_of("sdk=rust&capabilities=CAP_PACKET_TRAILER,NEW,CAP_COMPRESSION_DEFLATE_RAW&device_model=x");
  EXPECT_EQ(rust.client.capabilities,
            (std::vector<room::ClientCapability>{room::ClientCapability::kPacketTrailer,
                                                 room::ClientCapability::kCompressionDeflateRaw}));
}

TEST(JoinQueryTest, AttributesAreBase64urlJson) {
  EXPECT_EQ(join_of("attributes=" + auth::base64url_encode(R"({"a":"b","n":1})")).attributes,
            (room::Attributes{{"a", "b"}}));
  EXPECT_TRUE(join_of("attributes=%%%").attributes.empty());
  EXPECT_TRUE(join_of("attributes=" + auth::base64url_encode("[1]")).attributes.empty());
}

TEST(JoinQueryTest, UnreadableNumbersCountAsAbsent) {
  EXPECT_EQ(join_of("protocol=x").client.protocol, 0);
  EXPECT_EQ(join_of("protocol=-5").client.protocol, 0);
  EXPECT_EQ(join_of("protocol=99999999999").client.protocol, 0);
}

TEST(JoinQueryTest, ReconnectResumesTheNamedSession) {
  const auto intent =
      intent_from_query(http::Query("reconnect=1&sid=PA_1&reconnect_reason=2&sdk=js"), bob(), "harbour");
  const auto& resume = std::get<room::ResumeParams>(intent);
  EXPECT_EQ(resume.sid, "PA_1");
  EXPECT_EQ(resume.room, "harbour");
  EXPECT_EQ(resume.grants.identity, "bob");
  EXPECT_EQ(resume.client.sdk, room::Sdk::kJs);
}

TEST(JoinQueryTest, PublishOnlyConnectionIsAnIdentityOfItsOwn) {
  const auto join = join_of("publish=2");
  EXPECT_EQ(join.grants.identity, "bob#2");
  EXPECT_FALSE(join.grants.permission.can_subscribe);
  EXPECT_FALSE(join.auto_subscribe);
}

// Identities go to everybody in the room, whose decoders would drop the whole message.
TEST(JoinQueryTest, SuffixThatIsNoUtf8IsPassedOver) { EXPECT_EQ(join_of("publish=%FF").grants.identity, "bob"); }

pb::JoinRequest sample_request() {
  pb::JoinRequest request;
  request.mutable_client_info()->set_sdk(pb::ClientInfo::JS);
  request.mutable_connection_settings()->set_auto_subscribe(true);
  request.mutable_connection_settings()->set_subscriber_allow_pause(false);
  request.set_metadata("m");
  (*request.mutable_participant_attributes())["a"] = "b";
  request.add_add_track_requests()->set_cid("cid");
  request.mutable_publisher_offer()->set_sdp("v=0");
  request.mutable_publisher_offer()->set_id(1);
  return request;
}

TEST(JoinRequestTest, PlainAndPackedRequestsAreDecoded) {
  const std::string plain = sample_request().SerializeAsString();
  const std::string rows[] = {wrapped(plain, pb::WrappedJoinRequest::NONE),
                              wrapped(gzip(plain), pb::WrappedJoinRequest::GZIP)};
  for (const std::string& row : rows) {
    std::string padded = row;
    padded.append((4 - padded.size() % 4) % 4, '=');
    for (const std::string& encoded : {row, padded}) {
      const auto intent = intent_from_join_request(encoded, bob(), "harbour");
      ASSERT_TRUE(intent) << intent.error().message;
      const auto& join = std::get<room::JoinParams>(*intent);
      EXPECT_TRUE(join.single_connection);
      EXPECT_TRUE(join.auto_subscribe);
      EXPECT_FALSE(join.subscriber_allow_pause);
      EXPECT_EQ(join.client.sdk, room::Sdk::kJs);
      EXPECT_EQ(join.metadata, "m");
      EXPECT_EQ(join.attributes.at("a"), "b");
      EXPECT_EQ(join.add_tracks.at(0).cid, "cid");
      EXPECT_EQ(join.publisher_offer->id, 1U);
    }
  }
}

TEST(JoinRequestTest, ReconnectCarriesItsState) {
  pb::JoinRequest request;
  request.set_reconnect(true);
  request.set_participant_sid("PA_1");
  request.mutable_sync_state()->add_track_sids_disabled("TR_1");
  const auto intent =
      intent_from_join_request(wrapped(request.SerializeAsString(), pb::WrappedJoinRequest::NONE), bob(), "harbour");
  ASSERT_TRUE(intent);
  const auto& resume = std::get<room::ResumeParams>(*intent);
  EXPECT_EQ(resume.sid, "PA_1");
  EXPECT_EQ(resume.sync_state->track_sids_disabled, std::vector<std::string>{"TR_1"});
}

TEST(JoinRequestTest, UndecodableRequestsAreInvalidArguments) {
  const std::string good = gzip(sample_request().SerializeAsString());
  const std::string rows[] = {
      "",
      "***",
      auth::base64url_encode("\xff\xff"),
      wrapped("no gzip", pb::WrappedJoinRequest::GZIP),
      wrapped(good.substr(0, good.size() / 2), pb::WrappedJoinRequest::GZIP),
      wrapped("\xff\xff", pb::WrappedJoinRequest::NONE),
      wrapped(good, static_cast<pb::WrappedJoinRequest::Compression>(7)),
      // A bomb: 8 MiB in a few KiB.
      wrapped(gzip(std::string(8U << 20U, '\0')), pb::WrappedJoinRequest::GZIP),
  };
  for (const std::string& row : rows) {
    const auto intent = intent_from_join_request(row, bob(), "harbour");
    ASSERT_FALSE(intent) << row.substr(0, 40);
    EXPECT_EQ(intent.error().code, "invalid_argument");
  }
}

TEST(GzipTest, OutputIsBounded) {
  const std::string plain(100'000, 'x');
  EXPECT_EQ(gunzip(gzip(plain), 200'000), plain);
  EXPECT_FALSE(gunzip(gzip(plain), 99'999));
  EXPECT_FALSE(gunzip("", 100));
  EXPECT_EQ(gunzip(gzip(""), 100), "");
}

}  // namespace
}  // namespace parley::signal::livekit
