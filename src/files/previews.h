// Small pictures of images and documents (libvips), and the beginnings of texts. Blocking: for a pool of its own, whose
// threads bound how much is decoded at a time. Only decoders of common formats are let in; what is too large in pixels
// or bytes, or takes too long, has no preview.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "files/config.h"

namespace parley::files {

inline constexpr std::string_view kPreviewType = "image/webp";

enum class PreviewKind : std::uint8_t { kNone, kImage, kText };
[[nodiscard]] PreviewKind preview_kind(std::string_view mime);

struct PreviewImage {
  int size = 0;  // the wish that it answers: its longest edge has at most so many pixels
  std::string webp;
};
// One for each of kPreviewSizes. Error "unsupported_media_type": cannot be decoded, or is beyond the limits.
[[nodiscard]] Result<std::vector<PreviewImage>, Error> make_previews(const std::filesystem::path& file,
                                                                     std::string_view mime,
                                                                     const PreviewLimits& limits);

// One of `size`, of a picture in memory whose type nobody vouches for; no documents. Errors as above.
[[nodiscard]] Result<std::string, Error> make_small_picture(std::string_view bytes, int size,
                                                            const PreviewLimits& limits);

// UTF-8 with everything that is none replaced; ends before a character that was cut.
[[nodiscard]] std::string text_preview(std::string_view bytes);

}  // namespace parley::files
