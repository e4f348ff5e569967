// Rooms without media and a clock by hand, wired as the application does it: what signalling tests and fuzz targets
// stand on.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "signal/livekit/context.h"
#include "signal/livekit/data_codec.h"

namespace parley::signal::livekit::testing {

inline constexpr TimePoint kNow{std::chrono::seconds(1'800'000'000)};

class NullPlane final : public room::MediaPlane {
 public:
  [[nodiscard]] room::ShardIndex shard_count() const override { return 1; }
  [[nodiscard]] room::ShardIndex place() override { return 0; }
  void submit(room::ShardIndex /*shard*/, room::MediaCommand command) override {
    commands.push_back(std::move(command));
  }

  std::vector<room::MediaCommand> commands;
};

inline room::Config room_config() {
  room::Config config;
  config.hosts = {{"127.0.0.1", {7882}, 0}};
  config.fingerprint.value = "AA:BB";
  config.region = "here";
  return config;
}

// Everything that sessions share, wired as the application does it.
struct World {
  explicit World(room::Config config = room_config()) : rooms(std::move(config), plane, random, &codec) {
    redirect_protobuf_log();
    keys.add("devkey", "secret");
  }

  [[nodiscard]] auth::Claims claims(std::string identity, std::string room) const {
    auth::Claims out;
    out.issuer = "devkey";
    out.identity = std::move(identity);
    out.expires_at = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count() + 3600;
    out.video.room_join = true;
    out.video.room = std::move(room);
    return out;
  }
  [[nodiscard]] static std::string token(const auth::Claims& claims) { return auth::sign_token(claims, "secret"); }

  NullPlane plane;
  SeededRandom random{1};
  ProtobufDataCodec codec;
  room::Manager rooms;
  auth::KeyTable keys;
  TimePoint now = kNow;
  int touched = 0;
  Context context{.rooms = rooms,
                  .keys = keys,
                  .config = {},
                  .clock = [this] { return now; },
                  .rooms_touched = [this] { ++touched; }};
};

}  // namespace parley::signal::livekit::testing
