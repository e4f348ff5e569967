#include "room/layers.h"

#include <algorithm>

namespace parley::room {

std::optional<VideoQuality> quality_of_rid(std::string_view rid) {
  if (rid == "q") return VideoQuality::kLow;
  if (rid == "h") return VideoQuality::kMedium;
  if (rid == "f") return VideoQuality::kHigh;
  return std::nullopt;
}

VideoQuality quality_for_size(const std::vector<VideoLayer>& layers, std::uint32_t width, std::uint32_t height) {
  const VideoLayer* best = nullptr;
  const VideoLayer* largest = nullptr;
  const auto extent = [](const VideoLayer& layer) { return layer.width >= layer.height ? layer.height : layer.width; };
  for (const VideoLayer& layer : layers) {
    if (layer.width == 0 || layer.height == 0 || layer.quality == VideoQuality::kOff) continue;
    const std::uint32_t wish = layer.width >= layer.height ? height : width;
    // Of equally large layers the lower quality costs less, so only a strictly smaller one replaces the best.
    if (extent(layer) >= wish && (best == nullptr || extent(layer) < extent(*best) ||
                                  (extent(layer) == extent(*best) && layer.quality < best->quality))) {
      best = &layer;
    }
    if (largest == nullptr || extent(layer) > extent(*largest)) largest = &layer;
  }
  if (best != nullptr) return best->quality;
  return largest != nullptr ? largest->quality : VideoQuality::kHigh;
}

std::uint8_t layer_for_quality(const LayerMap& map, VideoQuality quality) {
  if (map.svc) {
    if (quality >= VideoQuality::kHigh || map.spatial_layers <= 1) return forward::kMaxLayers - 1;
    return std::min<std::uint8_t>(static_cast<std::uint8_t>(quality), map.spatial_layers - 1);
  }
  std::uint8_t layer = 0;
  for (std::size_t i = 0; i < map.encodings.size(); ++i) {
    if (map.encodings[i] <= quality) layer = static_cast<std::uint8_t>(i);
  }
  return layer;
}

std::uint8_t temporal_for_fps(std::uint32_t fps) {
  // Clients capture at 30 or fewer frames per second, with three temporal layers: 1/4, 1/2 and all of them.
  constexpr std::uint32_t kQuarter = 8;
  constexpr std::uint32_t kHalf = 15;
  if (fps == 0 || fps > kHalf) return codec::kMaxTemporalLayers - 1;
  return fps > kQuarter ? 1 : 0;
}

}  // namespace parley::room
