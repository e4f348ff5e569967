// What of a feed one subscriber gets: forward, drop, or switch to another encoding. Pure; reads only what FeedPacket
// says, so it works as well when the payload is end-to-end encrypted.
//
//   simulcast  one encoding at a time. Any change of encoding happens at a keyframe of the new one, while the present
//              one goes on until then.
//   SVC        one stream; spatial layers above the limit are dropped. Down at the next picture, up at a key picture or
//              where a layer frame is not predicted from earlier pictures.
//   temporal   layers above the limit are dropped. Down at the next picture, up at the codec's switch points.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/drop_reason.h"
#include "base/time.h"
#include "forward/feed_packet.h"
#include "forward/track_config.h"

namespace parley::forward {

struct Selection {
  enum class Action : std::uint8_t {
    kDrop,
    kForward,
    kSwitch,  // forward, as the first packet of another stream (or after a pause): renumber from here
  };
  Action action = Action::kDrop;
  DropReason reason{};  // of kDrop
  bool marker = false;  // the RTP marker to write
};

class LayerSelector {
 public:
  // An encoding is taken for stopped once others delivered this many frames, over at least this long, and it none.
  // Counting frames keeps a screen share that sends one frame a second from looking dead.
  static constexpr Duration kInactiveAfter = 300ms;
  static constexpr int kInactiveFrames = 6;
  // The same for the spatial layers of a scalable stream, in pictures.
  static constexpr int kInactivePictures = 8;

  LayerSelector(MediaKind kind, LayerTarget target) : kind_(kind), target_(target) {}

  void set_target(const LayerTarget& target);
  [[nodiscard]] const LayerTarget& target() const { return target_; }

  // Every packet of the feed, all layers, in order of arrival.
  Selection select(TimePoint now, const FeedPacket& packet);
  // For a packet outside of that order (one asked for again that was not forwarded before): would it be forwarded?
  [[nodiscard]] bool admits(const FeedPacket& packet) const;

  // The encoding (FeedPacket::layer) whose keyframe we wait for.
  [[nodiscard]] std::optional<std::uint8_t> wants_keyframe() const;
  // The encoding being forwarded; nullopt before the first keyframe and while paused.
  [[nodiscard]] std::optional<std::uint8_t> current_layer() const;
  // As LayerTarget::max_layer counts: the encoding, or the spatial layer of a scalable stream.
  [[nodiscard]] std::optional<std::uint8_t> current_quality() const;
  [[nodiscard]] std::uint8_t current_temporal() const { return temporal_.now; }

 private:
  // A limit that changes at a picture's first packet; packets from before that point are held to the old one.
  struct Limit {
    std::uint8_t now = 0;
    std::uint8_t before = 0;
    std::int64_t since = 0;
    [[nodiscard]] std::uint8_t at(std::int64_t sequence) const { return sequence >= since ? now : before; }
    void set(std::uint8_t value, std::int64_t from);
    void restart(std::uint8_t value);
  };
  struct Layer {
    bool seen = false;
    std::uint8_t generation = 0;
    std::int64_t highest = 0;    // sequence
    std::int64_t timestamp = 0;  // of that packet
    TimePoint last;
    int frames_missed = 0;  // frames of other encodings since its last packet
  };

  void observe(TimePoint now, const FeedPacket& packet);
  [[nodiscard]] bool active(std::uint8_t layer) const;
  [[nodiscard]] std::optional<std::uint8_t> desired_layer() const;
  [[nodiscard]] std::uint8_t desired_spatial() const;
  [[nodiscard]] bool may_switch_to(const FeedPacket& packet) const;
  Selection start(const FeedPacket& packet);
  Selection select_audio(const FeedPacket& packet);
  Selection filter(const FeedPacket& packet);
  void begin_picture(const FeedPacket& packet);
  void raise_within_picture(const FeedPacket& packet);
  void note_spatial(const FeedPacket& packet);
  void note_switch_point(const FeedPacket& packet);
  [[nodiscard]] bool marker_of(const FeedPacket& packet) const;
  [[nodiscard]] bool scalable() const { return !simulcast_ && highest_spatial_ > 0; }
  [[nodiscard]] std::uint8_t spatial_in_use() const {
    return spatial_.now < highest_spatial_ ? spatial_.now : highest_spatial_;
  }

  MediaKind kind_;
  LayerTarget target_;
  bool simulcast_ = false;  // an encoding other than the first was seen
  bool started_ = false;
  std::uint8_t current_ = 0;
  std::uint8_t generation_ = 0;
  std::int64_t highest_ = 0;            // sequence, within the current encoding
  std::int64_t picture_timestamp_ = 0;  // of the newest picture
  bool switch_point_ = false;           // the picture before allows every temporal layer from the next on
  Limit temporal_;
  Limit spatial_;
  std::uint8_t highest_spatial_ = 0;  // seen in this stream, while alive
  std::array<int, codec::kMaxSpatialLayers> spatial_missed_{};
  TimePoint now_;
  std::array<Layer, kMaxLayers> layers_{};
};

}  // namespace parley::forward
