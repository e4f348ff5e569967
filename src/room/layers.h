// Which layer of a video a wish stands for: from displayed sizes, quality names and frame rates to encodings.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "forward/track_config.h"
#include "room/types.h"

namespace parley::room {

// "q" low, "h" medium, "f" high: by name, because some clients list them highest first.
std::optional<VideoQuality> quality_of_rid(std::string_view rid);

// The smallest layer whose height (width, when it stands upright) covers the wish, else the largest. Without layers of
// known size: kHigh.
VideoQuality quality_for_size(const std::vector<VideoLayer>& layers, std::uint32_t width, std::uint32_t height);

// How the encodings of one published codec, lowest first, relate to qualities.
struct LayerMap {
  std::vector<VideoQuality> encodings;  // simulcast: the quality of each encoding; one entry when there is one stream
  bool svc = false;                     // one stream with spatial layers inside
  std::uint8_t spatial_layers = 1;      // of an SVC stream, as announced
};

// The best layer that does not exceed the quality (the lowest when all exceed it), as the media plane counts layers.
std::uint8_t layer_for_quality(const LayerMap& map, VideoQuality quality);

// Temporal layers below a frame-rate cap; every second frame is in the top one. 0: no cap.
std::uint8_t temporal_for_fps(std::uint32_t fps);

}  // namespace parley::room
