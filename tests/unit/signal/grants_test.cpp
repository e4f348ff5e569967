#include "signal/livekit/grants.h"

#include <gtest/gtest.h>

namespace parley::signal::livekit {
namespace {

constexpr TimePoint kNow{std::chrono::seconds(1'800'000'000)};

TEST(GrantsTest, ClaimsBecomeGrants) {
  auth::Claims claims;
  claims.issuer = "devkey";
  claims.identity = "alice";
  claims.name = "Alice";
  claims.attributes = {{"a", "b"}};
  claims.expires_at = 1'800'000'100;
  claims.kind = "Agent";
  claims.kind_details = {"forwarded", "not known"};
  claims.video.can_publish = false;
  claims.video.can_publish_sources = {"camera", "SCREEN_SHARE"};
  claims.room_config = R"({"emptyTimeout":60,"max_participants":5,"metadata":"m","future":1})";
  const room::Grants grants = grants_from(claims);
  EXPECT_EQ(grants.identity, "alice");
  EXPECT_EQ(grants.kind, room::ParticipantKind::kAgent);
  EXPECT_EQ(grants.kind_details, std::vector<room::KindDetail>{room::KindDetail::kForwarded});
  EXPECT_FALSE(grants.permission.can_publish);
  EXPECT_FALSE(grants.permission.can_publish_data);
  EXPECT_TRUE(grants.permission.can_subscribe);
  EXPECT_FALSE(grants.permission.can_update_metadata);
  EXPECT_EQ(grants.permission.can_publish_sources,
            (std::vector<room::TrackSource>{room::TrackSource::kCamera, room::TrackSource::kScreenShare}));
  EXPECT_EQ(grants.expires, kNow + 100s);
  EXPECT_EQ(grants.api_key, "devkey");
  ASSERT_TRUE(grants.room_options);
  EXPECT_EQ(grants.room_options->empty_timeout, 60U);
  EXPECT_EQ(grants.room_options->max_participants, 5U);
  EXPECT_FALSE(grants.room_options->departure_timeout);
  EXPECT_EQ(grants.room_options->metadata, "m");
}

TEST(GrantsTest, UnknownSourceDoesNotOpenEverySource) {
  auth::Claims claims;
  claims.video.can_publish_sources = {"hologram"};
  EXPECT_EQ(grants_from(claims).permission.can_publish_sources,
            std::vector<room::TrackSource>{room::TrackSource::kUnknown});
}

TEST(GrantsTest, RenewedTokenGivesTheSameAndLivesLongEnough) {
  auth::Claims claims;
  claims.issuer = "devkey";
  claims.identity = "alice";
  claims.metadata = "m";
  claims.attributes = {{"a", "b"}};
  claims.kind = "sip";
  claims.kind_details = {"bridge_rtsp"};
  claims.expires_at = 1'800'000'100;
  claims.video.can_publish_sources = {"microphone"};
  claims.video.can_update_own_metadata = true;
  claims.video.hidden = true;
  const room::Grants grants = grants_from(claims);
  const auth::Claims renewed = claims_from(grants, "harbour", kNow);
  EXPECT_EQ(renewed.expires_at, 1'800'000'600);
  EXPECT_TRUE(renewed.video.room_join);
  EXPECT_EQ(renewed.video.room, "harbour");
  room::Grants again = grants_from(renewed);
  EXPECT_EQ(again.permission, grants.permission);
  EXPECT_EQ(again.identity, grants.identity);
  EXPECT_EQ(again.attributes, grants.attributes);
  EXPECT_EQ(again.kind, grants.kind);
  EXPECT_EQ(again.kind_details, grants.kind_details);

  room::Grants long_lived = grants;
  long_lived.expires = kNow + 6h;
  EXPECT_EQ(claims_from(long_lived, "harbour", kNow).expires_at, 1'800'000'000 + 6 * 3600);
}

}  // namespace
}  // namespace parley::signal::livekit
