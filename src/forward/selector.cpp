#include "forward/selector.h"

#include <algorithm>

namespace parley::forward {
namespace {

constexpr std::uint8_t kTopSpatial = codec::kMaxSpatialLayers - 1;

// A keyframe that was recovered when its layer is this much further is no place to begin: what followed it has passed.
constexpr std::int64_t kMaxKeyframeLateness = 100;

Selection drop(DropReason reason) { return {.action = Selection::Action::kDrop, .reason = reason, .marker = false}; }

}  // namespace

void LayerSelector::Limit::set(std::uint8_t value, std::int64_t from) {
  if (value == now) return;
  before = now;
  now = value;
  since = from;
}

void LayerSelector::Limit::restart(std::uint8_t value) {
  before = value;
  now = value;
  since = 0;
}

void LayerSelector::set_target(const LayerTarget& target) {
  // What went by unseen during a pause cannot be continued.
  if (!target.enabled) started_ = false;
  target_ = target;
}

Selection LayerSelector::select(TimePoint now, const FeedPacket& packet) {
  if (!target_.enabled) return drop(DropReason::kSubscriberPaused);
  if (kind_ == MediaKind::kAudio) return select_audio(packet);
  observe(now, packet);
  if (started_ && packet.layer == current_ && packet.generation == generation_) return filter(packet);
  if (started_ && packet.layer == current_) started_ = false;
  if (may_switch_to(packet)) return start(packet);
  return drop(started_ ? DropReason::kLayerNotSelected : DropReason::kAwaitingKeyframe);
}

Selection LayerSelector::select_audio(const FeedPacket& packet) {
  const bool goes_on = started_ && packet.generation == generation_ && packet.layer == current_;
  started_ = true;
  generation_ = packet.generation;
  current_ = packet.layer;
  return {.action = goes_on ? Selection::Action::kForward : Selection::Action::kSwitch,
          .reason = {},
          .marker = packet.marker};
}

bool LayerSelector::admits(const FeedPacket& packet) const {
  if (!target_.enabled || !started_) return false;
  if (packet.layer != current_ || packet.generation != generation_) return false;
  if (kind_ == MediaKind::kAudio) return true;
  if (packet.info.temporal_id > temporal_.at(packet.sequence)) return false;
  return simulcast_ || packet.info.spatial_id <= spatial_.at(packet.sequence);
}

void LayerSelector::observe(TimePoint now, const FeedPacket& packet) {
  now_ = now;
  if (packet.layer > 0) simulcast_ = true;
  Layer& layer = layers_[packet.layer];
  const bool restarted = !layer.seen || layer.generation != packet.generation;
  const bool newest = restarted || packet.sequence > layer.highest;
  const bool new_frame = newest && (restarted || packet.timestamp != layer.timestamp);
  layer.seen = true;
  layer.generation = packet.generation;
  layer.last = now;
  layer.frames_missed = 0;
  if (newest) {
    layer.highest = packet.sequence;
    layer.timestamp = packet.timestamp;
  }
  if (!new_frame) return;
  for (Layer& other : layers_) {
    if (&other != &layer && other.frames_missed < kInactiveFrames) ++other.frames_missed;
  }
}

bool LayerSelector::active(std::uint8_t layer) const {
  const Layer& l = layers_[layer];
  return l.seen && (l.frames_missed < kInactiveFrames || now_ - l.last < kInactiveAfter);
}

std::optional<std::uint8_t> LayerSelector::desired_layer() const {
  const std::uint8_t most = std::min<std::uint8_t>(target_.max_layer, kMaxLayers - 1);
  if (!simulcast_) return layers_[0].seen ? std::optional<std::uint8_t>{0} : std::nullopt;
  for (int layer = most; layer >= 0; --layer) {
    if (active(static_cast<std::uint8_t>(layer))) return static_cast<std::uint8_t>(layer);
  }
  for (std::uint8_t layer = most + 1; layer < kMaxLayers; ++layer) {
    if (active(layer)) return layer;
  }
  return std::nullopt;
}

std::uint8_t LayerSelector::desired_spatial() const { return std::min(target_.max_layer, highest_spatial_); }

bool LayerSelector::may_switch_to(const FeedPacket& packet) const {
  if (!packet.info.keyframe || !packet.info.starts_frame) return false;
  if (layers_[packet.layer].highest - packet.sequence > kMaxKeyframeLateness) return false;
  const std::uint8_t desired = desired_layer().value_or(packet.layer);
  if (packet.layer == current_ && started_) return false;
  // With nothing to look at, the first picture of any layer is the best one.
  if (!started_ || !active(current_)) return packet.layer <= target_.max_layer || packet.layer == desired;
  if (desired > current_) return packet.layer > current_ && packet.layer <= desired;
  return packet.layer < current_ && packet.layer >= desired;
}

Selection LayerSelector::start(const FeedPacket& packet) {
  started_ = true;
  current_ = packet.layer;
  generation_ = packet.generation;
  highest_ = packet.sequence;
  picture_timestamp_ = packet.timestamp;
  switch_point_ = false;
  temporal_.restart(target_.max_temporal);
  spatial_.restart(std::min(target_.max_layer, kTopSpatial));
  highest_spatial_ = packet.info.spatial_id;
  spatial_missed_.fill(0);
  return {.action = Selection::Action::kSwitch, .reason = {}, .marker = marker_of(packet)};
}

Selection LayerSelector::filter(const FeedPacket& packet) {
  if (packet.sequence > highest_) {
    highest_ = packet.sequence;
    if (packet.timestamp != picture_timestamp_) begin_picture(packet);
    note_spatial(packet);
    raise_within_picture(packet);
    note_switch_point(packet);
  }
  if (packet.info.temporal_id > temporal_.at(packet.sequence)) return drop(DropReason::kLayerNotSelected);
  if (!simulcast_ && packet.info.spatial_id > spatial_.at(packet.sequence)) return drop(DropReason::kLayerNotSelected);
  return {.action = Selection::Action::kForward, .reason = {}, .marker = marker_of(packet)};
}

// Temporal and spatial limits go down with any picture, up where the picture allows it.
void LayerSelector::begin_picture(const FeedPacket& packet) {
  picture_timestamp_ = packet.timestamp;
  const codec::PacketInfo& info = packet.info;
  const std::uint8_t wanted = target_.max_temporal;
  const bool sync_here = info.temporal_switch_up && info.temporal_id > temporal_.now && info.temporal_id <= wanted;
  if (info.keyframe || switch_point_ || temporal_.now > wanted) {
    temporal_.set(wanted, packet.sequence);
  } else if (sync_here) {
    temporal_.set(info.temporal_id, packet.sequence);
  }
  switch_point_ = false;

  const std::uint8_t most = std::min(target_.max_layer, kTopSpatial);
  if (info.keyframe || spatial_.now > most) spatial_.set(most, packet.sequence);
  for (int& missed : spatial_missed_) ++missed;
}

// A layer frame that is predicted from the layer below alone opens its layer in the middle of a picture.
void LayerSelector::raise_within_picture(const FeedPacket& packet) {
  const codec::PacketInfo& info = packet.info;
  if (info.spatial_id != spatial_.now + 1 || info.spatial_id > target_.max_layer) return;
  if (!info.starts_frame || info.inter_picture_predicted || !info.inter_layer_dependency) return;
  spatial_.set(info.spatial_id, packet.sequence);
}

// The dependency descriptor marks the frame after which higher temporal layers can be decoded, where VP8 and VP9 mark
// the first frame of the higher layer itself.
void LayerSelector::note_switch_point(const FeedPacket& packet) {
  if (packet.dependency_descriptor_size == 0 || !packet.info.temporal_switch_up) return;
  if (packet.info.temporal_id <= temporal_.now && packet.info.spatial_id == spatial_in_use()) switch_point_ = true;
}

void LayerSelector::note_spatial(const FeedPacket& packet) {
  highest_spatial_ = std::max(highest_spatial_, packet.info.spatial_id);
  spatial_missed_[packet.info.spatial_id] = 0;
  while (highest_spatial_ > 0 && spatial_missed_[highest_spatial_] > kInactivePictures) --highest_spatial_;
}

bool LayerSelector::marker_of(const FeedPacket& packet) const {
  if (packet.marker || !scalable()) return packet.marker;
  return packet.info.ends_frame && packet.info.spatial_id == spatial_.at(packet.sequence);
}

std::optional<std::uint8_t> LayerSelector::wants_keyframe() const {
  if (!target_.enabled || kind_ == MediaKind::kAudio) return std::nullopt;
  const std::optional<std::uint8_t> desired = desired_layer();
  if (!started_) return desired.value_or(target_.max_layer);
  if (desired && *desired != current_) return desired;
  if (scalable() && spatial_.now < desired_spatial()) return current_;
  return std::nullopt;
}

std::optional<std::uint8_t> LayerSelector::current_layer() const {
  return started_ ? std::optional<std::uint8_t>{current_} : std::nullopt;
}

std::optional<std::uint8_t> LayerSelector::current_quality() const {
  if (!started_) return std::nullopt;
  return scalable() ? spatial_in_use() : current_;
}

}  // namespace parley::forward
